"""Hooks: defined by a lower package, filled by upper packages, sorted."""

from collections import defaultdict
from datetime import date

import pytest

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.parts import Task, tasks_of


@pytest.fixture(autouse=True)
def own_hooks(monkeypatch):
    monkeypatch.setattr(hooks, "_defined", {})
    monkeypatch.setattr(hooks, "_registered", defaultdict(list))


def test_items_of_a_hook_are_sorted_by_order_then_registration():
    hooks.define("menu", "entries")
    for item, order in (("c", 50), ("a", 10), ("d", 50), ("b", 10)):
        hooks.register("menu", item, order=order)
    assert hooks.get("menu") == ["a", "b", "c", "d"]


def test_an_item_registered_twice_with_a_hook_is_returned_once():
    item = object()
    hooks.register("menu", item)
    hooks.register("menu", item)
    assert hooks.get("menu") == [item]


def test_the_function_undefined_returns_the_hooks_with_items_that_no_package_defined():
    hooks.define("menu", "entries")
    hooks.register("menu", "a")
    hooks.register("mneu", "b")
    assert hooks.undefined() == ["mneu"]


def test_getting_the_items_of_an_undefined_hook_does_not_define_it():
    assert hooks.get("rien") == []
    assert hooks.undefined() == []


def test_tasks_of_a_home_page_are_sorted_urgent_first_then_by_date():
    lines = [
        Task(title="sans date", url="/", why=""),
        Task(title="tard", url="/", why="", until=date(2027, 2, 1)),
        Task(title="tôt", url="/", why="", until=date(2027, 1, 1)),
        Task(title="urgent", url="/", why="", urgent=True),
    ]
    hooks.register("tasks:reseau", lambda actor: lines)
    titles = [line.title for line in tasks_of(Actor(role="reseau"))]
    assert titles == ["urgent", "tôt", "tard", "sans date"]


def test_a_hook_name_with_an_asterisk_defines_every_matching_name():
    hooks.define("nav:*", "entries of a menu")
    hooks.register("nav:reseau", "a")
    assert hooks.undefined() == []
