"""Data shown on the pages of a network."""

from collections.abc import Sequence
from datetime import date

from explor.ground.audit.models import Access
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.roles.registry import role_types
from explor.ground.ui import hooks
from explor.ground.ui.days import date_format
from explor.ground.ui.parts import Panel

from . import selectors
from .models import Network, Officer

hooks.define("networks.links", "callable(actor, network) -> [(label, URL)] on the network page")


def facts_of(network: Network) -> list[tuple[str, object]]:
    """Return the presentation of a network, as (label, value) pairs."""
    departments = [label("departments", code) for code in network.departments]
    return [
        ("Région", label("regions", network.region)),
        ("Départements", departments),
        ("Forme juridique", network.legal_form),
        ("Adresse électronique", network.email),
        ("Téléphone", network.phone),
        ("Adresse", network.address),
        ("Jours pour répondre (exemple)", network.answer_days),
    ]


def links_of(actor: Actor, network: Network) -> list[tuple[str, str]]:
    """Return the (label, URL) links that other capabilities register for the page of a network."""
    return [pair for links in hooks.get("networks.links") for pair in links(actor, network)]


def absence_of(officer: Officer, today: date) -> str:
    """Return the end of an absence and the name of the replacement, in French; "" if present."""
    if officer.away_until is None or officer.away_until < today:
        return ""
    until = f"jusqu’au {date_format(officer.away_until, 'j F Y')}"
    if officer.replaced_by is None:
        return until
    return f"{until}, remplacement par {officer.replaced_by.person.name}"


# The French name of each value of `Access.what`, the kind of data that a person viewed.
WHAT = {
    "confidential_report": "signalement confidentiel",
    "emergency_contact": "personne à prévenir en cas d’urgence",
    "incident": "incident d’une mission",
    "travel": "dates de passeport ou de visa, notes de voyage",
    "diary": "carnet de mission",
    "member_imports.csv": "lignes fautives d’un fichier de membres (CSV)",
}


# The lists that an officer downloads: their views are recorded as « calls.csv », « calls.xlsx ».
LISTS = {
    "calls": "liste des appels",
    "experts": "liste des profils",
    "missions": "liste des missions",
    "needs": "liste des besoins",
    "organisations": "liste des organisations, avec leurs contacts",
    "projects": "liste des projets",
    "proposals": "liste des propositions",
    "releases": "liste des accords de l’employeur",
    "searches": "liste des recherches",
    "sheets": "liste des fiches",
    "transfers": "liste des transferts",
}
FORMS = {"csv": "CSV", "xlsx": "classeur"}


def what_of(reading: Access) -> str:
    """Return what an access-log entry says was viewed, in French.

    "" for a document, whose title is shown instead.
    """
    name, _, form = reading.what.partition(".")
    if name in LISTS and form in FORMS:
        return f"{LISTS[name]} ({FORMS[form]})"
    return WHAT.get(reading.what, "")


def reading_rows(readings: Sequence[Access]) -> list[tuple[Access, str, str, str, str]]:
    """Return a table row for each recorded view of the data of a network.

    A row is (access-log entry, name of the person, role, data viewed, file number); the number is
    "" when the data belong to no numbered file.
    """
    people, titles = selectors.names_in(readings)
    numbers, roles = selectors.file_numbers_in(readings), role_types()
    return [
        (
            each,
            people.get(each.person or 0, "compte effacé" if each.person else "lien personnel"),
            roles[each.role].label if each.role in roles else "",
            what_of(each) or titles.get(each.subject or 0, "document effacé"),
            numbers.get((each.kind, each.subject or 0), ""),
        )
        for each in readings
    ]


def replacement_panel(request: Request) -> Panel | None:
    """Return a panel of the absent officers whom the current officer replaces; None if none."""
    actor = request.actor
    officers = list(selectors.replaced_by(actor.person, actor.scope))
    if not officers:
        return None
    return Panel(
        title="Vous remplacez", template="networks/_replaced.html", context={"officers": officers}
    )
