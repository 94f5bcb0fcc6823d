"""Lists that people read are sorted in French, never by code point."""

import ast
from collections.abc import Iterator
from pathlib import Path

from . import house

NAMES = ("name", "title")


def by_code_point(path: Path) -> Iterator[int]:
    """Yield the lines of a file that sort rows by the code points of a name or a title."""
    for node in ast.walk(house.tree_of(path)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "order_by"
        ):
            for each in node.args:
                value = getattr(each, "value", None)
                if isinstance(value, str) and value.lstrip("-").rpartition("__")[2] in NAMES:
                    yield node.lineno


def test_no_query_sorts_names_or_titles_by_code_point() -> None:
    assert [
        f"{house.shown(path)}:{line}"
        for path in house.python_files("src")
        if "migrations" not in path.parts
        for line in by_code_point(path)
    ] == []
