"""Actions on a file that a network takes over: upload, read, keep lines, make, undo, erase."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions as imports
from explor.ground.imports.actions import finish, keep, make, read, refuse, show, stop, undo
from explor.ground.imports.models import ImportKind, LineFilter
from explor.ground.imports.models.files import WANTED
from explor.ground.rights.rules import NAME
from explor.journey.budgets.models import AMOUNTS

from .. import engine, pages, rules
from ..models import Takeover, TakeoverLine, What
from . import budgets, missions, reading

__all__ = [
    "KIND",
    "erase_file",
    "erase_line",
    "erase_own_lines",
    "finish",
    "keep",
    "make",
    "read",
    "refuse",
    "show",
    "stop",
    "undo",
    "upload",
]


def upload(*, network: Network, what: str, name: str, content: bytes, by: Actor) -> Takeover:
    """Store a file to take over, read the names of its columns and guess the field of each column.

    Args:
        network: the network that imports the file.
        what: whether the lines are missions or lines of budget, a value of `What`.
        name: the name of the file.
        content: its bytes.
        by: the officer who uploads the file.

    Raises:
        ActionNotAllowed: the file is not a table.
    """
    try:
        columns, preview = engine.preview_of(content, name, engine.headings_of(what))
    except engine.UnreadableSheet as fault:
        raise ActionNotAllowed(str(fault)) from fault
    batch = Takeover(
        network=network,
        what=what,
        name=name,
        columns=columns,
        preview=preview,
        chosen=engine.guess(what, [column["name"] for column in columns]),
    )
    ending = "xlsx" if content[:2] == b"PK" else "csv"
    return imports.upload(batch, content=content, ending=ending, by=by)


def _make(batch: Takeover, line: TakeoverLine) -> dict[str, Any]:
    make_line = budgets.make_budget if batch.what == What.BUDGETS else missions.make_mission
    return make_line(batch, line)


def _make_many(batch: Takeover, lines: Sequence[TakeoverLine]) -> list[dict[str, Any]]:
    of = budgets.make_budgets if batch.what == What.BUDGETS else missions.make_missions
    return of(batch, lines)


def _erase(batch: Takeover, line: TakeoverLine) -> str:
    erase = budgets.erase_budget if batch.what == What.BUDGETS else missions.erase_mission
    return erase(batch, line)


@transaction.atomic
def erase_line(line: TakeoverLine, now: datetime) -> None:
    """Erase what a line says at its term; the mission that it made and its number stay.

    `now` is unused.
    """
    blank: dict[str, Any] = {"title": "", "content": None, "email": "", "faults": [], "links": []}
    TakeoverLine.objects.filter(pk=line.pk).update(**blank)


@transaction.atomic
def erase_file(batch: Takeover, now: datetime) -> None:
    """Erase the stored file and the preview of an import left unfinished; `now` is unused."""
    imports.drop_file(batch)
    Takeover.objects.filter(pk=batch.pk).update(file="", preview=[])


def follow_address(former: str, new: str) -> None:
    """Give the new address of a person to the imported lines that have the former one."""
    TakeoverLine.objects.filter(email__iexact=former).update(email=new)


def erase_own_lines(person: Any, *, by: Actor) -> None:
    """Erase what the lines say of a person who is erased; the lines stay counted.

    The files that they come from go too: read again, they would bring the person back. `by` is
    unused: nothing is logged.
    """
    own = TakeoverLine.objects.filter(email__iexact=person.email)
    for batch in Takeover.objects.filter(pk__in=own.values("batch")).exclude(file=""):
        erase_file(batch, timezone.now())
    own.update(title=NAME, content={}, faults=[], links=[], email="")


KIND = ImportKind(
    model=Takeover,
    line_model=TakeoverLine,
    namespace="takeovers",
    templates="takeovers",
    can_import=rules.can_import,
    fields_of=lambda batch: engine.fields_of(batch.what),
    missing_to_read=rules.missing_to_read,
    read=reading.read,
    mark_duplicates=reading.marker_of,
    make=_make,
    make_many=_make_many,
    erase=_erase,
    erase_rest=missions.erase_around,
    with_related=("mission__need", "budget_line", "envelope__call", "envelope__funder"),
    facts_of=pages.facts_of,
    filters=(
        LineFilter(slug="doubles", label="les doubles", lines=~Q(duplicate="")),
        LineFilter(slug="fautes", label="les fautes", lines=~Q(faults=[])),
        LineFilter(slug="refusees", label="les lignes refusées", lines=Q(content__isnull=True)),
    ),
    counts={
        "faulty": Count("pk", filter=Q(content__isnull=False) & ~Q(faults=[])),
        **{
            name: Sum(name, filter=Q(made=True) | WANTED & Q(content__isnull=False))
            for name in AMOUNTS
        },
    },
    make_slug="reprendre",
    make_effect=(
        "Chaque ligne entre dans Explor, au journal sous « reprise de l’existant » : "
        "aucun accord, aucune décision, aucune signature n’est inventé. Personne ne reçoit de "
        "message, aucun délai ne court."
    ),
    make_done="La reprise commence. Personne ne reçoit de message.",
    undo_effect=(
        "Ce que cette reprise a créé est effacé, sauf ce qui a servi depuis : une mission sur "
        "laquelle quelqu’un a agi reste."
    ),
    undo_done="La reprise est annulée : ce qu’elle a créé s’efface.",
    nothing_read="Ce tableau n’a que des titres : aucune ligne dessous.",
    nothing_to_make=(
        "Aucune ligne n’est à reprendre : toutes sont des doubles ou des lignes refusées."
    ),
    too_long="Lu jusqu’à la 20 000e ligne : mettez la suite dans un autre fichier.",
    kept_list="Gardées, car elles ont servi depuis :",
    certain="C’est certainement la même mission ou le même montant.",
)
