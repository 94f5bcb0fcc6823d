"""Permission to set an employer's lending rules, and the objections of these rules to a stay."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from explor.ground.http.actor import Actor
from explor.ground.ui.amounts import counted
from explor.ground.ui.days import date_format

from .models import ClosedPeriod, LendingRules

HOUSE = "Règle de l’employeur"


def can_set(actor: Actor, rules: LendingRules) -> bool:
    """Return whether `actor` may set these rules: the employer only."""
    return actor.role == "employeur" and rules.employer_id == actor.scope


def days_by_year(start: date, end: date) -> dict[int, int]:
    """Return {civil year: number of days of a stay, both ends included}."""
    days: dict[int, int] = {}
    for year in range(start.year, end.year + 1):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        days[year] = (last - first).days + 1
    return days


def objections(
    rules: LendingRules,
    *,
    start: date,
    end: date,
    received: date,
    taken: Mapping[int, int] | None = None,
) -> list[str]:
    """Return the objections of an employer's rules to a stay, in French; empty when there is none.

    Args:
        start: the first day of the mission.
        end: the last day of the mission.
        received: the day on which the request was received, from which the notice counts.
        taken: the days that the person already takes for other missions, by civil year.
    """
    return [
        *_notice(rules, (start - received).days),
        *(_closed(each) for each in overlapping(rules.periods.all(), start, end)),
        *_year(rules, days_by_year(start, end), taken or {}),
    ]


def overlapping(periods: Iterable[ClosedPeriod], start: date, end: date) -> list[ClosedPeriod]:
    """Return the closed periods that include at least one of these days."""
    return [each for each in periods if each.start <= end and start <= each.end]


def closes_window(
    periods: Iterable[ClosedPeriod], first: date, last: date, days: int
) -> list[ClosedPeriod]:
    """Return the closed periods of a window if they leave no `days` consecutive free days; else [].

    `first` and `last` are the bounds of the window, both included.
    """
    met = sorted(overlapping(periods, first, last), key=lambda each: each.start)
    free_from = first
    for each in met:
        if (each.start - free_from).days >= days:
            return []
        free_from = max(free_from, each.end + timedelta(days=1))
    return [] if (last - free_from).days + 1 >= days else met


def objections_in_window(
    rules: LendingRules,
    *,
    first: date,
    last: date,
    days: int,
    received: date,
    taken: Mapping[int, int] | None = None,
) -> list[str]:
    """Return the French objections to a stay of `days` days in a window, its dates not chosen yet.

    Closed periods count only if every such stay meets one. The notice and the days a year are
    checked for the latest possible stay. The arguments `received` and `taken` are those of
    `objections`.
    """
    start = max(first, last - timedelta(days=days - 1))
    end = start + timedelta(days=days - 1)
    return [
        *_notice(rules, (start - received).days),
        *(_closed(each) for each in closes_window(rules.periods.all(), first, last, days)),
        *_year(rules, days_by_year(start, end), taken or {}),
    ]


def _notice(rules: LendingRules, left: int) -> list[str]:
    wanted = rules.notice_days
    if wanted is None or left >= wanted:
        return []
    days = counted(wanted, "jour")
    if left < 0:
        return [f"{HOUSE} : {days} de préavis, et le départ est passé."]
    rest = f"il en reste {left}" if left else "il n’en reste aucun"
    return [f"{HOUSE} : {days} de préavis, {rest} avant le départ."]


def _closed(period: ClosedPeriod) -> str:
    return f"{HOUSE} : {words_of(period)}."


def words_of(period: ClosedPeriod) -> str:
    """Return a closed period in French: « personne ne part du 1er au 5 août 2027 (inventaire) »."""
    why = f" ({period.words})" if period.words else ""
    return f"personne ne part {span(period.start, period.end)}{why}"


def span(start: date, end: date) -> str:
    """Return a period in French: « du 3 au 9 mars 2027 », « du 1er juin au 3 juillet 2027 »."""
    if start == end:
        return f"le {date_format(start, 'j F Y')}"
    if (start.year, start.month) == (end.year, end.month):
        return f"du {_rank(start)} au {date_format(end, 'j F Y')}"
    if start.year == end.year:
        return f"du {_rank(start)} {date_format(start, 'F')} au {date_format(end, 'j F Y')}"
    return f"du {date_format(start, 'j F Y')} au {date_format(end, 'j F Y')}"


def _rank(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _year(rules: LendingRules, stay: Mapping[int, int], taken: Mapping[int, int]) -> list[str]:
    most = rules.days_a_year
    if most is None:
        return []
    total = Counter(stay)
    total.update({year: taken.get(year, 0) for year in stay})
    limit = f"{counted(most, 'jour')} par an et par personne"
    return [
        f"{HOUSE} : {limit} ; avec ces dates, {days} en {year}."
        for year, days in sorted(total.items())
        if days > most
    ]
