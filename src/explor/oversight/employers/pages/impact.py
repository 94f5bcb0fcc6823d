"""The results of the missions of an employer's staff in a civil year: figures and PDF sheet."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from explor.actors.organisations.models import Organisation
from explor.ground.reference.selectors import label
from explor.ground.ui import pdf
from explor.ground.ui.amounts import counted
from explor.journey.missions.models import Mission
from explor.journey.sheets.models import ProjectSheet

from .. import rules

# Limits so that the sheet fits on one page, whatever the length of the names.
LISTED, NAME, QUOTES, QUOTE = 6, 70, 3, 240


def impact_of(missions: list[Mission], sheets: list[ProjectSheet], year: int) -> dict[str, Any]:
    """Return the figures and quotes of a year, without the name of any person.

    The lists `countries`, `sectors`, `skills` and `associations` begin with the most frequent;
    `quotes` are (title of the sheet, text); `under_way` is whether a mission goes on after today.

    Args:
        missions: the missions with a real day in the year.
        sheets: the published sheets of their projects; quotes come from these sheets only.
        year: a civil year.
    """
    today = timezone.localdate()
    sectors = [c for each in missions for c in each.need.sectors or each.need.project.sectors]
    goals = {goal for each in missions for goal in each.need.project.sdgs}
    return {
        "missions": len(missions),
        "people": len({each.expert_id for each in missions}),
        "days": sum(rules.days_spent(each.stay, year, today) for each in missions),
        "countries": _most(label("countries", each.country) for each in missions),
        "sectors": _most(label("sectors", code) for code in sectors),
        "skills": _most(skill for each in missions for skill in each.need.skills),
        "associations": _most(each.association.name for each in missions),
        "goals": [f"{goal}. {label('sdgs', str(goal))}" for goal in sorted(goals)],
        "quotes": _quotes(missions, sheets),
        "under_way": any(each.stay and each.stay.end > today for each in missions),
    }


def _most(values: Iterable[str]) -> list[str]:
    """Return the distinct values, the most frequent first."""
    return [value for value, _ in Counter(filter(None, values)).most_common()]


def _quotes(missions: list[Mission], sheets: list[ProjectSheet]) -> list[tuple[str, str]]:
    """Return (title of the sheet, its text about a mission) pairs, from published sheets only."""
    titles = {(each.need.project_id, each.need.title) for each in missions}
    return [
        (sheet.title, fact["summary"])
        for sheet in sheets
        for fact in sheet.missions
        if (sheet.project_id, fact["title"]) in titles and fact.get("summary")
    ]


def impact_paper(employer: Organisation, impact: dict[str, Any], year: int, today: date) -> bytes:
    """Return the impact sheet of a year as a PDF of one page; long lists and texts are cut."""
    network = employer.network
    data = {
        "issuer": {"name": network.name, "accent": network.accent},
        "kicker": f"Année civile {year}, arrêtée au {today:%d/%m/%Y}",
        "lead": _lead(impact),
        "facts": [
            ("Associations aidées", _cut(impact["associations"])),
            ("Pays", _cut(impact["countries"])),
            ("Domaines", _cut(impact["sectors"])),
            ("Compétences apportées", _cut(impact["skills"])),
            ("Objectifs de développement durable", _cut(impact["goals"], 17)),
        ],
        "sections": _sections(impact),
    }
    title = f"{Truncator(employer.name).chars(110)} : une année de missions"
    return pdf.render("document.typ", data, title=title)


def _lead(impact: dict[str, Any]) -> str:
    if not impact["missions"]:
        return "Aucune mission n’a eu lieu cette année-là."
    people, missions = counted(impact["people"], "personne"), counted(impact["missions"], "mission")
    spent = counted(
        impact["days"],
        "jour de solidarité internationale, vécu sur place",
        "jours de solidarité internationale, vécus sur place",
    )
    return f"{people}, {missions}, {spent}."


def _sections(impact: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sections of the sheet: shortened quotes, and the source of the figures."""
    quotes = [
        f"{Truncator(title).chars(NAME)} : {Truncator(' '.join(text.split())).chars(QUOTE)}"
        for title, text in impact["quotes"][:QUOTES]
    ]
    quoted = [{"title": "Ce que disent les fiches publiées", "list": quotes}] if quotes else []
    note = (
        "Les jours sont ceux vécus sur place dans l’année, du départ au retour ; une mission à "
        "cheval sur deux années compte dans chacune. Aucune personne n’est nommée."
    )
    return [*quoted, {"title": "D’où viennent ces chiffres", "paragraphs": [note]}]


def _cut(values: Iterable[str], most: int = LISTED) -> str:
    """Return the first values, each shortened, and the number of values left out, as text."""
    rows = list(values)
    shown = ", ".join(Truncator(each).chars(NAME) for each in rows[:most])
    left = len(rows) - most
    return f"{shown} et {counted(left, 'autre')}" if left > 0 else shown
