"""The sequencer: it groups committed lines of the journal in blocks, and seals each block.

A line is either a journal entry or an access.
"""

from django.db import connection, transaction
from django.utils import timezone

from ..models import Block, Place
from ..rules import blocks as rules
from ..selectors import last_block
from ..selectors.blocks import waiting

SEQUENCER = 7_203_141  # key of the advisory lock, by which a single block is made at a time
MOST = 1000  # maximum number of lines in a block


def seal_blocks() -> int:
    """Group all committed lines in sealed blocks; return how many lines were placed.

    Each block has its own transaction: a killed sequencer leaves no partial block, and the next run
    takes the same lines.

    Raises:
        JournalKeyError: the private key is missing or unreadable; the lines then wait.
    """
    sealed = 0
    while count := _seal_block():
        sealed += count
    return sealed


@transaction.atomic
def _seal_block() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER])
    before = last_block()
    places, horizon = waiting(before, most=MOST)
    if not places:
        return 0
    first = before.last + 1 if before else 1
    block = Block(
        number=before.number + 1 if before else 1,
        first=first,
        last=first + len(places) - 1,
        count=len(places),
        root=rules.root_of(place.digest for place in places),
        previous=rules.digest_of(before),
        horizon=horizon,
        sealed_at=timezone.now(),
    )
    block.seal = rules.seal_of(block)
    block.save(force_insert=True)
    for place in places:
        place.block = block.number
    Place.objects.bulk_create(places)
    return len(places)
