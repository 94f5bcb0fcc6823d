"""Who was seen, proposed, kept or not over some months, counted by group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from explor.actors.experts.models import Consent, Employment, Expert
from explor.actors.experts.states import State as Profile
from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.queries import label
from explor.ground.ui.parts import Panel
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.states import State

from ..models import EquityAnswer, EquityReading, EquitySwitch
from ..rules import ANSWERS, figures, groups
from ..rules.figures import Group, Seen, Table

ENDED = (State.DECLINED, State.LAPSED)
WORDS = ("proposées", "acceptées", "sans suite")  # of `figures.OUTCOMES`
EXPORTED = (
    *("critere", "groupe", "du", "au", "personnes"),
    *("proposees", "proposees_bas", "proposees_haut"),
    *("acceptees", "acceptees_bas", "acceptees_haut"),
    *("sans_suite", "sans_suite_bas", "sans_suite_haut"),
)
ROWS = (
    *("network", "expert", "expert__department", "expert__employment", "expert__employer"),
    *("expert__employer__is_public", "expert__employer__headcount"),
    *("expert__employer__inhabitants", "expert__employer__department"),
)


@dataclass(frozen=True, kw_only=True)
class Window:
    """Whole months, `end` excluded: figures drawn twice in a month never differ by one proposal."""

    start: date
    end: date

    @property
    def last(self) -> date:
        """The last day, included."""
        return self.end - timedelta(days=1)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The first instants of `start` and `end`, in Paris."""
        start, end = (datetime(each.year, each.month, 1) for each in (self.start, self.end))  # noqa: DTZ001
        return timezone.make_aware(start), timezone.make_aware(end)


def window(today: date, months: int) -> Window:
    """The last `months` whole months before the month of `today`."""
    end = today.replace(day=1)
    years, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    return Window(start=date(years, month + 1, 1), end=end)


def seen_in(period: Window, networks: Iterable[int] | None = None) -> dict[int, list[Seen]]:
    """By network, the people whose profile it sees and who are available or were proposed.

    Without `networks`, all of them. Someone whose consent was withdrawn is no longer counted, and
    someone who came during this month not yet.
    """
    start, end = period.instants
    only = {} if networks is None else {"network__in": list(networks)}
    events = _events(period, networks)
    proposed = {expert for _, expert in events}
    wanted = Q(expert__state=Profile.AVAILABLE) | Q(expert__in=proposed)
    shown = Consent.objects.filter(wanted, withdrawn_at=None, given_at__lt=end, **only)
    before = Proposal.objects.agreed().filter(created_at__lt=start)
    again = set(before.values_list("expert", flat=True))
    found: defaultdict[int, list[Seen]] = defaultdict(list)
    for row in shown.order_by("pk").values(*ROWS):
        network, expert = row["network"], row["expert"]
        outcomes = frozenset(events.get((network, expert), ()))
        grouped = _groups_of(row, expert in again)
        found[network].append(Seen(expert=expert, groups=grouped, outcomes=outcomes))
    return dict(found)


def _events(period: Window, networks: Iterable[int] | None) -> dict[tuple[int, int], set[str]]:
    """What happened to each expert in each network: proposed, agreed, ended without a mission."""
    start, end = period.instants
    found = Proposal.objects.filter(created_at__gte=start, created_at__lt=end)
    if networks is not None:
        found = found.filter(need__network__in=list(networks))
    events: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    rows = found.order_by("pk").values_list("need__network", "expert", "state")
    for network, expert, state in rows:
        events[network, expert].add("proposed")
        if state == State.AGREED:
            events[network, expert].add("agreed")
        elif state in ENDED:
            events[network, expert].add("ended")
    return dict(events)


def _groups_of(row: Mapping[str, Any], again: bool) -> dict[str, str]:
    """The groups of one person; the employer's département where the profile says none."""
    department = row["expert__department"] or row["expert__employer__department"]
    employment = row["expert__employment"]
    status = str(Employment(employment).label).capitalize() if employment else groups.NONE
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
    """Titles and tables: those of a network, or the sum of what all networks show."""
    if actor.role == "reseau":
        seen = seen_in(period, [actor.scope or 0]).get(actor.scope or 0, [])
        drawn = [(each.title, figures.table(seen, each)) for each in groups.DIMENSIONS]
        return [(title, table) for title, table in drawn if table]
    by_network = {pk: seen for pk, seen in seen_in(period).items() if len(seen) >= figures.K}
    return _side_by_side(by_network) + [
        (each.title, merged)
        for each in groups.DIMENSIONS
        if (merged := figures.merge(filter(None, _each(by_network, each)), each))
    ]


def _each(seen: dict[int, list[Seen]], dimension: groups.Dimension) -> list[Table | None]:
    return [figures.table(each, dimension) for each in seen.values()]


def _side_by_side(seen: dict[int, list[Seen]]) -> list[tuple[str, Table]]:
    """The networks themselves as groups, those of five people or more."""
    names = Network.objects.in_bulk(seen)
    dimension = groups.Dimension(code="network", title="Par réseau")
    named = [
        Seen(expert=each.expert, groups={"network": names[pk].name}, outcomes=each.outcomes)
        for pk, people in seen.items()
        for each in people
    ]
    table = figures.table(named, dimension)
    return [(dimension.title, table)] if table else []


