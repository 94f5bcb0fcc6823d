"""Database queries on the experts that a network sees, and on the outcomes of their proposals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from explor.actors.experts.models import Consent, Employment, Expert
from explor.actors.experts.states import State as Profile
from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.states import State

from ..models import EquityAnswer, EquityReading, EquitySwitch
from ..rules import ANSWERS, figures, groups
from ..rules.figures import Observation, Table

ENDED = (State.DECLINED, State.LAPSED)
ROWS = (
    *("network", "expert", "expert__department", "expert__employment", "expert__employer"),
    *("expert__employer__is_public", "expert__employer__headcount"),
    *("expert__employer__inhabitants", "expert__employer__department"),
)


@dataclass(frozen=True, kw_only=True)
class Window:
    """A period of whole months, `end` excluded.

    Whole months protect privacy: two counts made in one month never differ by one proposal."""

    start: date
    end: date

    @property
    def last(self) -> date:
        """Return the last day of the period, included."""
        return self.end - timedelta(days=1)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Return (start, end): midnight in Paris at the beginning of both days."""
        start, end = (datetime(each.year, each.month, 1) for each in (self.start, self.end))  # noqa: DTZ001
        return timezone.make_aware(start), timezone.make_aware(end)


def window(today: date, months: int) -> Window:
    """Return the period of the last `months` whole months before the month of `today`."""
    end = today.replace(day=1)
    years, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    return Window(start=date(years, month + 1, 1), end=end)


def observed_in(
    period: Window, networks: Iterable[int] | None = None
) -> dict[int, list[Observation]]:
    """Return the observations of experts, by primary key of the network that sees them.

    Only experts who are available, or were proposed in the period, are observed. Someone who
    withdrew their consent is no longer counted; someone who gave it after the period is not counted
    yet.

    Args:
        period: the months that are counted.
        networks: primary keys of networks; all of them by default.
    """
    start, end = period.instants
    only = {} if networks is None else {"network__in": list(networks)}
    events = _events(period, networks)
    proposed = {expert for _, expert in events}
    wanted = Q(expert__state=Profile.AVAILABLE) | Q(expert__in=proposed)
    shown = Consent.objects.filter(wanted, withdrawn_at=None, given_at__lt=end, **only)
    before = Proposal.objects.agreed().filter(created_at__lt=start)
    again = set(before.values_list("expert", flat=True))
    observed: defaultdict[int, list[Observation]] = defaultdict(list)
    for row in shown.order_by("pk").values(*ROWS):
        network, expert = row["network"], row["expert"]
        outcomes = frozenset(events.get((network, expert), ()))
        grouped = _groups_of(row, expert in again)
        observed[network].append(Observation(subject=expert, groups=grouped, outcomes=outcomes))
    return dict(observed)


def _events(period: Window, networks: Iterable[int] | None) -> dict[tuple[int, int], set[str]]:
    """Return {(network, expert): outcomes} for the proposals made in the period, by primary keys.

    An outcome is "proposed", "agreed" or "ended" (declined or expired).
    """
    start, end = period.instants
    proposals = Proposal.objects.filter(created_at__gte=start, created_at__lt=end)
    if networks is not None:
        proposals = proposals.filter(need__network__in=list(networks))
    events: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    rows = proposals.order_by("pk").values_list("need__network", "expert", "state")
    for network, expert, state in rows:
        events[network, expert].add("proposed")
        if state == State.AGREED:
            events[network, expert].add("agreed")
        elif state in ENDED:
            events[network, expert].add("ended")
    return dict(events)


def _groups_of(row: Mapping[str, Any], again: bool) -> dict[str, str]:
    """Return {dimension code: group label} of one expert; `again` after an agreed proposal.

    The département is that of the employer when the profile has none.
    """
    department = row["expert__department"] or row["expert__employer__department"]
    employment = row["expert__employment"]
    status = str(capfirst(Employment(employment).label)) if employment else groups.NONE
    return {
        groups.DEPARTMENT.code: label("departments", department) if department else groups.NONE,
        groups.SIZE.code: groups.size_of(
            employed=row["expert__employer"] is not None,
            public=bool(row["expert__employer__is_public"]),
            headcount=row["expert__employer__headcount"],
            inhabitants=row["expert__employer__inhabitants"],
        ),
        groups.RECORD.code: groups.AGAIN if again else groups.FIRST,
        groups.STATUS.code: status,
    }


