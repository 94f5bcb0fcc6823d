"""Reads about missions."""

import re
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.common import slots
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.ground.reference.queries import label, terms
from explor.journey.releases.states import State as Release

from .models import ChecklistItem, Mission, MissionQuerySet
from .states import BEFORE, State

WAITING = (*BEFORE, State.AWAY, State.INTERRUPTED)
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
TONES: dict[str, str] = {
    State.PREPARING: "warn",
    State.CLEARED: "good",
    State.AWAY: "info",
    State.RETURNED: "info",
    State.CLOSED: "neutral",
    State.CANCELLED: "bad",
    State.INTERRUPTED: "bad",
    State.REMOTE: "info",
}


def whole(found: MissionQuerySet) -> MissionQuerySet:
    """The same missions with all that a page or a letter reads."""
    return found.select_related(
        "need__network",
        "need__association",
        "need__call",
        "need__project",
        "need__partner",
        "network",
        "association",
        "employer",
        "expert__person",
        "release__introduction",
    )


def asked_of(typed: Mapping[str, str]) -> dict[str, str]:
    """The filters found in a URL, by name."""
    return {name: typed.get(name, "").strip() for name in ("q", "state", "country", "month")}


def search(
    actor: Actor, *, q: str = "", state: str = "", country: str = "", month: str = ""
) -> MissionQuerySet:
    """The missions that `actor` sees, the latest departure first; `month` as 2027-03."""
    found = Mission.objects.visible_to(actor)
    if MONTH.fullmatch(month):
        year, number = month.split("-")
        found = found.filter(start__year=int(year), start__month=int(number))
    if state:
        found = found.filter(state=state)
    if country:
        found = found.filter(country=country)
    for word in q.split():
        found = found.filter(need__title__unaccent__icontains=word) | found.filter(
            association__name__unaccent__icontains=word
        )
    return found.select_related("need", "association", "expert__person").order_by("-start", "pk")


def countries_of(actor: Actor) -> list[tuple[str, str]]:
    """The countries of the missions that `actor` sees, by name."""
    codes = Mission.objects.visible_to(actor).order_by().values_list("country", flat=True)
    return sorted(
        ((code, label("countries", code)) for code in codes.distinct()), key=itemgetter(1)
    )


def url_of(actor: Actor, mission: Mission) -> str:
    """The page of a mission under the hat of `actor`."""
    args = [mission.pk] if actor.hat == "expert" else [actor.key, mission.pk]
    return reverse(f"missions:{actor.hat}_mission", args=args)


def facts_of(mission: Mission) -> list[tuple[str, object]]:
    """A mission in pairs."""
    causes = terms("causes")
    return [
        ("Association", mission.association.name),
        ("Experte ou expert", mission.expert.person.name),
        ("Employeur", mission.employer.name if mission.employer else ""),
        ("Pays", label("countries", mission.country)),
        ("Lieu", mission.place),
        ("Départ", f"{mission.start:%d/%m/%Y}"),
        ("Retour", f"{mission.end:%d/%m/%Y}"),
        ("Objectifs", mission.need.objectives),
        ("Résultats attendus", mission.need.expected_results),
        ("Cause", causes[mission.cause].label if mission.cause in causes else ""),
        ("Circonstances", mission.cause_note),
        ("Dépenses perdues", f"{mission.sunk_cost} €" if mission.sunk_cost is not None else ""),
    ]


def checklist_of(mission: Mission) -> list[ChecklistItem]:
    """The steps of the preparation, by date."""
    return list(mission.checklist.order_by("due", "pk"))


