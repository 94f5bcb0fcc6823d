"""Rows, panels and texts of the pages of nominations."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.privacy.terms import days
from explor.ground.reference.selectors import label
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Panel
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.needs.models import Need

from . import selectors
from .models import Nomination
from .states import State

TONES: dict[str, str] = {
    State.SENT: "warn",
    State.JOINED: "good",
    State.DECLINED: "neutral",
    State.WITHDRAWN: "neutral",
    State.LAPSED: "neutral",
}
UNNAMED = "une personne dont les données sont effacées"


def wanted_url(actor: Actor, subject: Any) -> str:
    """Return the URL of the page that lists the wanted profiles of an employer."""
    return reverse("nominations:employeur_wanted", args=[actor.key])


def rows_for_employer(nominations: Iterable[Nomination]) -> list[dict[str, Any]]:
    """Return a dict for each nomination of an employer: `nomination`, `who`, `tone`, `open`.

    `who` is the person's name until it is erased; `open` is True while no answer came.
    """
    return [
        {
            "nomination": each,
            "who": each.name or UNNAMED,
            "tone": TONES[each.state],
            "open": each.state == State.SENT,
        }
        for each in nominations
    ]


def panel_for_need(request: Request, need: Need) -> Panel | None:
    """Return the panel of the people nominated by employers for a need, None without any.

    The name of a person is shown only once their profile is open to the network.
    """
    rows = list(selectors.own_nominations(request.actor).filter(need=need))
    if not rows:
        return None
    known = {each.expert_id for each in rows if each.expert_id}
    shown = Expert.objects.visible_to(request.actor).filter(pk__in=known)
    visible = set(shown.values_list("pk", flat=True))
    lines = [
        {
            "employer": each.employer.name,
            "state": each.state_label,
            "tone": TONES[each.state],
            "who": str(each.expert) if each.expert_id in visible else "",
        }
        for each in rows
    ]
    return Panel(
        title="Proposées par des employeurs",
        template="nominations/_panel_need.html",
        context={"lines": lines},
    )


def facts_of(nomination: Nomination) -> list[tuple[str, object]]:
    """Return the facts on the mission shown to the nominated person, as (label, value) pairs."""
    need = nomination.need
    days = f"De {need.min_days} à {need.max_days} jours"
    window = ""
    if need.window_start and need.window_end:
        first, last = (date_format(d, "j F Y") for d in (need.window_start, need.window_end))
        window = f", entre le {first} et le {last}"
    return [
        ("Mission", need.title),
        ("Association", need.association.name),
        ("Où", ", ".join(filter(None, [need.place, label("countries", need.country)]))),
        ("Combien de temps", f"{days}{window}"),
        ("Ce qui est attendu", need.objectives),
        ("Qui pense à vous", f"{nomination.by}, {nomination.employer.name}"),
        ("Son mot", nomination.word),
        ("Réseau", need.network.name),
    ]


# Texts of the confirmation page of each verb.


def lead_of_nominate(actor: Actor, need: Need) -> str:
    """Return the introduction of the nomination page: the title of the need."""
    return f"Pour « {need.title} », avec l’association {need.association.name}."


NOMINATE = Effects(
    happens=(
        Consequence("La personne reçoit un message avec un lien personnel : elle dit oui ou non."),
        Consequence("Un oui crée son profil, qu’elle remplit et ouvre elle-même."),
        Consequence(
            "Un non, ou le silence, efface ses données.", f"sous {days('nomination')} jours"
        ),
        Consequence("Après un non, plus personne ne la propose pour cette mission."),
    ),
    notified=(
        Notified("La personne", "la mission, votre nom, votre mot, et comment dire non"),
        Notified("Le réseau", "qu’une personne est proposée, puis sa réponse ; jamais son nom"),
    ),
    undo=(Undo("Jusqu’à sa réponse", "Vous pouvez la retirer : ses données sont effacées."),),
)
WITHDRAW = Effects(
    happens=(Consequence("Le lien de la personne ne sert plus ; ses données sont effacées."),),
    notified=(Notified("Le réseau", "que la personne n’est plus proposée, sans son nom"),),
    undo=(Undo("Ensuite", "Vous pouvez la proposer de nouveau, une seule fois."),),
)
