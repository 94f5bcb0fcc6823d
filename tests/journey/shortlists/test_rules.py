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


@pytest.mark.parametrize(
    ("blockers", "first", "available", "reasons"),
    [
        ([], True, True, 0),
        ([], False, True, 1),
        ([], True, False, 1),
        ([], False, False, 2),
        (["Une règle."], False, True, 1),
        (["Une règle."], True, False, 2),
    ],
)
def test_proposing_an_expert_requires_a_justification_for_each_blocker_that_is_overridden(
    blockers: list[str], first: bool, available: bool, reasons: int
) -> None:
    against = rules.reasons_to_override(blockers=blockers, first=first, available=available)
    assert len(against) == reasons
