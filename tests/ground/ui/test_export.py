"""Exported CSV files run no formula in a spreadsheet."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from explor.ground.ui.export import csv_file, inert


@given(st.text(), st.text())
def test_exported_csv_cells_run_no_formula_and_keep_their_text(one, other):
    answer = csv_file("liste", ["Un", "Autre"], [[one, other]])
    text = answer.content.decode("utf-8-sig")
    columns, row = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    assert columns == ["Un", "Autre"]
    assert row == [inert(one), inert(other)]
    assert [c for c in row if c.lstrip(" ")[:1] in set("=+-@\t\r\n＝＋－＠") - {""}] == []


def test_an_exported_csv_file_has_a_name_and_a_byte_order_mark():
    answer = csv_file("liste", ["Nom", "Nombre"], [[None, 3]])
    assert answer["Content-Disposition"] == 'attachment; filename="liste.csv"'
    assert answer.content == "\ufeffNom;Nombre\r\n;3\r\n".encode()
