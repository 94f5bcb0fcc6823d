"""Database queries on nominations, and on the needs that an employer may nominate people for."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.accounts.rules import digest_of
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.journey.needs.models import NeedQuerySet
from explor.journey.shortlists.selectors import missions_to_fill

from .models import Nomination, NominationQuerySet
from .states import State


def wanted_by(actor: Actor) -> NeedQuerySet:
    """Return the needs with a free seat in an employer's network, nearest dates first."""
    networks = Organisation.objects.visible_to(actor).values("network")
    return missions_to_fill().filter(network__in=networks)


def own_nominations(actor: Actor) -> NominationQuerySet:
    """Return the nominations that `actor` may see, latest first."""
    rows = Nomination.objects.visible_to(actor)
    return rows.select_related("need", "employer", "expert__person")


def pending_of(employer: int) -> int:
    """Return how many people nominated by an employer have not answered."""
    return Nomination.objects.filter(employer=employer, state=State.SENT).count()


def former_states(need: int, digest: str) -> list[str]:
    """Return the states of the nominations for a need of the address with this digest."""
    rows = Nomination.objects.filter(need=need, address_digest=digest)
    return list(rows.values_list("state", flat=True))


def nomination_of(secret: str) -> Nomination | None:
    """Return the nomination of a personal link, None for an unknown link."""
    rows = Nomination.objects.filter(digest=digest_of(secret))
    return rows.select_related("need__network", "need__association", "employer").first()


def nominations_about(person: Person) -> NominationQuerySet:
    """Return the nominations of a person, by their address or their profile."""
    return Nomination.objects.filter(Q(email__iexact=person.email) | Q(expert__person=person))


def received_by(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the nominations of a person, for the copy of their data."""
    also = {"besoin": "need__title", "employeur": "employer__name"}
    yield from records(nominations_about(person), also=also, without=("by",))
