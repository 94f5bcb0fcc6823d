"""The list and the page of missions, the same for the four hats, each under its own."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.parts import panels_of, road_of
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.journal.models import Entry
from explor.ground.travel_advice.rules import Outcome

from .. import actions, queries, rules
from ..forms import TickForm
from ..models import ChecklistItem, Mission
from ..states import BEFORE, State

SLUGS = {
    "clear": "feu-vert",
    "suspend": "retirer-le-feu-vert",
    "depart": "depart",
    "come_back": "retour",
    "close": "clore",
    "postpone": "reporter",
    "cancel": "annuler",
    "interrupt": "interrompre",
    "go_remote": "a-distance",
}


def missions(request: Request) -> HttpResponse:
    asked = queries.asked_of(request.GET)
    rows = Paginator(queries.search(request.actor, **asked), 30).get_page(request.GET.get("page"))
    context = {
        "rows": [(mission, queries.url_of(request.actor, mission)) for mission in rows],
        "page": rows,
        "asked": asked,
        "states": State.choices,
        "countries": queries.countries_of(request.actor),
        "caption": f"{rows.paginator.count} missions",
        "columns": ["Mission", "Association", "Pays", "Dates", "État"],
    }
    return page(request, "missions/missions.html", context)


def mission(request: Request, pk: int) -> HttpResponse:
    """Who must act until when, the road, the preparation, what holds the departure back."""
    found = found_for(request, pk)
    today = timezone.localdate()
    before = found.state in BEFORE
    advice = rules.advice_on(found, today) if before else None
    unready = rules.unready(found) if before else []
    blockers = [*unready, *(rules.against(found, advice) if advice else [])]
    # Orange, red and closed are answered in the form of the clearance itself.
    left = len(unready) + (advice is not None and advice.outcome == Outcome.TO_READ)
    blockers = [*unready, *(rules.against(found, advice) if advice else [])]
    context = {
        "mission": found,
        "tone": queries.TONES[found.state],
        "road": road_of(found.need),
        "facts": queries.facts_of(found),
        "checklist": _lines(request, found),
        "columns": ["À faire", "Par", "Pour le", "État"],
        "advice": advice,
        "blockers": blockers,
        "verbs": _verbs(request, found, left, blockers),
        "panels": panels_of(request, "mission", found),
        "entries": Entry.objects.about(found) if request.actor.hat == "reseau" else [],
    }
    return page(request, "missions/mission.html", context)


def tick(request: Request, pk: int) -> HttpResponse:
    """A step of the preparation is done, or not any more."""
    visible = Mission.objects.visible_to(request.actor)
    item = get_object_or_404(ChecklistItem.objects.filter(mission__in=visible), pk=pk)
    item.mission = found_for(request, item.mission_id)
    require(rules.can_tick(request.actor, item))
    form = TickForm(request.POST or None, subject=item)
    by = request.actor
    if by.hat != item.party:
        by = by.on_word_of(item.mission.name_of(item.party))
    if submit(request, form, lambda: actions.tick(item, by=by, seen=form.seen, **form.values)):
        return answer(request, queries.url_of(request.actor, item.mission), "C’est noté.")
    return page(request, "missions/tick.html", {"form": form, "item": item})


def move(request: Request, pk: int, verb: str) -> HttpResponse:
    """Departure or return, confirmed by the expert or by the network for them."""
    found = found_for(request, pk)
    transition = found.workflow.transition(found.state, verb)
    require(rules.can(request.actor, verb, found))
    form = Act(request.POST or None, subject=found)
    if submit(
        request, form, lambda: getattr(actions, verb)(found, by=request.actor, seen=form.seen)
    ):
        return answer(request, queries.url_of(request.actor, found), f"{transition.label} : noté.")
    return act_page(request, found, form, transition)


def act_page(request: Request, found: Mission, form: Any, transition: Any) -> HttpResponse:
    """The page of one verb."""
    context = {
        "form": form,
        "mission": found,
        "label": transition.label,
        "danger": transition.danger,
        "back": queries.url_of(request.actor, found),
    }
    return page(request, "missions/act.html", context)


def found_for(request: Request, pk: int) -> Mission:
    """The mission, if this hat may see it."""
    return get_object_or_404(queries.whole(Mission.objects.visible_to(request.actor)), pk=pk)


def _lines(request: Request, found: Mission) -> list[tuple[ChecklistItem, str]]:
    """The steps, each with the page where it is ticked when this hat may."""
    key = [] if request.actor.hat == "expert" else [request.actor.key]
    lines = []
    for item in queries.checklist_of(found):
        item.mission = found
        name = f"missions:{request.actor.hat}_tick"
        may = rules.can_tick(request.actor, item)
        lines.append((item, reverse(name, args=[*key, item.pk]) if may else ""))
    return lines


def _verbs(
    request: Request, found: Mission, left: int, blockers: list[str]
) -> list[dict[str, object]]:
    """The buttons; clearance, departure and closing say what holds them back."""
    url = queries.url_of(request.actor, found)
    rows = found.workflow.verbs(found.state, request.actor.hat)
    asked = {row.verb for row in rows}
    refused = {"clear": [f"Il reste {left} point(s), listés ci-dessous."] if left else []}
    if "depart" in asked:
        refused["depart"] = rules.not_the_day(found, timezone.localdate()) or blockers
    if "close" in asked:
        refused["close"] = rules.missing_to_close(found)
    return [
        {
            "label": row.label,
            "danger": row.danger,
            "url": f"{url}{SLUGS[row.verb]}/",
            "refused": " ".join(refused.get(row.verb, [])),
        }
        for row in rows
    ]
