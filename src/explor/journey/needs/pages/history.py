"""Co-authors present on a need, its changes and its remarks, as text for pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateField

from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.reference.selectors import sort_key, terms

from .. import fields
from ..models import Comment, Need, Revision
from ..rules import SCREENS, label_of
from ..rules.differences import words_between
from ..selectors.history import partner_names, present


def others_present(need: Need, actor: Actor) -> list[str]:
    """Return a sentence per other author present: name, and field being written or screen open."""
    screens = {slug: screen.title for slug, screen in SCREENS.items()}
    return [
        f"{each.name} écrit dans « {label_of(each.field)} »"
        if each.field
        else f"{each.name} : {screens[each.screen]}"
        for each in present(need, actor)
    ]


def labelled(remarks: Iterable[Comment]) -> list[tuple[str, Comment]]:
    """Return the remarks as (label of the field, remark) pairs."""
    return [(label_of(each.field), each) for each in remarks]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A revision of a need as pages list it; `fields` is the labels of the changed fields."""

    pk: int
    at: datetime
    by: str
    fields: str


def versions(revisions: Iterable[Revision]) -> list[Version]:
    """Return a `Version` for each revision, in reverse order.

    Given the oldest first, the latest comes first.
    """
    lines = [
        Version(
            pk=each.pk,
            at=each.at,
            by=each.by,
            fields=", ".join(sorted((label_of(name) for name in each.changes), key=sort_key)),
        )
        for each in revisions
    ]
    return lines[::-1]


def differences(revisions: Iterable[Revision]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what these revisions change together, from the first value to the last.

    Returns:
        For each field changed, its label and the (kind, text) pairs of `words_between`.
    """
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for each in revisions:
        for name, (before, after) in each.changes.items():
            first.setdefault(name, before)
            last[name] = after
    changed = [name for name in first if first[name] != last[name]]
    partners = partner_names({first.get("partner"), last.get("partner")})
    return [
        (
            label_of(name),
            words_between(
                _in_words(name, first[name], partners), _in_words(name, last[name], partners)
            ),
        )
        for name in changed
    ]


def _in_words(name: str, value: Any, partners: dict[Any, str]) -> str:
    """Return the value of the field `name` in a revision as text; `partners` are names by key."""
    if value in (None, "", []):
        return ""
    if name == "partner":
        return partners.get(value, "partenaire retiré")
    if name == "languages":
        return ", ".join(f"{terms('languages')[code].label} {level}" for code, level in value)
    if vocabulary := fields.named(name).vocabulary:
        known = terms(vocabulary)
        codes = value if isinstance(value, list) else [value]
        return ", ".join(known[code].label if code in known else str(code) for code in codes)
    column: Any = Need._meta.get_field(name)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, DateField):
        return f"{stored_day(value):%d/%m/%Y}"
    return ", ".join(value) if isinstance(value, list) else str(value)
