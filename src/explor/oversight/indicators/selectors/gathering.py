"""Database queries for the public figures: the rows to count, and the counts about people.

The rows are announced missions and needs, published sheets, and available experts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.experts.states import State as Profile
from explor.actors.networks.models import Network
from explor.ground.reference.selectors import find
from explor.ground.ui import hooks
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.missions.states import properties_of, states_where, stay_of
from explor.journey.shortlists.selectors import missions_to_fill

from .. import rules
from ..models import SettledFigures
from ..rules import Figures, MissionRow, NeedRow, Scope, Settled, SheetRow, Stock

hooks.define(
    "figures:sheets",
    "callable() -> Iterable[tuple]: (network, year, countries, sectors, sdgs) of published sheets",
)

YEARS = range(2000, 2100)  # those that the page accepts
STAY = ("state", "closed_from", "start", "end", "departed_on", "returned_on")
MISSION = (
    *STAY,
    *("network", "country", "association", "employer"),
    *("employer__is_public", "employer__headcount", "expert"),
    *("need__sectors", "need__project__sectors", "need__project__sdgs"),
)


def compute(networks: Sequence[int] | None = None) -> dict[Scope, Figures]:
    """Return all the public figures, by year and network.

    Args:
        networks: primary keys of the networks of the programme; read from the database by default.
    """
    if networks is None:
        known = Network.objects.filter(in_explor=True).order_by("pk")
        networks = list(known.values_list("pk", flat=True))
    settled, stock = _settled()
    return rules.count(_missions(), _needs(), _sheets(), networks, settled=settled, stock=stock)


def _settled() -> tuple[dict[int, Settled], Stock]:
    """Return the settled counts about people: those of each year, then of the last quarter."""
    rows = dict(SettledFigures.objects.order_by("period").values_list("period", "figures"))
    stocks = [figures for period, figures in rows.items() if "-T" in period]
    years = {year: rows[str(year)] for year in YEARS if str(year) in rows}
    return years, stocks[-1] if stocks else {}


def to_settle(today: date) -> dict[str, Any]:
    """Return the counts about people that can be settled today and are not yet, by period.

    A period is a year, « 2025 », or a quarter, « 2026-T4 ».
    """
    done = set(SettledFigures.objects.values_list("period", flat=True))
    results: dict[str, Any] = {}
    missions = list(_missions())
    for year in sorted({row.start.year for row in missions}):
        if year <= rules.last_year_to_settle(today) and str(year) not in done:
            results[str(year)] = rules.settle(missions, year)
    if (quarter := rules.quarter_of(today)) not in done:
        results[quarter] = rules.round_stock(_idle())
    return results


def _missions() -> Iterator[MissionRow]:
    """Yield the missions of announced needs, without the cancelled ones."""
    selected = Mission.objects.filter(need__decision__in=Decision.objects.selected())
    counted = selected.filter(state__in=states_where(is_counted=True))
    for row in counted.order_by("pk").values(*MISSION):
        stay, over = (
            stay_of(**{name: row[name] for name in STAY}),
            properties_of(row["state"]).is_over,
        )
        yield MissionRow(
            network=row["network"],
            start=stay.start if stay else row["start"],
            over=over,
            travels=stay is not None,
            days=stay.days if over and stay else 0,
            country=row["country"],
            association=row["association"],
            employer=row["employer"],
            band=_band(row),
            expert=row["expert"],
            sectors=tuple(row["need__sectors"] or row["need__project__sectors"]),
            sdgs=tuple(map(str, row["need__project__sdgs"])),
        )


def _band(row: dict[str, Any]) -> str:
    return rules.band_of(
        employed=row["employer"] is not None,
        public=bool(row["employer__is_public"]),
        headcount=row["employer__headcount"],
    )


def _needs() -> Iterator[NeedRow]:
    """Yield the announced needs with a free seat, the same as in the public list of missions."""
    columns = ("network", "window_start", "window_end", "free_seats", "country", "sectors")
    needs = missions_to_fill().select_related(None).prefetch_related(None)
    for network, start, end, free, country, sectors in needs.values_list(*columns):
        yield NeedRow(
            network=network,
            year=(start or end).year,
            seats=free,
            country=country,
            sectors=tuple(sectors),
        )


def _sheets() -> Iterator[SheetRow]:
    """Yield the published sheets, from the query registered on the hook `figures:sheets`."""
    for sheets in hooks.get("figures:sheets"):
        for network, year, countries, sectors, sdgs in sheets():
            yield SheetRow(
                network=network,
                year=year,
                countries=tuple(countries),
                sectors=tuple(sectors),
                sdgs=tuple(map(str, sdgs)),
            )


def _idle() -> dict[int, Counter[str]]:
    """Return {network: {skill family: number of available experts without a mission this year}}."""
    year = timezone.localdate().year
    counted = states_where(is_counted=True)
    placed = Mission.objects.filter(state__in=counted).leaving_in(year)
    available = Expert.objects.filter(state=Profile.AVAILABLE)
    idle = available.exclude(pk__in=placed.values("expert"))
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for network, skills in idle.order_by("pk").values_list("network", "skills"):
        families = {term.parent for skill in skills if (term := find("skills", skill))}
        counts[network].update(families)
    return dict(counts)
