"""Texts, rows and files of the pages on an employer: summary, calendar, impact, gifts, links."""

from explor.actors.lending.rules import span

from .brief import brief_of, case_of_proposal, links_for
from .calendar import COLUMNS as CALENDAR_COLUMNS
from .calendar import calendar_file, months_of, rows_of_calendar
from .gifts import (
    COLUMNS,
    EFFECTS,
    exported,
    gift_url,
    list_url,
    rows_of_gifts,
    title_of_value,
    totals,
    written,
)
from .home import home_panel
from .impact import impact_of, impact_paper

__all__ = [
    "CALENDAR_COLUMNS",
    "COLUMNS",
    "EFFECTS",
    "brief_of",
    "calendar_file",
    "case_of_proposal",
    "exported",
    "gift_url",
    "home_panel",
    "impact_of",
    "impact_paper",
    "links_for",
    "list_url",
    "months_of",
    "rows_of_calendar",
    "rows_of_gifts",
    "span",
    "title_of_value",
    "totals",
    "written",
]
