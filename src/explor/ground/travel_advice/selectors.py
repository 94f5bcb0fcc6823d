"""Queries on travel advice: in force on a place on a day, latest of all places, history."""

from collections.abc import Collection
from datetime import date

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import fold, terms

from .models import Advice, AdviceQuerySet
from .rules import prevailing

Place = tuple[str, str]  # country code, then the name of a place or "" for the whole country


def reading_for(country: str, place: str, on: date) -> Advice | None:
    """Return the advice in force on `place` on the day `on`, even when it is stale.

    If there is no advice on the place, return the advice on its country, or None if there is none
    on the country either.
    """
    return readings_for({(country, place)}, on)[country, place]


def readings_for(places: Collection[Place], on: date) -> dict[Place, Advice | None]:
    """Return {(country, place): advice in force on the day `on`}, in one query.

    If there is no advice on a place, its value is the advice on the country, or None if there is
    none on the country either.
    """
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
    """Return the last advice on each place that `actor` may see, the oldest first.

    With `search`, only the places whose name or country contains this text are returned.
    """
    readings = Advice.objects.visible_to(actor).in_force(on)
    if name := fold(search):
        codes = countries_named(name)
        readings = readings.filter(country__in=codes) | readings.filter(place_key__contains=name)
    return readings


def history(actor: Actor, country: str) -> AdviceQuerySet:
    """Return all the advice that `actor` may see on a country and its places, the latest first."""
    return Advice.objects.visible_to(actor).filter(country=country)


def countries_named(part: str) -> list[str]:
    """Return the codes of the countries whose name contains `part` or whose code is `part`.

    `part` is in lower case, without accents.
    """
    return [
        term.code
        for term in terms("countries").values()
        if part == term.code.lower() or any(part in fold(name) for name in term.names[1:])
    ]
