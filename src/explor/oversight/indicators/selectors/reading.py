"""Database queries for the stored figures of a year and a network."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, JSONField, Q, Value, When
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import terms
from explor.ground.ui.order import french_key

from ..models import Tally
from ..rules import Figures
from .gathering import compute

Version = tuple[int, datetime]
LISTS = {"countries": "countries", "sectors": "sectors", "sdgs": "sdgs", "skills": "sectors"}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The stored figures for one page: those of its year and network, and those of each network.

    `at` is when they were computed, `years` all the years that have figures, latest first.
    """

    year: int | None
    network: Network | None
    at: datetime
    figures: Figures
    years: list[int]
    networks: list[tuple[Network, Figures]] = field(default_factory=list)


def figures(year: int | None = None, network: str | None = None) -> dict[str, Any]:
    """Return the public figures in plain JSON types, with their `year`, `network`, `computed_at`.

    A `count` is null when hidden for privacy.

    Args:
        year: a year, or None for all of them.
        network: the slug of a network, or None for all of them.

    Raises:
        Tally.DoesNotExist: the year or the network has no figures.
    """
    reading = read(year, network or "")
    if reading is None:
        raise Tally.DoesNotExist
    return {
        "year": year,
        "network": reading.network.slug if reading.network else None,
        "computed_at": reading.at.isoformat(),
        **reading.figures,
    }


def read(year: int | None, network: str, *, counted: bool = True) -> Reading | None:
    """Return the figures of a year and a network, to show on a page; None when they do not exist.

    Reading takes two queries. Figures that are not stored are computed but not saved, because a
    page never writes.

    Args:
        year: a year, or None for all of them.
        network: the slug of a network, or "" for all of them.
        counted: False when the caller knows that no figures are stored yet.
    """
    networks = list(Network.objects.filter(in_explor=True).order_by(french_key("name")))
    rows = _rows(year) if counted else []
    at = max((row["computed_at"] for row in rows), default=timezone.now())
    by_scope = {(row["year"], row["network"]): row["content"] for row in rows}
    by_scope = by_scope or compute([each.pk for each in networks])
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
    """Return the version of the stored figures, on which HTTP caches of the page depend.

    The version is (primary key, time) of the last row stored; (0, now) if there is no row.
    """
    last = Tally.objects.order_by("-pk").values_list("pk", "computed_at").first()
    return last or (0, timezone.now())


def _rows(year: int | None) -> list[Any]:
    """Return all stored rows of figures as dicts: `year`, `network`, `computed_at`, `content`.

    `content` is the figures of the rows of `year` (of all years when None), None for the others.
    """
    wanted = Q(year=year) if year else Q(year__isnull=True)
    content = Case(When(wanted, then=F("figures")), default=Value(None, JSONField()))
    rows = Tally.objects.annotate(content=content).order_by("pk")
    return list(rows.values("year", "network", "computed_at", "content"))


def _named(figures: Figures) -> Figures:
    """Return a copy of the figures where each row with a code also has its French `label`."""
    lists = {**figures["lists"], "skills": figures["skills"]}
    named = {
        name: [{"label": _label(LISTS[name], row["code"]), **row} for row in rows]
        for name, rows in lists.items()
    }
    skills = named.pop("skills")
    return {**figures, "lists": named, "skills": skills}


def _label(reference: str, code: str) -> str:
    known = terms(reference).get(code)
    return known.label if known else code
