"""Lists that people read are sorted and searched in French, never by code point."""

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


# Lookups of a text as typed, whose columns are addresses.
ADDRESSES = {"email__icontains", "to__icontains"}


def by_substring(path: Path) -> Iterator[int]:
    """Yield the lines of a file that look for a text in a column by themselves."""
    for node in ast.walk(house.tree_of(path)):
        texts = [node.arg] if isinstance(node, ast.keyword) else []
        if isinstance(node, ast.Constant):
            texts = [node.value]
        for text in texts:
            searched = isinstance(text, str) and text.endswith(("__icontains", "__unaccent"))
            if searched and " " not in text and text not in ADDRESSES:
                yield getattr(node, "lineno", 0)


def test_every_list_searches_words_by_the_same_helper() -> None:
    assert {
        house.shown(path)
        for path in house.python_files("src")
        for _ in by_substring(path)
        if "engines" not in path.parts
    } == {"src/explor/ground/ui/words.py"}
