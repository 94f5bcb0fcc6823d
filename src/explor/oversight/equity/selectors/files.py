"""Database queries on submitted needs: outcomes, time in each state, gaps between reviewers."""

from collections import defaultdict
from typing import Any

from django.db import connection
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import label, sort_key
from explor.journey.committees.models import Opinion
from explor.journey.decisions.models import Decision
from explor.journey.decisions.states import State as Choice
from explor.journey.needs.models import Need
from explor.journey.needs.states import State

from ..rules import figures, files
from ..rules.figures import Observation, Table
from ..rules.groups import NONE
from .people import Window

COUNTED = (State.ADMISSIBLE, State.INADMISSIBLE, State.FILED, State.RETURNED)
HIDDEN = "moins de cinq dossiers : non montré"
PROTECTIVE = "non montré : ce nombre ferait deviner celui d’un réseau de moins de cinq dossiers"
# A stay in a state ends when the state changes; it began at the change before, or at creation.
TIMES = """
WITH moves AS (
    SELECT subject, source, at, id, lag(at) OVER (PARTITION BY subject ORDER BY id) AS since
    FROM audit_entry WHERE kind = %s AND source <> '' AND source <> target
)
SELECT need.network_id, moves.source, count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY moves.at - coalesce(moves.since, row.created_at)),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY moves.at - coalesce(moves.since, row.created_at))
FROM moves JOIN {table} AS row ON row.id = moves.subject JOIN needs_need AS need ON {need}
WHERE moves.at >= %s AND moves.at < %s
GROUP BY GROUPING SETS ((need.network_id, moves.source), (moves.source))
ORDER BY need.network_id NULLS FIRST, moves.source
"""


def filed_in(period: Window) -> list[Observation]:
    """Return one observation for each need submitted in the period and not withdrawn since.

    Its outcomes are "admitted" when the need was found admissible, "selected" when it was selected.
    """
    start, end = period.instants
    filed = Need.objects.filter(filed_at__gte=start, filed_at__lt=end)
    rows = filed.filter(state__in=COUNTED).select_related("association", "network").order_by("pk")
    decisions = Decision.objects.filter(need__in=rows.values("pk"))
    admitted = set(decisions.values_list("need", flat=True))
    kept = set(decisions.selected().values_list("need", flat=True))
    first: dict[int, int] = {}
    earliest = Need.objects.filter(filed_at__isnull=False).order_by("filed_at", "pk")
    for need, association in earliest.values_list("pk", "association"):
        first.setdefault(association, need)
    return [_observation(need, admitted, kept, first) for need in rows]


def _observation(
    need: Any, admitted: set[int], kept: set[int], first: dict[int, int]
) -> Observation:
    owner, outcomes = need.association, []
    if need.pk in admitted or need.state == State.ADMISSIBLE:
        outcomes.append("admitted")
    if need.pk in kept:
        outcomes.append("selected")
    groups = {
        "network": need.network.name,
        "size": files.staff_of(owner.headcount),
        "age": files.age_of(owner.founded_on, timezone.localdate(need.filed_at)),
        "department": label("departments", owner.department) if owner.department else NONE,
        "country": label("countries", need.country) if need.country else NONE,
        "record": files.NEW if first[owner.pk] == need.pk else files.KNOWN,
    }
    return Observation(subject=need.pk, groups=groups, outcomes=frozenset(outcomes))


def tables_of(period: Window) -> list[tuple[str, Table]]:
    """Return (title, table) for each dimension of needs; [] below five needs in the period."""
    filed = filed_in(period)
    counted = [(d.title, figures.table(filed, d, files.OUTCOMES)) for d in files.DIMENSIONS]
    return [(title, table) for title, table in counted if table]


