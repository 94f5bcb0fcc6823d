"""The figures of a year and a network, as the last count left them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, JSONField, Q, Value, When
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.selectors import terms

from ..models import Tally
from ..rules import Figures
from .gathering import compute

Version = tuple[int, datetime]
LISTS = {"countries": "countries", "sectors": "sectors", "sdgs": "sdgs", "skills": "sectors"}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Figures of one page: those of the filters, and beside them those of each network."""

    year: int | None
    network: Network | None
    at: datetime
    figures: Figures
    years: list[int]
    networks: list[tuple[Network, Figures]] = field(default_factory=list)


def figures(year: int | None = None, network: str | None = None) -> dict[str, Any]:
    """Return the public figures in plain JSON types; `count` is null where it is hidden.

    Args:
        year: a year, or None for all of them.
        network: the key of a network, or None for all of them.

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
    """Return the figures of a year and a network, None when they do not exist; two queries.

    Before the first count they are counted at once and not kept, for a page never writes.

    Args:
        year: a year, or None for all of them.
        network: the key of a network, or "" for all of them.
        counted: False when the caller knows that nothing was counted yet.
    """
    networks = list(Network.objects.filter(in_explor=True).order_by("name"))
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
    """Return what the page depends on: the last row counted and when; 0 and now without any."""
    last = Tally.objects.order_by("-pk").values_list("pk", "computed_at").first()
    return last or (0, timezone.now())


def _rows(year: int | None) -> list[Any]:
    """Return every row, with its figures only where the year is the one wanted."""
    wanted = Q(year=year) if year else Q(year__isnull=True)
    content = Case(When(wanted, then=F("figures")), default=Value(None, JSONField()))
    rows = Tally.objects.annotate(content=content).order_by("pk")
    return list(rows.values("year", "network", "computed_at", "content"))


def _named(figures: Figures) -> Figures:
    """Return the same figures, with the French label of each code."""
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
