"""The sequencer: the committed lines of the journal are placed in blocks, sealed one by one."""

from django.db import connection, transaction
from django.utils import timezone

from ..models import Block, Place
from ..rules import blocks as rules
from ..selectors import last_block
from ..selectors.blocks import waiting

SEQUENCER = 7_203_141  # key of the advisory lock: one block is made at a time
MOST = 1000  # lines in a block


def seal_blocks() -> int:
    """Place every committed line in a block, and seal each block; return how many lines.

    Each block has its own transaction: a sequencer that is killed leaves no half of a block, and
    the next one takes the same lines.

    Raises:
        JournalKeyFault: the private key is missing or unreadable; the lines then wait.
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
