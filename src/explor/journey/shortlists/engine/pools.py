"""In-memory cache of the matching indexes of the experts a network may see.

Building the index of thousands of profiles takes a second; querying it takes milliseconds. Each
process keeps the last indexes, and before each use computes a digest of the rows they depend on.
When the digest differs, the changed experts are replaced one by one; when an expert was added or
removed, the index is rebuilt.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    F,
    Func,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast as As
from django.db.models.functions import Concat
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.experts.states import State as Profile
from explor.actors.lending.models import LendingRules
from explor.actors.organisations.models import Kind, Member, Organisation
from explor.engines.matching import Expert as Record
from explor.engines.matching import Pool, Scheme, Settings
from explor.journey.leave_readings.engine import FRANCE
from explor.journey.leave_readings.models import LawAmendment, LeaveAnswer
from explor.journey.needs.models import Need

from .. import selectors
from .leave import leave_for_need
from .records import Stay, expert_record

KEPT = 4  # indexes kept in memory
READ = 32  # evaluations of leave schemes cached with an index
BAR = Value("|", output_field=TextField())
# The columns of experts loaded for every index, to compare stamps and to evaluate leave schemes.
LIGHT = (
    *("version", "state_since", "employment", "employed_since", "contract_ends", "part_time"),
    *("employer_id", "person_id"),
)
Key = tuple[int | None, frozenset[int], date]
Stamp = tuple[Any, ...]
Schemes = dict[str, tuple[Scheme, ...]]


@dataclass(frozen=True, kw_only=True)
class ExpertIndex:
    """A cached index: the engine's pool of experts, with the rows from which it was built.

    Attributes:
        mark: the digest of all rows that the index depends on, see `_mark`.
        stamps: what changes when an expert must be indexed again, by primary key, see `_stamps`.
        pool: the engine's index.
        rows: the experts, from which leave schemes are evaluated.
        employers: their employers, by primary key.
        answered: the needs and organisations that answers on leave schemes are about, as (column
            of `LeaveAnswer`, primary key).
        read: the leave schemes already evaluated, see `schemes`.
    """

    mark: Stamp
    stamps: dict[int, Stamp]
    pool: Pool
    rows: list[Expert]
    employers: dict[int, Organisation]
    answered: frozenset[tuple[str, int]]
    read: dict[Stamp, Schemes] = field(default_factory=dict)

    def schemes(self, need: Need) -> Schemes:
        """Return the leave schemes of every expert for a need, cached with this index.

        Needs on the same days share them, unless an answer is about one of the needs or of their
        associations.
        """
        association = need.association
        subjects = {("need", need.pk), ("organisation", association.pk)}
        known = (
            *sorted(subjects & self.answered),
            *(need.window_start, need.window_end, need.days),
            *(association.general_interest, association.on_1996_list, need.country in FRANCE),
        )
        if known not in self.read:
            if len(self.read) >= READ:
                del self.read[next(iter(self.read))]
            today = timezone.localdate()
            self.read[known] = leave_for_need(need, self.rows, self.employers, today)
        return self.read[known]


_indexes: OrderedDict[Key, ExpertIndex] = OrderedDict()
_lock = Lock()


@contextmanager
def pool_for(
    network: int | None, years: frozenset[int], settings: Settings
) -> Iterator[ExpertIndex]:
    """Yield the up-to-date index of a network's experts, or of all available experts for None.

    `years` are those whose missions count against an expert's load. A lock lets one thread at a
    time use the index, as updates change the pool in place.
    """
    key = (network, years, timezone.localdate())
    mark = _mark(network)
    with _lock:
        index = _indexes.get(key)
        if index is None or index.mark != mark:
            index = _indexes[key] = _renewed(index, mark, key, settings)
        _indexes.move_to_end(key)
        while len(_indexes) > KEPT:
            _indexes.popitem(last=False)
        yield replace(index, pool=index.pool.under(settings))


def _offered(network: int | None) -> "QuerySet[Expert]":
    available = Expert.objects.filter(state=Profile.AVAILABLE)
    return available if network is None else available.shared_with(network)


def _agreed(network: int | None) -> "QuerySet[Any]":
    return selectors.proposal_reads().stays(_offered(network))


def _seats(network: int | None) -> "QuerySet[Member]":
    offered = _offered(network).values("pk")
    members = Member.objects.filter(organisation__kind=Kind.ASSOCIATION)
    return members.filter(person__expert__in=offered)


def _mark(network: int | None) -> Stamp:
    """Return a digest of the rows from which the index of a network is built, in one query.

    The index is out of date when its digest differs. `network` is None for all networks.
    """
    employers = Organisation.objects.filter(kind=Kind.EMPLOYER)
    first, *others = (
        _digest(_offered(network), "version", "state_since"),
        _digest(_agreed(network), "version", "start", "last"),
        _digest(_seats(network), "organisation_id"),
        _digest(employers, "version", "schemes"),
        _digest(LendingRules.objects.all(), "version"),
        _digest(LeaveAnswer.objects.all()),
        _digest(LawAmendment.objects.all(), "version"),
    )
    return tuple(sorted(first.union(*others, all=True)))


def _digest(rows: "QuerySet[Any]", *fields: str) -> "QuerySet[Any]":
    """Return the digest of a table, whatever the order of its rows, as a query of one row at most.

    The row has the name of the table, the number of rows, and the sum of the hashes of 64 bits of
    their primary key and columns `fields`. A table without rows gives none.
    """
    parts = [part for name in ("pk", *fields) for part in (_text(name), BAR)]
    hashed = Func(
        Concat(*parts), Value(0), function="hashtextextended", output_field=BigIntegerField()
    )
    table = Value(rows.model._meta.db_table, output_field=TextField())
    named: Any = rows.order_by().annotate(db_table=table).values("db_table")
    digest: QuerySet[Any] = named.annotate(count=Count("pk"), sum=Sum(hashed))
    return digest.values_list("db_table", "count", "sum")


def _text(name: str) -> As:
    return As(F(name), TextField())


def _renewed(index: ExpertIndex | None, mark: Stamp, key: Key, settings: Settings) -> ExpertIndex:
    """Return the up-to-date index of `key` (network, years, day) from the former one, or a new one.

    The experts who changed are replaced in `index`; it is built again when it is None, or when an
    expert was added or removed. `mark` is the digest of the rows, see `_mark`.
    """
    network, years, _ = key
    rows = list(_offered(network).only(*LIGHT).order_by("pk"))
    stays = _stays(network)

    def record(row: Expert) -> Record:
        return expert_record(row, stays[row.pk], years, associations[row.pk])

    associations = _associations(network)
    stamps = _stamps(rows, stays, associations)
    if index is None or index.stamps.keys() != stamps.keys():
        records = [record(row) for row in _with_related(network)]
        pool = Pool(records, settings)
    else:
        pool = index.pool
        changed = [pk for pk, stamp in stamps.items() if index.stamps[pk] != stamp]
        for row in _with_related(network).filter(pk__in=changed) if changed else ():
            pool.update(record(row))
    employers = Organisation.objects.in_bulk({row.employer_id for row in rows if row.employer_id})
    return ExpertIndex(
        mark=mark,
        stamps=stamps,
        pool=pool,
        rows=rows,
        employers=employers,
        answered=_answered(),
    )


def _answered() -> frozenset[tuple[str, int]]:
    """Return the needs and organisations that answers are about, as (column, primary key) pairs."""
    columns = ("need", "organisation")
    answers = LeaveAnswer.objects.order_by().values_list(*columns).distinct()
    return frozenset(
        (column, pk) for row in answers for column, pk in zip(columns, row, strict=True) if pk
    )


def _stays(network: int | None) -> defaultdict[int, list[Stay]]:
    """Return {expert: [(first day, last day)]} for the missions that experts agreed to.

    The keys are primary keys of experts; `network` is None for all networks.
    """
    stays: defaultdict[int, list[Stay]] = defaultdict(list)
    rows = _agreed(network).order_by("pk").values_list("expert", "start", "last")
    for expert, start, last in rows:
        stays[expert].append((start, last))
    return stays


def _associations(network: int | None) -> defaultdict[int, list[int]]:
    """Return {expert: associations of which they are a member}, primary keys both."""
    associations: defaultdict[int, list[int]] = defaultdict(list)
    members = _seats(network).order_by("pk")
    for expert, organisation in members.values_list("person__expert", "organisation"):
        associations[expert].append(organisation)
    return associations


def _stamps(
    rows: list[Expert],
    stays: defaultdict[int, list[Stay]],
    associations: defaultdict[int, list[int]],
) -> dict[int, Stamp]:
    """Return {expert's primary key: stamp}; an expert whose stamp changed must be indexed again.

    A stamp is the version of the row, the dates of agreed missions and the associations of which
    the expert is a member.
    """
    return {
        row.pk: (
            *(row.version, row.state_since, row.employer_id),
            *(tuple(stays[row.pk]), tuple(associations[row.pk])),
        )
        for row in rows
    }


def _with_related(network: int | None) -> "QuerySet[Expert]":
    return _offered(network).prefetch_related("languages", "availabilities").order_by("pk")
