"""Queries on missions: for lists and pages, for retention periods, and for a person's data."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Organisation
from explor.actors.organisations.selectors import left_alone_by
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.rights.selectors import records
from explor.ground.ui import hooks
from explor.ground.ui.order import sort_key
from explor.ground.ui.words import each_word_of
from explor.journey.committees.models import Verdict
from explor.journey.decisions.models import Decision
from explor.journey.decisions.states import ANNOUNCED
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState

from .models import ChecklistItem, Mission, MissionQuerySet
from .states import State, states_where

hooks.define("mission:related", "str: a relation of a mission that is loaded with it")

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def with_related(missions: MissionQuerySet) -> MissionQuerySet:
    """Return the same missions with the related rows that pages and emails use."""
    return missions.select_related(
        "need__network",
        "need__association",
        "need__call",
        "need__project",
        "need__partner",
        "network",
        "association",
        "employer",
        "expert__person",
        "release__agreement",
        "release__employer",
        "release__proposal__expert__person",
        "release__proposal__need__association",
        *hooks.get("mission:related"),
    )


def search(
    actor: Actor, *, q: str = "", state: str = "", country: str = "", month: str = ""
) -> MissionQuerySet:
    """Return the missions that `actor` may see and that match the filters, last departure first.

    Args:
        q: words, all found in the title of the need or the name of the association.
        state: value of a state, or "".
        country: code of a country, or "".
        month: month of the departure as YYYY-MM; ignored in any other format.
    """
    missions = Mission.objects.visible_to(actor)
    if MONTH.fullmatch(month):
        year, number = month.split("-")
        missions = missions.leaving_in(int(year), int(number))
    if state:
        missions = missions.filter(state=state)
    if country:
        missions = missions.filter(country=country)
    missions = missions.filter(each_word_of(q, "need__title", "association__name"))
    missions = missions.select_related("need", "association", "expert__person")
    return missions.last_departure_first()


def of_seats(need: Need, seat: int | None) -> list[Mission]:
    """Return the missions of a need with their experts; that of the proposal `seat` if given."""
    missions = need.missions.select_related("expert__person").order_by("pk")
    return list(missions if seat is None else missions.filter(release__proposal=seat))


def countries_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of each country of the missions that `actor` may see, sorted by name."""
    codes = Mission.objects.visible_to(actor).order_by().values_list("country", flat=True)
    named = [(code, label("countries", code)) for code in codes.distinct()]
    return sorted(named, key=lambda country: sort_key(country[1]))


def other_stays(mission: Mission) -> list[tuple[date, date]]:
    """Return the first and last planned day of the expert's other missions, under way or to come.

    Missions that take no days, as those done remotely, are left out.
    """
    missions = Mission.objects.filter(expert=mission.expert_id).exclude(pk=mission.pk)
    coming = missions.filter(end__gte=timezone.localdate(), state__in=states_where(is_over=False))
    holding = coming.exclude(state__in=states_where(holds_days=False))
    return list(holding.order_by("start", "pk").values_list("start", "end"))


def checklist_of(mission: Mission) -> list[ChecklistItem]:
    """Return the checklist steps of a mission, by due date."""
    return list(mission.checklist.order_by("due", "pk"))


def in_touch(before: datetime) -> MissionQuerySet:
    """Return the missions under way or to come, and those that ended or changed state after a time.

    Args:
        before: the time; missions that ended before it are left out.
    """
    running = Q(state__in=states_where(is_over=False), end__gte=timezone.localdate())
    away = Q(state__in=states_where(is_over=False, has_left=True))
    recent = Q(state_since__gte=before) | Q(end__gte=timezone.localdate(before))
    return Mission.objects.filter(running | away | recent)


def ended_before(before: datetime) -> MissionQuerySet:
    """Return the missions that ended, were cancelled or were done remotely before a time."""
    over = Q(state__in=states_where(is_over=True)) | Q(state__in=states_where(travels=False))
    dated = Mission.objects.annotate(back_on=Coalesce("returned_on", "ended_on", "end"))
    return dated.filter(over, back_on__lt=timezone.localdate(before))


def travel_data(before: datetime) -> "QuerySet[ChecklistItem]":
    """Return the checklist steps with a date, note or name, of missions ended before a time."""
    filled = ChecklistItem.objects.exclude(valid_until=None, note="", done_by="")
    return filled.filter(mission__in=ended_before(before).values("pk"))


def is_named(expert: Expert) -> bool:
    """Return whether an agreement that is still stored names this expert."""
    return Mission.objects.filter(expert=expert, release__agreements__isnull=False).exists()


ENDED = (State.CLOSED, *states_where(is_counted=False))


def own_missions(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the missions of a person as the expert, for the copy of their data."""
    own = Mission.objects.filter(expert__person=person)
    also = {"besoin": "need__title", "association": "association", "employeur": "employer"}
    yield from records(own, also=also, without=("override_by",))


def own_steps(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the checklist steps of a person's missions, for the copy of their data."""
    own = ChecklistItem.objects.filter(mission__expert__person=person)
    yield from records(own, also={"besoin": "mission__need__title"}, without=("done_by",))


def running_missions(person: Person) -> MissionQuerySet:
    """Return the missions of a person, as the expert, that are neither closed nor cancelled."""
    return Mission.objects.filter(expert__person=person).exclude(state__in=ENDED)


def left_with_files(person: Person) -> "QuerySet[Organisation]":
    """Return the organisations with work in progress whose only member is this person.

    Work in progress is a need filed or returned for supplements, an admissible need not refused
    and without decision or with free seats, or a mission neither closed nor cancelled.
    """
    left = left_alone_by(person)
    needs = Need.objects.filter(association__in=left)
    waiting = needs.filter(state__in=(NeedState.FILED, NeedState.RETURNED))
    announced = Decision.objects.filter(state=ANNOUNCED)
    refused = announced.exclude(verdict=Verdict.FAVOURABLE)
    before_it = needs.filter(state=NeedState.ADMISSIBLE).exclude(pk__in=refused.values("need"))
    running = before_it.filter(Q(free_seats__gt=0) | ~Q(pk__in=announced.values("need")))
    missions = Mission.objects.filter(Q(association__in=left) | Q(employer__in=left))
    missions = missions.exclude(state__in=ENDED)
    return left.filter(
        Q(pk__in=waiting.values("association"))
        | Q(pk__in=running.values("association"))
        | Q(pk__in=missions.values("association"))
        | Q(pk__in=missions.values("employer"))
    )
