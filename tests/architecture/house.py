"""Helpers of the architecture tests: paths, modules and syntax trees of the source files."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "explor"
# Folders of `ground` that are not capabilities: common code for requests, pages, roles and verbs.
MANNERS = {"http", "ui", "roles", "workflow"}
WINGS = ("site", "public", "oversight", "journey", "actors", "ground")


def capabilities() -> list[Path]:
    """Return every capability: a folder with an `apps` module, except common code and the site."""
    found = [path.parent for wing in WINGS for path in (SOURCE / wing).glob("*/apps.py")]
    return sorted(path for path in found if path.name not in MANNERS and path.parent.name != "site")


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the Python files under the given folders of the repository, except migrations."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file, methods and inner functions included."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    """Return a path relative to the repository, for failure messages."""
    return str(path.relative_to(ROOT))
