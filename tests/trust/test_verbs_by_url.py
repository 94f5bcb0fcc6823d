"""Every verb of every table, posted to its own URL: in each state, by each person."""

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


def test_a_verb_moves_a_file_only_where_its_table_says(sides: tuple[Side, Side]) -> None:
    own, foreign = sides
    faults, tried, moved = [], 0, 0
    clients = {}
    for name, people in (("own", own.people), ("foreign", foreign.people)):
        for role, person in people.items():
            clients[name, role] = Client(raise_request_exception=False)
            clients[name, role].force_login(person)
    for route, view in verb_views():
        role, verb, table = view.role_type, view.verb, view.verb_pages.workflow
        actor = actor_of(role, own, clients["own", "reseau"])
        if actor is None:
            continue
        for url in filled(route, own.keys, own.rows):
            subject = subject_of(view, url, actor)
            if subject is None:
                continue
            for state in table.states.values:
                for (where, who), client in clients.items():
                    try:
                        with transaction.atomic():
                            type(subject)._base_manager.filter(pk=subject.pk).update(state=state)
                            with transaction.atomic():
                                status, after = posted(client, url, subject)
                            transaction.set_rollback(True)
                    except IntegrityError:
                        continue  # the database forbids this row in that state
                    tried += 1
                    moved += after != state
                    may = (where, who) == ("own", role) and table.allows(state, verb.name, role)
                    if status not in REFUSED | {200}:
                        faults.append(f"{where} {who} {url} from {state}: {status}")
                    if after != state and not may:
                        faults.append(f"{where} {who} {url} moved {state} to {after}")
    assert faults == []
    assert tried > 1000
    assert moved > 5
