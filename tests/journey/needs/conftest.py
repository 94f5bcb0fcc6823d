"""Fixtures: a draft need, its association, and two of its members."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need
from factories import MemberFactory, NeedFactory, association_actor


@pytest.fixture
def need(db: None) -> Need:
    """Return a complete draft need for a training."""
    draft: Need = NeedFactory(mission_type="FORMATION")
    return draft


@pytest.fixture
def own(need: Need) -> Actor:
    return association_actor(need.association)


@pytest.fixture
def other(need: Need) -> Actor:
    """Return a co-author, another member of the association."""
    person = MemberFactory(organisation=need.association).person
    acting_as = association_actor(need.association)
    return replace(acting_as, person=person.pk, name=person.name, email=person.email)


@pytest.fixture
def member(own: Actor, session_of: Callable[[Actor], Client]) -> Client:
    return session_of(own)


@pytest.fixture
def colleague(other: Actor, session_of: Callable[[Actor], Client]) -> Client:
    return session_of(other)
