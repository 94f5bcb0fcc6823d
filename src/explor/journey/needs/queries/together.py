"""Who is there, who changed what, what is remarked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from explor.actors.organisations.models import FieldPartner
from explor.ground.common.actor import Actor
from explor.ground.journal.models import Entry
from explor.ground.reference.queries import label, terms

from ..models import Comment, Need, Purpose, Revision
from ..rules import SCREENS, label_of
from ..rules.differences import words_between

GONE_AFTER = timedelta(seconds=60)
LISTS = {"mission_type": "mission_types", "country": "countries"}


def others_there(need: Need, actor: Actor) -> list[str]:
    """For each co-author there this minute, the field they write in, else the screen they read."""
    there = need.presences.filter(at__gt=timezone.now() - GONE_AFTER).exclude(
        person=actor.person or 0
    )
    screens = {slug: screen.title for slug, screen in SCREENS.items()}
    return [
        f"{each.name} écrit dans « {label_of(each.field)} »"
        if each.field
        else f"{each.name} : {screens[each.screen]}"
        for each in there.order_by("name", "pk")
    ]


def remarks_of(need: Need, actor: Actor) -> "QuerySet[Comment]":
    """The remarks on a need, the open ones first; authors' own words stay theirs until filing."""
    found = need.comments.order_by("settled_at", "-pk")
    if actor.hat != "reseau":
        return found
    since = filed_first(need)
    return found.filter(at__gte=since) if since else found.none()


def told_remarks(remarks: Iterable[Comment]) -> list[tuple[str, Comment]]:
    """The remarks, each with the name of its field."""
    return [(label_of(each.field), each) for each in remarks]


def filed_first(need: Need) -> datetime | None:
    """When the need was first handed to its network."""
    entry = Entry.objects.about(need).filter(verb="file").order_by("pk").first()
    return entry.at if entry else need.filed_at


def revisions_of(need: Need, actor: Actor) -> "QuerySet[Revision]":
    """The revisions of a need, oldest first; its network reads those made since it was filed."""
    found = need.revisions.order_by("pk")
    if actor.hat != "reseau":
        return found
    since = filed_first(need)
    return found.filter(at__gte=since) if since else found.none()


@dataclass(frozen=True, kw_only=True)
class Version:
    """A revision as a line of a page."""

    pk: int
    at: datetime
    by: str
    fields: str


def versions(revisions: Iterable[Revision]) -> list[Version]:
    """The revisions as lines, the latest first."""
    lines = [
        Version(
            pk=each.pk,
            at=each.at,
            by=each.by,
            fields=", ".join(label_of(name) for name in sorted(each.changes)),
        )
        for each in revisions
    ]
    return lines[::-1]


def differences(revisions: Iterable[Revision]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What these revisions, taken together, changed: a field, and its words gone and new."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for each in revisions:
        for name, (before, after) in each.changes.items():
            first.setdefault(name, before)
            last[name] = after
    changed = [name for name in first if first[name] != last[name]]
    partners = _partners({first.get("partner"), last.get("partner")})
    return [
        (
            label_of(name),
            words_between(_told(name, first[name], partners), _told(name, last[name], partners)),
        )
        for name in changed
    ]


def _partners(keys: set[Any]) -> dict[Any, str]:
    known = keys - {None}
    if not known:
        return {}
    return dict(FieldPartner.objects.filter(pk__in=known).values_list("pk", "name"))


def _told(name: str, value: Any, partners: dict[Any, str]) -> str:
    """A value of a revision in words."""
    if value in (None, "", []):
        return ""
    if name == "partner":
        return partners.get(value, "partenaire retiré")
    if name == "languages":
        return ", ".join(f"{terms('languages')[code].label} {level}" for code, level in value)
    if name == "sectors":
        return ", ".join(label("sectors", code) for code in value)
    if name == "purpose":
        return str(Purpose(value).label)
    if name in LISTS:
        known = terms(LISTS[name]).get(value)
        return known.label if known else str(value)
    if name.startswith("window"):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return ", ".join(value) if isinstance(value, list) else str(value)
