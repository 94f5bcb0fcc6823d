"""Every form of every URL, submitted twenty times with one key, acts only once."""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from support.soak import SIZE, SOAK, length

from .forms import Page, buttons_of, forms_of, pages_of, rows_of_tables, typed_in
from .world import Side, side

TIMES = 20 if SOAK else 3
WHOLE = SOAK and SIZE == 1
SEED = int(os.environ.get("EXPLOR_SEED", "20261130"))
ACCEPTED = 302
NOTED = {"audit_access"}  # each refusal and each reading is noted


@pytest.fixture
def own(db: None, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return side("Amont")


def sample_of(own: Side) -> list[Page]:
    """Return all pages, in a random order, or the first of them outside `make soak`."""
    pages = pages_of(own)
    random.Random(SEED).shuffle(pages)
    return pages[: length(60, len(pages))]


def faults_of(page: Page, url: str, data: dict[str, Any]) -> tuple[bool, list[str]]:
    """Submit a form `TIMES` times, then roll back; return whether it acted, and what differed."""
    client = page.client
    with transaction.atomic():
        before = rows_of_tables()
        first = client.post(url, data)
        once = rows_of_tables()
        others = [client.post(url, data) for _ in range(TIMES - 1)]
        many = rows_of_tables()
        transaction.set_rollback(True)
    acted_on = [name for name in many if name not in NOTED]
    grown = {name: (once[name], many[name]) for name in acted_on if many[name] != once[name]}
    faults = [f"{url}: rows {grown}"] if grown else []
    said = (first.status_code, first.get("Location", ""))
    if said[0] == ACCEPTED:
        different = {(each.status_code, each.get("Location", "")) for each in others} - {said}
        faults += [f"{url}: {said}, then {each}" for each in sorted(different)]
    return said[0] == ACCEPTED and once != before, faults


@pytest.mark.soak
def test_a_form_submitted_many_times_acts_once_and_every_answer_equals_the_first(
    own: Side, unlogged: None, record_property: Callable[[str, object], None]
) -> None:
    sent, acted, faults = 0, 0, []
    for page in sample_of(own):
        for form in forms_of(page):
            did, wrong = faults_of(page, page.url, typed_in(form))
            sent += 1
            acted += did
            faults += wrong
    assert faults == []
    assert acted >= (40 if WHOLE else 1)
    record_property("figure", f"{sent} forms sent {TIMES} times, {acted} acted: once each")


@pytest.mark.soak
def test_every_form_of_every_page_has_an_idempotency_key_and_its_buttons_act_once(
    own: Side, unlogged: None, record_property: Callable[[str, object], None]
) -> None:
    faults, count, acted = [], 0, 0
    for page in sample_of(own):
        for button in buttons_of(page):
            count += 1
            if "idempotency_key" not in dict(button.fields):
                faults.append(f"{page.url}: a form to {button.url} without key")
            elif not button.typed:
                did, wrong = faults_of(page, button.url, dict(button.fields))
                acted += did
                faults += wrong
    assert faults == []
    assert count >= (100 if WHOLE else 10)
    assert acted >= (5 if WHOLE else 0)
    record_property("figure", f"{count} forms without a missing key, {acted} buttons: once each")
