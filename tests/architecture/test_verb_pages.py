"""Each verb has its own declared page: no view chooses an action by the name of a verb."""

import ast
from pathlib import Path

from . import house


def acts_in(path: Path) -> bool:
    """Return whether a file defines a function named `act` or looks an action up by its name."""
    for node in ast.walk(house.tree_of(path)):
        match node:
            case ast.FunctionDef(name="act"):
                return True
            case ast.Call(func=ast.Name(id="getattr"), args=[ast.Name(id="actions"), *_]):
                return True
    return False


def test_no_view_looks_up_an_action_by_the_name_of_its_verb() -> None:
    assert [house.shown(path) for path in house.python_files("src") if acts_in(path)] == []
