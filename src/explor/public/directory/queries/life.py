"""What the life of sheets asks for: reminders, news for those who follow, versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.http import QueryDict

from .. import engine
from ..models import Alert, ProjectSheet
from ..states import State
from .answers import answer
from .asked import Asked
from .cards import cards
from .reading import facts_of, texts_of

YEAR = timedelta(days=365)
AGAIN = timedelta(days=30)  # between two reminders
TOLD = 10  # sheets in one letter


def to_remind(today: date) -> QuerySet[ProjectSheet]:
    """Published sheets not confirmed for a year, nor reminded of late."""
    stale = Q(confirmed_on=None) | Q(confirmed_on__lt=today - YEAR)
    quiet = Q(reminded_on=None) | Q(reminded_on__lt=today - AGAIN)
    found = ProjectSheet.objects.published().filter(stale, quiet)
    return found.select_related("network", "project__association").order_by("pk")


def news_for(search: str, *, since: datetime) -> tuple[int, list[dict[str, Any]]]:
    """How many sheets of a search were published since an instant, and the latest of them."""
    found = answer(Asked.of(QueryDict(search)).latest(), mend=False)
    recent = ProjectSheet.objects.published().filter(published_at__gt=since)
    numbers = set(recent.values_list("pk", flat=True))
    news = [pk for pk in found.slice(0, found.total) if pk in numbers]
    return len(news), cards(news[:TOLD])


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some words that both versions hold, that one lost or that the other gained."""

    kind: Literal["same", "lost", "gained"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of one field from one version to the next."""

    field: str
    pieces: list[Piece]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of a sheet: when it was written, and what changed since the one before."""

    at: datetime
    state: str
    changes: list[Change]


def versions(row: ProjectSheet) -> list[Version]:
    """All that a sheet has been, the latest first."""
    # The rows that the decorator of the model keeps, unknown to the type checker.
    events = row.versions.order_by("pgh_id")  # type: ignore[attr-defined]
    told = []
    before: dict[str, str] = {}
    for event in events:
        after = _fields(event)
        changes = [
            Change(field=name, pieces=list(_pieces(before.get(name, ""), text)))
            for name, text in after.items()
            if text != before.get(name, "") and before
        ]
        told.append(
            Version(at=event.pgh_created_at, state=State(event.state).label, changes=changes)
        )
        before = after
    return told[::-1]


def _fields(event: Any) -> dict[str, str]:
    sheet = engine.sheet_of(event.content)
    named = [("Titre", sheet.title), *facts_of(sheet), *texts_of(sheet)]
    missions = ", ".join(mission["title"] for mission in event.missions)
    return {name: _text(value) for name, value in named} | {"Missions": missions}


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = before.split(), after.split()
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(kind="same", text=" ".join(old[i:j]))
            continue
        if i < j:
            yield Piece(kind="lost", text=" ".join(old[i:j]))
        if k < m:
            yield Piece(kind="gained", text=" ".join(new[k:m]))


def alert_of(token: str) -> Alert | None:
    """The alert of a personal link; None once stopped."""
    return Alert.objects.filter(token=token).first()
