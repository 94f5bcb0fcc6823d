"""Odd inputs, in the query string and in every form of every URL, never give a server error."""

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import urlencode

from support.soak import length

from .forms import Page, forms_of, pages_of, typed_in
from .world import Side, side

COUNT = int(os.environ.get("EXPLOR_ODD", "0")) or length(100, 10_000)
SEED = int(os.environ.get("EXPLOR_SEED", "20261130"))
PARAMETERS = (
    *("q", "page", "annee", "mois", "du", "au", "de", "a", "reseau", "format", "tableau", "voir"),
    *("after", "state", "officer", "call", "country", "month", "kind", "sector", "avec", "projet"),
    *(
        "scenario",
        "chercher",
        "partenaire",
        "rubrique",
        "retour",
        "next",
        "role",
        "cursor",
        "limit",
    ),
    *("tri", "pays", "secteurs", "competences", "code", "garder", "autre", "place", "envoye"),
)
ODD = (
    *("", " ", "\x00", "a\x00b", "²", "٣", "-1", "0", "1" * 19, "9" * 40, "9" * 5000, "1e400"),
    *(
        "NaN",
        "Infinity",
        "-0",
        "1.5",
        "0x10",
        "9999-12-31",
        "0001-01-01",
        "0000-00-00",
        "10000-01-01",
    ),
    *("9999-12-31T23:59", "0001-01-01T00:00+14:00", "31/12/9999", "2026-13-45", "0000-05", "0000"),
    *("29/02/2027", "24:61", "\ud800", "\U0010ffff", "\u202e", "x" * 100_000, "é" * 3000, "'; --"),
    *("../../etc/passwd", "%s%n", "{{ 7*7 }}", "<script>", "[]", '{"a": {"b": [1]}}', "\r\nX: y"),
    *("a" * 300 + "@example.org", "http://[", "javascript:1", "true", "null", "0_9999999999"),
    *(
        "2026-01-01T00:00:00+00:00_999999999999999999999",
        "9999-12-31T23:59:59-12:00_1",
        "%",
        "_",
        "\\",
    ),
)
JSON = (None, [], {}, [[[]]], {"a": {"b": ["\ud800", 10**400]}}, "texte", 1e308)


@pytest.fixture
def own(db: None, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return side("Amont")


def encoded(data: Any) -> str:
    """Encode parameters, lone surrogates too, as a hostile client does."""
    return urlencode_bytes([(k, v) for k, v in data])


def urlencode_bytes(pairs: list[tuple[str, Any]]) -> str:
    safe = [(k, v.encode("utf-8", "surrogatepass") if isinstance(v, str) else v) for k, v in pairs]
    return urlencode(safe, doseq=False)


def query(page: Page, dice: random.Random) -> Callable[[], HttpResponse]:
    """Return a request with odd parameters, one of them often repeated."""
    names = dice.sample(PARAMETERS, dice.randint(1, 4))
    pairs = [(name, dice.choice(ODD)) for name in names for _ in range(dice.choice((1, 1, 2)))]
    url = f"{page.url}?{encoded(pairs)[:8000]}"
    return lambda: page.client.get(url)


def form(page: Page, data: dict[str, Any], dice: random.Random) -> Callable[[], HttpResponse]:
    """Return a valid form of which one to three values are odd, or all of them."""
    names = [name for name in data if name != "idempotency_key"]
    count = len(names) if dice.random() < 0.1 else min(len(names), dice.randint(1, 3))
    given = {**data, **{name: dice.choice(ODD) for name in dice.sample(names, count)}}
    pairs = [
        (name, each)
        for name, value in given.items()
        for each in (value if isinstance(value, list) else [value])
        for _ in range(2 if dice.random() < 0.05 else 1)
    ]
    body = encoded(pairs).encode()
    kind = "application/x-www-form-urlencoded"
    return lambda: page.client.generic("POST", page.url, body, content_type=kind)


def body(page: Page, dice: random.Random) -> Callable[[], HttpResponse]:
    """Return a request whose body does not have the type that it declares, or has none."""
    content = json.dumps(dice.choice(JSON))
    kind = dice.choice(
        (
            *("application/json", "text/plain", "multipart/form-data", "image/png; charset=x"),
            *("multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=nul"),
        )
    )
    method = dice.choice(("POST", "POST", "PUT", "DELETE", "PATCH"))
    return lambda: page.client.generic(method, page.url, content.encode(), content_type=kind)


def requests(
    own: Side, dice: random.Random
) -> Iterator[tuple[Page, str, Callable[[], HttpResponse]]]:
    """Yield `COUNT` odd requests, over all pages in turn; a page with a form gets more of them."""
    pages = pages_of(own)
    dice.shuffle(pages)
    known: dict[str, list[dict[str, Any]]] = {}
    for number in range(COUNT):
        page = pages[number % len(pages)]
        if page.url not in known:
            known[page.url] = [typed_in(each) for each in forms_of(page)]
        what = dice.random()
        if known[page.url] and what < 0.6:
            yield page, "form", form(page, dice.choice(known[page.url]), dice)
        elif what < 0.9:
            yield page, "query", query(page, dice)
        else:
            yield page, "body", body(page, dice)


@pytest.mark.soak
def test_no_odd_input_gives_a_server_error(
    own: Side, unlogged: None, record_property: Callable[[str, object], None]
) -> None:
    faults: dict[str, str] = {}
    statuses: Counter[int] = Counter()
    for page, what, send in requests(own, random.Random(SEED)):
        with transaction.atomic():
            response = send()
            transaction.set_rollback(True)
        statuses[response.status_code] += 1
        if response.status_code >= 500:
            error = getattr(response, "exc_info", None)
            faults.setdefault(f"{what} {page.url}", repr(error[1])[:300] if error else "?")
    assert faults == {}
    assert statuses.total() == COUNT
    met = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
    record_property("figure", f"{COUNT} odd inputs: 0 x 500 ({met})")
