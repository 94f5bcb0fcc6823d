"""Whatever is done to the journal behind its back, `verify` finds it."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.journal.actions import keep_head, record
from explor.ground.journal.models import Entry, Head
from explor.ground.journal.queries import verify
from explor.ground.journal.rules import FIELDS
from factories import AssociationFactory

LINES = 30
NUMBERS = ("person", "subject")


def write(count: int) -> None:
    subject = AssociationFactory()
    for n in range(count):
        record(subject, f"verb{n}", by=SYSTEM, reason=f"Raison {n}", details={"n": n})


def asleep() -> None:
    """What someone who holds the database's own keys can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def edit(dice: random.Random, keys: list[int]) -> None:
    name = dice.choice([*FIELDS, "at", "digest"])
    line = Entry.objects.get(pk=dice.choice(keys))
    value = getattr(line, name)
    if name in NUMBERS:
        value = (value or 0) + dice.randrange(1, 9)
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
    """A line between two others, copied, with the digest before it right."""
    at = dice.randrange(1, len(keys))
    copy, before = Entry.objects.get(pk=keys[at]), Entry.objects.get(pk=keys[at - 1])
    for key in reversed(keys[at:]):
        Entry.objects.filter(pk=key).update(id=key + 1)
    copy.pk, copy.previous, copy.digest = keys[at], before.digest, f"{dice.getrandbits(256):064x}"
    copy.save(force_insert=True)


def reorder(dice: random.Random, keys: list[int]) -> None:
    one, other = dice.sample(keys, 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        Entry.objects.filter(pk=old).update(id=new)


def truncate(dice: random.Random, keys: list[int]) -> None:
    Entry.objects.filter(pk__in=keys[-dice.randrange(1, len(keys) + 1) :]).delete()


@pytest.mark.soak
@pytest.mark.django_db
def test_two_hundred_tamperings_are_all_found():
    dice = random.Random(20261123)
    write(LINES)
    keep_head()
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert list(verify()) == []
    missed = []
    for n in range(200):
        tamper = (edit, delete, insert, reorder, truncate)[n % 5]
        with transaction.atomic():
            asleep()
            tamper(dice, keys)
            if not list(verify()):
                missed.append((n, tamper.__name__))
            transaction.set_rollback(True)
    assert missed == []
    assert list(verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"count": 3}, {"digest": "0" * 64}, {"seal": "0" * 64}])
def test_a_changed_head_is_found(change):
    write(5)
    keep_head()
    Head.objects.update(**change)
    assert list(verify()) == [f"Repère du {Head.objects.get().day} : il a été changé."]


@pytest.mark.django_db
def test_a_head_moves_with_its_day_and_lines_after_it_are_fine():
    write(3)
    keep_head()
    write(4)
    assert list(verify()) == []
    keep_head()
    assert [(head.count, head.last) for head in Head.objects.all()] == [
        (7, Entry.objects.latest("pk").pk)
    ]
    assert list(verify()) == []


@pytest.mark.django_db
def test_reading_the_end_only_finds_faults_of_the_end():
    write(10)
    assert list(verify(last=4)) == []
    line = Entry.objects.latest("pk")
    with transaction.atomic():
        asleep()
        Entry.objects.filter(pk=line.pk).update(reason="Autre")
    assert list(verify(last=4)) == [f"Ligne {line.pk} : son contenu a été changé."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET reason = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
    ],
)
def test_the_database_refuses_to_change_a_line(statement):
    write(2)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain():
    subjects = AssociationFactory.create_batch(4)

    def run(n: int) -> None:
        try:
            for turn in range(20):
                record(subjects[n], f"verb{turn}", by=Actor(name=f"Fil {n}", hat="systeme"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert Entry.objects.count() == 80
    assert list(verify()) == []
