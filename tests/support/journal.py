"""Helpers that write, seal and tamper with journal lines, for the tests of the journal."""

import random
from collections.abc import Callable
from time import monotonic, sleep

from django.db import connection, transaction
from django.db.models import F

from explor.ground.audit import actions as audit
from explor.ground.audit.actions.blocks import seal_blocks
from explor.ground.audit.models import Access, Block, Entry, EntryQuerySet, Head, Place
from explor.ground.audit.rules import FIELDS
from explor.ground.audit.selectors.blocks import without_place
from explor.ground.http.actor import SYSTEM
from factories import AssociationFactory

NUMBERS = ("person", "subject", "rank")
SUBJECTS = 3
PATIENCE = 30  # seconds


@transaction.atomic
def write(count: int, *, files: int = 1) -> None:
    """Write lines about several associations in turn, in one transaction, so in one block."""
    subjects = AssociationFactory.create_batch(files)
    for n in range(count):
        subject = subjects[n % files]
        audit.log(subject, f"verb{n}", by=SYSTEM, reason=f"Raison {n}", details={"n": n})


def seal_everything() -> None:
    """Seal the journal until every committed line belongs to a block."""
    end = monotonic() + PATIENCE
    seal_blocks()
    while any(without_place(source).exists() for source in Place.Source):
        assert monotonic() < end, "lines still wait for a block"
        sleep(0.05)
        seal_blocks()


def disable_triggers() -> None:
    """Disable the triggers that protect the journal, as a database administrator could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def entries_of_its_subject(line: Entry) -> EntryQuerySet:
    return Entry.objects.filter(kind=line.kind, subject=line.subject)


def edit(dice: random.Random, keys: list[int]) -> None:
    name = dice.choice([*FIELDS, "at", "digest"])
    line = Entry.objects.get(pk=dice.choice(keys))
    value = getattr(line, name)
    if name in NUMBERS:
        value = (value or 0) + 1000 + dice.randrange(1, 9)
    elif name == "details":
        value = {**value, "x": dice.random()}
    elif name == "at":
        value = value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
    else:
        value = f"{value[:-1]}{dice.choice('qz')}"
    Entry.objects.filter(pk=line.pk).update(**{name: value})


def delete(dice: random.Random, keys: list[int]) -> None:
    Entry.objects.filter(pk=dice.choice(keys)).delete()


def insert(dice: random.Random, keys: list[int]) -> None:
    """Insert a copied entry between two others, with a valid previous digest."""
    copy = Entry.objects.get(pk=dice.choice(keys))
    while copy.rank == 1:  # the first entry of a subject has none before it
        copy = Entry.objects.get(pk=dice.choice(keys))
    at = keys.index(copy.pk)
    before = entries_of_its_subject(copy).get(rank=copy.rank - 1)
    for key in reversed(keys[at:]):
        Entry.objects.filter(pk=key).update(id=key + 1)
    for line in entries_of_its_subject(copy).filter(rank__gte=copy.rank).order_by("-rank"):
        Entry.objects.filter(pk=line.pk).update(rank=line.rank + 1)
    copy.pk, copy.previous, copy.digest = keys[at], before.digest, f"{dice.getrandbits(256):064x}"
    copy.save(force_insert=True)


def delete_subject(dice: random.Random, keys: list[int]) -> None:
    """Delete all journal entries of one subject, so that no later entry reveals the deletion."""
    entries_of_its_subject(Entry.objects.get(pk=dice.choice(keys))).delete()


def close_ranks(dice: random.Random, keys: list[int]) -> None:
    """Delete an entry and decrement the ranks of the later entries of its subject."""
    line = Entry.objects.get(pk=dice.choice(keys))
    after = entries_of_its_subject(line).filter(rank__gt=line.rank)
    Entry.objects.filter(pk=line.pk).delete()
    for pk in after.order_by("rank").values_list("pk", flat=True):
        Entry.objects.filter(pk=pk).update(rank=F("rank") - 1)


def reorder(dice: random.Random, keys: list[int]) -> None:
    one, other = dice.sample(keys, 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        Entry.objects.filter(pk=old).update(id=new)


def truncate(dice: random.Random, keys: list[int]) -> None:
    Entry.objects.filter(pk__in=keys[-dice.randrange(1, len(keys) + 1) :]).delete()


def edit_block(dice: random.Random, keys: list[int]) -> None:
    block = dice.choice(list(Block.objects.order_by("number")))
    name = dice.choice(["root", "previous", "horizon", "sealed_at", "seal"])
    value = getattr(block, name)
    if name == "sealed_at":
        value = value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
    else:
        value = value + 1 if name == "horizon" else value[:-1] + ("0" if value[-1] != "0" else "1")
    Block.objects.filter(pk=block.pk).update(**{name: value})


def delete_block(dice: random.Random, keys: list[int]) -> None:
    """Delete a block with its places and, if asked, its lines."""
    number = dice.choice(list(Block.objects.values_list("number", flat=True)))
    places = Place.objects.filter(block=number)
    if dice.random() < 0.5:
        Entry.objects.filter(pk__in=list(places.values_list("row", flat=True))).delete()
    places.delete()
    Block.objects.filter(number=number).delete()


def move_place(dice: random.Random, keys: list[int]) -> None:
    one, other = dice.sample(list(Place.objects.order_by("pk")), 2)
    name = dice.choice(["row", "digest"])
    for place, value in ((one, -1), (other, getattr(one, name)), (one, getattr(other, name))):
        Place.objects.filter(pk=place.pk).update(**{name: value})


def delete_place(dice: random.Random, keys: list[int]) -> None:
    Place.objects.filter(pk=dice.choice(list(Place.objects.values_list("pk", flat=True)))).delete()


def edit_access(dice: random.Random, keys: list[int]) -> None:
    access = dice.choice(list(Access.objects.order_by("pk")))
    name = dice.choice(["person", "role", "what", "subject", "digest"])
    value = getattr(access, name)
    changed = (value or 0) + 1 if name in ("person", "subject") else f"{value[:-1]}z"
    Access.objects.filter(pk=access.pk).update(**{name: changed})


def delete_access(dice: random.Random, keys: list[int]) -> None:
    keys = list(Access.objects.values_list("pk", flat=True))
    Access.objects.filter(pk=dice.choice(keys)).delete()


def edit_head(dice: random.Random, keys: list[int]) -> None:
    name = dice.choice(["count", "block", "digest"])
    value = getattr(Head.objects.get(), name)
    Head.objects.update(**{name: value + 1 if name != "digest" else value[::-1]})


def cut_end(dice: random.Random, keys: list[int]) -> None:
    """Delete the last blocks, their lines and the heads; only a head kept outside shows this."""
    numbers = list(Block.objects.order_by("number").values_list("number", flat=True))
    last = numbers[dice.randrange(0, len(numbers)) :]
    for source, model in ((Place.Source.ENTRY, Entry), (Place.Source.ACCESS, Access)):
        rows = Place.objects.filter(block__in=last, source=source).values_list("row", flat=True)
        model._base_manager.filter(pk__in=list(rows)).delete()
    Place.objects.filter(block__in=last).delete()
    Block.objects.filter(number__in=last).delete()
    Head.objects.all().delete()


TAMPERINGS: tuple[Callable[[random.Random, list[int]], None], ...] = (
    *(edit, delete, insert, reorder, truncate, delete_subject, close_ranks),
    *(edit_block, delete_block, move_place, delete_place, edit_access, delete_access),
    *(edit_head, cut_end),
)
