"""The list of people abroad today: the board of a network, and the count on its home page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Panel
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import dates_of
from explor.journey.missions.pages import url_of as url_of_mission
from explor.journey.missions.states import State

from .. import selectors

BOARD_COLUMNS = ("Qui", "Où", "Jours", "Dernier signe", "Personne à prévenir", "Incidents ouverts")


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """A mission on the board of people abroad: last sign of life, emergency contact, incidents.

    `late` says in French what is overdue: the confirmation of a departure or of a return; "" if
    nothing. `contact` is the URL of the emergency contact, "" when none was given; `incidents`
    counts the open incidents that the reader may read.
    """

    mission: Mission
    url: str
    dates: str
    late: str
    sign: str
    contact: str
    incidents: int


def board_of(actor: Actor, missions: list[Mission], today: date) -> list[BoardRow]:
    """Return one row of the board for each of these missions."""
    signs = selectors.signs_of_life(missions)
    known = selectors.with_contact(missions)
    opened = selectors.open_by_mission(actor, missions)
    contact = {
        mission.pk: reverse("emergency_contacts:reseau_contact", args=[actor.key, mission.pk])
        for mission in missions
        if mission.pk in known
    }
    return [
        BoardRow(
            mission=mission,
            url=url_of_mission(actor, mission),
            dates=dates_of(mission),
            late=late(mission, today),
            sign=sign_of(signs.get(mission.pk)),
            contact=contact.get(mission.pk, ""),
            incidents=opened.get(mission.pk, 0),
        )
        for mission in missions
    ]


def late(mission: Mission, today: date) -> str:
    """Return, in French, which departure or return should be confirmed by now; "" if neither."""
    if mission.state == State.CLEARED:
        return f"départ du {date_format(mission.start, 'j F')} à confirmer"
    if mission.end < today:
        return f"retour attendu depuis le {date_format(mission.end, 'j F')}"
    return ""


def sign_of(at: datetime | None) -> str:
    """Return, in French, when the expert last gave a sign of life in Explor."""
    if at is None:
        return "aucun dans Explor"
    return date_format(timezone.localtime(at), "j F, H:i")


def abroad_today(request: Request) -> Panel | None:
    """Return the home panel of the people abroad of a network, None when nobody is abroad.

    Open incidents are not counted here: they are among the tasks of the home page.
    """
    people = selectors.abroad(request.actor, timezone.localdate()).count()
    if not people:
        return None
    context: dict[str, Any] = {"people": people, "key": request.actor.key}
    return Panel(title="À l’étranger aujourd’hui", template="incidents/_home.html", context=context)
