"""A sheet imported twice with the same identifier of its source is the same sheet."""

from typing import Any

import pytest

from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.sheets import actions, engine
from explor.journey.sheets.models import ProjectSheet
from factories import NetworkFactory, officer_actor

pytestmark = pytest.mark.django_db


def imported(network: Any, title: str, source_id: str) -> tuple[ProjectSheet, str]:
    return actions.import_sheet(
        engine.sheet_of({"title": title, "lead_organisation": {"name": "Une ONG"}}),
        by=officer_actor(network),
        network=network,
        source_id=source_id,
    )


def test_a_second_import_updates_the_draft_of_its_identifier_even_with_another_title() -> None:
    network = NetworkFactory()
    first, _ = imported(network, "Un puits", "X-1")
    again, outcome = imported(network, "Deux puits", "X-1")
    assert (again.pk, outcome, again.title) == (first.pk, "mise à jour", "Deux puits")


def test_two_identifiers_are_two_sheets_even_with_one_title() -> None:
    network = NetworkFactory()
    first, _ = imported(network, "Un puits", "X-1")
    second, outcome = imported(network, "Un puits", "X-2")
    assert (outcome, second.pk != first.pk) == ("créée", True)


def test_the_sheet_of_another_network_is_never_updated() -> None:
    first, _ = imported(NetworkFactory(), "Un puits", "X-1")
    second, outcome = imported(NetworkFactory(), "Un puits", "X-1")
    assert (outcome, second.pk != first.pk) == ("créée", True)


def test_a_published_text_is_not_changed_by_an_import() -> None:
    network = NetworkFactory()
    first, _ = imported(network, "Un puits", "X-1")
    ProjectSheet.objects.filter(pk=first.pk).update(state="published")
    with pytest.raises(ActionNotAllowed):
        imported(network, "Deux puits", "X-1")


def test_a_sector_of_the_dac_is_renamed_as_ours() -> None:
    codes = "".join(f'<sector code="{code}"/>' for code in ("14031", "21020"))
    text = (
        f"<iati-activities version='2.03'><iati-activity>{codes}</iati-activity></iati-activities>"
    )
    [reading] = engine.readings("iati", text.encode(), "ong.xml", {})
    water, roads = reading.sheet.sectors
    assert water == "Eau, assainissement"
    assert roads.endswith("(CAD 21020)")
