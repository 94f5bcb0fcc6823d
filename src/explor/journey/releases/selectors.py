"""Database queries on releases: lists by actor, current release of a need."""

from typing import Any

from django.db.models import Case, When

from explor.ground.http.actor import Actor

from .models import Release, ReleaseQuerySet
from .states import State


def with_related(releases: ReleaseQuerySet) -> ReleaseQuerySet:
    """Return the same releases with the related rows that pages and emails use."""
    return releases.select_related(
        "employer",
        "agreement__document",
        "proposal__expert__person",
        "proposal__need__association",
        "proposal__need__network",
    ).prefetch_related("agreement__signatures")


def listed_for(actor: Actor) -> ReleaseQuerySet:
    """Return the releases that `actor` may see, those awaiting an answer first."""
    first = Case(When(state=State.REQUESTED, then=0), default=1)
    return with_related(Release.objects.visible_to(actor)).order_by(first, "-pk")


def waiting_of(actor: Actor) -> ReleaseQuerySet:
    """Return the releases that may require an approval, signature or confirmation of `actor`."""
    states = [State.APPROVED]
    if actor.role in ("employeur", "reseau"):
        states.append(State.REQUESTED)
    return with_related(Release.objects.visible_to(actor).filter(state__in=states)).order_by("pk")[
        :50
    ]


def current_of(need: Any) -> Release | None:
    """Return the oldest release of a need that is neither refused nor ended, None without any."""
    releases = Release.objects.filter(proposal__need=need.pk)
    standing = releases.exclude(state__in=(State.REFUSED, State.ENDED))
    return standing.select_related("employer", "proposal__expert").order_by("pk").first()
