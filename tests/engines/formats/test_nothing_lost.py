"""Content of a file that a sheet cannot hold is reported in French, whatever the format."""

import json
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from explor.engines.formats import kind_of, read_sheet, readings
from explor.engines.formats.sheets import Goal, Link, Reading, StructureType, read_html


def read(name: str, data: bytes) -> list[Reading]:
    kind, details = kind_of(name, data)
    return list(readings(kind, data, name, details.get("guessed", {})))


def one(name: str, content: Any) -> Reading:
    data = json.dumps(content).encode() if name.endswith("json") else content.encode()
    (reading,) = read(name, data)
    return reading


def left(reading: Reading) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in reading.left_out]


def test_objects_inside_the_lists_of_json_are_read() -> None:
    reading = one("f.json", [{"titre": "A", "odd": [{"n": 8, "poids": 2}, {"n": 4, "note": "x"}]}])
    assert reading.sheet.goals == (Goal(number=8, weight=2), Goal(number=4))
    assert left(reading) == [("odd : 4 › note", "x")]


def test_amounts_of_funders_and_roles_of_partners_are_kept_or_reported() -> None:
    reading = one(
        "f.json",
        [{"titre": "A", "financeurs": [{"nom": "AERMC", "montant": 24000}, {"nom": "Lyon"}],
          "partenaires": [{"nom": "Région HM", "role": "Partenaire"}, "JARC"],
          "porteur": {"nom": "Les Amis", "siren": "123"}}],
    )  # fmt: skip
    assert reading.sheet.other_funders == ("AERMC", "Lyon")
    assert reading.sheet.local_partners == "- Région HM (Partenaire)\n- JARC"
    assert reading.sheet.lead_organisation.name == "Les Amis"
    assert left(reading) == [
        ("financeurs : AERMC › montant", "24000"),
        ("porteur : Les Amis › siren", "123"),
    ]


def test_an_amount_and_links_written_as_objects_are_read() -> None:
    reading = one(
        "f.json",
        {"titre": "A", "budget": {"montant": 12000.5, "devise": "EUR"},
         "liens": [{"titre": "Site", "url": "https://a.example/"}]},
    )  # fmt: skip
    assert str(reading.sheet.budget) == "12 000,50 €"
    assert reading.sheet.links == (Link(label="Site", url="https://a.example/"),)


def test_a_faulty_value_in_json_written_by_explor_does_not_stop_reading_the_other_values() -> None:
    reading = one("f.json", [{"fiche": {"title": "A", "zut": 1, "goals": [{"number": 18}]}}])
    assert reading.sheet.title == "A"
    assert left(reading) == [
        ("zut", "1"),
        ("Objectifs de Développement Durable", '[{"number": 18}]'),
    ]


def test_omitted_values_are_reported_in_french_words_and_not_as_python_values() -> None:
    content = {
        "title": "A",
        "goals": [{"number": 3}, {"number": 4, "weight": 2}],
        "links": [{"label": "Site", "url": "https://a.example/"}],
        "lead_organisation": {"structure_types": [{"type": "Lycée", "family": "Écoles"}]},
        "budget": {"amount": "12.00", "currency": "EUR"},
    }
    reading = one("f.json", [{"fiche": content}])
    assert {each.label: each.text for each in reading.fields} == {
        "Titre": "A",
        "Objectifs de Développement Durable": "3 Bonne santé et bien-être ; "
        "4 Éducation de qualité (principal)",
        "Porteur : liens": "Site (https://a.example/)",
        "Porteur : type de structure": "Lycée (ÉCOLES)",
        "Budget": "12 €",
    }
    shown = [str(Goal(number=3)), str(Link(label="a")), str(StructureType(type="b"))]
    assert shown == ["3 Bonne santé et bien-être", "a", "b"]


def test_schema_org_data_of_another_site_are_read_and_omitted_parts_are_reported() -> None:
    reading = one(
        "f.jsonld",
        json.dumps(
            {"@context": "https://schema.org", "@type": "Project", "name": "A",
             "funder": {"@type": "Organization", "name": "Fonjep"}, "award": "Prix",
             "keywords": ["Eau", "6 Eau propre et assainissement"]}
        ),
    )  # fmt: skip
    sheet = reading.sheet
    assert (sheet.title, sheet.other_funders, sheet.sectors) == ("A", ("Fonjep",), ("Eau",))
    assert sheet.goals == (Goal(number=6),)
    assert left(reading) == [("award", "Prix")]


def test_a_bullet_with_an_unknown_label_is_reported() -> None:
    reading = read_sheet("# A\n\n- Pays : Togo\n- Truc : x\n- Budget : 3 €\n")
    assert (reading.sheet.countries, str(reading.sheet.budget)) == (("Togo",), "3 €")
    assert left(reading) == [("Truc", "x")]


def test_list_items_below_a_label_are_read_as_values_of_that_label() -> None:
    reading = read_sheet("# A\n\n- Pays :\n  - Togo\n  - Bénin\n")
    assert reading.sheet.countries == ("Togo", "Bénin")


def test_a_text_read_from_a_web_page_keeps_its_lines_and_paragraphs() -> None:
    page = (
        "<h1>Un puits</h1><dl><dt>Pays</dt><dd><ul><li>Togo</li><li>Bénin</li></ul></dd>"
        "<dt>Localité</dt><dd>Dapaong</dd></dl><table><tr><td>Zones</td><td>Asie<br>Europe</td>"
        "</tr></table><h2>Contexte</h2><p>Un.<br>Deux.</p><p>Trois.</p>"
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    )
    sheet = read_html(page.encode()).sheet
    assert sheet.countries == ("Togo", "Bénin")
    assert sheet.zones == ("Asie", "Europe")
    assert sheet.context == "Un.\nDeux.\n\nTrois.\n\n- a\n  - b\n- c"


