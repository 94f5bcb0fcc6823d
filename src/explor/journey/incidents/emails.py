"""Emails about incidents: they contain the level and a link, never the text of the incident."""

from django.urls import reverse

from explor.actors.networks.selectors import addresses_of
from explor.ground.mail.actions import notify
from explor.ground.ui.days import date_format

from .models import Incident
from .selectors import addresses_of_readers

WHO = {
    "expert": "L’experte ou l’expert",
    "association": "L’association",
    "reseau": "Le réseau",
    "partenaire": "Le partenaire de terrain",
}


def reported(incident: Incident) -> None:
    """Email the officers of the network at once that an incident was reported."""
    mission, level = incident.mission, incident.get_level_display()
    _send(
        incident,
        addresses_of(mission.network),
        verb="report",
        subject=f"Incident ({level}) : {mission.file_number}",
        body=f"{WHO[incident.party]} signale un incident du {date_format(incident.on)}. "
        "Lisez-le, notez ce qui est fait et qui est prévenu.",
    )


def confided(incident: Incident) -> None:
    """Email only the officers who may read the confidential reports of the network."""
    _send(
        incident,
        addresses_of_readers(incident.mission),
        verb="confide",
        subject=f"Signalement confidentiel à lire : {incident.file_number}",
        body="Un signalement vous est confié. Seules les personnes désignées par votre réseau le "
        "lisent : n’en parlez à personne d’autre.",
    )


def _send(incident: Incident, addresses: list[str], *, verb: str, subject: str, body: str) -> None:
    url = reverse("incidents:reseau_incident", args=[incident.mission.network.slug, incident.pk])
    for address in addresses:
        notify(
            to=address,
            kind=f"incidents.{verb}",
            subject=subject,
            body=body,
            about=incident,
            url=url,
            urgent=True,
        )
