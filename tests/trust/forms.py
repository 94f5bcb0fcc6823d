"""The forms of every page, with valid data for each: what the tests over all URLs submit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from django import forms
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import resolve

from explor.ground.http import gate

from .test_isolation import filled
from .test_verbs_by_url import value_of
from .world import Side, overseers, routes


@dataclass(frozen=True, kw_only=True)
class Page:
    """A URL, and the signed-in client of a person who may open it, under a role ("" for none)."""

    role: str
    url: str
    own: Client

    @property
    def client(self) -> Client:
        """Return a client of the session as it was at first, which no earlier request ended."""
        client = Client(raise_request_exception=False)
        name = settings.SESSION_COOKIE_NAME
        client.cookies[name] = self.own.cookies[name].value
        return client


def pages_of(own: Side) -> list[Page]:
    """Return every URL of the resolver under each role that it belongs to, public ones once."""
    people = {role: (person, own.keys.get(role, "")) for role, person in own.people.items()}
    found = []
    for role, (person, key) in {**people, **overseers()}.items():
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for route, chain in routes():
            kind = getattr(chain[-1].callback, "role_type", "")
            if kind == role or (not kind and role == "expert"):
                keys = {**own.keys, role: key} if key else own.keys
                found += [
                    Page(role=kind, url=url, own=client) for url in filled(route, keys, own.rows)
                ]
    return found


def forms_of(page: Page) -> Iterator[forms.Form]:
    """Yield the forms that a page renders."""
    response = page.client.get(page.url)
    seen: set[int] = set()
    for layer in response.context or ():
        for each in layer.dicts if hasattr(layer, "dicts") else [layer]:
            for value in each.values():
                if isinstance(value, forms.Form) and id(value) not in seen:
                    seen.add(id(value))
                    yield value


@dataclass(kw_only=True)
class Button:
    """A form of a page as HTML: where it is sent, its hidden fields, whether one types in it."""

    url: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    typed: bool = False


class _Buttons(HTMLParser):
    """Parser of the forms of a page that are sent by POST."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.found, self.inside = url, list[Button](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post"
            if self.inside:
                self.found.append(Button(url=urljoin(self.url, given.get("action", ""))))
        elif self.inside and tag in ("input", "select", "textarea", "button"):
            hidden = tag == "button" or given.get("type") == "hidden"
            self.found[-1].typed |= not hidden
            if hidden and given.get("name"):
                self.found[-1].fields.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def buttons_of(page: Page) -> list[Button]:
    """Return the forms of a page that are sent by POST, save those of the sign-in library."""
    response = page.client.get(page.url)
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return []
    parser = _Buttons(page.url)
    parser.feed(response.content.decode())
    return [each for each in parser.found if gate.needs_key(resolve(urlsplit(each.url).path).func)]


def typed_in(form: forms.Form) -> dict[str, Any]:
    """Return valid data for a form, with its initial values, and a new idempotency key."""
    data = {}
    for name, control in form.fields.items():
        initial = form.get_initial_for_field(control, name)
        hidden = isinstance(control.widget, forms.HiddenInput)
        value = initial if hidden and initial is not None else value_of(control)
        data[form.add_prefix(name)] = "" if value is None else value
    return {**data, "idempotency_key": str(uuid4())}


def rows_of_tables() -> dict[str, int]:
    """Return the number of rows of each table of Explor, in one query."""
    skipped = ("django_", "explor_cache", "http_", "procrastinate_")
    tables = [
        each for each in connection.introspection.table_names() if not each.startswith(skipped)
    ]
    sql = " UNION ALL ".join(f"SELECT '{each}', count(*) FROM \"{each}\"" for each in tables)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())
