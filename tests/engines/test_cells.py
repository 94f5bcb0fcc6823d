"""No text that Explor writes is executed by a spreadsheet, whichever module writes it."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from engines.formats.strategies import texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explor.engines.cells import SKIPPED, STARTS, bare, inert, is_formula
from explor.engines.formats import tables
from explor.engines.formats.tables import _writing
from explor.engines.matching.files import _tables as matching_tables
from explor.ground.ui.export import csv_file, xlsx_file
from support.soak import length

# Every sign that begins a formula, alone and after each character that a spreadsheet skips.
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]
BEFORE = ["", " ", "  ", "\xa0", "\u202f", "\u3000", "\u200b", "\ufeff", "\0", "\x0b"]
STARTING = [before + sign for before in BEFORE for sign in SIGNS]
FORMULAS = [f"{start}cmd|' /C calc'!A0" for start in STARTING]


def csv_of_ground(cells: list[str]) -> str:
    return csv_file("liste", ["Titre"], [[cell] for cell in cells]).content.decode("utf-8-sig")


def csv_of_interchange(cells: list[str]) -> str:
    return "".join(tables.csv_lines(["Titre"], [[cell] for cell in cells]))[1:]


def csv_of_matching(cells: list[str]) -> str:
    sheet = matching_tables.Sheet(name="x", heads=["Titre"], rows=[[cell] for cell in cells])
    return matching_tables.csv_bytes(sheet).decode("utf-8-sig")


def xlsx_of_interchange(cells: list[str]) -> bytes:
    return _writing.xlsx_bytes(["Titre"], [[cell] for cell in cells])


def xlsx_of_matching(cells: list[str]) -> bytes:
    sheet = matching_tables.Sheet(name="x", heads=["Titre"], rows=[[cell] for cell in cells])
    return matching_tables.xlsx_bytes([sheet])


def xlsx_of_ground(cells: list[str]) -> bytes:
    return xlsx_file("liste", ["Titre"], [[cell] for cell in cells]).content


def test_the_list_of_characters_that_can_begin_a_formula_is_complete() -> None:
    assert frozenset(SIGNS) == STARTS
    assert [before for before in BEFORE if before.strip(SKIPPED + "\0")] == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_written_as_text_and_read_as_the_original(formula: str) -> None:
    text = formula.replace("\0", "")
    assert inert(formula) == f"'{text}"
    assert bare(inert(formula)) == text


@pytest.mark.parametrize("write", [csv_of_ground, csv_of_interchange, csv_of_matching])
def test_no_cell_of_a_csv_file_begins_like_a_formula(write: Callable[[list[str]], str]) -> None:
    _, *rows = csv.reader(StringIO(write(FORMULAS), newline=""), delimiter=";")
    assert [cell for (cell,) in rows] == [f"'{text}".replace("\0", "") for text in FORMULAS]


@pytest.mark.parametrize("write", [xlsx_of_ground, xlsx_of_interchange, xlsx_of_matching])
def test_a_workbook_contains_no_formula_and_no_link(write: Callable[[list[str]], bytes]) -> None:
    cells = [*FORMULAS, "{=1+1}", '=HYPERLINK("http://x.example")', "http://x.example"]
    with ZipFile(BytesIO(write(cells))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<c ") == len(cells) + 1
    assert ("<f>" in page, "<f " in page, "<hyperlink" in page) == (False, False, False)


@given(texts | st.sampled_from(SIGNS).flatmap(lambda sign: st.text().map(sign.__add__)))
def test_any_text_is_written_without_a_leading_formula_character_and_read_unchanged(
    text: str,
) -> None:
    assert not inert(text).lstrip(SKIPPED).startswith(tuple(SIGNS))
    assert inert(text).removeprefix("'") == text.replace("\0", "").removeprefix("'")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (Decimal("-12.50"), "-12.50"),
        (date(2026, 3, 1), "2026-03-01"),
        ("Eau", "Eau"),
        ("=1+1", "'=1+1"),
        (" +33", "' +33"),
        ("--", "'--"),
    ],
)
def test_only_a_cell_that_is_a_formula_is_written_with_a_quote(value: object, cell: str) -> None:
    assert inert(value) == cell


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("=CMD()", True),
        ("@SUM(A1)", True),
        ("+CMD()", True),
        ("＝1", True),
        ("+33 6 12", False),
        ("-12,5", False),
        ("+(33) 6", False),
        ("Eau", False),
        ("", False),
    ],
)
def test_a_number_or_a_telephone_number_is_not_taken_for_a_formula(
    text: str, formula: bool
) -> None:
    assert is_formula(text) is formula


@pytest.mark.soak
def test_no_random_text_is_run_as_a_formula_in_any_file_that_explor_writes(
    record_property: Callable[[str, object], None],
) -> None:
    """Write thousands of texts with each writer, many of which begin like a formula."""
    each, batches = 50, length(6, 200)
    begun = st.sampled_from(STARTING).flatmap(lambda start: st.text(max_size=40).map(start.__add__))
    written = 0

    @settings(
        max_examples=batches, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(st.text(max_size=60) | begun, min_size=each, max_size=each))
    def run(cells: list[str]) -> None:
        nonlocal written
        for write in (csv_of_ground, csv_of_interchange, csv_of_matching):
            _, *rows = csv.reader(StringIO(write(cells), newline=""), delimiter=";")
            flat = [cell for row in rows for cell in row]
            assert len(flat) >= len([cell for cell in cells if cell.strip(SKIPPED + "\0")])
            assert [cell for cell in flat if cell.lstrip(SKIPPED)[:1] in STARTS] == []
        for book in (xlsx_of_ground, xlsx_of_interchange, xlsx_of_matching):
            with ZipFile(BytesIO(book(cells))) as archive:
                page = archive.read("xl/worksheets/sheet1.xml")
            assert (b"<f>" in page, b"<f " in page, b"<hyperlink" in page) == (False,) * 3
        written += len(cells)

    run()
    assert written >= each * batches
    record_property("figure", f"{written} random texts, six writers: 0 cells that run")
