"""An error in a callback that runs after the commit of an action does not fail the action."""

import ast

from . import house


def is_robust(call: ast.Call) -> bool:
    return any(
        word.arg == "robust" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in call.keywords
    )


def test_every_callback_after_commit_is_declared_robust() -> None:
    fragile = [
        f"{house.shown(path)}:{node.lineno}"
        for path in house.python_files("src")
        for node in ast.walk(house.tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "on_commit"
        and not is_robust(node)
    ]
    assert fragile == [], "say robust=True"
