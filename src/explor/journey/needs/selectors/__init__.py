"""Database queries on needs: search, needs to judge or complete, first filing, limit, retention.

The limit is the number of needs that a call allows each association.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.ui.words import each_word_of

from ..models import TEXTS, Comment, Need, NeedQuerySet, Presence, Revision
from ..states import State


def search(actor: Actor, *, q: str = "", state: str = "", country: str = "") -> NeedQuerySet:
    """Return the needs that `actor` may see and that match the filters, the latest filed first.

    Args:
        q: words, all found in the title or in the name of the association.
        state: value of a state, or "".
        country: code of a country, or "".
    """
    rows = Need.objects.visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    if country:
        rows = rows.filter(country=country)
    rows = rows.filter(each_word_of(q, "title", "association__name"))
    return rows.select_related("association", "call", "officer__person").order_by(
        "-filed_at", "-pk"
    )


def with_related(rows: NeedQuerySet) -> NeedQuerySet:
    """Return the same needs with the related rows that a page shows."""
    return rows.select_related(
        "association__network", "network", "call", "project", "partner", "officer__person"
    ).prefetch_related("languages", "comments")


def others_filed(need: Need) -> int:
    """Return how many other needs of its association count for the limit of its call."""
    same = Need.objects.filter(association=need.association_id, call=need.call_id)
    return same.counted().exclude(pk=need.pk).count()


def filed_first_at(need: Need) -> datetime | None:
    """Return when the need was first filed, from the journal; None when it never was.

    Without an entry in the journal, `filed_at` is returned.
    """
    entry = Entry.objects.about(need).filter(verb="submit").order_by("pk").first()
    return entry.at if entry else need.filed_at


def filed(actor: Actor) -> NeedQuerySet:
    """Return the needs that await the network's admissibility verdict, the oldest first."""
    rows = Need.objects.visible_to(actor).filter(state=State.FILED).select_related("association")
    return rows.only("title", "created_at", "filed_at", "association__name").order_by("filed_at")


def in_hand(actor: Actor) -> NeedQuerySet:
    """Return the needs that the association must act on: returned ones, then drafts."""
    rows = Need.objects.visible_to(actor).filter(state__in=(State.RETURNED, State.DRAFT))
    return rows.select_related("call").order_by("-state", "-pk")


def stale_drafts(before: datetime) -> NeedQuerySet:
    """Return the drafts without change or remark since an instant."""
    acts = Entry.objects.filter(kind=Need._meta.label_lower, subject=OuterRef("pk"), at__gte=before)
    written = Revision.objects.filter(need=OuterRef("pk"), at__gte=before)
    drafts = Need.objects.filter(state=State.DRAFT, created_at__lt=before, state_since__lt=before)
    return drafts.filter(~Exists(acts), ~Exists(written))


def refused(before: datetime) -> NeedQuerySet:
    """Return the inadmissible or withdrawn needs, ended before an instant, with texts to erase."""
    ended = Need.objects.filter(state__in=(State.INADMISSIBLE, State.WITHDRAWN))
    return with_texts(ended.filter(state_since__lt=before))


def with_texts(rows: NeedQuerySet) -> NeedQuerySet:
    """Return the needs of `rows` that still have a free text, a remark or a version."""
    empty = dict.fromkeys(TEXTS, "")
    remarks = Comment.objects.filter(need=OuterRef("pk"))
    versions = Revision.objects.filter(need=OuterRef("pk"))
    return rows.filter(~Q(**empty) | Exists(remarks) | Exists(versions))


def old_presences(before: datetime) -> "QuerySet[Presence]":
    """Return the presences on needs last updated before an instant."""
    return Presence.objects.filter(at__lt=before)
