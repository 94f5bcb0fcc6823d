"""Database queries of the open API."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from explor.actors.networks.models import Network
from explor.ground.audit import selectors as audit
from explor.journey.sheets.models import ProjectSheet
from explor.journey.sheets.states import State
from explor.oversight.indicators import selectors as indicators
from explor.public.directory import selectors as directory

SHEET_COLUMNS = (
    "pk", "slug", "title", "lead_organisation", "locality", "countries", "zones", "sectors", "sdgs",
    "funders", "department", "network__slug", "start_on", "end_on", "declared", "published_at",
    "confirmed_on", "purpose",
)  # fmt: skip


def sheet_rows(numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return `SHEET_COLUMNS` of the published sheets with these primary keys, in any order."""
    published = ProjectSheet.objects.published().filter(pk__in=numbers)
    return list(published.values_list(*SHEET_COLUMNS))


def networks() -> "QuerySet[Network, Any]":
    """Return the networks of the programme, with `published`, their number of published sheets."""
    published = Count("sheets", filter=Q(sheets__state=State.PUBLISHED))
    return Network.objects.filter(in_explor=True).annotate(published=published)


def version() -> tuple[Any, ...]:
    """Return the version of every response of the API, from which its ETag is made.

    This version is the `Version` of the directory, followed by a number that rises with the
    journal.
    """
    return (*directory.index_revision(), audit.revision())


def version_of_figures() -> tuple[Any, ...]:
    """Return `version` followed by that of the public figures, which a job computes later."""
    return (*version(), *indicators.version())
