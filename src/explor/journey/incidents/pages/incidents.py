"""Data of the pages of incidents, and the sentence on those that an erasure keeps."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.networks.selectors import officer_of
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.http.languages import supported
from explor.ground.http.request import Request
from explor.ground.ui.amounts import counted
from explor.ground.ui.parts import Panel, Task
from explor.journey.leave_readings.engine import leave_wording
from explor.journey.missions.models import WHO, Mission
from explor.journey.missions.pages import url_of as url_of_mission
from explor.journey.missions.states import BEFORE

from .. import rules, selectors
from ..models import Incident
from ..states import PRESSING, TONES, State

NO_TEXT = (
    "Aucun texte lu par Explor ne dit qui déclare, pour ce cadre et cet employeur : appelez "
    "l’employeur aussitôt."
)


def url_of(actor: Actor, incident: Incident) -> str:
    """Return the URL of the page of an incident in the role of `actor`."""
    key = [actor.key] if actor.key else []
    return reverse(f"incidents:{actor.role}_incident", args=[*key, incident.pk])


def name_of(incident: Incident) -> str:
    """Return the number and the level of an incident, as shown in links."""
    return f"{incident.file_number} · {label_of(incident)}"


def label_of(incident: Incident) -> str:
    """Return the French label of an incident: its level, or that it is confidential."""
    if incident.confidential:
        return "signalement confidentiel"
    return str(incident.get_level_display())


def for_mission(request: Request, mission: Mission) -> Panel | None:
    """Return the incidents panel of the page of a mission, for the actor of the request.

    None when the panel would be empty (no incident that the actor may read, and no right to report
    one), and too early before the departure.
    """
    actor, today = request.actor, timezone.localdate()
    before = mission.state in BEFORE
    if before and not rules.awaits_departure(mission, today):
        return None
    # No query before the departure, for a page that has many: the list of incidents has them.
    incidents = [] if before else selectors.of_mission(actor, mission)
    key = [actor.key] if actor.key else []
    links = []
    if rules.can_report(actor, mission) and not rules.missing_to_report(mission, today):
        links.append(("Signaler un incident", "report"))
    if rules.can_confide(actor, mission) and not rules.blockers_of_confidential_period(
        mission, today
    ):
        links.append(("Confier un signalement", "confide"))
    if not (incidents or links):
        return None
    context = {
        "rows": rows_of(actor, incidents),
        "links": [
            (words, reverse(f"incidents:{actor.role}_{name}", args=[*key, mission.pk]))
            for words, name in links
        ],
    }
    return Panel(title="Incidents", template="incidents/_panel.html", context=context)


def rows_of(actor: Actor, incidents: Iterable[Incident]) -> list[tuple[Incident, str, str, str]]:
    """Return one row per incident: the incident, its URL, the label of its level and its colour."""
    return [
        (each, url_of(actor, each), label_of(each), TONES[each.level])  # type: ignore[index]
        for each in incidents
    ]


def waiting_for(actor: Actor) -> list[Task]:
    """Return a task for each open incident that an officer may read, 20 at most."""
    return [
        Task(
            title=f"Suivre l’incident {incident.file_number} ({label_of(incident)})",
            url=url_of(actor, incident),
            why=incident.mission.need.title,
            urgent=incident.level in PRESSING,
        )
        for incident in selectors.to_follow(actor)[:20]
    ]


def facts_of(incident: Incident) -> list[tuple[str, object]]:
    """Return (label, value) pairs about an incident, without its texts."""
    mission = incident.mission
    who = WHO.get(incident.party, incident.party)
    name = incident.reporter.name if incident.reporter else mission.name_of(incident.party)
    return [
        ("Mission", f"{mission.file_number} · {mission.need.title}"),
        ("Experte ou expert", mission.expert.person.name),
        ("Association", mission.association.name),
        ("Jour", f"{incident.on:%d/%m/%Y}"),
        ("Lieu", incident.place),
        ("Signalé par", f"{who} ({name})"),
        ("Signalé le", f"{timezone.localtime(incident.created_at):%d/%m/%Y à %H:%M}"),
    ]


def words_of(incident: Incident) -> list[tuple[str, str]]:
    """Return the texts of an incident that are not blank, each with its title."""
    texts = [("Ce qui s’est passé", incident.what), ("Ce qui a déjà été fait", incident.done)]
    return [(title, str(text)) for title, text in texts if text]


def language_of(incident: Incident) -> str:
    """Return the language code of an incident's texts: French, or the language of the partner."""
    partner = incident.mission.need.partner
    return supported(partner.language) if incident.party == "partenaire" and partner else "fr"


def accident_lines(incident: Incident) -> list[str]:
    """Return sentences on who declares an accident, to whom and by when; [] when nobody is hurt.

    The sentences depend on the leave scheme of the expert and on the kind of employer; when no text
    answers, one sentence says so.
    """
    if not incident.accident:
        return []
    mission = incident.mission
    sentences = leave_wording(mission.release.scheme, mission.employer).accident
    return [*sentences] or [NO_TEXT]


def context_of(actor: Actor, incident: Incident) -> dict[str, Any]:
    """Return the context of the page of an incident.

    Keys: `incident`, `label`, `tone`, `facts`, `mission_url`, `words` (its texts) in `language`,
    `accident` (sentences), `network` (whether an officer reads), `measures` (empty for the others)
    and `open`.
    """
    network = actor.role == "reseau"
    return {
        "incident": incident,
        "label": label_of(incident),
        "tone": TONES[incident.level],  # type: ignore[index]
        "facts": facts_of(incident),
        "mission_url": url_of_mission(actor, incident.mission),
        "words": words_of(incident),
        "language": language_of(incident),
        "accident": accident_lines(incident),
        "measures": selectors.measures_of(incident) if network else [],
        "network": network,
        "open": incident.state == State.OPEN,
    }


def links_of(actor: Actor, network: Network) -> list[tuple[str, str]]:
    """Return the link to designate readers of confidential reports, for a director; else [].

    `network` is unused: the link leads to the network of `actor`.
    """
    if not rules.can_designate(actor, officer_of(actor)):
        return []
    url = reverse("incidents:reseau_readers", args=[actor.key])
    return [("Signalements confidentiels : qui les lit", url)]


def caption_of(count: int) -> str:
    """Return the number of incidents in a list, as a French sentence."""
    return counted(count, "incident")


def kept_of(person: Person) -> list[str]:
    """Return why an erasure keeps incidents that a person reported; [] if it keeps none."""
    if not selectors.lasting_of(person).exists():
        return []
    return [
        "Ce que vous avez signalé de grave, un accident ou en confiance reste jusqu’à son terme : "
        "d’autres peuvent avoir à le prouver (RGPD, article 17.3 e). Votre nom n’y est plus."
    ]
