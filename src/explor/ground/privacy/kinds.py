"""The declarations by which a capability registers its personal data: term, export, erasure.

Their functions belong to the capability: a selector returns the rows, an action erases them.
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
hooks.define("privacy.copies", "OwnData: rows and documents in the copy of a person's own data")
hooks.define("privacy.erasures", "Erasure: what is erased at the request of a person")
hooks.define("privacy.ties", "callable(person) -> QuerySet: more rows that belong to the person")
hooks.define("privacy.kept", "callable() -> QuerySet: signed rows, left as they are by an erasure")


def delete_row(row: Any, now: datetime) -> None:
    """Delete a row; the usual way to erase a row in a purge. `now` is unused."""
    row.delete()


@dataclass(frozen=True, kw_only=True)
class Purge:
    """A kind of rows that the purge erases once their term is over.

    Args:
        key: the name of this kind in reports and in the journal, such as `needs.drafts`.
        term: a key of `terms.TERMS`.
        label: the rows in French, in the plural: « profils sans contact ».
        due: given an instant, returns the rows whose term began before it, except rows already
            erased or still in use.
        erase: erases one locked row, and its files, in the current transaction. It raises
            `ActionNotAllowed` with the reason for a row that must stay.
        warn: e-mails the person of one row that their data will be erased on a day; None for a term
            without notice.
        lock: the names of the relations to lock together with the row.
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
    """A kind of personal data that a capability exports in the copy given to its person.

    Args:
        label: the data in French, in the plural: « besoins déposés ».
        rows: returns the rows of a person, as JSON values.
        files: returns the documents of a person.
    """

    key: str
    label: str
    rows: Callable[[Person], Iterable[Mapping[str, Any]]]
    files: Callable[[Person], Iterable[Document]] = lambda person: ()


def erase_nothing(person: Person, *, by: Any) -> None:
    """Do nothing; the erasure of capabilities that only keep data or block an erasure."""


@dataclass(frozen=True)
class Erasure:
    """The part of a capability in the erasure of a person at their request.

    Args:
        label: the data in French, in the plural.
        kept: returns French sentences on why some of these data must stay; [] if all are erased.
        erase: `erase(person, by=actor)` erases the data of a person, in the current transaction.
            Data attached to a profile are erased by the hook `experts.erasing` instead.
        blockers: returns French sentences on what the person must end first; [] if nothing.
        gone: the data erased at once, in one French sentence for the page; "" to list none.
    """

    label: str
    kept: Callable[[Person], list[str]] = lambda person: []
    erase: Callable[..., None] = erase_nothing
    blockers: Callable[[Person], list[str]] = lambda person: []
    gone: str = ""


def purges() -> list[Purge]:
    """Return the registered kinds of rows to purge, in the order of registration."""
    return hooks.get("privacy.purges")


def copies() -> list[OwnData]:
    """Return the registered kinds of personal data to export to their person, in order."""
    return hooks.get("privacy.copies")


def erasures() -> list[Erasure]:
    """Return the registered erasures; the erasure of the account comes last."""
    return hooks.get("privacy.erasures")
