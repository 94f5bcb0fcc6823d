"""Deletion of drafts, and erasure of the texts of needs at the end of their retention period."""

from datetime import datetime
from typing import Any

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.files.actions import discard
from explor.ground.files.models import Document
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.ui import hooks

from ..models import TEXTS, Need
from ..selectors.own import drafts_left_by


@transaction.atomic
def erase_draft(need: Need, now: datetime) -> None:
    """Delete a draft that nobody has changed for a long time, with its documents.

    Args:
        now: the time of the purge, unused.
    """
    audit.log(need, "erase_draft", by=SYSTEM)
    _erase_around(need)
    need.delete()


@transaction.atomic
def erase_texts(need: Need, now: datetime) -> None:
    """Erase the free texts, remarks, revisions and documents of an inadmissible or withdrawn need.

    Its title, dates, place and themes stay, for figures.

    Args:
        now: the time of the purge, unused.
    """
    _erase_around(need)
    need.comments.all().delete()
    need.revisions.all().delete()
    changes = dict.fromkeys(TEXTS, "")
    audit.update(need, "erase_texts", by=SYSTEM, changes=changes)


def _erase_around(need: Need) -> None:
    for erase in hooks.get("needs.erasing"):
        erase(need)
    for document in Document.objects.of(need):
        discard(document, reason="Fin de la conservation.", by=SYSTEM)


def erase_drafts(person: Any, *, by: Actor) -> None:
    """Delete the drafts of the associations whose only member is `person`, with their documents."""
    for need in drafts_left_by(person).order_by("pk"):
        audit.log(need, "erase_draft", by=by)
        _erase_around(need)
        need.delete()
