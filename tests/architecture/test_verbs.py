"""A verb has one name in the workflow, the action and the audit log; actions take keywords."""

import ast
import importlib
from pathlib import Path

import pytest
from django.db.models import TextChoices

from explor.ground.workflow.table import Workflow

from . import house

WITH_STATES = [path for path in house.capabilities() if (path / "states.py").exists()]


def package(capability: Path) -> str:
    return ".".join(capability.relative_to(house.ROOT / "src").parts)


def workflows(capability: Path) -> list[Workflow]:
    states = importlib.import_module(f"{package(capability)}.states")
    return [value for value in vars(states).values() if isinstance(value, Workflow)]


@pytest.mark.parametrize("capability", WITH_STATES, ids=lambda path: path.name)
def test_each_verb_of_a_workflow_has_an_action_of_the_same_name(capability: Path) -> None:
    actions = importlib.import_module(f"{package(capability)}.actions")
    missing = [
        row.verb
        for workflow in workflows(capability)
        for row in workflow.transitions
        if not callable(getattr(actions, row.verb, None))
    ]
    assert missing == []


# The states in which an import creates rows; no verb leads to them.
CREATED_IN = {"taken_over"}


def test_every_state_of_a_workflow_can_be_reached() -> None:
    """Check together the workflows with the same states, which two capabilities may share."""
    every = [workflow for capability in WITH_STATES for workflow in workflows(capability)]
    reached: dict[type[TextChoices], set[str]] = {}
    for workflow in every:
        first = workflow.states.values[0]
        targets = {row.target for row in workflow.transitions}
        reached.setdefault(workflow.states, {first}).update(targets)
    for states, found in reached.items():
        assert found == set(states.values) - CREATED_IN, states


def actions_with_author() -> list[tuple[Path, ast.FunctionDef]]:
    return [
        (path, node)
        for capability in house.capabilities()
        for path in [capability / "actions.py", *capability.glob("actions/*.py")]
        if path.exists()
        for node in house.tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


def test_action_functions_take_their_author_as_a_keyword_argument() -> None:
    positional = [
        f"{house.shown(path)}:{node.name}"
        for path, node in actions_with_author()
        if "by" in [argument.arg for argument in node.args.args]
    ]
    assert positional == []


def test_every_action_function_has_a_docstring() -> None:
    silent = [
        f"{house.shown(path)}:{node.name}"
        for path, node in actions_with_author()
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_action_function_has_a_request_parameter() -> None:
    knowing = [
        f"{house.shown(path)}:{node.name}"
        for path, node in actions_with_author()
        if "request" in [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)]
    ]
    assert knowing == []
