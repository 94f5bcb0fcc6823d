"""What a capability registers of the personal data that it keeps: their end, their owner's copy.

The functions are those of the capability: a selector for what is due, an action for what ends.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from explor.ground.accounts.models import Person
from explor.ground.files.models import Document
from explor.ground.ui import hooks

hooks.define("privacy.purges", "Purge: rows that are erased at the end of a term")
hooks.define("privacy.copies", "OwnData: what a person is given of their own data")
hooks.define("privacy.erasures", "Erasure: what is erased at the request of a person")
hooks.define("privacy.ties", "callable(person) -> QuerySet: shared rows that are those of a person")
hooks.define("privacy.kept", "callable() -> QuerySet: signed rows, left as they are by an erasure")


def delete_row(row: Any, now: datetime) -> None:
    """Delete a row: how most purges erase."""
    row.delete()


@dataclass(frozen=True, kw_only=True)
class Purge:
    """Rows that are erased once a term is over.

    Args:
        key: its name in reports and in the journal, as `needs.drafts`.
        term: a key of the terms.
        label: the rows in French, in the plural: « profils sans contact ».
        due: returns the rows whose term began before an instant. Neither an erased row nor one
            that something holds is among them.
        erase: erases one locked row, and its files, in the current transaction. It raises
            `ActionNotAllowed` for a row that must stay, with the reason.
        warn: emails the person of one row that its data are erased on a day; None for a term
            without notice.
        lock: the relations of a row that are locked with it.
    """

    key: str
    term: str
    label: str
    due: Callable[[datetime], QuerySet[Any]]
    erase: Callable[[Any, datetime], None] = delete_row
    warn: Callable[[Any, date], None] | None = None
    lock: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnData:
    """What a capability holds of a person, for the copy given to that person.

    Args:
        label: the data in French, in the plural: « besoins déposés ».
        rows: returns the rows of a person, as values that JSON can hold.
        files: returns the documents of a person.
    """

    key: str
    label: str
    rows: Callable[[Person], Iterable[Mapping[str, Any]]]
    files: Callable[[Person], Iterable[Document]] = lambda person: ()


def erase_nothing(person: Person, *, by: Any) -> None:
    """Leave everything: what some capabilities only keep, or prevent."""


@dataclass(frozen=True)
class Erasure:
    """What a capability does when a person asks to be erased.

    Args:
        label: the data in French, in the plural.
        kept: returns why some of these data must stay, in sentences; [] when all of them go.
        erase: erases those of a person, in the current transaction: `erase(person, by=actor)`. What
            hangs from a profile is erased with it instead, by the hook « experts.erasing ».
        blockers: returns what the person must end first, in sentences; [] when nothing.
        gone: what goes at once, in one sentence; "" when all of these data go.
    """

    label: str
    kept: Callable[[Person], list[str]] = lambda person: []
    erase: Callable[..., None] = erase_nothing
    blockers: Callable[[Person], list[str]] = lambda person: []
    gone: str = ""


def purges() -> list[Purge]:
    """Return what ends with a term, in the order of registration."""
    return hooks.get("privacy.purges")


def copies() -> list[OwnData]:
    """Return what a person is given of their own data."""
    return hooks.get("privacy.copies")


def erasures() -> list[Erasure]:
    """Return what is erased at the request of a person; the account comes last."""
    return hooks.get("privacy.erasures")
