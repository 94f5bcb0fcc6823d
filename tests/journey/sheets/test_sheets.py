"""A sheet is imported, exported without loss, published, searched and withdrawn."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.sheets import actions, engine
from explor.journey.sheets.models import ProjectSheet
from explor.site import cli
from explor.site.cli import framework
from factories import NetworkFactory, SheetFactory

ADMIN = Actor(name="Ligne de commande", role="administration")
FICHE = """# Fiche projet - Un puits pour Dapaong

## Informations générales

### PROJET EN COURS

**Date de début** : décembre 2025

**Localité** : Dapaong

**Pays d'intervention** : Togo

**Budget** : --

**Secteurs d'intervention** : Eau, assainissement

## Porteur du projet

### Rivages du Togo

**Type de structure :** Comité de jumelage, ASSOCIATIONS

## Contexte

Trois puits sur quatre sont à sec en mars.

## Résultats
"""


@pytest.fixture(autouse=True)
def in_the_database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the test's database connection open, as commands close all connections when they end."""
    monkeypatch.setattr(framework, "database", nullcontext)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], str]:
    def write(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


@pytest.mark.django_db
def test_the_official_example_sheet_is_imported_and_exported_without_loss(
    shared: Any, capsys: Any
) -> None:
    source = shared("inputs/fiche-explor.md")
    assert cli.main(["sheet", "import", "--publish", str(source)]) == 0
    row = ProjectSheet.objects.get()
    sheet = engine.sheet_of(row.content)
    types = [(each.type, each.family) for each in sheet.lead_organisation.structure_types]
    assert types == [("Agence ou organisme public", "ÉTAT ET COLLECTIVITÉS")]
    assert (str(sheet.start), str(sheet.end)) == ("décembre 2022", "décembre 2024")
    assert (sheet.budget, sheet.regional_funders, row.countries) == (None, (), ["FR"])
    assert sheet.national_funders == ("Fonjep", "Min. de l'Europe et des Affaires étrangères")
    page = Client().get(f"/projets/{row.slug}/").content.decode()
    assert all(word in page for word in ("décembre 2022", "ÉTAT ET COLLECTIVITÉS", "--"))
    assert row.title in Client().get("/projets/").content.decode().replace("&#x27;", "'")

    assert cli.main(["sheet", "import", str(source)]) == 0
    assert ProjectSheet.objects.count() == 1
    capsys.readouterr()
    assert cli.main(["sheet", "export", row.slug, "--format", "md"]) == 0
    again = engine.read_bytes(capsys.readouterr().out.encode()).sheet
    assert again == sheet


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["md", "json", "jsonld"])
def test_a_sheet_is_exported_in_each_format(written: Any, tmp_path: Path, form: str) -> None:
    assert cli.main(["sheet", "import", written("f.md", FICHE.encode())]) == 0
    slug = ProjectSheet.objects.get().slug
    out = tmp_path / f"out.{form}"
    assert cli.main(["sheet", "export", slug, "--format", form, "--out", str(out)]) == 0
    assert "Un puits pour Dapaong" in out.read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.md", b""),
        ("image.md", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("enorme.md", b"# Fiche\n" + b"a" * 1_200_000),
        ("sans-rapport.md", b"Bonjour, voici ma liste de courses."),
    ],
)
def test_importing_a_file_that_is_not_a_sheet_fails_with_a_readable_message(
    written: Any, capsys: Any, name: str, data: bytes
) -> None:
    assert cli.main(["sheet", "import", written(name, data)]) == 2
    printed = capsys.readouterr().out
    assert name in printed
    assert len(printed.split()) > 4
    assert ProjectSheet.objects.count() == 0


@pytest.mark.django_db
def test_importing_a_missing_file_or_exporting_an_unknown_sheet_fails(capsys: Any) -> None:
    assert cli.main(["sheet", "import", "/nulle/part.md"]) == 2
    assert cli.main(["sheet", "export", "absente"]) == 2
    assert "aucune fiche ne s’appelle" in capsys.readouterr().err


