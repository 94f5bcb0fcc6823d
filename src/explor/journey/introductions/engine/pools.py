"""The experts a network may see, kept indexed between two questions.

Building the index of thousands of profiles takes a second; asking takes milliseconds. Each process
keeps the last pools, and before each question reads the stamps of the experts again: those whose
stamp has changed are replaced one by one, and people who come or go build the pool anew.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.experts.states import State as Profile
from explor.actors.organisations.models import Kind, Member, Organisation
from explor.engines.matching import Pool, Settings

from ..models import Introduction
from .records import expert_record

KEPT = 4
Key = tuple[int | None, frozenset[int], date]
Stamp = tuple[Any, ...]


@dataclass(kw_only=True)
class Cast:
    """Who may be asked: the rows that frames are read from, and the pool of the engine."""

    stamps: dict[int, Stamp]
    pool: Pool
    rows: list[Expert]
    employers: dict[int, Organisation]


_casts: OrderedDict[Key, Cast] = OrderedDict()
_lock = Lock()


@contextmanager
def pool_for(network: int | None, years: frozenset[int], settings: Settings) -> Iterator[Cast]:
    """The cast of a network, true at this moment; None as network for all those available.

    `years` are those whose missions count against a person's load. One question at a time in a
    process: the pool changes when somebody's stamp does.
    """
    key = (network, years, timezone.localdate())
    rows = list(_offered(network).only(*LIGHT).order_by("pk"))
    employers = Organisation.objects.in_bulk({row.employer_id for row in rows if row.employer_id})
    stamps = _stamps(rows, network)
    with _lock:
        cast = _current(key, stamps, network, settings)
        cast = Cast(stamps=stamps, pool=cast.pool, rows=rows, employers=employers)
        _casts[key] = cast
        _casts.move_to_end(key)
        while len(_casts) > KEPT:
            _casts.popitem(last=False)
        yield Cast(stamps=stamps, pool=cast.pool.under(settings), rows=rows, employers=employers)


LIGHT = ("pk", "version", "state_since", "employment", "employed_since", "employer_id", "person_id")


def _offered(network: int | None) -> Any:
    found = Expert.objects.filter(state=Profile.AVAILABLE)
    return found if network is None else found.shared_with(network)


def _stamps(rows: list[Expert], network: int | None) -> dict[int, Stamp]:
    """What a record is made of, short of its text: version, missions agreed, memberships."""
    offered = _offered(network).order_by().values("pk")
    engaged: defaultdict[int, list[Any]] = defaultdict(list)
    agreed = Introduction.objects.agreed().filter(expert__in=offered).order_by("pk")
    for expert, *days in agreed.values_list("expert", "start", "end"):
        engaged[expert].append(tuple(days))
    seats: defaultdict[int, list[int]] = defaultdict(list)
    members = Member.objects.filter(
        organisation__kind=Kind.ASSOCIATION, person__expert__in=offered
    ).order_by("pk")
    for expert, organisation in members.values_list("person__expert", "organisation"):
        seats[expert].append(organisation)
    return {
        row.pk: (
            row.version,
            row.state_since,
            row.employer_id,
            tuple(engaged[row.pk]),
            tuple(seats[row.pk]),
        )
        for row in rows
    }


def _current(key: Key, stamps: dict[int, Stamp], network: int | None, settings: Settings) -> Cast:
    """The cast kept under `key` brought up to these stamps, or a new one."""
    cast = _casts.get(key)
    years = key[1]
    if cast is None or cast.stamps.keys() != stamps.keys():
        records = [expert_record(row, years) for row in _whole(network)]
        return Cast(stamps=stamps, pool=Pool(records, settings), rows=[], employers={})
    changed = [pk for pk, stamp in stamps.items() if cast.stamps[pk] != stamp]
    for row in _whole(network).filter(pk__in=changed) if changed else ():
        cast.pool.update(expert_record(row, years))
    return cast


def _whole(network: int | None) -> Any:
    seats = Member.objects.filter(organisation__kind=Kind.ASSOCIATION)
    return (
        _offered(network)
        .select_related("person")
        .prefetch_related(
            "languages",
            "availabilities",
            Prefetch("person__member_of", seats, to_attr="seats"),
            Prefetch("introductions", Introduction.objects.agreed(), to_attr="engaged"),
        )
        .order_by("pk")
    )
