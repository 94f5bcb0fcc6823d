"""Races: several people send a form at the same moment, each from their own browser.

Each request waits at its first write until the other requests are at theirs. Without a lock, all of
them have then read the same rows; with a lock, one request continues alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.test import Client
from lxml import html

from support.flush import UNLOCK
from support.tripwires import WRITE

PATIENCE = 0.3  # seconds during which a first write waits for the others


@dataclass(frozen=True, kw_only=True)
class Try:
    """The request of one person: the browser, the page of the form, and the typed values."""

    client: Client
    url: str
    typed: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Round:
    """The concurrent requests, and the function that counts how many the database granted."""

    tries: list[Try]
    granted: Callable[[], int]


@dataclass(frozen=True, kw_only=True)
class Race:
    """A race for a single success: how to set up a round, and the refusal that others get.

    Args:
        refusal: a regular expression found in the page of each person refused.
        constraints: (model, name) pairs of the constraints that protect the row besides the locks.
    """

    name: str
    begin: Callable[[], Round]
    refusal: str
    constraints: tuple[tuple[type[Model], str], ...] = ()


def faults_of(race: Race) -> list[str]:
    """Run a round; return the differences from one success and clear refusals, [] if none."""
    begun = race.begin()
    answers = _send_at_once(begun.tries)
    count = Counter(answer.status_code for answer in answers)
    faults = [] if count == {302: 1, 409: len(answers) - 1} else [f"{race.name}: {dict(count)}"]
    if begun.granted() != 1:
        faults.append(f"{race.name}: granted {begun.granted()} times")
    others = [_words(answer) for answer in answers if answer.status_code != 302]
    return faults + [page for page in others if not re.search(race.refusal, page)]


def _send_at_once(tries: list[Try]) -> list[HttpResponse]:
    shown = {each.url: each.client for each in reversed(tries)}
    forms = {url: _form(client.get(url)) for url, client in shown.items()}
    start, writes = Barrier(len(tries)), Barrier(len(tries))

    def send(each: Try) -> HttpResponse:
        data = {**forms[each.url], "idempotency_key": str(uuid4()), **each.typed}
        each.client.raise_request_exception = False
        start.wait()
        try:
            with connection.execute_wrapper(_waiting_at_the_first_write(writes)):
                return each.client.post(each.url, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(send, tries))


def _form(page: HttpResponse) -> dict[str, Any]:
    """Return the values that a browser would send from the main form of a page."""
    assert page.status_code == 200, page.content.decode()[-2000:]
    forms = html.fromstring(page.content.decode()).forms
    main = [f for f in forms if f.method == "POST" and "/logout/" not in (f.get("action") or "")]
    return dict(main[-1].form_values())


def _words(page: HttpResponse) -> str:
    text = html.fromstring(page.content.decode()).text_content()
    return " ".join(text.replace("\xa0", " ").split())


def _waiting_at_the_first_write(barrier: Barrier) -> Callable[..., Any]:
    waited = False

    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal waited
        in_verb = context["connection"].in_atomic_block and "idempotency" not in sql
        if not waited and in_verb and WRITE.search(sql):
            waited = True
            with suppress(BrokenBarrierError):
                barrier.wait(PATIENCE)
        return execute(sql, params, many, context)

    return run


@contextmanager
def without_guards(race: Race) -> Iterator[None]:
    """Disable the locks and drop the race's constraints in the block; then empty their tables."""
    guards = [
        (model, guard)
        for model, name in race.constraints
        for guard in model._meta.constraints
        if guard.name == name
    ]
    with connection.schema_editor() as editor:
        for model, guard in guards:
            editor.remove_constraint(model, guard)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(QuerySet, "select_for_update", lambda rows, *a, **k: rows.all())
            yield
    finally:
        for model, guard in guards:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(UNLOCK)
                cursor.execute(f'TRUNCATE "{model._meta.db_table}" CASCADE')
            with connection.schema_editor() as editor:
                editor.add_constraint(model, guard)
