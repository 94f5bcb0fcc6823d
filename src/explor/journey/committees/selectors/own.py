"""Database queries on the committee data of a person, for the copy and the erasure of it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from explor.ground.accounts.models import Person
from explor.ground.rights.selectors import records

from ..models import CommitteeMember, Opinion, Recusal, Score


def own_seats(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the committee memberships of a person, for the copy of their data."""
    own = CommitteeMember.objects.filter(person=person)
    yield from records(own, also={"appel": "call__title"})


def own_recusals(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the recusals of a person from needs, for the copy of their data."""
    own = Recusal.objects.filter(member__person=person)
    yield from records(own, also={"besoin": "need__title"})


def own_opinions(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the opinions of a person on needs, drafts included, for the copy of their data."""
    own = Opinion.objects.filter(member__person=person)
    yield from records(own, also={"besoin": "need__title"})


def own_scores(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the scores by criterion of a person's opinions, for the copy of their data."""
    own = Score.objects.filter(opinion__member__person=person)
    also = {"besoin": "opinion__need__title", "critère": "criterion__label"}
    yield from records(own, also=also)


def silent_seats(person: Person) -> "QuerySet[CommitteeMember]":
    """Return a person's committee seats without any opinion, recusal or attended meeting."""
    seats = CommitteeMember.objects.filter(person=person)
    return seats.filter(opinions=None, recusals=None, meetings=None)
