"""Reads about needs."""

from typing import Any, Literal

from django.urls import reverse

from explor.actors.projects.models import Project
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Step, Waiting
from explor.ground.common.request import Request
from explor.ground.reference.queries import label, terms

from .models import Need, NeedQuerySet
from .states import State

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
    languages = terms("languages")
    types = terms("mission_types")
    return [
        ("Appel", need.call.title),
        ("La mission sert à", need.get_purpose_display()),
        ("Type de mission", types[need.mission_type].label if need.mission_type in types else ""),
        ("Contexte", need.context),
        ("Objectifs", need.objectives),
        ("Résultats attendus", need.expected_results),
        ("Secteurs", [label("sectors", code) for code in need.sectors]),
        ("Compétences", need.skills),
        (
            "Langues",
            [f"{languages[each.language].label} {each.level}" for each in need.languages.all()],
        ),
        ("Pays", label("countries", need.country) if need.country else ""),
        ("Lieu", need.place),
        ("Partenaire de terrain", need.partner.name if need.partner else ""),
        (
            "Confirmé par le partenaire",
            f"{need.partner_confirmed_at:%d/%m/%Y}" if need.partner_confirmed_at else "",
        ),
        ("Fenêtre", window_of(need)),
        ("Durée sur place", f"{need.days} jours" if need.days else ""),
        ("Personnes demandées", need.seats),
    ]


def window_of(need: Need) -> str:
    """« du 03/03/2027 au 30/04/2027 », or nothing."""
    if need.window_start and need.window_end:
        return f"du {need.window_start:%d/%m/%Y} au {need.window_end:%d/%m/%Y}"
    return ""


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Needs that wait for the word of the network, the oldest first."""
    found = Need.objects.visible_to(actor).filter(state=State.FILED).select_related("association")
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
