"""Panels, tasks and texts of the pages of emergency contacts."""

import re
from typing import Any

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.privacy.terms import days
from explor.ground.reference.selectors import terms
from explor.ground.ui.parts import Panel, Task
from explor.ground.workflow.pages import Consequence, Effects, Undo
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import name_of, url_of

from .models import READABLE, EmergencyContact
from .selectors import has_contact, without_contact


def for_mission(request: Request, mission: Mission) -> Panel | None:
    """Return the panel that says whether a mission has an emergency contact, with a link to it.

    Return None once the mission is over, cancelled or done remotely, except for an expert whose
    contact can still be withdrawn.
    """
    actor, known = request.actor, has_contact(mission)
    running = mission.state in READABLE
    if not running and (actor.role == "reseau" or not known):
        return None
    urls = _urls(actor, mission, known=known, running=running)
    context = {"known": known, "urls": urls, "role": actor.role, "days": days("travel")}
    return Panel(
        title="Personne à prévenir", template="emergency_contacts/_panel.html", context=context
    )


def _urls(actor: Actor, mission: Mission, *, known: bool, running: bool) -> dict[str, str]:
    """Return the URLs to read, to give or correct, and to withdraw a contact, as `actor` may."""
    if actor.role == "reseau":
        read = reverse("emergency_contacts:reseau_contact", args=[actor.key, mission.pk])
        return {"read": read} if known else {}
    offered = {"give": running, "withdraw": known}
    return {
        name: reverse(f"emergency_contacts:expert_{name}_contact", args=[mission.pk])
        for name, may in offered.items()
        if may
    }


def waiting_for(actor: Actor) -> list[Task]:
    """Return a task for each mission of an expert without emergency contact, 20 at most."""
    missions = without_contact(actor).select_related("need").order_by("start", "pk")[:20]
    return [
        Task(
            title="Dire qui prévenir en cas d’urgence",
            url=reverse("emergency_contacts:expert_give_contact", args=[mission.pk]),
            why=name_of(mission),
            until=mission.start,
        )
        for mission in missions
    ]


def facts_of(contact: EmergencyContact) -> list[tuple[str, object]]:
    """Return (label, value) pairs about an emergency contact, without its telephone."""
    language, known = str(contact.language), terms("languages")
    return [
        ("Nom", contact.name),
        ("Lien", contact.tie),
        ("Langue", known[language].label if language in known else language),
    ]


def context_of_reading(actor: Actor, contact: EmergencyContact) -> dict[str, Any]:
    """Return the context of the officer's page on the person to call.

    Keys: `mission`, `who` (name of the expert), `facts`, `phone`, `dial` (the number to dial, ""
    when `phone` cannot be decrypted), and `back` and `crumb` for the return to the mission.
    """
    phone = str(contact.phone)
    readable = not getattr(contact.phone, "unreadable", False)
    dialled = re.sub(r"[^0-9+]", "", phone)
    return {
        "mission": contact.mission,
        "who": contact.mission.expert.person.name,
        "facts": facts_of(contact),
        "phone": phone,
        "dial": dialled if readable else "",
        "back": url_of(actor, contact.mission),
        "crumb": name_of(contact.mission),
    }


def context_of_giving(actor: Actor, contact: EmergencyContact) -> dict[str, Any]:
    """Return the context of the expert's form: `network`, its name, and `days` of retention."""
    return {"network": contact.mission.network.name, "days": days("travel")}


def effects_of_giving(actor: Actor, contact: EmergencyContact) -> Effects:
    """Return the sentences on who may read an emergency contact and how long it is kept."""
    return Effects(
        happens=(
            Consequence(
                "Les chargées et chargés de mission de votre réseau lisent ces lignes jusqu’à "
                "votre retour ; chaque lecture est notée. Ni l’association ni votre employeur."
            ),
            Consequence("Tout est effacé.", f"{days('travel')} jours après votre retour"),
        ),
        undo=(Undo("À tout moment", "Vous pouvez corriger avant le retour, ou retirer."),),
    )


WITHDRAWN = Effects(
    happens=(
        Consequence("Le nom, le lien, le téléphone et la langue sont effacés aussitôt."),
        Consequence("Votre réseau ne saura plus qui prévenir."),
    ),
    undo=(Undo("Ensuite", "Vous pouvez donner une autre personne jusqu’à votre retour."),),
)