def tables_for(actor: Actor, period: Window) -> list[tuple[str, Table]]:
    """Return (title, table) for each dimension, as `actor` may see them.

    A network sees its own figures. The coordination sees a table of the networks, then the sum of
    the figures that networks show; networks of fewer than five experts are left out. Tables of too
    few people are left out.
    """
    if actor.role == "reseau":
        people = observed_in(period, [actor.scope or 0]).get(actor.scope or 0, [])
        displayed = [(each.title, figures.table(people, each)) for each in groups.DIMENSIONS]
        return [(title, table) for title, table in displayed if table]
    by_network = {
        pk: people for pk, people in observed_in(period).items() if len(people) >= figures.K
    }
    return _side_by_side(by_network) + [
        (each.title, merged)
        for each in groups.DIMENSIONS
        if (merged := figures.merge(filter(None, _each(by_network, each)), each))
    ]


def _each(
    by_network: dict[int, list[Observation]], dimension: groups.Dimension
) -> list[Table | None]:
    return [figures.table(each, dimension) for each in by_network.values()]


def _side_by_side(by_network: dict[int, list[Observation]]) -> list[tuple[str, Table]]:
    """Return [(title, table)] with the rates of each network side by side; [] if too few people."""
    names = Network.objects.in_bulk(by_network)
    dimension = groups.Dimension(code="network", title="Par réseau")
    named = [
        Observation(subject=s.subject, groups={"network": names[pk].name}, outcomes=s.outcomes)
        for pk, people in by_network.items()
        for s in people
    ]
    table = figures.table(named, dimension)
    return [(dimension.title, table)] if table else []


def switch_of(network: int) -> EquitySwitch:
    """Return whether and how a network asks the voluntary question, as its `EquitySwitch`.

    When the network never asked the question, the switch is unsaved and off.
    """
    switch = EquitySwitch.objects.filter(network=network).first()
    return switch or EquitySwitch(network_id=network)


def last_reading(actor: Actor) -> EquityReading | None:
    """Return the latest reading of the answers that `actor` may see, None without any."""
    return EquityReading.objects.visible_to(actor).first()


def reading_tables(switch: EquitySwitch, period: Window) -> list[dict[str, Any]]:
    """Return the rates of proposals by gender and by age class, as `EquityReading.tables`.

    The list is empty when fewer than `ANSWERS` experts answered the voluntary question.
    """
    network = switch.network_id
    people = observed_in(period, [network]).get(network, [])
    rows = EquityAnswer.objects.filter(switch=switch).values_list("expert", "gender", "age")
    answered = {
        expert: {
            groups.GENDER.code: groups.GENDERS.get(gender, groups.SILENT),  # type: ignore[call-overload]
            groups.AGE.code: groups.AGES.get(age, groups.SILENT),  # type: ignore[call-overload]
        }
        for expert, gender, age in rows
    }
    silent = {each.code: groups.SILENT for each in groups.QUESTIONS}
    counted = [
        Observation(subject=s.subject, groups=answered.get(s.subject, silent), outcomes=s.outcomes)
        for s in people
    ]
    if sum(each.groups != silent for each in counted) < ANSWERS:
        return []
    tables = [(each.title, figures.table(counted, each)) for each in groups.QUESTIONS]
    return [{"title": title, "rows": _rounded(table)} for title, table in tables if table]


def _rounded(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as {label, people, rates}, rounded for privacy.

    So that one more answer is not noticeable, counts of people are rounded to five, and intervals
    are widened to multiples of five.
    """
    step = figures.STEP
    return [
        {
            "label": group.label,
            "people": max(step, step * round(group.people / step)),
            "rates": [
                {
                    "between": figures.bounds(count, group.people, step=step),
                    "gap": "" if group is table.total else figures.gap(group, table.total, outcome),
                }
                for outcome, count in enumerate(group.counts)
            ],
        }
        for group in (table.total, *table.groups)
    ]


def is_visible_to(network: int, expert: Expert) -> bool:
    """Return whether this network sees this profile today."""
    return expert.consents.filter(network=network, withdrawn_at=None).exists()


def old_answers(before: datetime) -> "QuerySet[EquityAnswer]":
    """Return the voluntary answers given before an instant; only for the purge."""
    return EquityAnswer.objects.filter(day__lt=timezone.localdate(before))
