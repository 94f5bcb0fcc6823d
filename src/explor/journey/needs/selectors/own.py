"""Database queries on the needs and remarks of a person, for the copy and erasure of their data."""

from collections.abc import Iterator
from typing import Any

from explor.actors.organisations.selectors import left_alone_by
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.rights.selectors import authored, records

from ..models import Comment, Need, NeedQuerySet
from ..states import State

BEGUN = ("begin", "duplicate")


def own_needs(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the needs that a person began, for the copy of their data."""
    acts = Entry.objects.filter(person=person.pk, kind="needs.need", verb__in=BEGUN)
    own = Need.objects.filter(pk__in=acts.values("subject"))
    yield from records(own, also={"association": "association__name", "appel": "call__title"})


def own_comments(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the remarks that a person wrote on needs, for the copy of their data."""
    own = authored(person, Comment.objects.all(), verbs=("comment",), file="need")
    yield from records(own, also={"besoin": "need__title"}, without=("by",))


def drafts_left_by(person: Person) -> NeedQuerySet:
    """Return the drafts of the organisations of which a person is the only member."""
    return Need.objects.filter(association__in=left_alone_by(person), state=State.DRAFT)
