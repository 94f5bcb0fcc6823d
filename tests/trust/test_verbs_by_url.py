"""Every verb of every table, posted to its own URL: in each state, by each person."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import resolve

from explor.ground.http.actor import Actor
from explor.ground.roles.registry import roles_of

from .test_isolation import filled
from .world import Side, routes, side

REFUSED = {302, 403, 404, 409, 422}


@pytest.fixture
def sides(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Side, Side]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return side("Amont"), side("Aval")


def verb_views() -> list[tuple[str, Any]]:
    """(route, view) of each page that takes a verb of a table."""
    return [
        (route, view)
        for route, chain in routes()
        if (view := chain[-1].callback) and hasattr(view, "verb_pages")
        if view.verb_pages.workflow and view.verb_pages._rows(view.verb)
    ]


def subject_of(view: Any, url: str, actor: Actor) -> Any:
    """Load the subject as the page does; None when this role does not see it."""
    request: Any = RequestFactory().post(url)
    request.actor = actor
    where = {name: value for name, value in resolve(url).kwargs.items() if name != "key"}
    try:
        return view.verb_pages.load(request, **where)
    except Http404:
        return None


def actor_of(role: str, own: Side, client: Client) -> Actor | None:
    """The actor of the person who holds `role` on this side."""
    person = own.people.get(role)
    if person is None:
        return None
    held = next((each for each in roles_of(person) if each.kind == role), None)
    if held is None:
        return None
    return Actor(person=person.pk, name=person.name, role=role, scope=held.scope, key=held.key)


def posted(client: Client, url: str, subject: Any) -> tuple[int, str]:
    """Post the verb; return the status of the answer and the state that the row has then."""
    data = {"version": subject.version, "reason": "Parce que."}
    status = client.post(url, data).status_code
    rows = type(subject)._base_manager.filter(pk=subject.pk)
    return status, rows.values_list("state", flat=True)[0]


def clients_of(sides: tuple[Side, Side]) -> dict[tuple[str, str], Client]:
    """Return a signed-in client for each person of both sides, by side and role."""
    clients = {}
    for name, each in zip(("own", "foreign"), sides, strict=True):
        for role, person in each.people.items():
            clients[name, role] = Client(raise_request_exception=False)
            clients[name, role].force_login(person)
    return clients


def verb_urls(own: Side, client: Client) -> Iterator[tuple[Any, str, Any, str]]:
    """Yield the view, the URL and the row of each verb on this side, with each state."""
    for route, view in verb_views():
        actor = actor_of(view.role_type, own, client)
        for url in filled(route, own.keys, own.rows) if actor else ():
            subject = subject_of(view, url, actor)
            if subject is not None:
                for state in view.verb_pages.workflow.states.values:
                    yield view, url, subject, state


def attempt(client: Client, url: str, subject: Any, state: str) -> tuple[int, str] | None:
    """Post the verb from `state` and undo everything; None when no such row may exist."""
    try:
        with transaction.atomic():
            type(subject)._base_manager.filter(pk=subject.pk).update(state=state)
            with transaction.atomic():
                answer = posted(client, url, subject)
            transaction.set_rollback(True)
            return answer
    except IntegrityError:
        return None  # the database forbids this row in that state


def test_a_verb_moves_a_file_only_where_its_table_says(sides: tuple[Side, Side]) -> None:
    clients = clients_of(sides)
    faults, tried, moved = [], 0, 0
    for view, url, subject, state in verb_urls(sides[0], clients["own", "reseau"]):
        table, verb = view.verb_pages.workflow, view.verb
        for (where, who), client in clients.items():
            answer = attempt(client, url, subject, state)
            if answer is None:
                continue
            status, after = answer
            tried += 1
            moved += after != state
            may = (where, who) == ("own", view.role_type) and table.allows(state, verb.name, who)
            if status not in REFUSED | {200}:
                faults.append(f"{where} {who} {url} from {state}: {status}")
            if after != state and not may:
                faults.append(f"{where} {who} {url} moved {state} to {after}")
    assert faults == []
    assert tried > 1000
    assert moved > 5
