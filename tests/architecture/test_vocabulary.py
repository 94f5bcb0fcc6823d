"""Identifiers use the words of Django and of developers, not former words of this project."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from . import house

# Each former word and the word that replaces it; see docs/glossary.md.
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
    "actual": "present", "mend": "fix", "says": "message, sentence", "doomed": "killable",
}  # fmt: skip
# Former names of classes, which have been renamed.
FORMER_CLASSES = {
    "Waiting", "Instead", "Refused", "Stale", "Tracked", "Gated", "Once", "Round",
    "KnownWord", "Introduction", "Outlook", "HatKind", "Cast", "Chance", "Edition",
    "Somebody", "Held", "Like", "Worth", "Around", "Room", "Standing",
}  # fmt: skip
NAMED_BY_DJANGO = {"page_not_found"}


def names_of(path: Path) -> Iterator[str]:
    """Yield the names defined in a file: functions, classes, arguments, variables, attributes."""
    for node in ast.walk(house.tree_of(path)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def words_of(name: str) -> set[str]:
    """Return the words of a name, in lower case: for `HatKind`, `hat` and `kind`."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


@cache
def files_by_word() -> dict[str, set[str]]:
    """Return, for each former word, the source files that define a name with it."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for path in house.python_files("src"):
        for name in names_of(path):
            if name not in NAMED_BY_DJANGO:
                for word in words_of(name) & INSTEAD.keys():
                    files[word].add(house.shown(path))
    return files


@pytest.mark.parametrize("word", sorted(INSTEAD))
def test_no_name_in_the_code_contains_a_word_that_has_been_replaced(word: str) -> None:
    assert files_by_word().get(word, set()) == set(), f"say {INSTEAD[word]}"


def test_no_class_has_a_name_that_has_been_replaced() -> None:
    former = [
        f"{house.shown(path)}:{node.name}"
        for path in house.python_files("src")
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.ClassDef) and node.name in FORMER_CLASSES
    ]
    assert former == []


def test_rules_that_return_reasons_against_an_action_are_named_missing_or_blockers() -> None:
    others = [
        f"{house.shown(path)}:{node.name}"
        for path in house.python_files("src")
        if "rules" in (path.stem, path.parent.name)
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith(("wrong_", "not_", "fault", "reasons_not_"))
    ]
    assert others == [], "name it missing_to_... or blockers_of_..."


# Where « mise à disposition » is written: the texts of the schemes whose law says it.
LAW = ("engines/leave/", "ground/reference/data/leave_schemes.csv", "journey/releases/fields.py")
READ = (".py", ".html", ".csv", ".json", ".po", ".typ", ".md")


def test_only_the_files_that_quote_the_law_say_mise_a_disposition() -> None:
    """A leave (congé) lends nobody: the employer gives its consent, « accord de l’employeur »."""
    folders = (house.SOURCE, house.ROOT / "docs" / "guides", house.ROOT / "docs" / "workflows")
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in READ]
    wrong = [
        house.shown(path)
        for path in paths
        if "migrations" not in path.parts
        and not any(part in path.as_posix() for part in LAW)
        and re.search("mises? à disposition", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert wrong == []
