"""Slots: offered below, filled above, in order."""

from collections import defaultdict
from datetime import date

import pytest

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.parts import Task, tasks_of


@pytest.fixture(autouse=True)
def own_slots(monkeypatch):
    monkeypatch.setattr(hooks, "_defined", {})
    monkeypatch.setattr(hooks, "_registered", defaultdict(list))


def test_items_come_back_by_order_then_as_they_came():
    hooks.define("menu", "entries")
    for item, order in (("c", 50), ("a", 10), ("d", 50), ("b", 10)):
        hooks.register("menu", item, order=order)
    assert hooks.get("menu") == ["a", "b", "c", "d"]


def test_filling_twice_with_the_same_item_fills_once():
    item = object()
    hooks.register("menu", item)
    hooks.register("menu", item)
    assert hooks.get("menu") == [item]


def test_a_filled_slot_nobody_offers_is_an_orphan():
    hooks.define("menu", "entries")
    hooks.register("menu", "a")
    hooks.register("mneu", "b")
    assert hooks.orphans() == ["mneu"]


def test_asking_for_an_empty_slot_makes_no_orphan():
    assert hooks.get("rien") == []
    assert hooks.orphans() == []


def test_what_waits_is_sorted_urgent_first_then_by_date():
    lines = [
        Task(title="sans date", url="/", why=""),
        Task(title="tard", url="/", why="", until=date(2027, 2, 1)),
        Task(title="tôt", url="/", why="", until=date(2027, 1, 1)),
        Task(title="urgent", url="/", why="", urgent=True),
    ]
    hooks.register("tasks:reseau", lambda actor: lines)
    told = [line.title for line in tasks_of(Actor(role="reseau"))]
    assert told == ["urgent", "tôt", "tard", "sans date"]
