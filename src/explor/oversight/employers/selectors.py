"""Database queries on the missions of an employer's staff, and on the gifts for them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from explor.actors.lending.models import LendingRules
from explor.actors.organisations.models import Organisation
from explor.ground.audit.selectors import last_changes
from explor.ground.http.actor import Actor
from explor.ground.ui.order import french_key
from explor.journey.missions.models import DEPARTURE, Mission, MissionQuerySet
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.states import HOLDING
from explor.journey.sheets.models import ProjectSheet
from explor.journey.shortlists.selectors import missions_to_fill

from . import rules
from .models import MissionGift
from .rules import GiftLine

RETURN = Coalesce("returned_on", "end")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An entry of an employer's calendar: a mission, or a proposal without mission yet."""

    start: date
    end: date
    mission: Mission | None
    proposal: Proposal

    @property
    def is_over(self) -> bool:
        """Return whether nobody travels any more on these days.

        True for a mission without stay, such as a cancelled one, and for a declined, expired or
        abandoned proposal; False for a mission that has taken place.
        """
        if self.mission:
            return not self.mission.stay
        return self.proposal.state not in HOLDING


def _in_days(missions: MissionQuerySet, first: date, last: date) -> MissionQuerySet:
    """Return the missions that travel on at least one of these days, both included."""
    dated: Any = missions.annotate(leaves=DEPARTURE, comes_back=RETURN)
    rows: MissionQuerySet = dated.filter(leaves__lte=last, comes_back__gte=first)
    return rows


def planned_between(actor: Actor, first: date, last: date) -> list[Planned]:
    """Return the missions and proposals of the staff of `actor` on these days, by first day.

    Missions without travel and proposals that ended are left out.
    """
    own = _in_days(Mission.objects.visible_to(actor), first, last)
    missions = own.select_related("release__proposal__need", "release__proposal__expert__person")
    planned = [
        Planned(start=stay.start, end=stay.end, mission=each, proposal=each.release.proposal)
        for each in missions
        if (stay := each.stay)
    ]
    held = Proposal.objects.visible_to(actor).holding().filter(release__mission=None)
    waiting = held.filter(start__lte=last, end__gte=first).select_related("need", "expert__person")
    planned += [
        Planned(start=each.start, end=each.end, mission=None, proposal=each) for each in waiting
    ]
    return sorted(planned, key=lambda each: (each.start, each.end, each.proposal.pk))


def announced_between(actor: Actor, first: date, last: date) -> list[tuple[Planned, datetime]]:
    """Return (entry, time of its last change) for the calendar entries of the staff of `actor`.

    Entries ended without travel are included, after the others: a calendar program removes an event
    that it already shows only when the file marks it as cancelled.
    """
    days = {"start__lte": last, "end__gte": first}
    missions = Mission.objects.visible_to(actor).filter(**days)
    ended = [
        Planned(start=each.start, end=each.end, mission=each, proposal=each.release.proposal)
        for each in missions.select_related(
            "release__proposal__need", "release__proposal__expert__person"
        )
        if not each.stay
    ]
    others = Proposal.objects.visible_to(actor).filter(release__mission=None, **days)
    ended += [
        Planned(start=each.start, end=each.end, mission=None, proposal=each)
        for each in others.exclude(state__in=HOLDING).select_related("need", "expert__person")
    ]
    every = [*planned_between(actor, first, last), *ended]
    return list(zip(every, _changes(every), strict=True))


def _changes(every: list[Planned]) -> list[datetime]:
    """Return when each calendar entry last changed: its proposal, or the mission that followed."""
    proposals = last_changes(each.proposal for each in every)
    missions = last_changes(each.mission for each in every if each.mission)
    return [
        max(
            proposals.get(each.proposal.pk, each.proposal.state_since),
            missions.get(each.mission.pk, each.mission.state_since)
            if each.mission
            else each.proposal.state_since,
        )
        for each in every
    ]


def missions_of_year(actor: Actor, year: int) -> list[Mission]:
    """Return the missions of employers' staff with a real day in a year, by departure.

    An employer gets the missions of its staff, an association or a network its own missions.
    """
    today = timezone.localdate()
    visible = Mission.objects.visible_to(actor).departed().exclude(employer=None)
    rows = _in_days(visible, date(year, 1, 1), date(year, 12, 31)).select_related(
        "need__project",
        "association",
        "employer__rules_of_lending",
        "release",
        "gift",
        "expert__person",
    )
    return [
        each for each in rows.order_by(DEPARTURE, "pk") if rules.days_spent(each.stay, year, today)
    ]


def gift_lines(actor: Actor, year: int, missions: list[Mission] | None = None) -> list[GiftLine]:
    """Return the gifts of employers in a civil year, for the missions that `actor` may see.

    Args:
        missions: the result of `missions_of_year`, if the page has already loaded it.
    """
    today = timezone.localdate()
    return [
        rules.gift_line(
            each,
            rules=lending_of(each),
            gift=getattr(each, "gift", None),
            year=year,
            today=today,
        )
        for each in (missions_of_year(actor, year) if missions is None else missions)
    ]


def lending_of(mission: Mission) -> LendingRules | None:
    """Return the lending rules of the employer of a mission, None when it has none."""
    return getattr(mission.employer, "rules_of_lending", None)


def gift_of(mission: Mission) -> MissionGift:
    """Return the gift entered by the employer for a mission; unsaved and blank if there is none."""
    known = MissionGift.objects.filter(mission=mission).first() or MissionGift(mission=mission)
    known.mission = mission
    return known


def published_sheets(missions: list[Mission]) -> list[ProjectSheet]:
    """Return the published sheets of the projects of these missions, by title."""
    projects = {each.need.project_id for each in missions}
    return list(
        ProjectSheet.objects.published().filter(project__in=projects).order_by(french_key("title"))
    )


def closed_between(employer: int, first: date, last: date) -> list[tuple[date, date, str]]:
    """Return (first day, last day, reason) of the closed periods of an employer on these days.

    Nobody may leave during a closed period. `employer` is a primary key.
    """
    rules_row = LendingRules.objects.filter(employer=employer).prefetch_related("periods").first()
    if rules_row is None:
        return []
    met = rules_row.periods.filter(Q(start__lte=last), Q(end__gte=first))
    return [(each.start, each.end, each.words) for each in met]


def own_employer(actor: Actor) -> Organisation:
    """Return the employer of the current role, with its network.

    Raises:
        DoesNotExist: the role is not that of an employer.
    """
    return Organisation.objects.visible_to(actor).select_related("network").get(pk=actor.scope or 0)


def lengths_sought(network: int) -> tuple[int, int] | None:
    """Return the shortest and longest mission, in days, among the needs that a network announces.

    Only needs with a free seat count; None when there are none.
    """
    rows = missions_to_fill().filter(network=network).prefetch_related(None).order_by()
    bounds = list(rows.values_list("min_days", "max_days"))
    if not bounds:
        return None
    return min(low for low, _ in bounds), max(high for _, high in bounds)
