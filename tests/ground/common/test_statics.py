"""What is served weighs little, and nothing in a template needs a hole in the policy."""

import gzip
import re
from pathlib import Path

import pytest

import explor

SOURCES = Path(explor.__file__).parent
OURS = SOURCES / "ground/common/static/explor"
TEMPLATES = [path for kind in ("html", "svg") for path in SOURCES.rglob(f"templates/**/*.{kind}")]
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|javascript:"
    r"|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.IGNORECASE,
)


def weight(kind: str) -> int:
    """Bytes that travel for all our files of a kind, each compressed apart."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in OURS.glob(f"*.{kind}"))


def test_the_styles_weigh_at_most_fifteen_kilobytes():
    assert 0 < weight("css") <= 15_000


def test_our_script_weighs_at_most_three_kilobytes():
    assert 0 < weight("js") <= 3_000


@pytest.mark.parametrize("path", sorted(OURS.glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_is_short(path):
    assert len(path.read_text().splitlines()) <= 400


def test_a_page_asks_for_three_style_sheets_and_an_icon():
    page = (SOURCES / "ground/common/templates/layouts/base.html").read_text()
    assert re.findall(r"static '([^']+)'", page) == [
        "explor/logo.svg",
        "explor/base.css",
        "explor/frame.css",
        "explor/parts.css",
    ]


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
