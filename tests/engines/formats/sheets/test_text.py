"""Cleaning of texts, and escaping of texts in Markdown."""

import pytest
from engines.formats.strategies import texts
from hypothesis import given

from explor.engines.formats.sheets import clean_line, clean_markdown, escape, fold, is_safe_url
from explor.engines.formats.sheets._text import unescape


@given(texts)
def test_cleaning_a_text_twice_gives_the_same_result_as_once(text):
    once = clean_markdown(text)
    assert clean_markdown(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(texts)
def test_unescaping_an_escaped_markdown_text_gives_the_original_text(text):
    assert unescape(escape(text, ",;")) == text


def test_cleaning_a_text_removes_the_characters_that_no_xml_file_may_contain():
    assert clean_line("un\ufffe puits\uffff") == "un puits"
    assert clean_markdown("un\ufffe puits\uffff") == "un puits"


@pytest.mark.parametrize("blank", [None, "", " \n", "--", "—", "\u200b", "\xa0--"])
def test_dashes_and_invisible_characters_are_read_as_a_blank_field(blank):
    assert clean_line(blank) is None
    assert clean_markdown(blank) is None


@pytest.mark.parametrize(
    ("hostile", "inert"),
    [
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("a <!-- b", "a \\<!-- b"),
        ("[x](javascript:alert(1))", "[x](#))"),
        ("[x](java&#115;cript:a)", "[x](#)"),
        ("[x]( JaVaScRiPt:a)", "[x]( #)"),
        ("[x](<data:text/html,a>)", "[x](<#>)"),
        ("[x]: vbscript:a", "[x]: #"),
        ("<javascript:a>", "\\<javascript:a>"),
        ("a\u202eb\u0000c", "abc"),
    ],
)
def test_html_tags_and_script_links_in_markdown_are_disabled(hostile, inert):
    assert clean_markdown(hostile) == inert


@pytest.mark.parametrize(
    "harmless",
    [
        "<https://exemple.fr/a>",
        "[x](https://exemple.fr/a?b=c)",
        "[x](/projets/a)",
        "3 < 4 et 5 > 2",
        "- un\n- deux  \n  suite",
        "```\n# ceci est un programme\n```",
    ],
)
def test_cleaning_harmless_markdown_does_not_change_the_text(harmless):
    assert clean_markdown(harmless) == harmless


def test_headings_in_a_section_are_lowered_to_level_three_or_below():
    assert (
        clean_markdown("# Un\n\nDeux\n---\n\n#### Quatre") == "### Un\n\n### Deux\n\n\n#### Quatre"
    )


def test_an_unclosed_code_block_of_a_markdown_text_is_closed():
    assert clean_markdown("````\nx") == "````\nx\n````"


def test_folding_a_text_for_comparison_ignores_case_accents_and_kinds_of_apostrophe():
    assert fold("Zones d’Intervention :") == fold("zones d'intervention")
    assert fold("ŒUVRE Éléphant") == "oeuvre elephant"


@pytest.mark.parametrize("url", ["https://a.fr", "mailto:a@b.fr", "#", "/a:b", "www.a.fr", "?a:b"])
def test_a_url_with_an_ordinary_protocol_is_safe(url):
    assert is_safe_url(url) is True


@pytest.mark.parametrize(
    "url", ["javascript:a", " java\nscript:a", "data:x", "\x01javascript:a", "file:///etc", "x:y"]
)
def test_a_url_with_another_protocol_is_unsafe(url):
    assert is_safe_url(url) is False
