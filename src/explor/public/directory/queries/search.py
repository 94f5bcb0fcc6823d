"""Reads of the directory: search, filters, figures of the home page."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Func, IntegerField, TextField
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.ground.reference.queries import label, outlines, terms, view_box

from ..models import CONFIG, ProjectSheet, ProjectSheetQuerySet

STATUSES = [("a-venir", "à venir"), ("en-cours", "en cours"), ("termine", "terminé")]
SORTS = [("", "les plus récentes"), ("titre", "par titre"), ("annee", "par année")]
COLUMNS = ("slug", "title", "carrier", "locality", "countries", "sectors", "start_on", "end_on")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader of the directory asks for, as it stands in the URL."""

    q: str = ""
    pays: str = ""
    secteur: str = ""
    odd: str = ""
    reseau: str = ""
    statut: str = ""
    annee: str = ""
    tri: str = ""

    @classmethod
    def of(cls, params: Any) -> "Asked":
        """From a query string; unknown values are kept and find nothing."""
        return cls(**{name: params.get(name, "").strip()[:120] for name in asdict(cls())})


def search(asked: Asked) -> ProjectSheetQuerySet:
    """The published sheets that answer, best or latest first."""
    found = ProjectSheet.objects.published()
    if asked.pays:
        found = found.filter(countries__contains=[asked.pays])
    if asked.secteur:
        found = found.filter(sectors__contains=[asked.secteur])
    if asked.odd:
        found = found.filter(sdgs__contains=[int(asked.odd)]) if _small(asked.odd) else found.none()
    if asked.reseau:
        found = found.filter(network__slug=asked.reseau)
    if asked.annee:
        found = found.filter(year=int(asked.annee)) if _small(asked.annee) else found.none()
    if asked.statut:
        found = found.under(asked.statut, timezone.localdate())
    return _sorted(found, asked)


def _small(figures: str) -> bool:
    return figures.isascii() and figures.isdigit() and len(figures) <= 4


def _sorted(found: ProjectSheetQuerySet, asked: Asked) -> ProjectSheetQuerySet:
    if asked.q:
        query = SearchQuery(asked.q, config=CONFIG, search_type="websearch")
        found = found.filter(search=query).annotate(rank=SearchRank(F("search"), query))
    orders = {"titre": ("title", "pk"), "annee": ("-year", "-pk")}
    if asked.tri in orders:
        return found.order_by(*orders[asked.tri])
    latest = ("-published_at", "-pk")
    return found.order_by("-rank", *latest) if asked.q else found.order_by(*latest)  # type: ignore[misc]


def facets() -> dict[str, list[tuple[str, str, int]]]:
    """Countries and sectors of the published sheets, with their counts, for the filters."""
    published = ProjectSheet.objects.published()
    return {
        "pays": _counted(published, "countries", "countries"),
        "secteur": _counted(published, "sectors", "sectors"),
        "reseau": [
            (slug, name, count)
            for slug, name, count in Network.objects.filter(sheets__state="published")
            .annotate(count=Count("sheets"))
            .values_list("slug", "name", "count")
        ],
    }


def _counted(
    found: ProjectSheetQuerySet, column: str, reference: str
) -> list[tuple[str, str, int]]:
    each = Func(F(column), function="unnest", output_field=TextField())
    rows = (
        found.order_by()
        .annotate(code=each)
        .values("code")
        .annotate(count=Count("pk", output_field=IntegerField()))
        .values_list("code", "count")
    )
    named = [(code, label(reference, code), count) for code, count in rows]
    return sorted(named, key=lambda row: row[1])


def cards(rows: Any) -> list[dict[str, Any]]:
    """Rows of a list, shaped for the page: plain values only."""
    return [
        {
            "slug": slug,
            "title": title,
            "carrier": carrier,
            "where": ", ".join(label("countries", code) for code in countries) or locality,
            "sectors": ", ".join(label("sectors", code) for code in sectors),
            "when": _when(start, end),
        }
        for slug, title, carrier, locality, countries, sectors, start, end in rows
    ]


def _when(start: Any, end: Any) -> str:
    years = [str(day.year) for day in (start, end) if day]
    return " – ".join(dict.fromkeys(years))


def home_figures() -> dict[str, Any]:
    """What the home page shows: how many, where, the latest."""
    published = ProjectSheet.objects.published()
    countries = _counted(published, "countries", "countries")
    latest = published.order_by("-published_at", "-pk").values_list(*COLUMNS)[:3]
    return {
        "total": published.count(),
        "countries": countries,
        "latest": cards(latest),
        **world(countries),
    }


def world(countries: list[tuple[str, str, int]]) -> dict[str, Any]:
    """The map: every outline, and for countries with sheets their name and count."""
    counted = {code: (name, count) for code, name, count in countries}
    drawn = outlines()
    return {
        "view_box": view_box(),
        "land": " ".join(each.path for code, each in drawn.items() if code not in counted),
        "places": [
            {"code": code, "name": name, "count": count, "outline": drawn[code]}
            for code, (name, count) in counted.items()
            if code in drawn
        ],
    }


def options() -> dict[str, Any]:
    """The closed lists of the filters."""
    return {
        "statuts": STATUSES,
        "tris": SORTS,
        "odds": [(code, f"{code}. {term.label}") for code, term in terms("sdgs").items()],
    }
