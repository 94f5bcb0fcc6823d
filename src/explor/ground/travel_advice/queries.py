"""Readings of travel advice: the one that holds for a place, and the board of all places."""

from collections.abc import Collection
from datetime import date

from explor.ground.http.actor import Actor
from explor.ground.reference.queries import fold, terms

from .models import Advice, AdviceQuerySet
from .rules import prevailing

Place = tuple[str, str]  # country code, name of a place or ""


def reading_for(country: str, place: str, on: date) -> Advice | None:
    """The reading that holds for `place` on the day `on`; whether it is stale, `verdict` says."""
    return readings_for({(country, place)}, on)[country, place]


def readings_for(places: Collection[Place], on: date) -> dict[Place, Advice | None]:
    """For each (country, place), the reading that holds on the day `on`; one query for all."""
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
    """The last reading of each place, the oldest first, narrowed to what `search` names."""
    found = Advice.objects.visible_to(actor).in_force(on)
    if wanted := fold(search):
        codes = countries_named(wanted)
        found = found.filter(country__in=codes) | found.filter(place_key__contains=wanted)
    return found


def history(actor: Actor, country: str) -> AdviceQuerySet:
    """Every reading of a country and its places, the latest first."""
    return Advice.objects.visible_to(actor).filter(country=country)


def countries_named(wanted: str) -> list[str]:
    """Codes of the countries one of whose names contains the folded text `wanted`."""
    return [
        term.code
        for term in terms("countries").values()
        if wanted == term.code.lower() or any(wanted in fold(name) for name in term.names[1:])
    ]
