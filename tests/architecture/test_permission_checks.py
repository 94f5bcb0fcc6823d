"""Every view that calls an action also checks a permission, a function named `can_...`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from . import house

# Views that do not check a permission yet. Remove a line when its view is converted; add none.
PENDING = set(Path(__file__).with_name("acts_pending.txt").read_text(encoding="utf-8").split())
# Views that need no permission: they only change the user's own session or account.
OWN_ACCOUNT = ("src/explor/ground/accounts/", "src/explor/site/home/")
ROLE_GATES = {"role_required", "public"}


def view_files() -> Iterator[Path]:
    for path in house.python_files("src"):
        if path.stem == "views" or "views" in path.parts:
            yield path


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    """Return the functions of a module, by name."""
    body = house.tree_of(path).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def action_names(path: Path) -> set[str]:
    """Return the names under which a module imports modules of actions, or single actions."""
    names: set[str] = set()
    for node in ast.walk(house.tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            inside = "actions" in (node.module or "").split(".")
            names |= {a.asname or a.name for a in node.names if inside or a.name == "actions"}
    return names


def names_called(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield (object, name) for each attribute or name used in a function; "" without object."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr
        elif isinstance(node, ast.Name):
            yield "", node.id


def acts(function: ast.FunctionDef, actions: set[str]) -> bool:
    return any(
        (owner in actions) or (not owner and name in actions and name != "actions")
        for owner, name in names_called(function)
    )


def asks(function: ast.FunctionDef) -> bool:
    return any(name == "can" or name.startswith("can_") for _, name in names_called(function))


def reached(name: str, own: dict[str, ast.FunctionDef]) -> list[ast.FunctionDef]:
    """Return the function, and those of its module that it uses, directly or not."""
    reachable: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in reachable or each not in own:
            continue
        reachable.add(each)
        waiting += [called for owner, called in names_called(own[each]) if not owner]
    return [own[each] for each in sorted(reachable)]


def is_view(name: str, path: Path, own: dict[str, ast.FunctionDef]) -> bool:
    """Return whether a function has an access decorator, or is passed to one in its module."""
    gates = [node for d in own[name].decorator_list for node in ast.walk(d)]
    if any(isinstance(node, ast.Name) and node.id in ROLE_GATES for node in gates):
        return True
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Call)
        and isinstance(node.func.func, ast.Name)
        and node.func.func.id in ROLE_GATES
        and any(isinstance(given, ast.Name) and given.id == name for given in node.args)
        for node in house.tree_of(path).body
        for node in ast.walk(node)
    )


def unchecked() -> set[str]:
    """Return `file:view` for each view that calls an action without checking a permission."""
    return {
        f"{house.shown(path)}:{name}"
        for path in view_files()
        if not house.shown(path).startswith(OWN_ACCOUNT)
        for own in [functions_of(path)]
        for actions in [action_names(path)]
        for name in own
        if is_view(name, path, own)
        for parts in [reached(name, own)]
        if any(acts(each, actions) for each in parts) and not any(asks(each) for each in parts)
    }


def test_every_view_that_calls_an_action_checks_a_permission_or_is_a_known_exception() -> None:
    assert unchecked() - PENDING == set()


def test_the_list_of_exceptions_names_no_view_that_checks_a_permission() -> None:
    assert PENDING - unchecked() == set()