def spreads_of(period: Window) -> list[dict[str, Any]]:
    """Return how far the scores of reviewers of the same need differ, in one row per network.

    The first row is for all networks. A row is {label, hidden}, with {files, deviation, wide} of
    `rules.files.spread` and the bar of a chart, unless `hidden` says why they are not shown: few
    needs, or a network whose figures could be deduced by subtracting the others from the total.
    Only needs whose decision was announced in the period count, and only final scores of members
    who are not recused; nobody is named.
    """
    start, end = period.instants
    counted = Opinion.objects.counted().filter(
        need__decision__state=Choice.ANNOUNCED,
        need__decision__announced_at__gte=start,
        need__decision__announced_at__lt=end,
    )
    scores: defaultdict[int, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    rows = counted.order_by("pk").values_list("need__network", "need", "score")
    for network, need, score in rows:
        scores[network][need].append(float(score))  # type: ignore[arg-type]  # a final opinion has a score
    names = dict(Network.objects.filter(pk__in=scores).values_list("pk", "name"))
    by_name = sorted(scores, key=lambda pk: sort_key(names[pk]))
    lines = [(names[pk], list(scores[pk].values())) for pk in by_name]
    every = [each for _, mine in lines for each in mine]
    shown = figures.showable({name: sum(len(each) > 1 for each in mine) for name, mine in lines})
    return [
        _spread(name, mine, alone=name in shown or mine is every)
        for name, mine in [(figures.ALL, every), *lines]
        if mine
    ]


def _spread(name: str, scores: list[list[float]], *, alone: bool) -> dict[str, Any]:
    spread = files.spread(scores)
    if spread is None or spread["files"] < figures.K:
        return {"label": name, "hidden": HIDDEN}
    if not alone:
        return {"label": name, "hidden": PROTECTIVE}
    count = int(spread["files"])
    return {
        "label": name,
        "hidden": "",
        "files": count,
        "deviation": spread["deviation"],
        "wide": int(spread["wide"]),
        "bar": {
            "label": name,
            "value": spread["deviation"],
            "max": 10,
            "points": f"{spread['deviation']:.1f}".replace(".", ","),
            "note": f"points sur 20, {count} dossiers",
        },
    }


def stays_in(period: Window) -> list[dict[str, Any]]:
    """Return how long needs and decisions stayed in each state, in one row per network and state.

    The first rows are for all networks. A row is {network, kind, state, hidden}, with the count of
    stays and their median and ninetieth percentile, in days, unless there are fewer than five, or
    fewer could be deduced by subtracting the shown rows from the total.
    """
    names = dict(Network.objects.values_list("pk", "name"))
    kinds = (
        ("Besoin", "needs.need", "needs_need", "need.id = row.id", State),
        ("Décision", "decisions.decision", "decisions_decision", "need.id = row.need_id", Choice),
    )
    lines = []
    for kind_label, kind, table, need, states in kinds:
        with connection.cursor() as cursor:
            cursor.execute(TIMES.format(table=table, need=need), [kind, *period.instants])
            rows = cursor.fetchall()
        sizes: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for network, state, count, *_ in rows:
            if network is not None:
                sizes[state][names[network]] = count
        for row in rows:
            network = names.get(row[0], figures.ALL)
            alone = row[0] is None or network in figures.showable(sizes[row[1]])
            lines.append(_stay(network, kind_label, states, row, alone=alone))
    return sorted(lines, key=lambda line: line["network"] != figures.ALL)


def _stay(
    network: str, kind: str, states: Any, row: tuple[Any, ...], *, alone: bool
) -> dict[str, Any]:
    _, state, count, median, ninetieth = row
    line = {"network": network, "kind": kind, "state": states(state).label, "hidden": HIDDEN}
    if count < figures.K:
        return line
    if not alone:
        return {**line, "hidden": PROTECTIVE}
    days = {
        "median": round(median.total_seconds() / 86400, 1),
        "ninetieth": round(ninetieth.total_seconds() / 86400, 1),
    }
    return {**line, "hidden": "", "count": count, **days}
