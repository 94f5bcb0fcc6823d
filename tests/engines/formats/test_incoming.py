"""Reading of files of sheets in every format, and refusal of other files."""

import json
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from engines.formats.strategies import sheets
from hypothesis import given, settings

from explor.engines.formats import kind_of, readings
from explor.engines.formats.iati import read_activities
from explor.engines.formats.iati._texts import language_of
from explor.engines.formats.sheets import (
    Goal,
    Reading,
    Sheet,
    Status,
    StructureType,
    UnreadableSheet,
    read_html,
    sheet_to_json,
)
from explor.engines.formats.tables import (
    SHEET_COLUMNS,
    columns_of,
    csv_lines,
    guess_mapping,
    read_rows,
)
from explor.engines.formats.tables._writing import sheet_row, xlsx_bytes


def table(text: str, name: str = "t.csv") -> list[Reading]:
    data = text.encode()
    return list(read_rows(data, name, guess_mapping(columns_of(data, name))))


def test_a_table_with_headings_chosen_by_a_network_is_read_as_sheets() -> None:
    result = table(
        "Intitulé du projet;Pays;Date de début;Fin;Budget;Devise;ODD;Association;Remarque\n"
        "Un puits;Togo, Bénin;03/02/2024;décembre 2025;1.051.137;EUR;ODD 6, 13;Les Amis;à voir\n"
        ";;;;;;;;\n"
        "Une école;TG;2023;;;;;;\n"
    )
    assert [reading.sheet.title for reading in result] == ["Un puits", "Une école"]
    well = result[0].sheet
    assert (well.countries, str(well.start), str(well.end)) == (
        ("Togo", "Bénin"),
        "3 février 2024",
        "décembre 2025",
    )
    assert well.budget is not None
    assert (int(well.budget.amount), well.budget.currency) == (1_051_137, "EUR")
    assert well.goals == (Goal(number=6), Goal(number=13))
    assert well.lead_organisation.name == "Les Amis"
    assert [(r.label, r.why) for r in result[0].left_out] == [("Remarque", "colonne non reprise")]
    assert result[1].fields[0].line == 4