@pytest.mark.django_db
def test_scripts_in_an_imported_sheet_are_removed_from_its_public_page(written: Any) -> None:
    hostile = FICHE.replace(
        "Trois puits", "<script>alert(1)</script>[clic](javascript:alert(1)) Trois puits"
    )
    cli.main(["sheet", "import", "--publish", written("f.md", hostile.encode())])
    slug = ProjectSheet.objects.get().slug
    page = Client().get(f"/projets/{slug}/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@pytest.mark.django_db
def test_importing_a_changed_file_updates_the_existing_sheet(written: Any) -> None:
    cli.main(["sheet", "import", written("f.md", FICHE.encode())])
    cli.main(["sheet", "import", written("f.md", FICHE.replace("quatre", "cinq").encode())])
    assert "cinq" in ProjectSheet.objects.get().content["context"]


@pytest.mark.django_db
def test_importing_an_unchanged_sheet_changes_nothing() -> None:
    network = NetworkFactory()
    sheet = engine.Sheet(title="Un puits", context="Trois puits à sec.")
    created, _ = actions.import_sheet(sheet, by=ADMIN, network=network)
    again, outcome = actions.import_sheet(sheet, by=ADMIN, network=network, source="autre.md")
    assert (again, outcome) == (created, "inchangée")
    kept = ProjectSheet.objects.get()
    assert (kept.version, kept.sources) == (created.version, created.sources)
    assert [entry.verb for entry in Entry.objects.about(kept)] == ["import_sheet"]


def lent(title: str = "Un puits", context: str | None = None, lead: str = "Rives") -> engine.Sheet:
    return engine.Sheet(
        title=title, context=context, lead_organisation=engine.LeadOrganisation(name=lead)
    )


@pytest.mark.django_db
def test_importing_a_sheet_equal_to_one_of_another_network_creates_a_separate_sheet() -> None:
    first, _ = actions.import_sheet(lent(context="À sec."), by=ADMIN, network=NetworkFactory())
    actions.publish(first, by=ADMIN)
    _, outcome = actions.import_sheet(lent(context="Vide."), by=ADMIN, network=NetworkFactory())
    first.refresh_from_db()
    assert (outcome, first.content["context"]) == ("créée", "À sec.")


@pytest.mark.django_db
def test_an_import_does_not_change_a_published_sheet(written: Any, capsys: Any) -> None:
    cli.main(["sheet", "import", "--publish", written("f.md", FICHE.encode())])
    changed = written("f.md", FICHE.replace("quatre", "cinq").encode())
    assert cli.main(["sheet", "import", changed]) == 2
    assert "modifiez-la depuis sa page" in capsys.readouterr().out
    assert "quatre" in ProjectSheet.objects.get().content["context"]


@pytest.mark.django_db
def test_importing_a_sheet_again_keeps_the_fields_that_the_new_file_does_not_contain() -> None:
    network = NetworkFactory()
    actions.import_sheet(lent(context="À sec."), by=ADMIN, network=network)
    row, outcome = actions.import_sheet(
        replace(lent(), objectives="De l’eau."), by=ADMIN, network=network
    )
    assert outcome == "mise à jour"
    assert (row.content["context"], row.content["objectives"]) == ("À sec.", "De l’eau.")
    assert set(row.sources) >= {"context", "objectives"}


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "lead"), [("Un puits", ""), ("", "Rives")])
def test_sheets_without_title_or_organisation_are_not_treated_as_duplicates(
    title: str, lead: str
) -> None:
    network = NetworkFactory()
    for context in ("Un.", "Deux."):
        actions.import_sheet(lent(title, context, lead), by=ADMIN, network=network)
    assert ProjectSheet.objects.count() == 2


@pytest.mark.django_db
def test_a_sheet_that_ends_before_it_begins_is_not_published() -> None:
    sheet = replace(lent(), start=engine.PartialDate(year=2024), end=engine.PartialDate(year=2022))
    row, _ = actions.import_sheet(sheet, by=ADMIN, network=NetworkFactory())
    with pytest.raises(ActionNotAllowed, match="avant son début"):
        actions.publish(row, by=ADMIN)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "results"),
    [
        ("?q=ecole", 1),
        ("?q=ÉCOLES", 1),
        ("?pays=TG", 1),
        ("?pays=TG&secteur=EAU", 0),
        ("?annee=2024", 1),
        ("?odd=6", 1),
        ("?q=introuvable", 0),
        ("?pays=ZZ&odd=x&annee=-1&page=999&tri=rien", 0),
    ],
)
def test_the_public_directory_is_filtered_by_word_and_by_field(query: str, results: int) -> None:
    SheetFactory(title="Des écoles pour tous", countries=["TG"], sectors=["EDUC"], year=2024)
    SheetFactory(title="Un puits", countries=["BF"], sectors=["EAU"], sdgs=[6], year=2021)
    SheetFactory(title="Des écoles en brouillon", state="draft", countries=["TG"])
    page = Client().get(f"/projets/{query}")
    assert page.status_code == 200
    assert len(page.context["cards"]) == results


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["?q=%00", "?q='\"(&|!", "?page=abc", "?annee=99999999999", "?q=-"]
)
def test_malformed_directory_queries_do_not_cause_a_server_error(query: str) -> None:
    assert Client().get(f"/projets/{query}").status_code in (200, 400)


@pytest.mark.django_db
def test_the_page_of_a_withdrawn_sheet_returns_410() -> None:
    sheet = SheetFactory(network=NetworkFactory())
    actions.withdraw(sheet, by=ADMIN, reason="À la demande du porteur.")
    assert Client().get(f"/projets/{sheet.slug}/").status_code == 410
    assert sheet.title not in Client().get("/projets/").content.decode()
