"""Fixtures of end-to-end tests: a network, its people, an association, an employer, an expert."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings

from factories import (
    AssociationFactory,
    CallFactory,
    CommitteeMemberFactory,
    EmployerFactory,
    ExpertFactory,
    FieldPartnerFactory,
    MemberFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
)
from support.seats import miscounted_needs

from .visitor import Visitor


@pytest.fixture(autouse=True)
def seats_counted(db: None) -> Iterator[None]:
    """Check, after each test, that the seats counted on needs are those held by proposals."""
    yield
    assert miscounted_needs() == []


@dataclass(kw_only=True)
class Scene:
    """The people and organisations of one network; each person has a browser session."""

    network: Any
    association: Any
    employer: Any
    expert: Any
    call: Any
    partner: Any
    officer: Visitor
    president: Visitor
    professional: Visitor
    resources: Visitor
    reader: Visitor
    second: Visitor


def scene_of(slug: str) -> Scene:
    """Create the people and the call of one network."""
    network = NetworkFactory(name=f"Réseau {slug}", slug=slug)
    association = AssociationFactory(network=network, name=f"Rivages {slug}")
    employer = EmployerFactory(network=network, name=f"Ateliers {slug}")
    person = PersonFactory(name=f"Nora {slug}", email=f"expert@{slug}.test")
    expert = ExpertFactory(person=person, network=network, employer=employer)
    call = CallFactory(network=network, title=f"Appel {slug}", slug=f"appel-{slug}")
    partner = FieldPartnerFactory(association=association)
    emails = {}
    for role, make in (
        ("officer", lambda p: OfficerFactory(network=network, person=p)),
        ("president", lambda p: MemberFactory(organisation=association, person=p)),
        (
            "resources",
            lambda p: MemberFactory(organisation=employer, person=p, position="signatory"),
        ),
        ("reader", lambda p: CommitteeMemberFactory(call=call, person=p)),
        ("second", lambda p: CommitteeMemberFactory(call=call, person=p)),
    ):
        person = PersonFactory(name=f"{role} {slug}", email=f"{role}@{slug}.test")
        make(person)
        emails[role] = person.email
    return Scene(
        network=network,
        association=association,
        employer=employer,
        expert=expert,
        call=call,
        partner=partner,
        professional=Visitor(expert.person.email),
        **{role: Visitor(email) for role, email in emails.items()},
    )


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Return one network and its people, without second factor (tested elsewhere)."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return scene_of("amont")


@pytest.fixture
def neighbour(scene: Scene) -> Scene:
    """Return another network, which must not see the first."""
    return scene_of("aval")
