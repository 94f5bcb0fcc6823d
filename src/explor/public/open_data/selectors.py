"""Database queries of the open data: what is published, and the files already written."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import (
    Count,
    Exists,
    Func,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from explor.actors.organisations.models import Organisation
from explor.ground.audit.models import Entry
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Call
from explor.journey.calls.states import State as CallState
from explor.journey.missions.models import Mission
from explor.journey.missions.states import states_where
from explor.journey.releases.models import Signature
from explor.journey.releases.states import State as ReleaseState
from explor.journey.sheets.models import ProjectSheet
from explor.journey.sheets.states import State

from .models import Dataset

CHUNK = 1000
SHEET_COLUMNS = (
    *("slug", "network__slug", "published_at", "confirmed_on", "countries", "content", "missions"),
    *("start_on", "end_on", "declared"),
)
GRANT_COLUMNS = (
    "mission", "mission__need__title", "mission__association__name", "mission__association__siret",
    "mission__need__project__sheet", "mission__need__project__sheet__title",
    "mission__network", "funder__name", "funder__siret", "signed",
)  # fmt: skip
COUNTED = states_where(is_counted=True)
CHECKED_FILES = ("iati.xml", "subventions.csv")


def sheet_rows() -> Iterator[tuple[Any, ...]]:
    """Yield `SHEET_COLUMNS` of every published sheet, as stored when the query starts."""
    rows = ProjectSheet.objects.published().order_by("pk").values_list(*SHEET_COLUMNS)
    with transaction.atomic():  # in a transaction, the cursor needs no copy of all rows
        yield from rows.iterator(chunk_size=CHUNK)


def sheets_ever_published() -> "QuerySet[ProjectSheet, ProjectSheet]":
    """Return the sheets that are or were published: their identifiers stay in the IATI file."""
    return ProjectSheet.objects.filter(Q(state=State.PUBLISHED) | Q(published_at__isnull=False))


def sheets_with_missions() -> "QuerySet[ProjectSheet, ProjectSheet]":
    """Return the sheets ever published, with all their missions prefetched."""
    missions = Mission.objects.select_related("need").order_by("pk")
    published = sheets_ever_published().select_related("network", "listing")
    return published.order_by("pk").prefetch_related(
        "project__needs", Prefetch("project__needs__missions", queryset=missions)
    )


def bounds_of_sheets() -> dict[str, Any]:
    """Return {start, updated} over all sheets ever published, each None when there are none.

    `start` is their earliest start, `updated` the number of the last revision of the directory
    that changed one of them.
    """
    return sheets_ever_published().aggregate(
        start=Min("start_on"), updated=Max("listing__index_revision")
    )


def codes_of_sheets(column: str) -> tuple[str, ...]:
    """Return the distinct values of an array column of the sheets ever published, sorted."""
    rows = sheets_ever_published().order_by()
    each = rows.annotate(each=Func(column, function="unnest"))
    return tuple(sorted(each.values_list("each", flat=True).distinct()))


def organisations() -> "QuerySet[Organisation, Organisation]":
    """Return the verified associations that have published sheets; `sheets` is how many."""
    return (
        Organisation.objects.verified()
        .annotate(sheets=Count("projects__sheet", filter=Q(projects__sheet__state=State.PUBLISHED)))
        .filter(sheets__gt=0)
        .select_related("network")
        .order_by("pk")
    )


def commitments() -> Any:
    """Return a dictionary for each mission with a published sheet and each of its funders.

    Each dictionary has `GRANT_COLUMNS`, `amount` (what the funder commits, in euros) and `signed`,
    the time of the last signature of the agreement. Amounts of zero, missions that the figures do
    not count, and missions whose agreement is not signed by all or no longer valid, are left out.
    """
    signatures = Signature.objects.filter(agreement__release=OuterRef("mission__release")).order_by(
        "-at"
    )
    return (
        BudgetLine.objects.filter(
            funder__isnull=False,
            mission__need__project__sheet__state=State.PUBLISHED,
            mission__state__in=COUNTED,
            mission__release__state=ReleaseState.AGREED,
        )
        .annotate(signed=Subquery(signatures.values("at")[:1]))
        .filter(signed__isnull=False)
        .values("funder", *GRANT_COLUMNS)
        .annotate(amount=Sum("committed"))
        .filter(amount__gt=0)
        .order_by("mission", "funder")
    )


def announced_calls() -> "QuerySet[Call, Call]":
    """Return the calls for projects that are no longer drafts.

    Calls that only hold missions taken over from before Explor are left out.
    """
    calls = Call.objects.filter(of_taken_over=False).exclude(state=CallState.DRAFT)
    return calls.select_related("network").order_by("pk")


def departed_missions() -> "QuerySet[Mission, Mission]":
    """Return the missions with a published sheet whose expert has departed."""
    published = Mission.objects.filter(need__project__sheet__state=State.PUBLISHED)
    return published.departed().select_related("need__project__sheet").order_by("pk")


def datasets() -> "QuerySet[Dataset, Dataset]":
    """Return the open data files already written, without loading their remarks."""
    return Dataset.objects.defer("remarks")


def dataset(name: str) -> Dataset | None:
    """Return the open data file `name`, None when it has not been written yet.

    The file is annotated with `summary_removed`: the author of a summary withdrew it from a public
    sheet since the file was written.
    """
    removed = Entry.objects.filter(
        kind=ProjectSheet._meta.label_lower, verb="remove_summary", at__gte=OuterRef("made_at")
    )
    return datasets().annotate(summary_removed=Exists(removed)).filter(name=name).first()


def checked_datasets() -> "QuerySet[Dataset, Dataset]":
    """Return the files whose rows are checked against a standard, with the remarks of the check."""
    return Dataset.objects.filter(name__in=CHECKED_FILES)


def version() -> list[tuple[str, str]]:
    """Return the version of the catalogue: the (name, SHA-256 digest) of each file."""
    return list(Dataset.objects.values_list("name", "sha256"))
