"""URLs, panels and texts of the pages of a mission book."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.privacy.terms import days
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Panel
from explor.ground.workflow.pages import Consequence, Effects, Undo
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import dates_of, name_of, url_of

from . import rules, selectors
from .forms import QUESTIONS, EntryForm
from .models import Device, DiaryEntry


def book_url(actor: Actor, mission: Mission) -> str:
    """Return the URL of the book of a mission, in the role of `actor`."""
    key = [actor.key] if actor.key else []
    return reverse(f"mission_book:{actor.role}_book", args=[*key, mission.pk])


def crumb_of(row: DiaryEntry | Device) -> str:
    """Return the breadcrumb of the pages about a diary entry or a device."""
    return f"Carnet · {name_of(row.mission)}"


def for_mission(request: Request, mission: Mission) -> Panel | None:
    """Return the panel that links a mission to its book, None for an actor who may not read it.

    This function runs no query, as the page of a mission is at its limit of queries.
    """
    actor = request.actor
    if not rules.can_read(actor, mission) or mission.stay is None:
        return None
    context = {"url": book_url(actor, mission)}
    return Panel(title="Carnet de mission", template="mission_book/_panel.html", context=context)


def for_home(request: Request) -> Panel | None:
    """Return the home panel that links an expert to the books of missions under way, or None."""
    actor, today = request.actor, timezone.localdate()
    missions = [
        (mission, day_in(mission, today), book_url(actor, mission), url_of(actor, mission))
        for mission in selectors.under_way(actor, today)
    ]
    if not missions:
        return None
    template = "mission_book/_home.html"
    return Panel(title="Votre mission", template=template, context={"missions": missions})


def day_in(mission: Mission, today: date) -> str:
    """Return « jour 4 sur 10 » during a mission, "" on another day."""
    stay = mission.stay
    if stay is None or not stay.start <= today <= stay.end:
        return ""
    return f"jour {(today - stay.start).days + 1} sur {stay.days}"


def context_of(actor: Actor, mission: Mission) -> dict[str, Any]:
    """Return the context of the page of a mission book, besides its form.

    `own` holds the keys of the reader's devices, as text; the rows of `entries` and `devices` end
    with the URL of their action, "" if the reader has none.
    """
    today = timezone.localdate()
    entries = selectors.entries_of(mission)
    for entry in entries:
        entry.mission = mission
    devices = selectors.devices_of(mission)
    return {
        "mission": mission,
        "mission_url": url_of(actor, mission),
        "dates": dates_of(mission),
        "day": day_in(mission, today),
        "entries": [
            (entry, answers_of(entry), _url_to("correct_entry", actor, mission, entry.pk))
            for entry in entries
        ],
        "can_correct": bool(entries) and rules.can_correct(actor, entries[0]),
        "devices": [
            (device, _url_to("withdraw_device", actor, mission, device.pk)) for device in devices
        ],
        "own": " ".join(str(each.pk) for each in devices if each.person_id == actor.person),
        "can_keep": rules.can_keep(actor, mission, today),
        "ends_on": rules.ends_on(mission),
        "kept_days": days("travel"),
        "url": book_url(actor, mission),
        "columns": ["Appareil", "Gardé depuis", "Dernier envoi", "Retirer"],
    }


def context_of_correction(actor: Actor, entry: DiaryEntry) -> dict[str, Any]:
    """Return the context of the page that corrects a diary entry, besides its form."""
    return {"entry": entry, "mission": entry.mission, "url": book_url(actor, entry.mission)}


def context_offline(actor: Actor, mission: Mission) -> dict[str, Any]:
    """Return the context of the page that a device keeps offline; it contains no entry."""
    last = mission.stay.end if mission.stay else mission.end
    return {
        "mission": mission,
        "dates": dates_of(mission),
        "form": EntryForm(mission=mission, today=last),
        "url": book_url(actor, mission),
    }


def answers_of(entry: DiaryEntry) -> list[tuple[str, str, str]]:
    """Return the answers of a diary entry that are not blank, as (name, question, text) tuples."""
    return [(name, QUESTIONS[name], text) for name, text in entry.answers.items() if text]


def _url_to(verb: str, actor: Actor, mission: Mission, row: int) -> str:
    """Return the URL of an action on a row of a mission book, "" if the role has no such action."""
    if verb == "correct_entry" and actor.role != "expert":
        return ""
    key = [actor.key] if actor.key else []
    return reverse(f"mission_book:{actor.role}_{verb}", args=[*key, mission.pk, row])


def title_of(actor: Actor, entry: DiaryEntry) -> str:
    """Return the heading of the page that corrects a diary entry."""
    return f"Corriger la note du {date_format(entry.day, 'j F Y')}"


def effects_of_withdraw(actor: Actor, device: Device) -> Effects:
    return Effects(
        happens=(
            Consequence("Ce téléphone n’envoie plus rien au carnet.", "Aussitôt"),
            Consequence(
                "La copie du carnet y est effacée, les notes pas encore envoyées y restent.",
                "À sa prochaine ouverture avec le réseau",
            ),
        ),
        undo=(Undo("Ensuite", "La personne peut garder de nouveau le carnet sur ce téléphone."),),
    )
