"""Published project sheets similar to a need, shown on the page where the need is written."""

from django.utils.text import Truncator

from explor.journey.needs.pages.similar import SimilarItem

from .. import selectors

SHOWN = 3
LONGEST_LESSON = 240  # characters


def similar_sheets(words: str) -> list[SimilarItem]:
    """Return at most `SHOWN` published sheets whose titles share the most words with a text.

    `lessons` holds the beginning of the results of the project.
    """
    rows = [listing.sheet for listing in selectors.similar_titles(words, SHOWN)]
    return [
        SimilarItem(
            title=row.title,
            about=f"fiche projet, {row.lead_organisation}"
            if row.lead_organisation
            else "fiche projet",
            url=row.get_absolute_url(),
            lessons=[Truncator(row.content["results"]).chars(LONGEST_LESSON)]
            if row.content.get("results")
            else [],
        )
        for row in rows
    ]
