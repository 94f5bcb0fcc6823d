"""Every export that Explor reads back gives an equal sheet: each format, each field, odd texts.

The names are those of the reference lists, commas included, mixed with texts that could break a
cell: separators, quotes, formulas, line breaks. `EXPLOR_SOAK=1` tests 2,000 sheets in each format.
"""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from engines.formats import strategies
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from explor.engines.formats import kind_of, read_bytes, readings, write_sheet
from explor.engines.formats.sheets import (
    Sheet,
    read_html,
    script_text,
    sheet_to_json,
    to_jsonld,
    write_json,
)
from explor.engines.formats.tables import SHEET_COLUMNS, csv_lines
from explor.engines.formats.tables._writing import sheet_row, xlsx_bytes
from explor.ground.reference.selectors import terms
from support.soak import length

CELLS = [
    "a | b",
    "|",
    "a|b",
    "\\",
    "\\|",
    "a › b",
    "›",
    "'=1+1",
    "''=x",
    "'",
    "=1+1",
    "+33 1",
    "-",
    "@x",
    '"',
    '"";"',
    "a;b,c\td",
    "_x0041_",
    "_x005F_",
    "1 200,50",
    "12.345",
    "2024-03",
    "6 (principal)",
    "https://exemple.fr/?a=1|2",
    "NULL",
    "vrai",
    "None",
]
LABELS = [
    term.label
    for name in ("countries", "sectors", "zones", "structure_types", "skills")
    for term in terms(name).values()
]
_names = st.lists(
    st.one_of(st.sampled_from(LABELS), st.sampled_from(CELLS), strategies.texts), max_size=4
).map(tuple)
_lines = st.none() | st.one_of(st.sampled_from(CELLS), st.sampled_from(LABELS), strategies.texts)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Return a sheet of the usual strategy, with names of the lists and odd cells."""
    sheet = draw(strategies.sheets)
    lists = ("zones", "countries", "regional_funders", "national_funders", "other_funders",
             "sectors")  # fmt: skip
    lead = replace(
        sheet.lead_organisation,
        name=draw(_lines),
        address=draw(_lines),
        countries=draw(_names),
        sectors=draw(_names),
    )
    return replace(
        sheet,
        title=draw(_lines),
        locality=draw(_lines),
        lead_organisation=lead,
        **{name: draw(_names) for name in lists},
    )


def _without_person(sheet: Sheet) -> Sheet:
    lead = replace(sheet.lead_organisation, representative=None)
    return replace(sheet, lead_organisation=lead)


def _csv(many: list[Sheet]) -> bytes:
    return "".join(csv_lines(SHEET_COLUMNS, map(sheet_row, many))).encode()


def _xlsx(many: list[Sheet]) -> bytes:
    return xlsx_bytes(SHEET_COLUMNS, map(sheet_row, many))


def _set(many: list[Sheet]) -> bytes:
    records = [{"slug": "x", "url": "https://x.example", "fiche": sheet_to_json(e)} for e in many]
    return json.dumps(records, ensure_ascii=False).encode()


def _json(many: list[Sheet]) -> bytes:
    return b"\n".join(json.dumps(json.loads(write_json(sheet))).encode() for sheet in many)


def _jsonld(many: list[Sheet]) -> bytes:
    return json.dumps([to_jsonld(e, complete=True) for e in many], ensure_ascii=False).encode()


def _same(sheet: Sheet) -> Sheet:
    return sheet


# The name of a file, how it is written, and what of the sheet it may hold.
FORMATS: dict[str, tuple[str, Callable[[list[Sheet]], bytes], Callable[[Sheet], Sheet]]] = {
    "csv": ("projets.csv", _csv, _without_person),
    "xlsx": ("projets.xlsx", _xlsx, _without_person),
    "set": ("projets.json", _set, _same),
    "json": ("fiches.jsonl", _json, _same),
    "jsonld": ("fiches.jsonld", _jsonld, _without_person),
}


def _read(name: str, data: bytes) -> list[Sheet]:
    kind, details = kind_of(name, data)
    return [each.sheet for each in readings(kind, data, name, details.get("guessed", {}))]


def _different(found: list[Sheet], wanted: list[Sheet]) -> list[tuple[str, Any, Any]]:
    """Return the fields that differ, with what was found and what was written."""
    return [
        (field.name, getattr(one, field.name), getattr(other, field.name))
        for one, other in zip(found, wanted, strict=True)
        if one != other
        for field in fields(Sheet)
        if getattr(one, field.name) != getattr(other, field.name)
    ]


BATCH = 20  # sheets of one file: each is opened by a process of its own
EVERY = length(40, 2000)


@pytest.mark.parametrize("form", FORMATS)
def test_every_sheet_written_in_each_format_is_read_back_as_an_equal_sheet(
    form: str, record_property: Any
) -> None:
    name, write, kept = FORMATS[form]
    count = 0

    @settings(
        max_examples=EVERY // BATCH, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],
    )  # fmt: skip
    @given(st.lists(sheets().filter(lambda each: kept(each) != Sheet()),
                    min_size=BATCH, max_size=BATCH))  # fmt: skip
    def check(many: list[Sheet]) -> None:
        nonlocal count
        assert _different(_read(name, write(many)), list(map(kept, many))) == []
        count += len(many)

    check()
    assert count >= EVERY
    record_property("figure", f"{count} fiches relues ({form})")


def test_every_sheet_written_in_markdown_is_read_back_as_an_equal_sheet(
    record_property: Any,
) -> None:
    count = 0

    @settings(max_examples=EVERY, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sheets())
    def check(sheet: Sheet) -> None:
        nonlocal count
        assert read_bytes(write_sheet(sheet).encode()).sheet == sheet
        count += 1

    check()
    record_property("figure", f"{count} fiches relues (markdown)")


def _page(sheet: Sheet, heading: str = "Un puits") -> bytes:
    """Return a web page as that of a sheet, whose visible text says less than its data."""
    crumbs = [("Accueil", "https://x.example/"), ("Un puits", "https://x.example/projets/p/")]
    data = to_jsonld(sheet, url="https://x.example/projets/p/", crumbs=crumbs, complete=True)
    script = f'<script type="application/ld+json">{script_text(data)}</script>'
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8">{script}</head>'
        f"<body><main><h1>{heading}</h1></main></body></html>"
    ).encode()


def test_every_sheet_is_read_back_from_its_web_page_as_an_equal_sheet(
    record_property: Any,
) -> None:
    count = 0

    @settings(max_examples=EVERY, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sheets())
    def check(sheet: Sheet) -> None:
        nonlocal count
        reading = read_html(_page(sheet))
        assert _different([reading.sheet], [_without_person(sheet)]) == []
        assert reading.source_id == "https://x.example/projets/p/"
        count += 1

    check()
    assert count >= EVERY
    record_property("figure", f"{count} fiches relues (html)")


def test_a_web_page_of_explor_is_read_back_with_its_url_as_source_identifier() -> None:
    sheet = Sheet(title="Un puits", sectors=("Eau, assainissement",), context="a\n\nb")
    (reading,) = readings("html", _page(sheet), "fiche.html", {})
    assert (reading.sheet, reading.source_id) == (sheet, "https://x.example/projets/p/")


def test_a_web_page_with_incomplete_structured_data_is_read_from_its_text() -> None:
    page = b"""<html><head><script type="application/ld+json">{"@type": "Project", "name": "Non",
        "fiche": {"title": "Non"}}</script><script type="application/ld+json">{oups</script></head>
        <body><main><h1>Fiche projet - Des puits</h1><h2>Contexte</h2><p>Sec.</p>
        </main></body></html>"""
    assert read_html(page).sheet.title == "Des puits"


@pytest.mark.parametrize("form", FORMATS)
def test_each_label_of_the_reference_lists_is_read_back_alone_and_among_others(form: str) -> None:
    name, write, kept = FORMATS[form]
    commas = [label for label in LABELS if "," in label]
    assert len(commas) > 8
    lists = [*((each,) for each in commas), tuple(commas), tuple(LABELS)]
    many = [Sheet(title="Un puits", countries=names, sectors=names) for names in lists]
    assert _different(_read(name, write(many)), list(map(kept, many))) == []


@pytest.mark.parametrize("form", ["json", "jsonld"])
def test_a_file_that_contains_a_single_sheet_is_read_back_as_an_equal_sheet(form: str) -> None:
    sheet = Sheet(title="Un puits", sectors=("Eau, assainissement",), context="a\n\nb")
    document = to_jsonld(sheet, complete=True) if form == "jsonld" else sheet_to_json(sheet)
    data = json.dumps(document, indent=2).encode()
    assert _read(f"fiche.{form}", data) == [sheet]
