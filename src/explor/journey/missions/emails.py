"""Messages about a mission, to all those who prepare it."""

from typing import Any

from django.urls import reverse

from explor.actors.networks.queries import addresses_of as addresses_of_network
from explor.actors.organisations.queries import addresses_of
from explor.ground.messaging.actions import tell

from .models import Mission


def told(mission: Mission, verb: str, subject: str, body: str, *, urgent: bool = True) -> None:
    """The four parties read the same news, each with a link to their own page."""
    args: dict[str, list[Any]] = {
        "expert": [mission.pk],
        "association": [mission.association.slug, mission.pk],
        "reseau": [mission.network.slug, mission.pk],
    }
    addresses = {
        "expert": [mission.expert.person.email],
        "association": addresses_of(mission.association),
        "reseau": addresses_of_network(mission.network),
    }
    if mission.employer:
        args["employeur"] = [mission.employer.slug, mission.pk]
        addresses["employeur"] = addresses_of(mission.employer)
    for hat, found in addresses.items():
        for address in found:
            tell(
                to=address,
                kind=f"missions.{verb}",
                subject=subject,
                body=body,
                about=mission,
                url=reverse(f"missions:{hat}_mission", args=args[hat]),
                urgent=urgent,
            )


def opened(mission: Mission) -> None:
    """Preparation begins."""
    told(
        mission,
        "open_mission",
        f"Préparer la mission : {mission.need.title}",
        f"La mission part le {mission.start:%d/%m/%Y}. La liste des préparatifs vous attend.",
        urgent=False,
    )


def moved(mission: Mission, verb: str, what: str, reason: str = "") -> None:
    """The mission changed state."""
    told(mission, verb, f"{what} : {mission.need.title}", "\n\n".join(filter(None, [what, reason])))
