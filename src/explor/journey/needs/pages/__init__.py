"""Values and texts of a need, formatted for pages."""

from collections.abc import Callable
from operator import attrgetter

from django.utils import timezone

from explor.ground.reference.selectors import label, terms
from explor.ground.travel_advice.selectors import reading_for
from explor.ground.ui.amounts import counted
from explor.ground.ui.days import date_format
from explor.ground.ui.export import Columns

from .. import fields
from ..models import Need
from ..rules import (
    SCREENS,
    Completeness,
    Screen,
    WarningFacts,
    label_of,
    measure,
    measured,
    value_of,
    warnings_about,
)
from ..states import State

TONES: dict[str, str] = {
    State.DRAFT: "neutral",
    State.FILED: "info",
    State.RETURNED: "warn",
    State.ADMISSIBLE: "good",
    State.INADMISSIBLE: "bad",
    State.WITHDRAWN: "neutral",
    State.TAKEN_OVER: "neutral",
}


def columns_to_export() -> Columns:
    """Return the columns of the file of a list of needs: those of every need, then its fields."""
    exported = {each.column: attrgetter(each.name) for each in fields.FIELDS if each.column}
    return {
        "numero": attrgetter("file_number"),
        "titre": attrgetter("title"),
        "association": attrgetter("association.name"),
        "pays": lambda need: label("countries", need.country) if need.country else "",
        "etat": lambda need: need.get_state_display(),
        "depose": attrgetter("filed_at"),
        **exported,
    }


def facts_of(need: Need) -> list[tuple[str, object]]:
    """Return the (label, value) pairs of a need, its call first, with the blank values."""
    return [("Appel", need.call.title), *((name, value) for _, name, value in _facts(need))]


def parts_of(need: Need) -> list[tuple[Screen, list[tuple[str, object]]]]:
    """Return, for each screen of the guided builder, the screen and its (label, value) pairs."""
    facts = _facts(need)
    return [
        (screen, [(name, value) for field, name, value in facts if field.screen == screen.slug])
        for screen in SCREENS.values()
    ]


def public_pairs(need: Need) -> list[tuple[str, object]]:
    """Return the (label, value) pairs of a need that the public may read."""
    return [(name, value) for field, name, value in _facts(need) if field.public]


def _facts(need: Need) -> list[tuple[fields.Field, str, object]]:
    facts: list[tuple[fields.Field, str, object]] = []
    for field in fields.FIELDS:
        if field.fact is not None:
            facts.append((field, field.fact or label_of(field.name), shown(need, field)))
        if field.name == "partner":
            facts.append((field, "Confirmé par le partenaire", _confirmed(need)))
    return facts


def shown(need: Need, field: fields.Field) -> object:
    """Return the value of a field for display: text, a number, or a list of texts."""
    if show := SHOWN.get(field.name):
        return show(need)
    value = value_of(need, field.name)
    if not field.vocabulary:
        return value
    if isinstance(value, list):
        return [label(field.vocabulary, code) for code in value]
    known = terms(field.vocabulary).get(str(value))
    return known.label if known else ""


def window_of(need: Need) -> str:
    """Return the window of a need, « du 03/03/2027 au 30/04/2027 », "" when a date is missing."""
    if need.window_start and need.window_end:
        return f"du {need.window_start:%d/%m/%Y} au {need.window_end:%d/%m/%Y}"
    return ""


def _confirmed(need: Need) -> str:
    return date_format(need.partner_confirmed_at, "d/m/Y")


def _languages(need: Need) -> list[str]:
    known = terms("languages")
    return [f"{known[each.language].label} {each.level}" for each in need.languages.all()]


# How to display the fields whose stored value is a code or an identifier.
SHOWN: dict[str, Callable[[Need], object]] = {
    "purpose": lambda need: need.get_purpose_display(),
    "languages": _languages,
    "partner": lambda need: need.partner.name if need.partner else "",
    "window_start": window_of,
    "days": lambda need: counted(need.days, "jour") if need.days else "",
}


def way_of(need: Need, present: str) -> list[dict[str, object]]:
    """Return the screens of the guided builder in order, for its navigation.

    Args:
        present: the slug of the screen that the page shows.

    Returns:
        Dicts: `slug`, `title`, `present` (shown now) and `blank` (a required field is blank).
    """
    needed = [each for each in fields.FIELDS if each.needed]
    blank = {each.screen for each in needed if not value_of(need, each.name)}
    return [
        {
            "slug": screen.slug,
            "title": screen.title,
            "present": screen.slug == present,
            "blank": screen.slug in blank,
        }
        for screen in SCREENS.values()
    ]


def first_blank(need: Need) -> str:
    """Return the slug of the first screen with a blank required field, else of the first screen."""
    way = way_of(need, "")
    return str(next((each["slug"] for each in way if each["blank"]), way[0]["slug"]))


def completeness_of(need: Need) -> Completeness:
    """Return the completeness of a need, measured from its fields and languages."""
    return measure({each.name: value_of(need, each.name) for each in measured()})


def warnings_of(need: Need) -> list[str]:
    """Return the warnings on a need, as sentences; some depend on today's advice on its place."""
    today = timezone.localdate()
    advice = reading_for(need.country, need.place, today) if need.country else None
    return warnings_about(
        WarningFacts(
            today=today,
            days=need.days,
            deliverables=len(_lines(need.deliverables)),
            objectives=len(_lines(need.objectives)),
            start=need.window_start,
            end=need.window_end,
            seats=need.seats,
            committee_on=need.call.committee_on,
            zone=advice.zone if advice else "",
        )
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
