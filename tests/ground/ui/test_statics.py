"""What is served weighs little, and nothing in a template needs a hole in the policy."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import explor
from explor.ground.ui import stylesheet

SOURCES = Path(explor.__file__).parent
OURS = SOURCES / "ground/ui/static/explor"
STYLES = sorted(stylesheet.SOURCES.rglob("*.css"))
TEMPLATES = [path for kind in ("html", "svg") for path in SOURCES.rglob(f"templates/**/*.{kind}")]
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|javascript:"
    r"|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.IGNORECASE,
)


def weight(kind: str) -> int:
    """Bytes that travel for all our files of a kind, each compressed apart."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in OURS.glob(f"*.{kind}"))


def test_the_style_sheet_weighs_at_most_forty_five_kilobytes():
    sheet = stylesheet.joined().encode()
    assert 0 < len(sheet) <= 45_000
    assert len(gzip.compress(sheet, 9)) <= 15_000


def test_our_script_weighs_at_most_three_kilobytes():
    assert 0 < weight("js") <= 3_000


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_is_short_and_not_packed(path):
    lines = path.read_text().splitlines()
    assert len(lines) <= 400
    assert [line for line in lines if line.count(";") > 1 or re.search(r"\{.*\}", line)] == []


def test_every_source_is_in_the_sheet_that_is_served():
    patterns = [pattern for each in stylesheet.LAYERS.values() for pattern in each]
    assert {path for each in patterns for path in stylesheet.SOURCES.glob(each)} == set(STYLES)


def test_the_sheet_is_a_static_file_like_any_other():
    path = finders.find("explor/explor.css")
    assert Path(path).read_text() == stylesheet.joined()


def test_a_page_asks_for_one_style_sheet_and_an_icon():
    page = (SOURCES / "ground/ui/templates/layouts/base.html").read_text()
    assert re.findall(r"static '([^']+)'", page) == ["explor/logo.svg", "explor/explor.css"]


@pytest.mark.parametrize(
    "source",
    ['<p style="x">', "<style>", "<a onclick=x>", '<a href="javascript:x">', "<script>x</script>"],
)
def test_the_search_for_inline_code_finds_it(source):
    assert INLINE.search(source)


def test_no_template_carries_inline_style_or_script():
    found = [
        str(path.relative_to(SOURCES)) for path in TEMPLATES if INLINE.search(path.read_text())
    ]
    assert found == []
