"""Reads about needs."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.ground.reference.queries import find, fold, label, terms
from explor.ground.travel_advice.queries import reading_for
from explor.journey.calls.queries import receiving

from ..models import Need, NeedQuerySet
from ..rules import SCREENS, USES, Gauge, Plan, Screen, doubts, gauge
from ..states import State

TONES: dict[str, str] = {
    State.DRAFT: "neutral",
    State.FILED: "info",
    State.RETURNED: "warn",
    State.ADMISSIBLE: "good",
    State.INADMISSIBLE: "bad",
    State.WITHDRAWN: "neutral",
}


def search(actor: Actor, *, q: str = "", state: str = "", country: str = "") -> NeedQuerySet:
    """The needs that `actor` sees, found by words of their title or association."""
    found = Need.objects.visible_to(actor)
    if state:
        found = found.filter(state=state)
    if country:
        found = found.filter(country=country)
    for word in q.split():
        found = found.filter(title__unaccent__icontains=word) | found.filter(
            association__name__unaccent__icontains=word
        )
    return found.select_related("association", "call", "officer__person").order_by(
        "-filed_at", "-pk"
    )


def whole(found: NeedQuerySet) -> NeedQuerySet:
    """The same needs with all that a page reads."""
    return found.select_related(
        "association__network", "network", "call", "project", "partner", "officer__person"
    ).prefetch_related("languages", "comments")


def facts_of(need: Need) -> list[tuple[str, object]]:
    """A need in pairs, in the order of the terms of reference; blanks stay."""
    return [("Appel", need.call.title), *((name, value) for _, name, value in _facts(need))]


def parts_of(need: Need) -> list[tuple[Screen, list[tuple[str, object]]]]:
    """The same pairs by screen of the builder."""
    facts = _facts(need)
    return [
        (screen, [(name, value) for slug, name, value in facts if slug == screen.slug])
        for screen in SCREENS.values()
    ]


def way_of(need: Need, present: str) -> list[dict[str, object]]:
    """The screens in their order: which one is shown, and in which something is still blank."""
    return [
        {
            "slug": screen.slug,
            "title": screen.title,
            "present": screen.slug == present,
            "blank": any(not getattr(need, name) for name in screen.fields if name in USES),
        }
        for screen in SCREENS.values()
    ]


def first_blank(need: Need) -> str:
    """The first screen where something is missing, else the first."""
    way = way_of(need, "")
    return str(next((each["slug"] for each in way if each["blank"]), way[0]["slug"]))


def gauge_of(need: Need) -> Gauge:
    """How complete the need is."""
    parts = ("audiences", "deliverables", "profile", "context")
    told = {name: getattr(need, name) for name in (*USES, *parts)}
    return gauge({**told, "languages": need.languages.all()})


def doubts_of(need: Need) -> list[str]:
    """What is worth a second look, with the zone that holds there today."""
    today = timezone.localdate()
    advice = reading_for(need.country, need.place, today) if need.country else None
    return doubts(
        Plan(
            today=today,
            days=need.days,
            deliverables=len(_lines(need.deliverables)),
            objectives=len(_lines(need.objectives)),
            start=need.window_start,
            end=need.window_end,
            seats=need.seats,
            committee_on=need.call.committee_on,
            zone=advice.zone if advice else "",
        )
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _facts(need: Need) -> list[tuple[str, str, object]]:
    languages, types = terms("languages"), terms("mission_types")
    confirmed = need.partner_confirmed_at
    asked = [f"{languages[each.language].label} {each.level}" for each in need.languages.all()]
    return [
        ("mission", "La mission sert à", need.get_purpose_display()),
        (
            "mission",
            "Type de mission",
            types[need.mission_type].label if need.mission_type in types else "",
        ),
        ("probleme", "Contexte", need.context),
        ("probleme", "Publics concernés", need.audiences),
        ("attendus", "Objectifs", need.objectives),
        ("attendus", "Résultats attendus", need.expected_results),
        ("attendus", "Livrables", need.deliverables),
        ("probleme", "Secteurs", [label("sectors", code) for code in need.sectors]),
        ("competences", "Profil recherché", need.profile),
        ("competences", "Compétences", need.skills),
        ("competences", "Langues", asked),
        ("partenaire", "Pays", label("countries", need.country) if need.country else ""),
        ("partenaire", "Lieu", need.place),
        ("partenaire", "Partenaire de terrain", need.partner.name if need.partner else ""),
        (
            "partenaire",
            "Confirmé par le partenaire",
            f"{confirmed:%d/%m/%Y}" if confirmed else "",
        ),
        ("dates", "Fenêtre", window_of(need)),
        ("dates", "Durée sur place", f"{need.days} jours" if need.days else ""),
        ("dates", "Personnes demandées", need.seats),
    ]


def window_of(need: Need) -> str:
    """« du 03/03/2027 au 30/04/2027 », or nothing."""
    if need.window_start and need.window_end:
        return f"du {need.window_start:%d/%m/%Y} au {need.window_end:%d/%m/%Y}"
    return ""


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Needs that wait for the word of the network, the oldest first."""
    found = Need.objects.visible_to(actor).filter(state=State.FILED).select_related("association")
    found = found.only("title", "filed_at", "association__name")
    return [
        Waiting(
            title=f"Dire si « {need.title} » est recevable",
            url=reverse("needs:reseau_need", args=[actor.key, need.pk]),
            why=f"Déposé par {need.association} le {need.filed_at:%d/%m/%Y}.",
        )
        for need in found.order_by("filed_at")[:50]
    ]


