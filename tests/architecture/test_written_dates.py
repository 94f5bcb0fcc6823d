"""Dates in French are written by one module, in messages and PDF in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

from . import house

OWNER = "src/explor/engines/french/dates.py"
MONTHS = {"janvier", "février", "décembre"}


def names_of_months(path: Path) -> Iterator[int]:
    """Yield the lines of a file that name a month of its own list of months."""
    for node in ast.walk(house.tree_of(path)):
        if isinstance(node, ast.Constant) and node.value in MONTHS:
            yield node.lineno


def dates_in_figures(path: Path) -> Iterator[int]:
    """Yield the lines of a file that format a date by itself."""
    for node in ast.walk(house.tree_of(path)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            texts = [getattr(each, "value", "") for each in ast.walk(node.format_spec)]
            if any("%" in text for text in texts if isinstance(text, str)):
                yield node.lineno
        if isinstance(node, ast.Attribute) and node.attr == "strftime":
            yield node.lineno


def writes_messages(path: Path) -> bool:
    return path.stem == "emails" or "emails" in path.parts or path.stem in ("letters", "pdf")


def test_the_names_of_the_months_in_french_are_written_in_one_module() -> None:
    assert {
        house.shown(path) for path in house.python_files("src") for _ in names_of_months(path)
    } == {OWNER}


def test_messages_and_pdf_write_their_dates_by_the_common_function() -> None:
    assert [
        f"{house.shown(path)}:{line}"
        for path in house.python_files("src")
        if writes_messages(path)
        for line in dates_in_figures(path)
    ] == []


def test_the_checks_detect_a_month_name_and_a_date_written_with_digits(tmp_path: Path) -> None:
    path = tmp_path / "emails.py"
    path.write_text('MONTHS = ("janvier",)\nf"{day:%d/%m/%Y}"\nday.strftime("%d %B")\nf"{x:,}"\n')
    assert list(names_of_months(path)) == [1]
    assert list(dates_in_figures(path)) == [2, 3]
