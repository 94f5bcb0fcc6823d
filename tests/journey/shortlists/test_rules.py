"""Reasons why no expert is searched for a need."""

import pytest

from explor.journey.needs.models import Need
from explor.journey.shortlists import rules

NOT_SELECTED = "Ce besoin n’est pas retenu : l’annonce d’une décision favorable vient avant."


@pytest.mark.parametrize(
    ("state", "selected", "reasons"),
    [
        ("admissible", True, []),
        ("admissible", False, [NOT_SELECTED]),
        ("withdrawn", True, [NOT_SELECTED]),
        ("withdrawn", False, [NOT_SELECTED]),
    ],
)
def test_experts_can_be_searched_only_for_an_admissible_need_selected_by_committee(
    state: str, selected: bool, reasons: list[str]
) -> None:
    assert rules.missing_to_search(Need(state=state), selected) == reasons
