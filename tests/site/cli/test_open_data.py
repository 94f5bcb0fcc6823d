"""The commands `explor export` and `explor iati`, as typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from explor.site.cli import main
from explor.site.cli.failure import Failure
from explor.site.cli.output import opened
from factories import SheetFactory

ACTIVITY = (
    '<iati-activities version="2.03"><iati-activity xml:lang="fr" default-currency="EUR">'
    "<iati-identifier>FR-1-2</iati-identifier></iati-activity></iati-activities>"
)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Run the commands on the database of the test."""
    from contextlib import nullcontext

    monkeypatch.setattr("explor.site.cli.framework.database", nullcontext)


@pytest.mark.usefixtures("here")
def test_explor_export_writes_every_row_of_a_data_set(tmp_path: Path, capsys: Any) -> None:
    SheetFactory(title="Un grenier")
    out = tmp_path / "fiches.json"
    assert main(["export", "sheets", "--format", "json", "--out", str(out)]) == 0
    assert [each["fiche"]["title"] for each in json.loads(out.read_text())] == ["Un grenier"]
    assert capsys.readouterr().err.splitlines() == ["projets.json : 1 ligne."]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "words", [["needs"], ["organisations", "--format", "geojson"], ["iati"], ["subventions"],
              ["engagement"]],
)  # fmt: skip
def test_explor_export_writes_a_file_for_each_data_set(words: list[str], tmp_path: Path) -> None:
    assert main(["export", *words, "--out", str(tmp_path / "f")]) == 0
    assert (tmp_path / "f").stat().st_size > 20


@pytest.mark.usefixtures("here")
def test_a_failed_export_leaves_the_existing_file_unchanged(tmp_path: Path) -> None:
    kept = tmp_path / "fiches.csv"
    kept.write_text("celui d’hier")
    with pytest.raises(ValueError, match="panne"), opened(str(kept)) as out:
        out.write(b"la moit")
        raise ValueError("panne")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["celui d’hier"]
    with pytest.raises(Failure, match="ne s’écrit pas"), opened(str(tmp_path / "a" / "b")):
        pass


def test_explor_iati_reports_findings_in_french(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "f.xml"
    file.write_text(ACTIVITY)
    assert main(["iati", "validate", str(file)]) == 1
    told = capsys.readouterr()
    assert "ligne 1, FR-1-2 : erreur" in told.out
    assert told.out.splitlines()[-1].startswith("1 activité, ")
    assert "les règles seules" in told.err


def test_explor_iati_explains_why_a_file_is_unreadable(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "f.xml"
    assert main(["iati", "validate", str(file)]) == 2
    file.write_text("<html/>")
    assert main(["iati", "validate", str(file)]) == 2
    file.write_text(ACTIVITY)
    assert main(["iati", "validate", str(file), "--schemas", str(tmp_path / "absent")]) == 2
    told = capsys.readouterr().err
    assert "f.xml : introuvable" in told
    assert "Ce n’est pas un fichier IATI" in told
    assert "absent" in told
    assert "Traceback" not in told


def test_explor_iati_groups_identical_findings_with_their_count(
    shared: Any, tmp_path: Path, capsys: Any
) -> None:
    real = shared("data/iati/real/unesco.xml")
    main(["iati", "validate", str(real), "--schemas", str(shared("data/iati/iati-2.03"))])
    told = capsys.readouterr().out
    assert "fois encore" in told