def workbook(**sheets: list[list[Any]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return out.getvalue()


ROWS: list[list[Any]] = [
    ["Projets soutenus en 2024"],
    [],
    ["Titre", "Pays", "Budget (€)", "Début"],
    ["Un puits", "Togo", 12000.5, "mars-24"],
]


def test_a_title_above_the_headings_of_a_workbook_is_not_read_as_a_heading() -> None:
    (reading,) = read("p.xlsx", workbook(A=ROWS))
    sheet = reading.sheet
    assert (sheet.title, sheet.countries, str(sheet.budget), str(sheet.start)) == (
        "Un puits", ("Togo",), "12 000,50 €", "mars 2024",
    )  # fmt: skip
    assert reading.fields[0].line == 4
    assert [note.text for note in reading.notes] == [
        "Au-dessus du tableau, non repris : « Projets soutenus en 2024 »."
    ]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_lines_above_the_headings_of_a_csv_are_not_read_as_headings(sign: str) -> None:
    text = "Projets soutenus\n\n" + "\n".join(
        sign.join(row) for row in (["Titre", "Pays", "Début"], ["Un puits", "Togo", "2024"])
    )
    (reading,) = read("p.csv", text.encode("cp1252"))
    assert (reading.sheet.title, str(reading.sheet.start)) == ("Un puits", "2024")


def test_only_the_worksheet_with_the_headings_is_read_and_the_other_worksheets_are_named() -> None:
    data = workbook(Notice=[["Lisez-moi"]], Projets=ROWS, Suite=ROWS[2:], Autre=[["x", "y"]])
    result = read("p.xlsx", data)
    assert [each.sheet.title for each in result] == ["Un puits", "Un puits"]
    notes = [note.text for note in result[0].notes]
    assert "Feuilles lues, qui ont les mêmes colonnes : « Projets », « Suite »." in notes
    assert "Feuille lue : « Projets », « Suite ». Non lue : « Notice », « Autre »." in notes


def test_merged_hidden_and_never_computed_cells_of_a_workbook_are_reported() -> None:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("P")
        page.write_row(0, 0, ["Titre", "Pays", "Résultats"])
        page.merge_range(1, 1, 2, 1, "Togo")
        page.write(1, 0, "A")
        page.write(2, 0, "B")
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(2, 2, None, None, {"hidden": True})
        page.write_formula(1, 2, "=1+1", None, "")
    first, second = read("p.xlsx", out.getvalue())
    assert (first.sheet.countries, second.sheet.countries) == (("Togo",), ("Togo",))
    text = " ".join(note.text for note in first.notes)
    assert "Lignes masquées de « P », lues quand même : 1." in text
    assert "colonnes masquées" in text
    assert "Formules de « P » jamais calculées, donc vides : 1." in text


@pytest.mark.parametrize(
    ("heading", "cell", "country", "budget"),
    [
        ("Budget (€)", "12 000", "Togo", "12 000 €"),
        ("Budget (k€)", "12,5", "Togo", "12 500 €"),
        ("Montant en euros", "1.051.137", "Togo", "1 051 137 €"),
        ("Budget", "50 000 FCFA", "Sénégal", "50 000 XOF"),
        ("Budget (FCFA)", "50 000", "Tchad", "50 000 XAF"),
        ("Coût total", "3 000 000 Ariary", "Madagascar", "3 000 000 MGA"),
    ],
)
def test_the_currency_of_an_amount_comes_from_its_heading_its_cell_or_its_country(
    heading: str, cell: str, country: str, budget: str
) -> None:
    reading = one("p.csv", f"Titre;{heading};Pays\nA;{cell};{country}\n")
    assert str(reading.sheet.budget) == budget


def test_an_ambiguous_amount_gets_a_note_and_an_amount_without_currency_is_refused() -> None:
    reading = one("p.csv", "Titre;Budget (€)\nA;12.345\n")
    assert str(reading.sheet.budget) == "12 345 €"
    assert [note.text for note in reading.notes] == [
        "Budget (€) : « 12.345 » compris comme 12\u202f345 : vérifiez."
    ]
    (report,) = one("p.csv", "Titre;Budget\nA;12 000\n").left_out
    assert report.why.startswith("monnaie absente")


def test_a_duration_gives_the_end_date_of_a_project_and_a_range_gives_both_dates() -> None:
    reading = one("p.csv", "Titre;Début;Durée\nA;mars 2024;18 mois\n")
    assert str(reading.sheet.end) == "août 2025"
    reading = one("p.csv", "Titre;Dates\nA;du 28 février au 3 mars 2027\n")
    assert (str(reading.sheet.start), str(reading.sheet.end)) == (
        "28 février 2027", "3 mars 2027",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.csv", "Titre;Début;Fin\nA;2024;2022\n"),
        ("p.json", '[{"fiche": {"title": "A", "start": "2024", "end": "2022"}}]'),
        ("p.md", "# A\n\n**Date de début** : 2024\n\n**Date de fin** : 2022\n"),
        ("p.html", "<h1>A</h1><p>Date de début : 2024</p><p>Date de fin : 2022</p>"),
    ],
)
def test_an_end_date_before_the_start_date_gets_a_note_in_every_format(
    name: str, text: str
) -> None:
    (reading,) = read(name, text.encode())
    assert "La date de fin précède la date de début." in [note.text for note in reading.notes]
    (end,) = [each for each in reading.fields if each.field == "end"]
    assert "ne se publie pas" in end.why
