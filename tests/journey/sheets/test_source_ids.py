"""Two imports of a sheet with the same source identifier concern one sheet."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions as machine
from explor.journey.sheets import actions, engine
from explor.journey.sheets.models import FormerSlug, ProjectSheet, SheetImport
from factories import NetworkFactory, SheetFactory, officer_actor

pytestmark = pytest.mark.django_db


def imported(network: Any, title: str, source_id: str) -> tuple[ProjectSheet, str]:
    return actions.import_sheet(
        engine.sheet_of({"title": title, "lead_organisation": {"name": "Une ONG"}}),
        by=officer_actor(network),
        network=network,
        source_id=source_id,
    )


def test_importing_a_source_identifier_again_updates_its_draft_even_with_another_title() -> None:
    network = NetworkFactory()
    first, _ = imported(network, "Un puits", "X-1")
    again, outcome = imported(network, "Deux puits", "X-1")
    assert (again.pk, outcome, again.title) == (first.pk, "mise à jour", "Deux puits")


def test_importing_two_source_identifiers_creates_two_sheets_even_with_one_title() -> None:
    network = NetworkFactory()
    first, _ = imported(network, "Un puits", "X-1")
    second, outcome = imported(network, "Un puits", "X-2")
    assert (outcome, second.pk != first.pk) == ("créée", True)


def test_importing_a_source_identifier_never_updates_the_sheet_of_another_network() -> None:
    first, _ = imported(NetworkFactory(), "Un puits", "X-1")
    second, outcome = imported(NetworkFactory(), "Un puits", "X-1")
    assert (outcome, second.pk != first.pk) == ("créée", True)


def test_importing_a_source_identifier_does_not_change_a_published_sheet() -> None:
    network = NetworkFactory()
    first, _ = imported(network, "Un puits", "X-1")
    ProjectSheet.objects.filter(pk=first.pk).update(state="published")
    with pytest.raises(ActionNotAllowed):
        imported(network, "Deux puits", "X-1")


def test_an_imported_dac_sector_is_converted_to_a_sector_of_the_reference_list() -> None:
    codes = "".join(f'<sector code="{code}"/>' for code in ("14031", "14032", "21020"))
    text = (
        f"<iati-activities version='2.03'><iati-activity>{codes}</iati-activity></iati-activities>"
    )
    [reading] = engine.readings("iati", text.encode(), "ong.xml", {})
    water, roads = reading.sheet.sectors
    assert water == "Eau, assainissement"
    assert roads.endswith("(CAD 21020)")
    [why] = [report.why for report in reading.fields if report.field == "sectors"]
    assert why.split(" ; ") == [
        "2 secteurs du CAD deviennent 1 secteur de notre liste",
        f"« {roads[:60]} » n’est pas dans nos listes",
    ]


def batch_of(
    network: Any, name: str, content: str, run_jobs: Callable[[], list[str]]
) -> SheetImport:
    """Return an imported file whose lines are read; nothing is created yet."""
    by = officer_actor(network)
    batch = actions.upload(network=network, name=name, content=content.encode(), by=by)
    if batch.state == "mapping":
        machine.read(batch, by=by, mapping=batch.chosen)
    run_jobs()
    batch.refresh_from_db()
    return batch


def made(batch: SheetImport, run_jobs: Callable[[], list[str]]) -> None:
    machine.make(batch, by=officer_actor(batch.network))
    run_jobs()


def test_a_column_of_source_identifiers_finds_the_drafts_of_an_earlier_file(
    run_jobs: Callable[[], list[str]],
) -> None:
    network = NetworkFactory()
    made(
        batch_of(network, "a.csv", "Identifiant du projet;Titre\nP-7;Un puits\n", run_jobs),
        run_jobs,
    )
    batch = batch_of(network, "b.csv", "Identifiant du projet;Titre\nP-7;Deux puits\n", run_jobs)
    assert batch.lines.get().notes == ["Met à jour la fiche « Un puits »."]
    made(batch, run_jobs)
    assert [sheet.title for sheet in ProjectSheet.objects.all()] == ["Deux puits"]


def test_a_source_identifier_repeated_in_one_file_replaces_no_line(
    run_jobs: Callable[[], list[str]],
) -> None:
    text = "Identifiant du projet;Titre\nP-7;Un puits\nP-7;Une école\n"
    batch = batch_of(NetworkFactory(), "a.csv", text, run_jobs)
    second = batch.lines.get(number=2)
    assert second.duplicate == "Même identifiant que la ligne 1 : P-7."
    machine.keep(second, by=officer_actor(batch.network), wanted=True)
    made(batch, run_jobs)
    assert {sheet.title for sheet in ProjectSheet.objects.all()} == {"Un puits", "Une école"}


@pytest.mark.parametrize("name", ["fiche.csv", "fiche.json", "fiche.jsonld"])
def test_an_imported_export_of_explor_finds_each_sheet_by_its_public_url(
    name: str, settings: Any, run_jobs: Callable[[], list[str]]
) -> None:
    network = NetworkFactory()
    sheet = SheetFactory(network=network, state="draft", published_at=None, slug="un-puits")
    url = f"{settings.EXPLOR_URL}/projets/un-puits/"
    content = {
        "csv": f"adresse;titre\n{url};Un autre titre\n",
        "json": json.dumps([{"url": url, "fiche": {"title": "Un autre titre"}}]),
        "jsonld": json.dumps(
            {"@context": "https://schema.org", "@type": "Project", "@id": url,
             "name": "Un autre titre"}
        ),
    }[name.partition(".")[2]]  # fmt: skip
    batch = batch_of(network, name, content, run_jobs)
    assert [line.source_id for line in batch.lines.all()] == [url]
    made(batch, run_jobs)
    sheet.refresh_from_db()
    assert (ProjectSheet.objects.count(), sheet.title) == (1, "Un autre titre")


def test_an_imported_former_url_still_finds_its_sheet(
    settings: Any, run_jobs: Callable[[], list[str]]
) -> None:
    network = NetworkFactory()
    sheet = SheetFactory(network=network, state="draft", published_at=None, slug="neuf")
    FormerSlug.objects.create(slug="ancien", sheet=sheet)
    text = f"adresse;titre\n{settings.EXPLOR_URL}/projets/ancien/;Un puits\n"
    batch = batch_of(network, "a.csv", text, run_jobs)
    assert batch.lines.get().notes == [f"Met à jour la fiche « {sheet.title} »."]


@pytest.mark.parametrize(
    ("own", "state", "said", "certain"),
    [
        (True, "published", "Déjà publiée : « Un puits ».", True),
        (False, "published", "Déjà publiée par un autre réseau : « Un puits ».", False),
        (False, "draft", "", False),
    ],
)
def test_an_imported_url_changes_no_published_sheet_and_no_sheet_of_another_network(
    own: bool, state: str, said: str, certain: bool, settings: Any,
    run_jobs: Callable[[], list[str]],
) -> None:  # fmt: skip
    network = NetworkFactory()
    owner = network if own else NetworkFactory()
    sheet = SheetFactory(network=owner, state=state, slug="un-puits", content={"title": "Un puits"})
    ProjectSheet.objects.filter(pk=sheet.pk).update(title="Un puits")
    text = f"adresse;titre\n{settings.EXPLOR_URL}/projets/un-puits/;Tout autre chose\n"
    batch = batch_of(network, "a.csv", text, run_jobs)
    line = batch.lines.get()
    assert (line.duplicate, line.certain) == (said, certain)
    if not certain:
        machine.keep(line, by=officer_actor(network), wanted=True)
        made(batch, run_jobs)
    sheet.refresh_from_db()
    assert (sheet.title, ProjectSheet.objects.count()) == ("Un puits", 1 if certain else 2)