def waiting_for(actor: Actor) -> list[Waiting]:
    """What the preparation, the departure and the return ask of this hat."""
    pending = ChecklistItem.objects.filter(mission=OuterRef("pk"), blocking=True, done_at=None)
    missions = (
        Mission.objects.visible_to(actor)
        .filter(state__in=WAITING)
        .annotate(pending=Exists(pending))
        .select_related("release", "need")
        .only("state", "start", "end", "release__state", "need__title")
        .order_by("start", "pk")[:50]
    )
    lines = [line for mission in missions for line in _moves(actor, mission)]
    items = ChecklistItem.objects.filter(
        mission__in=[mission.pk for mission in missions if mission.state in BEFORE],
        party=actor.hat,
        done_at=None,
    )
    told = ("label", "due", "at_risk_from", "mission__need__title")
    items = items.select_related("mission__need").only(*told)
    today = timezone.localdate()
    lines += [
        Waiting(
            title=item.label,
            url=url_of(actor, item.mission),
            why=item.mission.need.title,
            until=item.due,
            urgent=bool(item.at_risk_from and item.at_risk_from <= today),
        )
        for item in items.order_by("due", "pk")[:50]
    ]
    return lines


def _moves(actor: Actor, mission: Any) -> list[Waiting]:
    """A clearance to give or to give up, a departure or a return to confirm, a file to close."""
    today = timezone.localdate()
    state, begun, over = mission.state, mission.start <= today, mission.end <= today
    both = actor.hat in ("reseau", "expert")
    own = actor.hat == "reseau"
    ended = mission.release.state == Release.ENDED
    told = ""
    if own and state in BEFORE and ended:
        told = "Annuler la mission : l’expertise est perdue"
    elif own and state == State.PREPARING and not mission.pending:
        told = "Donner le feu vert"
    elif both and state == State.CLEARED and begun:
        told = "Confirmer le départ"
    elif both and state == State.AWAY and over:
        told = "Confirmer le retour"
    elif own and state == State.INTERRUPTED:
        told = "Clore la mission interrompue"
    if not told:
        return []
    url = url_of(actor, mission)
    return [Waiting(title=told, url=url, why=mission.need.title, urgent=state != State.INTERRUPTED)]


def steps(need: Any) -> list[Step]:
    """Preparation, departure, return. Of a team, the mission least advanced."""
    missions = list(need.missions.select_related("expert__person").order_by("pk"))
    ended = (State.CANCELLED, State.INTERRUPTED, State.REMOTE)
    if not missions:
        return [Step(label=name, state="next") for name in ("Préparation", "Mission", "Retour")]
    order = list(State)
    mission = min(missions, key=lambda each: order.index(State(each.state)))
    who = mission.expert.person.name
    if mission.state in ended:
        label_ = mission.get_state_display().capitalize()
        return [Step(label=label_, state="present", who=who, when=mission.ended_on)]
    rank = {State.PREPARING: 0, State.CLEARED: 1, State.AWAY: 2, State.RETURNED: 3, State.CLOSED: 4}
    at = rank[State(mission.state)]
    note = "feu vert donné" if mission.state == State.CLEARED else ""
    return [
        Step(label="Préparation", state="present" if at < 2 else "done", who=who, note=note),
        Step(label="Mission", state=_state(at, 2), who=who, when=mission.start),
        Step(label="Retour", state="done" if at >= 3 else "next", who=who, when=mission.end),
    ]


def _state(at: int, own: int) -> Any:
    return "done" if at > own else "present" if at == own else "next"


def for_need(request: Request, need: Any) -> Panel | None:
    """The missions of a need, on the page of the need."""
    actor = request.actor
    found = list(whole(Mission.objects.visible_to(actor)).filter(need=need.pk))
    if not found:
        return None
    rows = [(mission, url_of(actor, mission)) for mission in found]
    return Panel(title="Missions", template="missions/_panel_need.html", context={"rows": rows})


def public_missions(project: Project) -> list[dict[str, Any]]:
    """What anyone may read of the missions of a project: never a person's name."""
    shown = Mission.objects.filter(need__project=project).exclude(state=State.CANCELLED)
    return [
        {
            "title": mission.need.title,
            "when": f"{mission.start:%m/%Y}",
            "state": mission.get_state_display(),
            "summary": "",
            "recommendations": "",
            **{k: v for tell in slots.filled("sheet:results") for k, v in tell(mission).items()},
        }
        for mission in shown.select_related("need").order_by("start", "pk")
    ]
