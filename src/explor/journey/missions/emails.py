"""Emails about a mission to its parties: expert, association, network, employer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of as addresses_of_network
from explor.actors.organisations.selectors import addresses_of
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format

from . import rules
from .models import ChecklistItem, Mission
from .states import State


def parties(mission: Mission) -> dict[str, tuple[list[str], str]]:
    """Return {role: (email addresses, URL of the mission page)} for each party of the mission."""
    network, association, employer = mission.network, mission.association, mission.employer
    pages: dict[str, tuple[list[str], list[Any]]] = {
        "expert": ([mission.expert.person.email], []),
        "association": (addresses_of(association), [association.slug]),
        "reseau": (addresses_of_network(network), [network.slug]),
    }
    if employer:
        pages["employeur"] = (addresses_of(employer), [employer.slug])
    return {
        role: (addresses, reverse(f"missions:{role}_mission", args=[*key, mission.pk]))
        for role, (addresses, key) in pages.items()
    }


def notify_parties(
    mission: Mission,
    verb: str,
    subject: str,
    body: str,
    *,
    urgent: bool = True,
    bodies: Mapping[str, str] | None = None,
) -> None:
    """Email all the parties of a mission, each with a link to its own page of the mission.

    Args:
        verb: the action that the email is about, saved as its kind.
        urgent: send at once, instead of in the daily digest.
        bodies: the text for the roles that read another one than `body`.
    """
    for role, (addresses, url) in parties(mission).items():
        for address in addresses:
            notify(
                to=address,
                kind=f"missions.{verb}",
                subject=subject,
                body=(bodies or {}).get(role, body),
                about=mission,
                url=url,
                urgent=urgent,
            )


def ticked(item: ChecklistItem, by: Actor) -> None:
    """Email the party in charge of a step that an officer ticked on its behalf; else do nothing."""
    if not by.acting_for:
        return
    addresses, url = parties(item.mission).get(item.party, ([], ""))
    for address in addresses:
        notify(
            to=address,
            kind="missions.tick",
            subject=f"Noté pour vous : {item.label}",
            body=f"{by.name} l’a noté sur votre parole. Si c’est une erreur, corrigez-le ici.",
            about=item.mission,
            url=url,
        )


def opened(mission: Mission) -> None:
    """Notify the parties that the preparation of the mission begins."""
    notify_parties(
        mission,
        "open_mission",
        f"Préparer la mission : {mission.need.title} ({mission.file_number})",
        f"La mission part le {date_format(mission.start)}. La liste des préparatifs vous attend.",
        urgent=False,
    )


def postponed(mission: Mission, reason: str) -> None:
    """Email the parties the new dates of a mission; the email to the employer omits the reason.

    The email also says how dates outside the window of the need were accepted.
    """
    agreed = mission.window_agreement
    note = f"Ces dates sortent de la fenêtre du besoin. Accord noté : {agreed}" if agreed else ""
    dates = f"du {date_format(mission.start)} au {date_format(mission.end)}"
    what = f"Mission reportée au {date_format(mission.start)}"
    subject = f"{what} : {mission.need.title} ({mission.file_number})"
    known = [what, f"La mission va maintenant {dates}."]
    body, bare = ("\n\n".join(filter(None, [*known, *why, note])) for why in ([reason], []))
    bodies = {role: bare for role in parties(mission) if not rules.can_read_cause(role)}
    notify_parties(mission, "postpone", subject, body, bodies=bodies)


def missing(mission: Mission, left: int, blockers: Sequence[str]) -> None:
    """Email the parties the blockers that remain `left` days before the departure.

    The email to the employer omits the health and the papers of the person.
    """
    what = f"À J-{left}, il manque"
    texts = (blockers, rules.for_employer(mission, blockers))
    body, employer = ("\n\n".join([what, "\n".join(each)]) for each in texts)
    subject = f"{what} : {mission.need.title} ({mission.file_number})"
    notify_parties(mission, "recheck", subject, body, bodies={"employeur": employer})


def ended(mission: Mission, verb: str, what: str, reason: str) -> None:
    """Email the parties that the mission ended; the employer does not get the circumstances."""
    subject = f"{what} : {mission.need.title} ({mission.file_number})"
    body = "\n\n".join([what, reason])
    bodies = {role: what for role in parties(mission) if not rules.can_read_cause(role)}
    notify_parties(mission, verb, subject, body, bodies=bodies)


def moved(mission: Mission, verb: str, what: str, reason: str = "", *, by: Actor) -> None:
    """Email the parties that the mission changed.

    The employer does not read the reason written by a person to suspend, undo or close without
    report (`rules.PRIVATE`), which may reveal health data; it reads any other reason.

    Args:
        verb: the workflow action that changed it.
        what: a French phrase on the change.
        reason: the reason given by the actor, "" if there is none.
        by: the actor.
    """
    hidden = verb in rules.PRIVATE and by.role != SYSTEM.role
    bare = {role: what for role in parties(mission) if hidden and not rules.can_read_cause(role)}
    notify_parties(
        mission,
        verb,
        f"{what} : {mission.need.title} ({mission.file_number})",
        "\n\n".join(filter(None, [what, reason])),
        bodies=bare,
    )


def warned(mission: Mission, sentence: str) -> None:
    """Email the parties that travel advice forbids a place where the person may be already."""
    what = "Alerte sur le lieu de la mission"
    known = f"Conseils aux voyageurs : {sentence}\n\nLes jours de la mission ont commencé. "
    body = (
        f"{known}Si la personne n’est pas partie, elle ne part pas. Si elle est sur place, "
        "joignez-la ; le réseau décide de la suite avec elle."
    )
    own = (
        f"{known}Si vous n’êtes pas sur place, ne partez pas. Si vous y êtes, appelez votre "
        "réseau : vous décidez ensemble de la suite."
    )
    subject = f"{what} : {mission.need.title} ({mission.file_number})"
    notify_parties(mission, "warn_of_advice", subject, body, bodies={"expert": own})


def unrecorded(mission: Mission) -> None:
    """Ask the expert and the network to record a departure, or a return, whose day is past."""
    what, body = _unrecorded(mission)
    known = parties(mission)
    for role in ("expert", "reseau"):
        addresses, url = known[role]
        for address in addresses:
            notify(
                to=address,
                kind="missions.remind_days",
                subject=f"{what} : {mission.need.title} ({mission.file_number})",
                body=body,
                about=mission,
                url=url,
                urgent=True,
            )


def _unrecorded(mission: Mission) -> tuple[str, str]:
    """Return the French subject and body of the reminder: what is not recorded, what to do."""
    if mission.state == State.AWAY:
        return (
            f"Retour à confirmer : prévu le {date_format(mission.end)}",
            "Personne n’a noté le retour. Notez-le, avec son jour : le compte rendu et la suite "
            "en dépendent. Si la personne n’est pas rentrée, joignez-la.",
        )
    left = f"prévu le {date_format(mission.start)}"
    if mission.state == State.CLEARED:
        return (
            f"Départ à confirmer : {left}",
            "Personne n’a noté le départ. Si la personne est partie, notez-le, avec son jour : le "
            "carnet de mission et le retour en dépendent. Sinon, le réseau reporte ou annule la "
            "mission.",
        )
    return (
        f"Jour du départ passé sans feu vert : {left}",
        "La mission n’est pas partie. Le réseau la reporte, l’annule ou la fait à distance.",
    )
