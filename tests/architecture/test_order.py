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


# Names that are codes: no one reads them as a list. Those of engines only break ties.
CODES = {"src/explor/public/open_data/models.py"}  # names of files


def default_orders(path: Path) -> Iterator[int]:
    """Yield the lines of a file whose `Meta.ordering` sorts by the code points of a name."""
    for node in ast.walk(house.tree_of(path)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            targets = [each.id for each in node.targets if isinstance(each, ast.Name)]
            values = [getattr(each, "value", None) for each in node.value.elts]
            if targets == ["ordering"] and any(_is_name(each) for each in values):
                yield node.lineno


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.lstrip("-").rpartition("__")[2] in NAMES


def sorted_by_code_point(path: Path) -> Iterator[int]:
    """Yield the lines of a file that sort a list in Python by a name, a title or a label."""
    for node in ast.walk(house.tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        if getattr(node.func, "id", getattr(node.func, "attr", "")) not in ("sorted", "sort"):
            continue
        for each in node.keywords:
            if each.arg == "key" and isinstance(each.value, ast.Lambda):
                body = each.value.body
                parts = body.elts if isinstance(body, ast.Tuple) else [body]
                if any(_reads_name(part) for part in parts):
                    yield node.lineno


def _reads_name(node: ast.expr) -> bool:
    """Return whether an expression is a name, a title or a label, in another case or not."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("lower", "casefold"):
            return True
        return getattr(node.func, "id", "") == "label"
    if isinstance(node, ast.Subscript):
        return getattr(node.slice, "value", None) in (*NAMES, "label")
    return isinstance(node, ast.Attribute) and node.attr in (*NAMES, "label")


def test_no_list_is_sorted_by_the_code_points_of_its_names() -> None:
    assert [
        f"{house.shown(path)}:{line}"
        for path in house.python_files("src")
        for look in (by_code_point, default_orders, sorted_by_code_point)
        for line in look(path)
        if house.shown(path) not in CODES and "engines" not in path.parts
    ] == []


def test_a_sort_by_code_point_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(
        "class Meta:\n    ordering = ['kind', '-name']\n"
        "sorted(rows, key=lambda row: row.title)\n"
        "rows.sort(key=lambda row: (-row.count, row['label']))\n"
        "sorted(codes, key=lambda code: label('countries', code))\n"
        "sorted(rows, key=lambda row: row[0].casefold())\n"
        "sorted(rows, key=lambda row: (row.day, sort_key(row.name)))\n"
        "rows.order_by('owner__name')\n"
    )
    assert list(default_orders(path)) == [2]
    assert list(sorted_by_code_point(path)) == [3, 4, 5, 6]
    assert list(by_code_point(path)) == [8]


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
