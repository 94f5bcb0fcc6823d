"""A capability holds a closed list of modules, and each keeps to what it owns."""

import ast
from pathlib import Path

import pytest

from . import house

MODULES = {
    *("urls", "views", "admin", "tasks", "actions", "forms", "engine", "emails"),
    *("rules", "selectors", "pages", "fields", "models", "states"),
}
DJANGO = {"apps", "migrations", "templates", "static", "locale", "templatetags", "__init__"}
DATA = {"data"}
BY_WING = {"public": {"schemas", "feeds"}}
# Who may write rows: the verbs, and the rows' own managers.
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create"}
WRITERS = {"actions", "models"}


def names(capability: Path) -> set[str]:
    return {path.stem for path in capability.iterdir() if path.name != "__pycache__"}


@pytest.mark.parametrize("capability", house.capabilities(), ids=lambda path: path.name)
def test_a_capability_holds_only_the_modules_of_the_list(capability: Path) -> None:
    allowed = MODULES | DJANGO | DATA | BY_WING.get(capability.parent.name, set())
    assert sorted(names(capability) - allowed) == []


def module_of(path: Path, capability: Path) -> str:
    return path.relative_to(capability).parts[0].removesuffix(".py")


def writes_of(path: Path) -> list[int]:
    """Lines that call a writing method on something that looks like rows."""
    return [
        node.lineno
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and _is_rows(node.func.value)
    ]


def _is_rows(value: ast.expr) -> bool:
    """`X.objects…`, or a chain of calls that starts there; `.save()` on anything but a form."""
    while isinstance(value, ast.Call | ast.Attribute):
        if isinstance(value, ast.Attribute) and value.attr in ("objects", "_base_manager"):
            return True
        value = value.func if isinstance(value, ast.Call) else value.value
    return False


@pytest.mark.parametrize("capability", house.capabilities(), ids=lambda path: path.name)
def test_only_actions_write(capability: Path) -> None:
    found = {
        f"{house.shown(path)}:{line}"
        for path in house.python_files(str(capability.relative_to(house.ROOT)))
        if module_of(path, capability) not in WRITERS
        for line in writes_of(path)
    }
    assert found == set()


@pytest.mark.parametrize("capability", house.capabilities(), ids=lambda path: path.name)
def test_pure_modules_do_not_reach_for_the_request_or_the_rows(capability: Path) -> None:
    """Check who imports whom: `states` never query, reads and `rules` never see a request."""
    forbidden = {
        "states": {"models", "selectors", "actions", "views"},
        "rules": {"actions", "views", "forms"},
        "selectors": {"actions", "views", "forms", "pages"},
        "actions": {"forms", "views", "tasks"},
        "forms": {"actions", "views", "tasks"},
        "emails": {"actions", "views"},
        "models": {"actions", "views", "forms", "selectors", "emails"},
    }
    broken = []
    for path in house.python_files(str(capability.relative_to(house.ROOT))):
        own = forbidden.get(module_of(path, capability), set())
        for name in _imported_from_here(path, capability):
            if name in own:
                broken.append(f"{house.shown(path)} imports {name}")
    assert broken == []


def _imported_from_here(path: Path, capability: Path) -> set[str]:
    here = ".".join(capability.relative_to(house.ROOT / "src").parts)
    depth = len(path.relative_to(capability).parts)
    found: set[str] = set()
    for node in ast.walk(house.tree_of(path)):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level == depth:
            parts = (node.module or "").split(".") if node.module else [a.name for a in node.names]
            found.update(parts[:1] if node.module else parts)
        elif node.level == 0 and (node.module or "").startswith(f"{here}."):
            found.add((node.module or "").removeprefix(f"{here}.").split(".")[0])
        elif node.level == 0 and node.module == here:
            found.update(alias.name for alias in node.names)
    return found


def test_only_engine_modules_call_engines() -> None:
    callers = {
        house.shown(path)
        for path in house.python_files("src")
        if "engines" not in path.parts and "cli" not in path.parts
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("explor.engines")
        if node.module != "explor.engines.cells"  # a rule on texts, not an engine to be bridged
        if path.stem != "engine" and path.parent.name != "engine"
    }
    assert callers == set()
