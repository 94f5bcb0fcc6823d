"""Slots: offered below, filled above, in order."""

from collections import defaultdict
from datetime import date

import pytest

from explor.ground.common import slots
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Waiting, todo_of


@pytest.fixture(autouse=True)
def own_slots(monkeypatch):
    monkeypatch.setattr(slots, "_offered", {})
    monkeypatch.setattr(slots, "_filled", defaultdict(list))


def test_items_come_back_by_order_then_as_they_came():
    slots.offer("menu", "entries")
    for item, order in (("c", 50), ("a", 10), ("d", 50), ("b", 10)):
        slots.fill("menu", item, order=order)
    assert slots.filled("menu") == ["a", "b", "c", "d"]


def test_filling_twice_with_the_same_item_fills_once():
    item = object()
    slots.fill("menu", item)
    slots.fill("menu", item)
    assert slots.filled("menu") == [item]


def test_a_filled_slot_nobody_offers_is_an_orphan():
    slots.offer("menu", "entries")
    slots.fill("menu", "a")
    slots.fill("mneu", "b")
    assert slots.orphans() == ["mneu"]


def test_asking_for_an_empty_slot_makes_no_orphan():
    assert slots.filled("rien") == []
    assert slots.orphans() == []


def test_what_waits_is_sorted_urgent_first_then_by_date():
    lines = [
        Waiting(title="sans date", url="/", why=""),
        Waiting(title="tard", url="/", why="", until=date(2027, 2, 1)),
        Waiting(title="tôt", url="/", why="", until=date(2027, 1, 1)),
        Waiting(title="urgent", url="/", why="", urgent=True),
    ]
    slots.fill("todo:reseau", lambda actor: lines)
    told = [line.title for line in todo_of(Actor(hat="reseau"))]
    assert told == ["urgent", "tôt", "tard", "sans date"]
