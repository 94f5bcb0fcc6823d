"""Explor shows neither a mark of the French State nor a trademark of another company."""

import re

from .house import SOURCE

SHOWN = {".html", ".css", ".js", ".svg", ".py", ".po", ".typ", ".txt", ".csv", ".md"}
# The design system of the State, its emblem and its name; a registered trademark of leave.
MARKS = re.compile(r"dsfr|marianne|république française|congé solidaire", re.IGNORECASE)
PASSWORDS = "passwords.txt"  # the list of frequent passwords; one of them is a first name


def test_no_page_style_or_paper_contains_a_mark_of_the_state_or_a_registered_trademark() -> None:
    files = [path for path in SOURCE.rglob("*") if path.suffix in SHOWN and path.name != PASSWORDS]
    found = {
        str(path.relative_to(SOURCE)): mark.group()
        for path in files
        if (mark := MARKS.search(path.read_text(encoding="utf-8")))
    }
    assert len(files) > 1000
    assert found == {}


def test_the_check_of_identity_recognises_marks_of_the_state_and_trademarks() -> None:
    for text in ('<link href="dsfr.min.css">', "font-family: Marianne", "RÉPUBLIQUE FRANÇAISE"):
        assert MARKS.search(text), text
