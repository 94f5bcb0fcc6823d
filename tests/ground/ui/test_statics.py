"""Static files are small, and templates comply with the content security policy."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import explor
from explor.ground.ui import stylesheet
from support.policy import INLINE

SOURCES = Path(explor.__file__).parent
OURS = SOURCES / "ground/ui/static/explor"
STYLES = sorted(stylesheet.SOURCES.rglob("*.css"))
TEMPLATES = [path for kind in ("html", "svg") for path in SOURCES.rglob(f"templates/**/*.{kind}")]


def weight(kind: str) -> int:
    """Return the total compressed size, in bytes, of the static files with this suffix."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in OURS.glob(f"*.{kind}"))


def test_the_style_sheet_weighs_at_most_forty_five_kilobytes():
    sheet = stylesheet.joined().encode()
    assert 0 < len(sheet) <= 45_000
    assert len(gzip.compress(sheet, 9)) <= 15_000


def test_the_script_of_the_site_weighs_at_most_three_kilobytes():
    assert 0 < weight("js") <= 3_000


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_each_style_source_is_short_and_not_minified(path):
    lines = path.read_text().splitlines()
    assert len(lines) <= 400
    assert [line for line in lines if line.count(";") > 1 or re.search(r"\{.*\}", line)] == []


def test_the_served_style_sheet_contains_every_source():
    patterns = [pattern for each in stylesheet.LAYERS.values() for pattern in each]
    assert {path for each in patterns for path in stylesheet.SOURCES.glob(each)} == set(STYLES)


def test_the_style_sheet_is_found_as_a_static_file():
    path = finders.find("explor/explor.css")
    assert Path(path).read_text() == stylesheet.joined()


def test_a_page_loads_one_style_sheet_and_an_icon():
    page = (SOURCES / "ground/ui/templates/layouts/base.html").read_text()
    assert re.findall(r"static '([^']+)'", page) == ["explor/logo.svg", "explor/explor.css"]


@pytest.mark.parametrize(
    "source",
    ['<p style="x">', "<style>", "<a onclick=x>", '<a href="javascript:x">', "<script>x</script>"],
)
def test_the_pattern_that_finds_inline_styles_and_scripts_matches_its_examples(source):
    assert INLINE.search(source)


def test_no_template_has_inline_style_or_script():
    found = [
        str(path.relative_to(SOURCES)) for path in TEMPLATES if INLINE.search(path.read_text())
    ]
    assert found == []
