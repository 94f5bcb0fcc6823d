"""Words of our own that Django or the trade has a word for are not used as identifiers."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from . import house

# The former word and what is said instead; see docs/glossary.md.
INSTEAD = {
    "hat": "role", "hats": "roles", "wear": "role_required", "bearing": "navigation",
    "bearings": "navigation", "road": "progress", "refusing": "integrity_errors_as",
    "told": "formatted, notify", "tell": "notify", "tells": "notifies", "asked": "filters",
    "found": "instance, results", "seen": "expected_version", "whole": "with_related",
    "twin": "duplicate", "twins": "duplicates", "double": "duplicate", "doubles": "duplicates",
    "mended": "spelling_suggestion", "fresh": "conditional_get", "freshness": "conditional_get",
    "scrub": "sanitize", "gauge": "completeness", "doubt": "warning", "doubts": "warnings",
    "chance": "random.Random", "rounds": "planning", "introduction": "proposal",
    "introductions": "proposals", "frames": "leave schemes", "timeline": "checklist",
    "outlook": "recruitment_needs", "carrier": "lead_organisation", "lived": "completed",
    "takeaway": "downloads", "edition": "index_revision", "instruction": "appraisal",
    "convention": "agreement", "formation": "training", "eventual": "possible",
    "actual": "present",
}  # fmt: skip
# Classes that have a plain name now.
FORMER_CLASSES = {
    "Waiting", "Instead", "Refused", "Stale", "Tracked", "Gated", "Once", "Round",
    "KnownWord", "Introduction", "Outlook", "HatKind", "Cast", "Chance", "Edition",
}  # fmt: skip
NAMED_BY_DJANGO = {"page_not_found"}


def names_of(path: Path) -> Iterator[str]:
    """Yield the names that a file gives: functions, classes, arguments, variables, attributes."""
    for node in ast.walk(house.tree_of(path)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def words_of(name: str) -> set[str]:
    """Return the words of a name, in lower case: `HatKind` is `hat` and `kind`."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


@cache
def files_by_word() -> dict[str, set[str]]:
    """Return the files of the sources that use each former word in a name of theirs."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for path in house.python_files("src"):
        for name in names_of(path):
            if name not in NAMED_BY_DJANGO:
                for word in words_of(name) & INSTEAD.keys():
                    files[word].add(house.shown(path))
    return files


@pytest.mark.parametrize("word", sorted(INSTEAD))
def test_a_former_word_is_no_longer_an_identifier(word: str) -> None:
    assert files_by_word().get(word, set()) == set(), f"say {INSTEAD[word]}"


def test_a_former_class_has_its_plain_name() -> None:
    former = [
        f"{house.shown(path)}:{node.name}"
        for path in house.python_files("src")
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.ClassDef) and node.name in FORMER_CLASSES
    ]
    assert former == []
