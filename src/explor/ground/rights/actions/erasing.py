"""The erasure of a person: delete their data, and remove their name from data that must stay."""

import json
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.audit.models import Entry
from explor.ground.audit.rules import rewritten
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.privacy.kinds import erasures
from explor.ground.ui import hooks

from .. import emails, rules
from ..models import Erased
from ..selectors import Ties, identity_of, rows_naming
from ..selectors.ties import acts_naming, texts_of
from .register import append

ALREADY = "Ce compte est déjà effacé."


def blockers_of_erasure(person: Person) -> list[str]:
    """Return French sentences on what a person must end before their erasure; [] if nothing."""
    if Erased.objects.filter(person=person.pk).exists():
        return [ALREADY]
    return [reason for each in erasures() for reason in each.blockers(person)]


def kept_after_erasure(person: Person) -> list[tuple[str, str]]:
    """Return (label, reason) pairs, in French, for the data that an erasure must keep."""
    return [(each.label, reason) for each in erasures() for reason in each.kept(person)]


@transaction.atomic
def erase_account(person: Person, *, by: Actor, again: bool = False) -> None:
    """Erase a person: their account, their data, and their name in all rows that stay.

    Args:
        again: repeat an erasure after a restore; it cannot be refused, and no message is sent.

    Raises:
        ActionNotAllowed: the person is erased already, or must first end something.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if Erased.objects.filter(person=person.pk).exists():
        raise ActionNotAllowed(ALREADY)
    if not again and (reasons := blockers_of_erasure(person)):
        raise ActionNotAllowed(*reasons)
    identity, ties, kept = identity_of(person), Ties(person), kept_after_erasure(person)
    mark = Erased(
        person=person.pk,
        key=rules.keys_of(person)[0],
        at=timezone.now(),
        addresses=[rules.digests_of_address(email)[0] for email in identity.emails],
    )
    address = person.email
    for each in erasures():
        each.erase(person, by=by)
    audit.log(person, "erase_account", by=by)
    _erase_names(identity, ties)
    _erase_from_journal(identity, ties)
    mark.save(force_insert=True)
    if not again:
        emails.farewell(to=address, kept=kept)
    transaction.on_commit(lambda: append([mark]), robust=True)


def forget_addresses(mark: Erased, now: datetime) -> None:
    """Erase the digests of the addresses of a person erased long ago; `now` is unused."""
    Erased.objects.filter(pk=mark.pk).update(addresses=[])


def _erase_names(identity: rules.Identity, ties: Ties) -> None:
    """Erase the name, addresses and telephone of a person from rows tied to them, unless signed."""
    erased = identity.eraser()
    by_address = rules.Identity(names=(), emails=identity.emails).eraser()
    kept = [rows() for rows in hooks.get("privacy.kept")]
    for row in rows_naming(identity, kept):
        fields = texts_of(type(row))
        own = ties.has(row) or any(identity.has_email(_text(row, field)) for field in fields)
        if own:
            _rewrite(row, fields, erased)
        else:
            _rewrite(row, fields, by_address)


def _rewrite(row: models.Model, fields: list[Any], erased: Any) -> None:
    """Replace the texts of a row by the results of `erased`, if they differ; save the row."""
    changes: dict[str, Any] = {}
    for field in fields:
        before = getattr(row, field.attname)
        after = rewritten(before, erased)
        if before == after:
            continue
        if isinstance(field, models.EmailField):
            after = ""
        changes[field.attname] = after[: field.max_length] if field.max_length else after
    if changes:
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=changes)  # an encrypted value can only be saved with its row


def _text(row: models.Model, field: Any) -> str:
    value = getattr(row, field.attname)
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    return value or ""


def _erase_from_journal(identity: rules.Identity, ties: Ties) -> None:
    erased = identity.eraser()
    tied = [
        entry.pk
        for entry in acts_naming(identity)
        if entry.person == ties.person.pk
        or f"{entry.kind}:{entry.subject}" in ties
        or identity.has_email(json.dumps(entry.details, ensure_ascii=False) + entry.reason)
    ]
    lines = Entry.objects.filter(pk__in=tied).order_by("pk")
    audit.erase_names(lines, erased, person=ties.person.pk)