def test_a_cell_that_cannot_be_parsed_is_reported_with_its_line() -> None:
    (reading,) = table("titre,debut,odd,pays\nUn puits,le printemps,99,Togo\n")
    assert [(r.field, r.line) for r in reading.left_out] == [("start", 2), ("goals", 2)]
    assert "date incomprise" in reading.left_out[0].why
    assert reading.sheet.countries == ("Togo",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_encoding_and_delimiter_of_a_csv_file_are_guessed(
    encoding: str, delimiter: str
) -> None:
    data = f"Titre{delimiter}Localité\nÉcole d’été{delimiter}Pô\n".encode(encoding)
    mapping = guess_mapping(columns_of(data, "t.csv"))
    (reading,) = read_rows(data, "t.csv", mapping)
    assert (reading.sheet.title, reading.sheet.locality) == ("École d’été", "Pô")


def test_a_workbook_is_read_with_its_years_and_with_formula_results_only() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Titre", "Année", "Résultats"])
        page.write_row(1, 0, ["Un puits", 2024])
        page.write_formula(1, 2, '=HYPERLINK("http://x.example","clic")', None, "clic")
    data = out.getvalue()
    (reading,) = read_rows(data, "t.xlsx", guess_mapping(columns_of(data, "t.xlsx")))
    assert (str(reading.sheet.start), reading.sheet.results) == ("2024", "clic")


def test_columns_with_equal_or_missing_headings_get_numbered_names() -> None:
    columns = columns_of(b"titre;titre;;pays\na;b;c;d\n", "t.csv")
    assert [column.name for column in columns] == ["titre", "titre (2)", "Colonne 3", "pays"]
    assert guess_mapping(columns) == {"titre": "title", "pays": "countries"}


def comparable(sheet: Sheet) -> dict[str, Any]:
    """Return the fields of a sheet that a table contains: no links, weights or persons."""
    return {
        "title": sheet.title,
        "status": sheet.status,
        "start": sheet.start,
        "end": sheet.end,
        "budget": sheet.budget,
        "goals": [goal.number for goal in sheet.goals],
        "name": sheet.lead_organisation.name,
    }


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_a_sheet_survives_a_round_trip_through_a_table(sheet: Sheet) -> None:
    row = sheet_row(sheet)
    data = "".join(csv_lines(SHEET_COLUMNS, [row])).encode()
    matches = list(read_rows(data, "t.csv", guess_mapping(columns_of(data, "t.csv"))))
    if not any(row):
        assert matches == []
        return
    assert comparable(matches[0].sheet) == comparable(sheet)


def test_lists_and_organisation_types_of_a_sheet_survive_a_round_trip_through_a_table() -> None:
    sheet = Sheet(
        title="=Un puits",
        status=Status.ONGOING,
        countries=("Togo", "Bénin"),
        sectors=("Eau, assainissement", "Santé"),
        lead_organisation=Sheet().lead_organisation.__class__(
            name="-Les Amis",
            structure_types=(
                StructureType(type="Comité de jumelage", family="ASSOCIATIONS"),
                StructureType(type="Lycée"),
            ),
        ),
        context="Un *texte*.\n\n- un\n- deux",
    )
    for name, data in (
        ("t.xlsx", xlsx_bytes(SHEET_COLUMNS, [sheet_row(sheet)])),
        ("t.csv", "".join(csv_lines(SHEET_COLUMNS, [sheet_row(sheet)])).encode()),
    ):
        (reading,) = read_rows(data, name, guess_mapping(columns_of(data, name)))
        assert reading.sheet == sheet


PAGE = """<!doctype html><html><head><title>Un puits - Annuaire</title><meta charset="utf-8">
<style>x</style><script>alert(1)</script></head><body><nav><a href="/">Accueil</a></nav><main>
<h1>Un puits à Dapaong</h1><dl><dt>Pays d’intervention :</dt><dd>Togo</dd>
<dt>Date de début</dt><dd>mars 2024</dd></dl>
<table><tr><th>Budget</th><td>12 000 €</td></tr></table>
<p><strong>Localité :</strong> Dapaong</p><h2>Porteur du projet</h2><p>Nom : Les Amis</p>
<h3>Contexte</h3><p>Trois puits <em>sur quatre</em> sont à sec.<br>En mars.</p>
<ul><li>Un</li><li>Deux</li></ul><h3>Objectifs</h3><div><div>De l’eau <a href="javascript:x">ici</a>
</div></div><form><input></form></main><footer>Mentions</footer></body></html>"""


def test_a_saved_web_page_is_read_as_a_sheet() -> None:
    reading = read_html(PAGE.encode())
    sheet = reading.sheet
    assert (sheet.title, sheet.countries, str(sheet.start)) == (
        "Un puits à Dapaong",
        ("Togo",),
        "mars 2024",
    )
    assert (sheet.locality, sheet.lead_organisation.name) == ("Dapaong", "Les Amis")
    assert sheet.budget is not None and sheet.budget.amount == 12_000
    assert sheet.context == "Trois puits sur quatre sont à sec.\nEn mars.\n\n- Un\n- Deux"
    assert sheet.objectives == "De l’eau ici"
    result = " ".join(note.text for note in reading.notes)
    assert "programmes" in result and "menus" in result
    assert "alert" not in str(reading)


def test_a_web_page_without_a_sheet_is_refused() -> None:
    for data in (b"", b"<html><body><p>Bonjour</p></body></html>", b"\x00\x01", b"<"):
        with pytest.raises(UnreadableSheet):
            read_html(data)


ACTIVITY = """<?xml version="1.0"?><iati-activities version="2.03"><iati-activity
 default-currency="EUR"><iati-identifier>X-1</iati-identifier>
<reporting-org ref="XX"><narrative>Une ONG</narrative></reporting-org>
<title><narrative xml:lang="en">De l'eau pour les villages dans le nord</narrative></title>
<description type="1"><narrative xml:lang="en">The wells of the region are dry and this is the end
</narrative><narrative xml:lang="fr">Les puits sont à sec dans le nord</narrative></description>
<participating-org role="1"><narrative>Un bailleur</narrative></participating-org>
<participating-org role="4"><narrative>Un partenaire</narrative></participating-org>
<activity-status code="2"/><activity-date type="1" iso-date="2024-01-01"/>
<activity-date type="2" iso-date="2024-02-03"/><activity-date type="3" iso-date="bientôt"/>
<recipient-country code="TG" percentage="40"/><recipient-country code="BJ" percentage="50"/>
<sector vocabulary="1" code="14030"/><tag vocabulary="2" code="6"/><tag vocabulary="2" code="99"/>
<budget status="2"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
<value>1000</value></budget><budget status="2"><period-start iso-date="2025-01-01"/>
<period-end iso-date="2025-12-31"/><value>500</value></budget>
<document-link url="javascript:x"><title><narrative>Piège</narrative></title></document-link>
</iati-activity></iati-activities>"""


def test_an_iati_activity_is_read_as_a_sheet_with_notes_on_its_faults() -> None:
    (reading,) = read_activities(ACTIVITY.encode())
    sheet = reading.sheet
    assert sheet.title == "De l'eau pour les villages dans le nord"
    assert sheet.context == "Les puits sont à sec dans le nord"
    assert (sheet.countries, str(sheet.start), sheet.end) == (("TG", "BJ"), "3 février 2024", None)
    assert sheet.budget is not None and sheet.budget.amount == 1500
    assert (sheet.other_funders, sheet.goals) == (("Un bailleur",), (Goal(number=6),))
    assert (sheet.lead_organisation.name, sheet.status) == ("Une ONG", Status.ONGOING)
    assert [note.text.split(" :")[0] for note in reading.notes] == [
        "Le titre est en français, mais marqué comme anglais.",
        "date incomprise",
        "ODD inconnu",
        "Les parts des pays et régions font 90 % au lieu de 100.",
        "Non repris",
        "Non repris",
        "Non repris",
        "Non repris",
    ]


def test_the_language_of_a_text_is_recognised_by_its_words() -> None:
    assert language_of("Les puits sont à sec dans le nord du pays") == "fr"
    assert language_of("The wells of the north are dry") == "en"
    assert language_of("Koudougou 2024") == ""


def test_iati_files_of_real_partners_are_read_completely(shared: Any) -> None:
    result = {}
    for path in sorted(shared("data/iati/real").glob("*.xml")):
        matches = list(read_activities(path.read_bytes()))
        result[path.stem] = len(matches)
        assert all(reading.sheet.title for reading in matches) or path.stem == "snv"
    assert sum(result.values()) > 30


def test_the_format_of_an_imported_file_is_recognised_by_its_name() -> None:
    assert kind_of("Fiche.MD", b"x")[0] == "markdown"
    assert kind_of("page.htm", b"x")[0] == "html"
    assert kind_of("ong.xml", b"x")[0] == "iati"
    kind, mapping = kind_of("t.csv", b"Titre;Pays\nUn puits;Togo\n")
    assert (kind, mapping["guessed"]) == ("table", {"Titre": "title", "Pays": "countries"})
    assert mapping["columns"][1] == {"name": "Pays", "example": "Togo"}
    read = readings("table", b"Titre\nUn puits\n", "t.csv", {"Titre": "title"})
    assert [reading.sheet.title for reading in read] == ["Un puits"]


def test_an_export_in_json_is_read_as_equal_sheets() -> None:
    sheet = Sheet(title="Un puits", goals=(Goal(number=6, weight=2),), context="# Ici\n\n- a\n- b")
    lines = [{"slug": "a", "fiche": sheet_to_json(sheet)}, {"slug": "b", "fiche": {"zut": 1}}]
    data = json.dumps(lines).encode()
    assert kind_of("projets.json", data) == ("json", {})
    first, second = readings("json", data, "projets.json", {})
    assert (first.sheet, bool(first.understood)) == (sheet, True)
    assert (second.understood, "zut" in second.notes[0].text) == ((), True)


def test_flat_json_objects_in_an_imported_file_are_read_as_rows_of_a_table() -> None:
    data = b'{"titre": "Un puits", "pays": ["TG"], "odd": null}\n{"titre": "B", "budget": "3"}\n'
    kind, mapping = kind_of("f.jsonl", data)
    assert (kind, mapping["guessed"]["pays"]) == ("table", "countries")
    first, second = readings("table", data, "f.jsonl", mapping["guessed"])
    assert (first.sheet.title, first.sheet.countries) == ("Un puits", ("TG",))
    assert second.sheet.title == "B"


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_a_text_in_a_json_lines_file_may_contain_a_unicode_line_separator(mark: str) -> None:
    text = json.dumps({"titre": f"Un{mark}puits"}, ensure_ascii=False) + '\r\n{"titre": "B"}\r\n'
    kind, mapping = kind_of("f.jsonl", text.encode())
    first, second = readings(kind, text.encode(), "f.jsonl", mapping["guessed"])
    titles = [str(each.sheet.title).replace(mark, "") for each in (first, second)]
    assert ["".join(title.split()) for title in titles] == ["Unpuits", "B"]


@pytest.mark.parametrize("data", [b"{", b"[1]", b"[]", b"3", b"\xff{}", b"[" * 100_000])
def test_json_that_is_not_a_list_of_objects_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSheet):
        kind_of("f.json", data)


def test_real_project_sheets_in_json_lines_are_read(shared: Any) -> None:
    data = shared("inputs/fiches-a.jsonl").read_bytes()
    _, mapping = kind_of("fiches-a.jsonl", data)
    matches = list(readings("table", data, "fiches-a.jsonl", mapping["guessed"]))
    assert len(matches) == 13
    assert all(reading.sheet.countries and reading.sheet.start for reading in matches)
    assert matches[0].sheet.title == "EXPLOR – EXPertise LOcale et Réseau de l'international"
    money = [reading.sheet.budget.amount for reading in matches if reading.sheet.budget]
    assert 1_051_137 in money
    left = {report.label for reading in matches for report in reading.left_out}
    assert "particularites" in left
    assert "duree_mois" not in left
    assert str(matches[1].sheet.end) == "2019"  # « 2019 », « 12 mois »
