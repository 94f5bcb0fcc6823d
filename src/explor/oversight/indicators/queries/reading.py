"""The figures of a year and a network, as the last reckoning left them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, JSONField, Q, Value, When
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.queries import terms

from ..models import Tally
from ..rules import Figures
from .gathering import reckon

Version = tuple[int, datetime]
LISTS = {"countries": "countries", "sectors": "sectors", "sdgs": "sdgs", "skills": "sectors"}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one page shows: the figures asked, and beside them those of each network."""

    year: int | None
    network: Network | None
    at: datetime
    figures: Figures
    years: list[int]
    networks: list[tuple[Network, Figures]] = field(default_factory=list)


def figures(year: int | None = None, network: str | None = None) -> dict[str, Any]:
    """The public figures in plain JSON types, what would name somebody hidden (`count` null).

    `network` by its key. Raises `Tally.DoesNotExist` for a year or a network without figures.
    """
    found = read(year, network or "")
    if found is None:
        raise Tally.DoesNotExist
    return {
        "year": year,
        "network": found.network.slug if found.network else None,
        "computed_at": found.at.isoformat(),
        **found.figures,
    }


def read(year: int | None, network: str, *, reckoned: bool = True) -> Reading | None:
    """The figures asked for; None when there is no such year or network. Two queries.

    Before the first reckoning they are reckoned at once, and not kept: a page never writes.
    `reckoned` is false for who already knows that they were not.
    """
    networks = list(Network.objects.filter(in_explor=True).order_by("name"))
    rows = _rows(year) if reckoned else []
    at = max((row["computed_at"] for row in rows), default=timezone.now())
    by_scope = {(row["year"], row["network"]): row["asked"] for row in rows}
    by_scope = by_scope or reckon([each.pk for each in networks])
    chosen = next((each for each in networks if each.slug == network), None)
    scope = (year, chosen.pk if chosen else None)
    if scope not in by_scope or bool(network) != bool(chosen):
        return None
    return Reading(
        year=year,
        network=chosen,
        at=at,
        figures=_named(by_scope[scope]),
        years=sorted({each for each, _ in by_scope if each}, reverse=True),
        networks=[
            (each, by_scope[year, each.pk]) for each in networks if (year, each.pk) in by_scope
        ],
    )


def version() -> Version:
    """What tells a version of the page: the last row reckoned, and when; 0 and now, if none."""
    last = Tally.objects.order_by("-pk").values_list("pk", "computed_at").first()
    return last or (0, timezone.now())


def _rows(year: int | None) -> list[Any]:
    """Every row, light; the figures only where the year is the one asked."""
    asked = Q(year=year) if year else Q(year__isnull=True)
    content = Case(When(asked, then=F("figures")), default=Value(None, JSONField()))
    found = Tally.objects.annotate(asked=content).order_by("pk")
    return list(found.values("year", "network", "computed_at", "asked"))


def _named(told: Figures) -> Figures:
    """The same figures, with the French label of each code."""
    lists = {**told["lists"], "skills": told["skills"]}
    named = {
        name: [{"label": _label(LISTS[name], row["code"]), **row} for row in rows]
        for name, rows in lists.items()
    }
    skills = named.pop("skills")
    return {**told, "lists": named, "skills": skills}


def _label(reference: str, code: str) -> str:
    known = terms(reference).get(code)
    return known.label if known else code
