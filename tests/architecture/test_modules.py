"""A capability only has modules from a fixed list, each with limits on what it may do."""

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
# What the hooks of `privacy` register and its table of terms; the standard that `mail` reads;
# what the sign-in library looks for by name, and the client that it calls.
BY_NAME = {
    "privacy": {"kinds", "terms"},
    "mail": {"bounces"},
    "proconnect": {"provider", "client", "adapter"},
}
# The modules that may write rows: actions, and the managers of models.
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create"}
MANY = {"insert_many", "update_many"}  # the functions of `ground/workflow/bulk.py`
WRITERS = {"actions", "models"}


def names(capability: Path) -> set[str]:
    return {path.stem for path in capability.iterdir() if path.name != "__pycache__"}


@pytest.mark.parametrize("capability", house.capabilities(), ids=lambda path: path.name)
def test_a_capability_has_no_module_outside_the_list(capability: Path) -> None:
    allowed = MODULES | DJANGO | DATA | BY_WING.get(capability.parent.name, set())
    allowed |= BY_NAME.get(capability.name, set())
    assert sorted(names(capability) - allowed) == []


def module_of(path: Path, capability: Path) -> str:
    return path.relative_to(capability).parts[0].removesuffix(".py")


def writes_of(path: Path) -> list[int]:
    """Return the lines that call a function which writes rows, or such a method on a model."""
    return [
        node.lineno
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.Call) and _writes(node.func)
    ]


def _writes(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in MANY
    return isinstance(called, ast.Attribute) and called.attr in WRITES and _is_rows(called.value)


def _is_rows(value: ast.expr) -> bool:
    """Return whether an expression is `X.objects`, or a chain of calls that starts there."""
    while isinstance(value, ast.Call | ast.Attribute):
        if isinstance(value, ast.Attribute) and value.attr in ("objects", "_base_manager"):
            return True
        value = value.func if isinstance(value, ast.Call) else value.value
    return False


@pytest.mark.parametrize("capability", house.capabilities(), ids=lambda path: path.name)
def test_only_actions_and_models_write_to_the_database(capability: Path) -> None:
    found = {
        f"{house.shown(path)}:{line}"
        for path in house.python_files(str(capability.relative_to(house.ROOT)))
        if module_of(path, capability) not in WRITERS
        for line in writes_of(path)
    }
    assert found == set()


@pytest.mark.parametrize("capability", house.capabilities(), ids=lambda path: path.name)
def test_each_module_of_a_capability_imports_only_the_modules_it_may_use(capability: Path) -> None:
    """Check the imports between modules: `states` run no query, `rules` do not use a request."""
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


def test_only_modules_named_engine_import_engines() -> None:
    callers = {
        house.shown(path)
        for path in house.python_files("src")
        if "engines" not in path.parts and "cli" not in path.parts
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("explor.engines")
        # rules on texts, which need no adapter
        if not f"{node.module}.".startswith(("explor.engines.cells.", "explor.engines.french."))
        if path.stem != "engine" and path.parent.name != "engine"
    }
    assert callers == set()
