"""What the architecture tests read of the tree: paths, modules, syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "explor"
# Folders of the ground that hold no capability: what requests, pages, roles and verbs are made of.
MANNERS = {"http", "ui", "roles", "workflow"}
WINGS = ("site", "public", "oversight", "journey", "actors", "ground")


def capabilities() -> list[Path]:
    """Every capability: a folder with an `apps` module, but what pages are made of and the site."""
    found = [path.parent for wing in WINGS for path in (SOURCE / wing).glob("*/apps.py")]
    return sorted(path for path in found if path.name not in MANNERS and path.parent.name != "site")


def python_files(*folders: str) -> Iterator[Path]:
    """The Python files under the given folders of the checkout, migrations aside."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones included."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    """A path as a reader of the failure wants it."""
    return str(path.relative_to(ROOT))
