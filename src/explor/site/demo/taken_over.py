"""Demonstration missions and budgets that began before Explor, and example files to import."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from explor.actors.member_imports.engine import fields_of as member_fields
from explor.actors.member_imports.models import What as Members
from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.ground.imports import actions as imports
from explor.ground.reference.selectors import label
from explor.ground.ui.export import csv_file
from explor.journey.takeovers import actions, engine
from explor.journey.takeovers.models import What
from explor.journey.takeovers.pages import template_sheets

from .actors import DemoPeople, officer_of
from .demo_data import DemoData, fill

# The state of each mission, the days from today to its departure, and how many days it lasts.
SPANS = (
    ("préparée", 48, 12),
    ("partie", -4, 14),
    ("revenue", -37, 10),
    ("close", -210, 15),
    ("close", -400, 8),
)
# The titles of the missions of the season, then those of the example files.
SEASON = (
    "Former l’équipe technique à l’entretien des pompes",
    "Relever le réseau d’eau du bourg",
    "Préparer le plan de collecte des déchets",
    "Accompagner l’état civil de la commune",
    "Évaluer le jardin-école",
)
EXAMPLES = (
    "Remettre en marche le forage de l’école",
    "Cartographier les points d’eau",
    "Former les agentes et agents du marché",
    "Préparer le registre des parcelles",
    "Suivre la pépinière communale",
)
BUDGET = (("Transport international", 980), ("Hébergement", 420), ("Assurance", 60))
SEED, FIRST_NUMBER = 20, 900  # of the example files: SIRET that the season does not use
Line = dict[str, str]


def add_taken_over(data: DemoData, people: DemoPeople) -> None:
    """Import five missions of the first network, in the four states, then their budgets.

    They are imported from two files, as an officer would do, so both imports can be consulted.
    """
    network = people.networks[0]
    known = [each for each in people.associations if each.network_id == network.pk][:2]
    missions = mission_lines(data, network, known)
    _take_over(network, What.MISSIONS, missions)
    _take_over(network, What.BUDGETS, budget_lines(missions[1:]))


def mission_lines(
    data: DemoData, network: Network | None = None, known: Iterable[Organisation] = ()
) -> list[Line]:
    """Return five rows of a file of missions, each as {field: text}.

    The associations are in turn the `known` ones and a new one. Without a network, titles and names
    are those of the example files.
    """
    associations = [(each.name, each.siret) for each in known]
    associations += [("Puits et Parchemins" if network else "L’Eau vive", data.siret())]
    employer = fill("Syndicat des eaux de {town}", town=data.town("resacoop")[1])
    return [
        _mission(data, number, associations[number % len(associations)])
        | {"employer": employer, "title": (SEASON if network else EXAMPLES)[number]}
        for number in range(len(SPANS))
    ]


def _mission(data: DemoData, number: int, association: tuple[str, str]) -> Line:
    state, departure, days = SPANS[number]
    start = timezone.localdate() + timedelta(days=departure)
    code, place, _ = data.place()
    who = data.name()
    return {
        "reference": f"{start.year}-R{number + 1:02}",
        "association": association[0],
        "association_number": association[1],
        "country": label("countries", code),
        "place": place,
        "expert": who,
        "email": data.email(who),
        "employment": "titulaire",
        "scheme": "MAD" if number else "",
        "start": _day(start),
        "end": _day(start + timedelta(days=days - 1)),
        "state": state,
        "signed": "oui" if number else "non",
        "partner": fill("Commune de {place}", place=place),
    }


def budget_lines(missions: Iterable[Line]) -> list[Line]:
    """Return the rows of a budget file for these missions, each as {field: text}.

    There is one row per heading of `BUDGET`; it is paid only if the mission has ended.
    """
    return [
        {
            "mission": mission["reference"],
            "funder": "Fonjep",
            "heading": heading,
            "planned": f"{amount},00",
            "committed": f"{amount},00",
            "paid": f"{amount - 20},50" if mission["state"] in ("revenue", "close") else "",
        }
        for mission in missions
        for heading, amount in BUDGET
    ]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _take_over(network: Network, what: str, lines: list[Line]) -> None:
    """Bring in a file of these lines, and make them at once, without a job."""
    fields = engine.fields_of(what)
    content = csv_file("reprise", fields.values(), _rows(fields, lines)).content
    by = officer_of(network)
    name = {What.MISSIONS: "missions-en-cours.csv", What.BUDGETS: "budgets.csv"}[What(what)]
    batch = actions.upload(network=network, what=what, name=name, content=content, by=by)
    actions.read(batch, by=by)
    imports.read_lines(batch)
    actions.make(batch, by=by)
    imports.make_lines(batch)


def _rows(fields: Mapping[str, str], lines: Iterable[Line]) -> list[tuple[str, ...]]:
    return [tuple(line.get(name, "") for name in fields) for line in lines]


def example(*, faults: bool) -> dict[str, list[tuple[str, ...]]]:
    """Return {sheet name: rows} of the import template, filled with invented rows.

    Args:
        faults: add rows with the usual errors, which the preview refuses or reports.
    """
    data = DemoData(SEED)
    data.numbers = FIRST_NUMBER
    missions = mission_lines(data)
    for at, line in enumerate(missions):
        line["reference"] = f"EX-{at + 1:02}"
    budgets = budget_lines(missions[1:])
    if faults:
        missions += _faulty_missions(missions[0])
        budgets += _faulty_budgets(budgets[0])
    added = {
        "Associations": (member_fields(Members.ASSOCIATIONS), _associations(missions)),
        "Professionnels": (member_fields(Members.EXPERTS), _experts(missions)),
        "Missions": (engine.fields_of(What.MISSIONS), missions),
        "Budgets": (engine.fields_of(What.BUDGETS), budgets),
    }
    sheets = template_sheets()
    for name, (fields, lines) in added.items():
        sheets[name] += _rows(fields, lines)
    return sheets


def _associations(missions: Iterable[Line]) -> list[Line]:
    said = {line["association"]: line["association_number"] for line in missions}
    return [
        {"name": name, "siret": number, "city": "Lyon", "postcode": "69002"}
        for name, number in said.items()
    ]


def _experts(missions: Iterable[Line]) -> list[Line]:
    people = {line["email"]: line for line in missions}
    return [
        {"name": line["expert"], "email": email, "employer": line["employer"],
         "employment": line["employment"]}
        for email, line in people.items()
    ]  # fmt: skip


def _faulty_missions(good: Line) -> list[Line]:
    """Return a line for each usual fault: state, country, days, address, formula, repetition."""
    today = timezone.localdate()
    faults: tuple[dict[str, Any], ...] = (
        {"state": "annulée"},
        {"country": "Atlantide"},
        {"start": good["end"], "end": good["start"]},
        {"state": "revenue", "start": "mars-24", "end": "mars-24"},
        {"email": "sans arobase"},
        {"place": "=1+1"},
        {"state": "partie", "start": _day(today + timedelta(days=9))},
        {"reference": good["reference"]},
        {"association": "Comité des fêtes", "association_number": "123 456 789 00012"},
    )
    return [
        good | {"reference": f"EX-F{at + 1}", "email": f"faute{at + 1}@exemple.example"} | fault
        for at, fault in enumerate(faults)
    ]


def _faulty_budgets(good: Line) -> list[Line]:
    faults: tuple[Line, ...] = (
        {"planned": "12.345"},
        {"mission": "EX-99"},
        {"funder": "Banque des nuages"},
        {"planned": "", "committed": "", "paid": ""},
        {"planned": "1 000 000", "currency": "ariary"},
    )
    return [good | fault for fault in faults]
