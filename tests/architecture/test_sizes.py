"""Files and functions are shorter than a limit, without exceptions."""

from pathlib import Path

import pytest

from . import house

LIMITS = {"file": 400, "function": 40, "template": 150, "test": 600, "settings": 200, "view": 25}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("folder", "limit"),
    [("src", LIMITS["file"]), ("tests", LIMITS["test"]), ("benchmarks", LIMITS["file"])],
)
def test_no_python_file_is_longer_than_the_limit(folder: str, limit: int) -> None:
    long = {house.shown(p): lines(p) for p in house.python_files(folder) if lines(p) > limit}
    assert long == {}


def test_the_settings_module_is_not_longer_than_the_limit() -> None:
    assert lines(house.SOURCE / "site" / "config" / "settings.py") <= LIMITS["settings"]


def test_no_function_is_longer_than_the_limit() -> None:
    long = {
        f"{house.shown(path)}:{node.name}": length
        for path in house.python_files("src")
        for node in house.functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LIMITS["function"]
    }
    assert long == {}


def test_no_view_is_longer_than_the_limit() -> None:
    long = {
        f"{house.shown(path)}:{node.name}": length
        for path in house.python_files("src")
        if "views" in path.parts
        for node in house.functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LIMITS["view"]
    }
    assert long == {}


def test_no_template_or_style_sheet_is_longer_than_the_limit() -> None:
    templates = house.SOURCE.rglob("templates/**/*.html")
    long = {house.shown(p): lines(p) for p in templates if lines(p) > LIMITS["template"]}
    styles = [
        each for kind in ("static", "styles") for each in house.SOURCE.rglob(f"{kind}/**/*.css")
    ]
    long |= {house.shown(p): lines(p) for p in styles if lines(p) > LIMITS["file"]}
    assert long == {}
