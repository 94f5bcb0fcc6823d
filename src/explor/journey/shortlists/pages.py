"""Rows and filters of the pages of shortlists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label, sort_key
from explor.ground.ui import hooks
from explor.ground.ui.days import date_format
from explor.ground.ui.export import Columns
from explor.journey.leave_readings.selectors import house_objections_of_all
from explor.journey.needs.models import Need

from . import selectors

# The columns of the exported list.
EXPORTED: Columns = {
    "Numéro": lambda line: line[0].file_number,
    "Besoin": lambda line: line[0].title,
    "Association": lambda line: line[0].association.name,
    "Places": lambda line: line[0].seats,
    "Places pourvues": lambda line: line[1],
    "Recherche": lambda line: line[2],
}


@dataclass(frozen=True, kw_only=True)
class CandidateVerb:
    """An action of an officer on an expert of a shortlist: a button when `main`, else a link."""

    label: str
    url: str
    main: bool = False


def search_lines(needs: Iterable[Need]) -> list[tuple[Need, int, str, str]]:
    """Return (need, number of agreed seats, search status in words, tone of its badge) per need."""
    rows = list(needs)
    agreed = selectors.proposal_reads().agreed([need.pk for need in rows])
    return [(need, agreed[need.pk], *search_state(need, agreed[need.pk])) for need in rows]


def lines_to_export(needs: Iterable[Need]) -> Iterator[tuple[Need, int, str, str]]:
    """Yield the tuples of `search_lines`, queried only when a file is exported."""
    yield from search_lines(needs)


def search_state(need: Need, agreed: int) -> tuple[str, str]:
    """Return the search status of a need in words and the tone of its badge.

    Args:
        agreed: the number of seats with a proposal that all parties accepted.
    """
    if agreed >= need.seats:
        return "équipe complète", "good"
    if not need.free_seats:
        return "réponses attendues", "info"
    return "à chercher", "warn"


def candidates(actor: Actor, need: Need, lines: Sequence[Any]) -> list[dict[str, Any]]:
    """Return one {line, verbs, house} dict per line of a shortlist.

    `verbs` are the actions of `actor`; `house` is what the employer's lending rules object to.
    """
    verbs_of = hooks.get("verbs:candidate")
    people = [line.expert for line in lines]
    house = house_objections_of_all(people, need, timezone.localdate())
    return [
        {
            "line": line,
            "verbs": [verb for verbs in verbs_of for verb in verbs(actor, need, line)],
            "house": house.get(line.expert.pk, []),
        }
        for line in lines
    ]


def comparison(lines: Sequence[Any]) -> list[tuple[str, list[list[str]]]]:
    """Return the rows of a table that compares experts: (title, one list of texts per expert).

    `lines` are those of a shortlist, one per expert.
    """
    parts = [bar["label"] for bar in lines[0].bars] if lines else []
    points = {part: [[_points(line, part)] for line in lines] for part in parts}
    people = [line.candidate for line in lines]
    return [
        ("Score", [[line.total] for line in lines]),
        *points.items(),
        ("Ce qui parle pour cette personne", [list(each.reasons) for each in people]),
        ("Ce qui s’y oppose", [list(each.blockers) for each in people]),
        ("Ce qui changerait tout", [[fix.change for fix in each.fits_if] for each in people]),
        ("Lignes du profil", [[quote.line for quote in each.quotes] for each in people]),
        ("Jours libres", [[_days(period) for period in line.free] for line in lines]),
    ]


def _points(line: Any, part: str) -> str:
    return str(next(bar["points"] for bar in line.bars if bar["label"] == part))


def _days(period: Any) -> str:
    return f"du {date_format(period.start, 'j F Y')} au {date_format(period.end, 'j F Y')}"


def mission_filters() -> dict[str, list[tuple[str, str]]]:
    """Return `countries` and `sectors` of the missions to fill, as (code, name) sorted by name."""
    needs = selectors.missions_to_fill().prefetch_related(None).order_by()
    rows = list(needs.values_list("country", "sectors"))
    codes = {
        "countries": {country for country, _ in rows},
        "sectors": {code for _, sectors in rows for code in sectors},
    }
    return {
        name: sorted(
            ((code, label(name, code)) for code in each if code), key=lambda pair: sort_key(pair[1])
        )
        for name, each in codes.items()
    }
