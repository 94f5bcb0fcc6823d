"""The command `explor match`: it reads and writes JSON, CSV and XLSX, and lists every fault."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from explor.engines.matching.files import main

NEED = {
    "id": "puits",
    "title": "Pompes",
    "text": "Former à la maintenance des pompes",
    "purpose": "carry_out",
    "sectors": ["14030"],
    "skills": ["hydraulique"],
    "languages": [{"code": "pt", "level": "B1"}],
    "country": "MG",
    "window": {"start": "2027-03-01", "end": "2027-05-31"},
    "days": 10,
    "seats": 1,
    "network": "resacoop",
    "association": "Eaux vives",
    "priority": 1.0,
}
EXPERT = {
    "id": "ines",
    "text": "Dix ans de pompes",
    "sectors": ["14030"],
    "skills": ["hydraulique"],
    "languages": [{"code": "pt", "level": "B2"}],
    "countries": ["MG"],
    "availability": [{"start": "2027-03-05", "end": "2027-04-05"}],
    "load": 1,
    "network": "resacoop",
    "shared_with": [],
    "employer": "Mairie",
    "conflicts": [],
    "missions_done": 0,
    "last_mission": None,
    "frames": [{"code": "csi", "verdict": "open", "file_by": "2027-02-01"}],
}
NEEDS_CSV = (
    "Identifiant;Titre;Description;But;Compétences;Langues;Pays;Période;Jours;Réseau\n"
    "puits;Pompes;Former à la maintenance des pompes;réaliser;hydraulique;pt B1;mg;"
    "01/03/2027 au 31/05/2027;10;resacoop\n"
)
EXPERTS_CSV = (
    "IDENTIFIANT;profil;Competences;Langues;Pays connus;Disponibilités;Réseau;Cadres de départ\n"
    "ines;Dix ans de pompes;hydraulique;pt B2;MG;2027-03-05 au 2027-04-05;resacoop;"
    "csi à vérifier 2027-02-01\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "needs.json").write_text(json.dumps([NEED]))
    (tmp_path / "experts.json").write_text(json.dumps([EXPERT]))
    (tmp_path / "besoins.csv").write_text(NEEDS_CSV, encoding="utf-8")
    (tmp_path / "personnes.csv").write_text(EXPERTS_CSV, encoding="cp1252")
    (tmp_path / "settings.json").write_text('{"today": "2027-01-10", "seed": 7}')
    return tmp_path


def run(files: Path, *words: str, needs: str = "needs.json", experts: str = "experts.json") -> int:
    given = ["--needs", str(files / needs), "--experts", str(files / experts)]
    return main([words[0], *given, "--settings", str(files / "settings.json"), *words[1:]])


def test_the_rank_command_writes_one_json_object_per_need(files: Path) -> None:
    out = files / "rank.json"
    assert run(files, "rank", "--out", str(out)) == 0
    (ranked,) = json.loads(out.read_text())
    assert ranked["need"] == "puits"
    (found,) = ranked["experts"]
    assert found["expert"] == "ines"
    assert found["eligible"] is True
    assert sum(found["parts"].values()) == found["score"]
    assert (found["blockers"], found["start"], found["end"]) == ([], "2027-03-05", "2027-03-14")


def test_the_plan_command_writes_the_plan_as_json(files: Path) -> None:
    out = files / "plan.json"
    assert run(files, "plan", "--out", str(out)) == 0
    found = json.loads(out.read_text())
    assert (found["status"], found["gap"], found["seed"]) == ("optimal", 0.0, 7)
    (placed,) = found["assignments"]
    assert (placed["need"], placed["expert"], placed["start"]) == ("puits", "ines", "2027-03-05")
    assert found["objective"] == placed["score"]
    contract = {"status", "objective", "bound", "gap", "seed", "assignments", "reserves"}
    contract |= {"unfilled", "wanted", "fairness", "seconds"}
    assert contract <= set(found)


def test_french_csv_inputs_give_the_same_plan_as_json_inputs(files: Path, capsysbinary) -> None:  # type: ignore[no-untyped-def]
    assert run(files, "plan", needs="besoins.csv", experts="personnes.csv") == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert [a["expert"] for a in found["assignments"]] == ["ines"]


def test_a_written_template_can_be_read_as_input_of_the_plan_command(files: Path) -> None:
    template = files / "modele.xlsx"
    assert main(["template", "--out", str(template)]) == 0
    out = files / "plan.xlsx"
    given = ["--needs", str(template), "--experts", str(template), "--pins", str(template)]
    assert (
        main(["plan", *given, "--settings", str(files / "settings.json"), "--out", str(out)]) == 0
    )
    book = CalamineWorkbook.from_path(out)
    assert book.sheet_names == [
        "Plan",
        "Réserve",
        "Besoins à pourvoir",
        "Profils recherchés",
        "Lisez-moi",
    ]
    rows = book.get_sheet_by_name("Plan").to_python()
    assert rows[0][:3] == ["Besoin", "Titre", "Personne"]
    assert rows[1][:3] == ["besoin-1", "Entretien de pompes solaires", "personne-1"]


def test_a_plan_written_as_xlsx_can_be_read_as_the_previous_plan(files: Path) -> None:
    first, second = files / "plan.xlsx", files / "again.json"
    assert run(files, "plan", "--out", str(first)) == 0
    assert run(files, "plan", "--previous", str(first), "--out", str(second)) == 0
    assert json.loads(second.read_text())["kept"] == 1


def test_faulty_input_files_report_every_fault_and_write_no_result(files: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    wrong = [
        {**NEED, "days": 0, "window": {"start": "2027-05-31", "end": "2027-03-01"}},
        {**NEED, "languages": [{"code": "pt", "level": "moyen"}]},
        {"title": "Sans rien"},
        "pas un objet",
    ]
    (files / "needs.json").write_text(json.dumps(wrong[:3]))
    (files / "experts.json").write_text(json.dumps([{**EXPERT, "load": -1}, EXPERT]))
    (files / "settings.json").write_text('{"weights": {"charm": 1}, "colour": "red"}')
    out = files / "plan.json"
    assert run(files, "plan", "--out", str(out)) == 2
    faults = [line.split(" : attendu")[0] for line in capsys.readouterr().err.splitlines()]
    assert faults == [
        "needs.json : ligne 1, window",
        "needs.json : ligne 1, days",
        "needs.json : ligne 2, languages",
        "needs.json : ligne 2, id",
        "needs.json : ligne 3, id",
        "needs.json : ligne 3, window",
        "needs.json : ligne 3, days",
        "experts.json : ligne 1, load",
        "experts.json : ligne 2, id",
        "settings.json : fichier, weights",
        "settings.json : fichier, colour",
        "11 erreurs, rien n'a été écrit.",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("needs.json", "{", "needs.json : fichier, contenu : attendu du JSON en UTF-8"),
        ("needs.json", "3", "needs.json : fichier, contenu : attendu une liste d'objets"),
        ("needs.json", '["x"]', "needs.json : ligne 1, objet : attendu un objet"),
        (
            "besoins.csv",
            "Identifiant;Jours\n",
            "besoins.csv : fichier, Période : attendu une colonne « Période »",
        ),
        (
            "besoins.csv",
            NEEDS_CSV.replace("31/05/2027", "31/02/2027"),
            "besoins.csv : ligne 2, window : attendu une date (2027-03-31 ou 31/03/2027)",
        ),
        ("needs.xlsx", "non", "needs.xlsx : fichier, contenu : attendu un classeur XLSX"),
        (
            "needs.ods",
            "non",
            "needs.ods : fichier, contenu : attendu un fichier .json, .csv ou .xlsx",
        ),
    ],
)
def test_a_broken_input_file_of_the_matching_commands_is_refused(
    files: Path, capsys, name, content, expected
) -> None:  # type: ignore[no-untyped-def]
    (files / name).write_text(content)
    assert run(files, "plan", needs=name) == 2
    assert capsys.readouterr().err.splitlines()[0] == expected


def test_bans_of_unknown_ids_and_impossible_pins_are_refused(files: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (files / "bans.json").write_text('[["puits", "nemo"]]')
    assert run(files, "plan", "--bans", str(files / "bans.json")) == 2
    assert capsys.readouterr().err.splitlines()[0] == (
        "bans.json : ligne 1, expert : attendu un identifiant connu (nemo)"
    )
    (files / "experts.json").write_text(json.dumps([{**EXPERT, "load": 0}]))
    (files / "pins.csv").write_text("Besoin,Personne\npuits,ines\n")
    assert run(files, "plan", "--pins", str(files / "pins.csv")) == 2
    assert "déjà toutes les missions" in capsys.readouterr().err


def test_the_rank_command_ranks_one_need_and_refuses_an_unknown_need(
    files: Path, capsysbinary
) -> None:  # type: ignore[no-untyped-def]
    assert run(files, "rank", "--need", "puits", "--top", "1") == 0
    assert len(json.loads(capsysbinary.readouterr().out)) == 1
    assert run(files, "rank", "--need", "autre") == 2


def test_a_formula_in_a_need_is_written_as_text_in_csv_and_xlsx(files: Path) -> None:
    (files / "needs.json").write_text(json.dumps([{**NEED, "title": "=1+1"}]))
    out = files / "plan.csv"
    assert run(files, "plan", "--out", str(out)) == 0
    assert "'=1+1" in out.read_text(encoding="utf-8-sig").splitlines()[1].split(";")
    book = files / "plan.xlsx"
    assert run(files, "plan", "--out", str(book)) == 0
    sheet = CalamineWorkbook.from_path(book).get_sheet_by_name("Plan")
    assert sheet.to_python()[1][1] == "=1+1"


def test_the_template_of_matching_inputs_is_written_under_a_default_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["modele-appariement.xlsx"]


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        ("absent/plan.json", "un dossier qui existe"),
        ("plan.pdf", "un nom en .json, .csv ou .xlsx"),
    ],
)
def test_a_matching_result_that_cannot_be_written_is_refused(
    files: Path,
    capsys,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
    out: str,
    expected: str,
) -> None:
    monkeypatch.chdir(files)
    assert run(files, "plan", "--out", out) == 2
    fault = f"{out} : fichier, out : attendu {expected}"
    assert capsys.readouterr().err.splitlines() == [fault, "1 erreur, rien n'a été écrit."]


def test_a_broken_csv_file_and_a_template_name_not_in_xlsx_are_refused(files: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (files / "besoins.csv").write_text("Identifiant;Jours\n" + "x" * 200_000)
    assert run(files, "plan", needs="besoins.csv") == 2
    fault = capsys.readouterr().err.splitlines()[0]
    assert fault == "besoins.csv : fichier, contenu : attendu un tableau CSV"
    assert main(["template", "--out", "modele.csv"]) == 2
    assert capsys.readouterr().err.splitlines()[0] == (
        "modele.csv : fichier, out : attendu un nom en .xlsx"
    )


def test_a_csv_file_with_a_line_break_inside_a_cell_gives_the_same_ranking(files: Path) -> None:
    text = NEEDS_CSV.replace("Former à la maintenance", '"Former\r\nà la maintenance').replace(
        "des pompes;réaliser", 'des pompes";réaliser'
    )
    (files / "coupe.csv").write_bytes(text.encode())
    rankings = []
    for needs in ("besoins.csv", "coupe.csv"):
        out = files / f"{needs}.json"
        assert run(files, "rank", "--out", str(out), needs=needs) == 0
        rankings.append(json.loads(out.read_text()))
    assert rankings[0] == rankings[1]