def waiting_for_association(actor: Actor) -> list[Waiting]:
    """Needs sent back, then drafts."""
    found = Need.objects.visible_to(actor).filter(state__in=(State.RETURNED, State.DRAFT))
    return [
        Waiting(
            title=f"Compléter « {need.title} »",
            url=reverse("needs:association_need", args=[actor.key, need.pk]),
            why="Votre réseau vous l’a renvoyé."
            if need.state == State.RETURNED
            else "Ce besoin est encore un brouillon.",
            until=need.call.closes_at.date() if need.call.closes_at else None,
            urgent=need.state == State.RETURNED,
        )
        for need in found.select_related("call").order_by("-state", "-pk")[:50]
    ]


def open_calls(request: Request) -> Panel | None:
    """On an association's home: the calls that receive, and the way to begin a need."""
    calls = list(receiving().filter(network__organisations=request.actor.scope)[:5])
    panel = Panel(title="Une idée ?", template="needs/_panel_home.html", context={"calls": calls})
    return panel if calls else None


def steps(need: Any) -> list[Step]:
    """The first steps of the road: described, filed, admissible."""
    name = need.association.name
    if need.state == State.WITHDRAWN:
        return [Step(label="Retiré", state="present", who=name, when=need.state_since)]
    before = need.state in (State.DRAFT, State.RETURNED)
    filed = Step(
        label="Besoin déposé",
        state="present" if before else "done",
        who=name,
        when=need.filed_at,
        note="à compléter" if need.state == State.RETURNED else "",
    )
    judged = need.state in (State.ADMISSIBLE, State.INADMISSIBLE)
    waiting: Literal["next", "present"] = "next" if before else "present"
    admissible = Step(
        label="Non recevable" if need.state == State.INADMISSIBLE else "Recevable",
        state="done" if judged else waiting,
        who=need.network.name,
        when=need.state_since if judged else None,
    )
    return [filed, admissible]


def for_project(request: Request, project: Project) -> Panel:
    """The needs born in a project."""
    found = Need.objects.visible_to(request.actor).filter(project=project).order_by("-pk")
    return Panel(
        title="Besoins de ce projet",
        template="needs/_panel_project.html",
        context={"needs": found, "project": project},
    )


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A sentence or a skill that one adds by a click."""

    code: str
    text: str


def offers_of(need: Need, screen: Screen, asked: str = "") -> dict[str, list[Offer]]:
    """What may be added by a click to the fields of a screen, without what they say already."""
    offers = {}
    for name in screen.fields:
        if name == "skills":
            offers[name] = _skills_for(need, asked)
        elif name in ("objectives", "expected_results", "deliverables", "profile"):
            lines = enumerate(examples_of(need.mission_type, name))
            said = getattr(need, name)
            offers[name] = [Offer(code=str(n), text=t) for n, t in lines if t not in said]
    return offers


def examples_of(mission_type: str, name: str) -> list[str]:
    """The examples that a type of mission gives for a field, or the questions to ask oneself."""
    known = terms("mission_types").get(mission_type)
    return known.extra[name].split(" | ") if known else []


def _skills_for(need: Need, asked: str) -> list[Offer]:
    """The skills that answer the search; without one, those of the sectors of the need."""
    if asked:
        found = skills_like(asked)
    else:
        every = terms("skills").values()
        found = [each.code for each in every if each.parent in need.sectors][:8]
    labels = [(code, label("skills", code)) for code in found]
    return [Offer(code=code, text=text) for code, text in labels if text not in need.skills]


def skills_like(text: str, most: int = 8) -> list[str]:
    """Codes of the skills whose names hold every word of `text`, begun or whole.

    Case, accents, apostrophes and plurals are forgiven; the shortest names come first.
    """
    words = singular(text).split()
    if not words:
        return []
    found = [
        (len(name), code)
        for name, code in _skill_names()
        if all(any(part.startswith(word) for part in name.split()) for word in words)
    ]
    return list(dict.fromkeys(code for _, code in sorted(found)))[:most]


def skill_named(text: str) -> str:
    """The label of the list that `text` names, plural or not; `text` itself when there is none."""
    known = find("skills", text)
    if known:
        return known.label
    exact = dict(_skill_names()).get(singular(text))
    return label("skills", exact) if exact else text


def singular(text: str) -> str:
    """`text` folded, each word without the mark of its plural."""
    return " ".join(
        word[:-1] if word[-1] in "sx" and len(word) > 3 else word for word in fold(text).split()
    )


@cache
def _skill_names() -> list[tuple[str, str]]:
    """Every name of every skill, folded and in the singular, synonyms first."""
    every = terms("skills").values()
    names = [(singular(name), each.code) for each in every for name in each.names[2:]]
    return names + [(singular(each.label), each.code) for each in every]
