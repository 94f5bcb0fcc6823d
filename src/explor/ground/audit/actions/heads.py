"""The daily checkpoint of the journal, saved and carried outside the database."""

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
    """Seal what waits, save the head of today, and write it in its file and in the logs.

    A second head on one day changes nothing.

    Returns:
        The head of today, None as long as there is no block.
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
    """Write a head where whoever cuts the journal does not rewrite it: its file, and the logs."""
    line = rules.line_of(head)
    logger.info("journal_head", line=line)
    path = Path(settings.JOURNAL_HEADS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as out:
        out.write(f"{line}\n")
