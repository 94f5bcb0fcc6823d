"""Actors for the tests of rules and actions, and signed-in clients for the tests of views."""

from typing import Any

from django.test import Client

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network, Officer
from explor.actors.organisations.models import Member, Organisation
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.journey.committees.models import CommitteeMember

from .actors import AdministratorFactory, MemberFactory, OfficerFactory


def _actor(person: Person, role: str, holder: Any) -> Actor:
    key = getattr(holder, "slug", "")
    return Actor(
        person=person.pk,
        name=person.name,
        email=person.email,
        role=role,
        scope=getattr(holder, "pk", person.pk),
        key=key,
    )


def officer_actor(network: Network) -> Actor:
    """Return an actor who is an officer of `network`."""
    officer = Officer.objects.filter(network=network).first() or OfficerFactory(network=network)
    return _actor(officer.person, "reseau", network)


def _member(organisation: Organisation) -> Person:
    member = Member.objects.filter(organisation=organisation).order_by("pk").first()
    return (member or MemberFactory(organisation=organisation)).person


def administrator_actor() -> Actor:
    """Return an actor who is an administrator."""
    return _actor(AdministratorFactory().person, "administration", None)


def association_actor(association: Organisation) -> Actor:
    """Return an actor who is a member of `association`."""
    return _actor(_member(association), "association", association)


def employer_actor(employer: Organisation) -> Actor:
    """Return an actor who is a member of the employer."""
    return _actor(_member(employer), "employeur", employer)


def expert_actor(expert: Expert) -> Actor:
    """Return an actor who is the expert, with access to their own profile."""
    return _actor(expert.person, "expert", expert)


def committee_actor(seat: CommitteeMember) -> Actor:
    """Return an actor who is the member with this `seat`, in the role of the committee."""
    return _actor(seat.person, "comite", seat.call)


def wearing(actor: Actor) -> Client:
    """Return a test client signed in as the person and role of `actor`, with a second factor."""
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    return client
