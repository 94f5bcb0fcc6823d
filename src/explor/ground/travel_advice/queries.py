"""Readings of travel advice: the one that holds for a place, and the board of all places."""

from datetime import date

from explor.ground.common.actor import Actor
from explor.ground.reference.queries import fold, terms

from .models import Advice, AdviceQuerySet
from .rules import prevailing


def reading_for(country: str, place: str, on: date) -> Advice | None:
    """The reading that holds for `place` on the day `on`; whether it is stale, `verdict` says."""
    latest = Advice.objects.filter(country=country, place_key__in={"", fold(place)}).in_force(on)
    by_place = {advice.place_key: advice for advice in latest}
    country_wide = by_place.pop("", None)
    return prevailing(next(iter(by_place.values()), None), country_wide)


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
