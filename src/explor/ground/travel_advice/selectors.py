"""Read travel advice: what holds for a place, the board of all places, a country's history."""

from collections.abc import Collection
from datetime import date

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import fold, terms

from .models import Advice, AdviceQuerySet
from .rules import prevailing

Place = tuple[str, str]  # country code, name of a place or ""


def reading_for(country: str, place: str, on: date) -> Advice | None:
    """Return the reading that holds for `place` on the day `on`, stale or not."""
    return readings_for({(country, place)}, on)[country, place]


def readings_for(places: Collection[Place], on: date) -> dict[Place, Advice | None]:
    """Return, for each (country, place), the reading that holds on the day `on`, in one query."""
    countries = {country for country, _ in places}
    keys = {"", *(fold(place) for _, place in places)}
    latest = Advice.objects.filter(country__in=countries, place_key__in=keys).in_force(on)
    read = {(advice.country, advice.place_key): advice for advice in latest}
    return {
        (country, place): prevailing(
            read.get((country, fold(place))) if fold(place) else None, read.get((country, ""))
        )
        for country, place in places
    }


def board(actor: Actor, on: date, search: str = "") -> AdviceQuerySet:
    """Return the last reading of each place, the oldest first, limited to what `search` names."""
    readings = Advice.objects.visible_to(actor).in_force(on)
    if name := fold(search):
        codes = countries_named(name)
        readings = readings.filter(country__in=codes) | readings.filter(place_key__contains=name)
    return readings


def history(actor: Actor, country: str) -> AdviceQuerySet:
    """Return every reading of a country and its places, the latest first."""
    return Advice.objects.visible_to(actor).filter(country=country)


def countries_named(part: str) -> list[str]:
    """Return the codes of the countries that have `part`, a folded text, in one of their names."""
    return [
        term.code
        for term in terms("countries").values()
        if part == term.code.lower() or any(part in fold(name) for name in term.names[1:])
    ]
