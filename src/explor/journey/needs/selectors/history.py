"""Database queries on co-authors present, remarks and revisions, as each reader may see them."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from explor.actors.organisations.models import FieldPartner
from explor.ground.http.actor import Actor
from explor.ground.ui.order import french_key

from ..models import Comment, Need, Presence, Revision
from . import filed_first_at

GONE_AFTER = timedelta(seconds=60)


def present(need: Need, actor: Actor) -> "QuerySet[Presence]":
    """Return the co-authors present on the need in the last minute, except `actor`."""
    there = need.presences.filter(at__gt=timezone.now() - GONE_AFTER)
    return there.exclude(person=actor.person or 0).order_by(french_key("name"), "pk")


def remarks_of(need: Need, actor: Actor) -> "QuerySet[Comment]":
    """Return the remarks, open ones last; a network gets only those made since the first filing."""
    rows = need.comments.order_by("settled_at", "-pk")
    if actor.role != "reseau":
        return rows
    since = filed_first_at(need)
    return rows.filter(at__gte=since) if since else rows.none()


def revisions_of(need: Need, actor: Actor) -> "QuerySet[Revision]":
    """Return the revisions, oldest first; a network gets only those made since the first filing."""
    rows = need.revisions.order_by("pk")
    if actor.role != "reseau":
        return rows
    since = filed_first_at(need)
    return rows.filter(at__gte=since) if since else rows.none()


def revisions_since(need: Need, *versions: int | None) -> list[Revision]:
    """Return the revisions from the oldest of these versions on, the latest first; [] if none.

    However long ago the page was opened: a limit would hide what others have changed since.
    """
    read = [each for each in versions if each is not None]
    return list(need.revisions.filter(version__gte=min(read)).order_by("-pk")) if read else []


def partner_names(keys: set[Any]) -> dict[Any, str]:
    """Return {primary key: name} of these field partners; None among the keys is ignored."""
    known = keys - {None}
    if not known:
        return {}
    return dict(FieldPartner.objects.filter(pk__in=known).values_list("pk", "name"))
