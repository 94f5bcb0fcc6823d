"""Sheets written as CSV files, workbooks and GeoJSON, and workbooks read."""

import csv
import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from engines.formats.strategies import sheets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from explor.engines.formats import Goal, LeadOrganisation, Money, PartialDate, Sheet, StructureType
from explor.engines.formats.tables import SHEET_COLUMNS, Spot, csv_lines, geojson_lines
from explor.engines.formats.tables._workbook_reader import text_of
from explor.engines.formats.tables._writing import sheet_row, xlsx_bytes

SHEET = Sheet(
    title="Eau",
    start=PartialDate(year=2022, month=12),
    zones=("Asie", "Europe"),
    budget=Money(amount=Decimal("12.50")),
    goals=(Goal(number=6), Goal(number=4)),
    lead_organisation=LeadOrganisation(
        name="Des puits",
        structure_types=(StructureType(type="ASI", family="ASSOCIATIONS"),),
        representative="Awa Exemple",
    ),
)


def _csv(columns, rows):
    text = "".join(csv_lines(columns, rows))
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=";"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(sheets, max_size=3))
def test_the_csv_file_of_sheets_has_one_row_per_sheet(many):
    rows = _csv(SHEET_COLUMNS, (sheet_row(sheet) for sheet in many))
    assert len(rows) == len(many) + 1
    assert {len(row) for row in rows} == {len(SHEET_COLUMNS)}


def test_the_table_row_of_a_sheet_contains_no_name_of_a_person():
    result = dict(zip(SHEET_COLUMNS, sheet_row(SHEET), strict=True))
    assert {name: cell for name, cell in result.items() if cell is not None} == {
        "titre": "Eau",
        "debut": "2022-12",
        "zones": "Asie | Europe",
        "budget": Decimal("12.50"),
        "monnaie": "EUR",
        "odd": "6 | 4",
        "porteur": "Des puits",
        "type_structure": "ASSOCIATIONS › ASI",
    }


def test_a_text_that_looks_like_a_formula_is_written_as_text_in_a_workbook():
    rows = [["=1+1", "@x", Decimal("12.50"), date(2026, 3, 1), None, "https://a.fr"]]
    data = xlsx_bytes(["a", "b", "c", "d", "e", "f"], rows)
    read = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert read == [
        ["a", "b", "c", "d", "e", "f"],
        ["=1+1", "@x", 12.5, date(2026, 3, 1), "", "https://a.fr"],
    ]


def test_geojson_files_write_the_longitude_before_the_latitude():
    spot = Spot(key="eau", points=((-17.4, 14.7),), properties={"titre": "Eau"})
    result = json.loads("".join(geojson_lines([spot, spot])))
    assert len(result["features"]) == 2
    assert result["features"][0] == {
        "type": "Feature",
        "id": "eau",
        "geometry": {"type": "Point", "coordinates": [-17.4, 14.7]},
        "properties": {"titre": "Eau"},
    }
    assert json.loads("".join(geojson_lines([]))) == {"type": "FeatureCollection", "features": []}


def test_a_location_with_impossible_coordinates_is_refused():
    with pytest.raises(ValueError, match="hors de la carte"):
        Spot(key=1, points=((14.7, -170.4),), properties={})


@pytest.mark.parametrize(
    ("number", "text"),
    [(12.345, "12.3450"), (1.5, "1.5"), (0.25, "0.25"), (12000.0, "12000"), (1.2345, "1.2345")],
)
def test_a_number_of_a_workbook_is_never_read_as_a_thousand_times_more(
    number: float, text: str
) -> None:
    assert text_of(number) == text
    amount = Money.parse(f"{text} €").amount
    assert abs(amount - Decimal(str(number))) <= Decimal("0.005")
