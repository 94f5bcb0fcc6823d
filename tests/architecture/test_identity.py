"""Explor wears neither the marks of the State nor the trademark of somebody else."""

import re

from .house import SOURCE

SHOWN = {".html", ".css", ".js", ".svg", ".py", ".po", ".typ", ".txt", ".csv", ".md"}
# The design system of the State, its emblem and its name; a registered trademark of leave.
MARKS = re.compile(r"dsfr|marianne|république française|congé solidaire", re.IGNORECASE)
PASSWORDS = "passwords.txt"  # frequent passwords, of which one is a first name


def test_no_page_style_or_paper_bears_a_mark_that_is_not_ours() -> None:
    files = [path for path in SOURCE.rglob("*") if path.suffix in SHOWN and path.name != PASSWORDS]
    found = {
        str(path.relative_to(SOURCE)): mark.group()
        for path in files
        if (mark := MARKS.search(path.read_text(encoding="utf-8")))
    }
    assert len(files) > 1000
    assert found == {}


def test_the_marks_are_recognised() -> None:
    for text in ('<link href="dsfr.min.css">', "font-family: Marianne", "RÉPUBLIQUE FRANÇAISE"):
        assert MARKS.search(text), text
