"""The command `explor sheet`, as typed: files of every format, and what each line became."""

import json
from pathlib import Path
from typing import Any

import pytest

from explor.journey.sheets.models import ProjectSheet
from explor.site.cli import main
from factories import NetworkFactory, SheetFactory

SHEET = "# Un puits\n\n## Le projet\n\n- **Date de début** : 2024\n"
ACTIVITY = (
    '<iati-activities version="2.03"><iati-activity xml:lang="fr" default-currency="EUR">'
    "<iati-identifier>FR-1-2</iati-identifier><title><narrative>Un puits</narrative></title>"
    "</iati-activity></iati-activities>"
)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Run the commands on the database of the test."""
    from contextlib import nullcontext

    monkeypatch.setattr("explor.site.cli.framework.database", nullcontext)


def bring(tmp_path: Path, name: str, text: str, *words: str) -> int:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return main(["sheet", "import", str(path), *words])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("fiche.md", SHEET),
        ("fiches.csv", "Titre\nUn puits\n"),
        ("fiche.json", '[{"fiche": {"title": "Un puits"}}]'),
        ("ong.xml", ACTIVITY),
    ],
)
def test_a_file_of_any_format_becomes_drafts(
    name: str, text: str, tmp_path: Path, capsys: Any
) -> None:
    assert bring(tmp_path, name, text) == 0
    sheet = ProjectSheet.objects.get()
    assert (sheet.title, sheet.state) == ("Un puits", "draft")
    assert f"fiche créée : {sheet.slug}" in capsys.readouterr().out


def test_the_identifier_of_the_source_finds_the_draft_again(tmp_path: Path, capsys: Any) -> None:
    network = NetworkFactory(slug="sud")
    bring(tmp_path, "ong.xml", ACTIVITY, "--network", "sud")
    again = ACTIVITY.replace("Un puits", "Deux puits")
    assert bring(tmp_path, "ong.xml", again, "--network", "sud") == 0
    sheet = ProjectSheet.objects.get()
    assert (sheet.title, sheet.network) == ("Deux puits", network)
    assert "fiche mise à jour" in capsys.readouterr().out


def test_a_published_sheet_is_left_and_the_others_of_the_file_are_imported(
    tmp_path: Path, capsys: Any, settings: Any
) -> None:
    NetworkFactory(slug="sud")
    SheetFactory(slug="un-puits", network__slug="est", title="Un puits")
    mine = SheetFactory(slug="le-mien", network=NetworkFactory(slug="nord"), title="Le mien")
    url = f"{settings.EXPLOR_URL}/projets/{mine.slug}/"
    items = [{"url": url, "fiche": {"title": "Changé"}}, {"fiche": {"title": "Une école"}}]
    assert bring(tmp_path, "f.json", json.dumps(items), "--network", "nord") == 2
    mine.refresh_from_db()
    assert mine.title == "Le mien"
    assert ProjectSheet.objects.filter(title="Une école", network__slug="nord").exists()
    assert "fiche 1 « Changé » : " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("f.csv", "Mystère\n?\n", "aucune colonne ne porte le titre"),
        ("f.doc", "x", "Ce fichier n’est ni une fiche"),
        ("f.csv", "Titre\n", "aucune fiche n’est reconnue"),
    ],
)
def test_a_file_without_sheets_is_refused_in_words(
    name: str, text: str, said: str, tmp_path: Path, capsys: Any
) -> None:
    assert bring(tmp_path, name, text) == 2
    assert said in capsys.readouterr().out


def test_an_unknown_network_is_said(tmp_path: Path, capsys: Any) -> None:
    assert bring(tmp_path, "f.md", SHEET, "--network", "nulle-part") == 2
    assert "aucun réseau ne s’appelle « nulle-part »" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "json", "jsonld"])
def test_a_sheet_is_exported_then_read_as_the_same(form: str, tmp_path: Path, capsys: Any) -> None:
    bring(tmp_path, "f.md", SHEET)
    [slug] = ProjectSheet.objects.values_list("slug", flat=True)
    out = tmp_path / f"out.{form}"
    assert main(["sheet", "export", slug, "--format", form, "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["sheet", "import", str(out)]) == 0
    assert "fiche inchangée" in capsys.readouterr().out