def drawn(tables: Iterable[tuple[str, Table]]) -> list[dict[str, Any]]:
    """The tables as a page shows them: every rate with its count, interval and gap, in words."""
    return [
        {
            "title": title,
            "rows": [_row(table.whole, None), *(_row(g, table.whole) for g in table.groups)],
            "only": table.groups[0].label if len(table.groups) == 1 else "",
        }
        for title, table in tables
    ]


def clear_gaps(tables: Iterable[tuple[str, Table]]) -> list[str]:
    """What stands out, a sentence for each clear gap of a group that has a name."""
    return [
        f"{group.label} : {word} {cell['gap']}."
        for _, table in tables
        for group in table.groups
        if group.label != figures.OTHERS
        for outcome, word in enumerate(WORDS)
        if (cell := _cell(group, table.whole, outcome))["clear"]
    ]


def _row(group: Group, whole: Group | None) -> dict[str, Any]:
    return {
        "label": group.label,
        "people": group.people,
        "cells": [_cell(group, whole, outcome) for outcome in range(len(group.counts))],
    }


def _cell(group: Group, whole: Group | None, outcome: int) -> dict[str, Any]:
    low, high = figures.bounds(group.counts[outcome], group.people)
    gap = figures.gap(group, whole, outcome) if whole else ""
    clear = gap in (figures.MORE, figures.LESS)
    by = figures.distance(group, whole, outcome) if whole and clear else 0
    side = "plus" if gap == figures.MORE else "moins"
    return {
        "count": f"{group.counts[outcome]} sur {group.people}",
        "between": f"entre {low} et {high} sur 100",
        "gap": f"{gap} que l’ensemble, {by} de {side} sur 100" if clear else gap,
        "clear": clear,
    }


def rows_to_export(
    tables: Iterable[tuple[str, Table]], period: Window
) -> Iterable[list[str | int]]:
    """The same figures, a line by group."""
    for title, table in tables:
        for group in (table.whole, *table.groups):
            line: list[str | int] = [title, group.label, str(period.start), str(period.last)]
            line.append(group.people)
            for count in group.counts:
                line += [count, *figures.bounds(count, group.people)]
            yield line


def switch_of(network: int) -> EquitySwitch:
    """The switch of a network; off, and not yet a row, while nobody touched it."""
    found = EquitySwitch.objects.filter(network=network).first()
    return found or EquitySwitch(network_id=network)


def last_reading(actor: Actor) -> EquityReading | None:
    """The latest reading of the answers that `actor` may see."""
    return EquityReading.objects.visible_to(actor).first()


def reading_tables(switch: EquitySwitch, period: Window) -> list[dict[str, Any]]:
    """The answers as groups, rounded; nothing while too few of the people seen have answered."""
    network = switch.network_id
    seen = seen_in(period, [network]).get(network, [])
    rows = EquityAnswer.objects.filter(switch=switch).values_list("expert", "gender", "age")
    said = {
        expert: {
            groups.GENDER.code: groups.GENDERS.get(gender, groups.SILENT),  # type: ignore[call-overload]
            groups.AGE.code: groups.AGES.get(age, groups.SILENT),  # type: ignore[call-overload]
        }
        for expert, gender, age in rows
    }
    silent = {each.code: groups.SILENT for each in groups.QUESTIONS}
    told = [
        Seen(expert=s.expert, groups=said.get(s.expert, silent), outcomes=s.outcomes) for s in seen
    ]
    if sum(each.groups != silent for each in told) < ANSWERS:
        return []
    tables = [(each.title, figures.table(told, each)) for each in groups.QUESTIONS]
    return [{"title": title, "rows": _rounded(table)} for title, table in tables if table]


def _rounded(table: Table) -> list[dict[str, Any]]:
    """People to the nearest five, intervals outwards to five: one answer more hardly shows."""
    step = figures.STEP
    return [
        {
            "label": group.label,
            "people": max(step, step * round(group.people / step)),
            "rates": [
                {
                    "between": figures.bounds(count, group.people, step=step),
                    "gap": "" if group is table.whole else figures.gap(group, table.whole, outcome),
                }
                for outcome, count in enumerate(group.counts)
            ],
        }
        for group in (table.whole, *table.groups)
    ]


def for_expert(request: Request) -> Panel | None:
    """On the home of an expert: the networks that ask, and a link for each."""
    actor: Actor = request.actor
    asking = EquitySwitch.objects.visible_to(actor).select_related("network").order_by("pk")
    answered = set(EquityAnswer.objects.visible_to(actor).values_list("switch", flat=True))
    lines = [
        {
            "network": switch.network,
            "url": reverse("equity:expert_question", args=[switch.network.slug]),
            "answered": switch.pk in answered,
        }
        for switch in asking
    ]
    if not lines:
        return None
    return Panel(
        title="Question facultative", template="equity/_panel_expert.html", context={"lines": lines}
    )


def sees(network: int, expert: Expert) -> bool:
    """Does this network see this profile today?"""
    return expert.consents.filter(network=network, withdrawn_at=None).exists()
