"""The daily checkpoint (head) of the journal, saved in the database and copied outside."""

from pathlib import Path

import structlog
from django.conf import settings
from django.utils import timezone

from ..engine import keys
from ..models import Head
from ..rules import blocks as rules
from ..selectors import last_block
from .blocks import seal_blocks

logger = structlog.get_logger(__name__)


def keep_head() -> Head | None:
    """Seal the waiting lines, save the head of today, and write it to its file and to the logs.

    A second call on the same day seals lines too, but keeps the first head.

    Returns:
        The head of today, None if there is no block yet.

    Raises:
        JournalKeyError: the private key is missing or unreadable.
    """
    seal_blocks()
    block, day = last_block(), timezone.localdate()
    if block is None:
        return None
    head = Head(day=day, block=block.number, count=block.last, digest=rules.digest_of(block))
    head.seal = keys.sign(rules.statement_of_head(head))
    values = {name: getattr(head, name) for name in ("block", "count", "digest", "seal")}
    kept, created = Head.objects.get_or_create(day=day, defaults=values)
    if created:
        carry_out(kept)
    return kept


def carry_out(head: Head) -> None:
    """Write a head outside the database, to its file and to the logs, to reveal later tampering."""
    line = rules.line_of(head)
    logger.info("journal_head", line=line)
    path = Path(settings.JOURNAL_HEADS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as out:
        out.write(f"{line}\n")
