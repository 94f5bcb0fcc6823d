"""Cards: project sheets formatted for a list, with the searched words highlighted."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Left
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from explor.ground.reference.pages import outlines
from explor.ground.reference.selectors import label
from explor.ground.ui.components import COMPONENTS
from explor.ground.ui.templatetags.ui import or_blank
from explor.journey.sheets.models import ProjectSheet

from ..models import CONFIG

COLUMNS = ("pk", "slug", "title", "lead_organisation", "locality", "countries", "sectors",
           "start_on", "end_on")  # fmt: skip
# Control characters, absent from texts, that mark the words found until the text is escaped.
BEGIN, END = "\x02", "\x03"
PASSAGE_IN = 1500  # number of characters of a sheet from which the passage shown is extracted
LONGEST_OUTLINE = 900  # characters of SVG path in a small picture; beyond, discs replace it


def cards(sheets: Sequence[int], query: str = "") -> list[dict[str, Any]]:
    """Return the cards (see `card`) of sheets, given by primary key, in the same order.

    Withdrawn sheets are left out. The words of `query`, a `tsquery` text, are marked in the title
    and in a passage.
    """
    rows = ProjectSheet.objects.published().filter(pk__in=sheets)
    if query:
        rows = _marked(rows, query)
    columns = (*COLUMNS, "marked", "passage") if query else COLUMNS
    made = {row[0]: card(*row[1:]) for row in rows.values_list(*columns)}
    return [made[sheet] for sheet in sheets if sheet in made]


def _marked(rows: Any, query: str) -> Any:
    """Annotate sheets with `marked`, the title, and `passage`, the part with most of the words.

    The words are between `BEGIN` and `END`.
    """
    sel: Any = {"start_sel": BEGIN, "stop_sel": END, "config": CONFIG}
    searched = SearchQuery(query, config=CONFIG, search_type="raw")
    text = Left(Concat("purpose", Value("\n"), "rest", output_field=TextField()), PASSAGE_IN)
    return rows.annotate(
        marked=SearchHeadline("title", searched, highlight_all=True, **sel),
        passage=SearchHeadline(text, searched, max_words=28, min_words=14, max_fragments=1, **sel),
    )


def card(
    slug: str,
    title: str,
    lead_organisation: str,
    locality: str,
    countries: Iterable[str],
    sectors: Iterable[str],
    start: date | None,
    end: date | None,
    marked: str = "",
    passage: str = "",
) -> dict[str, Any]:
    """Return the template data of one sheet in a list, from its values of `COLUMNS`.

    `marked` and `passage` are the title and an extract with the searched words between `BEGIN` and
    `END`, which become <mark> elements. In the result, `country` and `sector` are the first codes,
    `where` names the countries, or the locality without any, and `passage` is "" unless it has a
    searched word.
    """
    return {
        "slug": slug,
        "country": next(iter(countries), ""),
        "outline": outline_of(countries),
        "sector": next(iter(sectors), ""),
        "title": _highlighted(marked) if marked else title,
        "lead_organisation": lead_organisation,
        "where": ", ".join(label("countries", code) for code in countries) or locality,
        "sectors": ", ".join(label("sectors", code) for code in sectors),
        "when": _when(start, end),
        "passage": _highlighted(passage) if BEGIN in passage else "",
    }


def outline_of(countries: Iterable[str]) -> str:
    """Return the SVG path of the first country; "" when it is unknown, or too long for a card."""
    drawn = outlines().get(next(iter(countries), ""))
    return drawn.path if drawn and len(drawn.path) <= LONGEST_OUTLINE else ""


@lru_cache(maxsize=4096)
def _cover(slug: str, outline: str, sector: str) -> str:
    """Return the cover picture of a sheet as SVG, made from its country and sector."""
    context = COMPONENTS["cover"].context({"outline": outline, "sector": sector, "seed": slug})
    return render_to_string("ui/cover.html", context)


def lines(cards: Iterable[dict[str, Any]]) -> SafeString:
    """Return cards (see `card`) as the items of an HTML list, in one string for speed."""
    return mark_safe("".join(_line(each) for each in cards))


def _line(each: dict[str, Any]) -> str:
    where = escape(each["where"]) if each["where"] else or_blank("")
    passage = f"<p>… {each['passage']} …</p>" if each["passage"] else ""
    facts = " · ".join(filter(None, [where, each["when"]]))
    about = escape(each["lead_organisation"]) + (
        escape(f" · {each['sectors']}") if each["sectors"] else ""
    )
    return (
        f"<li>{_cover(each['slug'], each['outline'], each['sector'])}"
        f'<h2><a href="/projets/{each["slug"]}/">{conditional_escape(each["title"])}</a></h2>'
        f'<p class="meta">{facts}</p>{passage}<p class="meta">{about}</p></li>'
    )


def _highlighted(text: str) -> SafeString:
    """Escape a text, and turn the marks around the words found into <mark> elements."""
    marked = escape(text).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(marked)


def _when(start: date | None, end: date | None) -> str:
    years = [str(day.year) for day in (start, end) if day]
    return " – ".join(dict.fromkeys(years))
