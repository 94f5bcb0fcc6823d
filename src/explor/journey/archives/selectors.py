"""Database queries on disposal lists, and on the papers of a network past their term."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.privacy.terms import duration
from explor.journey.budgets.selectors import OldPaper, old_papers, with_old_accounts
from explor.journey.missions.models import Mission
from explor.journey.missions.selectors import ended_before
from explor.journey.reports.selectors import old_texts, with_old_texts

from .models import Disposal, DisposalItem, DisposalQuerySet, Kind
from .states import ANSWERED, ENDORSED, OPEN

PAPERS = (
    *("budget", "recommendations", "evaluations", "report__certificate"),
    "release__consent_by_silence",
    "release__request_proof",
    "release__agreements__document",
    "release__agreements__signed_copy",
    "release__agreements__proof_files__document",
    "release__agreements__signatures__paper",
    "release__agreements__signatures__original",
)
YEARLY = timedelta(days=365)


def old_papers_of(network: Network, now: datetime) -> Iterator[tuple[Mission, str, list[OldPaper]]]:
    """Yield (mission, kind, papers) for papers past their term, but those the archives keep.

    The mission is annotated with `back_on`, the day on which it ended.
    """
    held = set(_kept_items().filter(mission__network=network).values_list("mission", "line__kind"))
    before = now - duration("accounts")
    paid = with_old_accounts(before).filter(network=network).values("pk")
    written = with_old_texts(before).filter(network=network).values("pk")
    missions = ended_before(before).filter(Q(pk__in=paid) | Q(pk__in=written))
    rows = missions.select_related("release").prefetch_related(*PAPERS).order_by("pk")
    for mission in rows.iterator(chunk_size=200):
        for kind in Kind.values:
            papers = [] if (mission.pk, kind) in held else papers_of(mission, kind)
            if papers:
                yield mission, kind, papers


def papers_of(mission: Mission, kind: str) -> list[OldPaper]:
    """Return the papers of one kind of a mission, the oldest first."""
    return old_texts(mission) if kind == Kind.REPORTS else old_papers(mission, kind)


def _kept_items() -> "QuerySet[DisposalItem]":
    return DisposalItem.objects.filter(line__kept=True, line__disposal__state__in=ANSWERED)


def endorsed_items(before: datetime) -> "QuerySet[DisposalItem]":
    """Return the listed papers that may be eliminated, of missions that ended before an instant."""
    listed = DisposalItem.objects.filter(line__disposal__state=ENDORSED, line__kept=False)
    return listed.filter(erased_at=None, mission__in=ended_before(before).values("pk"))


def holding(mission: Mission) -> tuple[bool, str]:
    """Return whether the archives keep papers of a mission, and its open list's state, or ""."""
    listed = Disposal.objects.filter(lines__items__mission=mission, state__in=OPEN)
    state = listed.values_list("state", flat=True).first()
    return _kept_items().filter(mission=mission).exists(), state or ""


def disposals_of(actor: Actor) -> DisposalQuerySet:
    """Return the disposal lists that `actor` may see, the latest first."""
    return Disposal.objects.visible_to(actor).select_related("network", "visa")


def networks_to_prepare(now: datetime) -> "QuerySet[Network]":
    """Return the public bodies without open disposal list, nor any made in the last year."""
    last = Disposal.objects.filter(network=OuterRef("pk")).order_by("-created_at")
    public = Network.objects.filter(public_body=True).annotate(
        last_at=Subquery(last.values("created_at")[:1])
    )
    running = Disposal.objects.filter(state__in=OPEN).values("network")
    recent = public.filter(last_at__gt=now - YEARLY).values("pk")
    return public.exclude(pk__in=running).exclude(pk__in=recent).order_by("pk")
