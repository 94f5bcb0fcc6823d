"""`verify` detects every change made to the journal outside the application."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.audit.actions import keep_head
from explor.ground.audit.models import Entry, EntryQuerySet, Head
from explor.ground.audit.rules import FIELDS, ORIGIN
from explor.ground.audit.selectors import revision, verify
from explor.ground.http.actor import SYSTEM, Actor
from factories import AssociationFactory

LINES = 30
TONIGHT = timedelta(hours=2)  # a moment at which the entries of a test are old enough for a head
NUMBERS = ("person", "subject", "rank")
FILES = 3


def write(count: int, *, files: int = 1) -> None:
    subjects = AssociationFactory.create_batch(files)
    for n in range(count):
        subject = subjects[n % files]
        audit.log(subject, f"verb{n}", by=SYSTEM, reason=f"Raison {n}", details={"n": n})


def of_the_file(line: Entry) -> EntryQuerySet:
    return Entry.objects.filter(kind=line.kind, subject=line.subject)


def asleep() -> None:
    """Disable the triggers that protect the journal, as a database administrator could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")


def edit(dice: random.Random, keys: list[int]) -> None:
    name = dice.choice([*FIELDS, "at", "digest"])
    line = Entry.objects.get(pk=dice.choice(keys))
    value = getattr(line, name)
    if name in NUMBERS:
        value = (value or 0) + LINES + dice.randrange(1, 9)
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
    at = dice.randrange(FILES, len(keys))
    copy = Entry.objects.get(pk=keys[at])
    before = of_the_file(copy).get(rank=copy.rank - 1)
    for key in reversed(keys[at:]):
        Entry.objects.filter(pk=key).update(id=key + 1)
    for line in of_the_file(copy).filter(rank__gte=copy.rank).order_by("-rank"):
        Entry.objects.filter(pk=line.pk).update(rank=line.rank + 1)
    copy.pk, copy.previous, copy.digest = keys[at], before.digest, f"{dice.getrandbits(256):064x}"
    copy.save(force_insert=True)


def delete_file(dice: random.Random, keys: list[int]) -> None:
    """Delete all the entries of one subject, so that no later entry reveals it."""
    line = Entry.objects.get(pk=dice.choice(keys))
    of_the_file(line).delete()


def close_ranks(dice: random.Random, keys: list[int]) -> None:
    """Delete an entry and decrement the ranks of the later entries of its subject."""
    line = Entry.objects.get(pk=dice.choice(keys))
    after = of_the_file(line).filter(rank__gt=line.rank)
    Entry.objects.filter(pk=line.pk).delete()
    for pk in after.order_by("rank").values_list("pk", flat=True):
        Entry.objects.filter(pk=pk).update(rank=F("rank") - 1)


def reorder(dice: random.Random, keys: list[int]) -> None:
    one, other = dice.sample(keys, 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        Entry.objects.filter(pk=old).update(id=new)


def truncate(dice: random.Random, keys: list[int]) -> None:
    Entry.objects.filter(pk__in=keys[-dice.randrange(1, len(keys) + 1) :]).delete()


@pytest.mark.soak
@pytest.mark.django_db
def test_verify_detects_each_of_two_hundred_random_changes_to_the_journal():
    dice = random.Random(20261123)
    write(LINES, files=FILES)
    keep_head(now=timezone.now() + TONIGHT)
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert list(verify()) == []
    missed = []
    ways = (edit, delete, insert, reorder, truncate, delete_file, close_ranks)
    for n in range(200):
        tamper = ways[n % len(ways)]
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
def test_verify_detects_a_change_in_a_daily_head_of_the_journal(change):
    write(5)
    keep_head(now=timezone.now() + TONIGHT)
    Head.objects.update(**change)
    assert list(verify()) == [f"Repère du {Head.objects.get().day} : il a été changé."]


@pytest.mark.django_db
def test_a_second_head_on_one_day_replaces_the_first_and_the_journal_stays_valid():
    write(3)
    keep_head(now=timezone.now() + TONIGHT)
    write(4)
    assert list(verify()) == []
    keep_head(now=timezone.now() + TONIGHT)
    assert [(head.count, head.last) for head in Head.objects.all()] == [
        (7, Entry.objects.latest("pk").pk)
    ]
    assert list(verify()) == []


@pytest.mark.django_db
def test_verifying_only_the_last_entries_detects_a_change_among_them():
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
        "UPDATE audit_entry SET reason = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_journal_entry(statement):
    write(2)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_a_head_of_the_journal_does_not_count_the_entries_of_the_last_hour():
    write(3)
    keep_head()
    assert not Head.objects.exists()
    keep_head(now=timezone.now() + TONIGHT)
    assert Head.objects.get().count == 3


@pytest.mark.django_db
def test_verify_detects_from_the_next_entry_that_an_entry_of_its_subject_was_removed():
    write(6, files=2)
    keep_head(now=timezone.now() + TONIGHT)
    write(3)
    first, second, third = Entry.objects.order_by("-pk")[:3][::-1]
    with transaction.atomic():
        asleep()
        Entry.objects.filter(pk=second.pk).delete()
    assert list(verify()) == [f"Ligne {third.pk} : la ligne qui la précédait n’est plus là."]
    assert first.rank == 1


@pytest.mark.django_db
def test_verify_detects_from_the_head_that_all_entries_of_a_subject_were_removed():
    write(6, files=2)
    keep_head(now=timezone.now() + TONIGHT)
    with transaction.atomic():
        asleep()
        of_the_file(Entry.objects.latest("pk")).delete()
    day = Head.objects.get().day
    assert list(verify()) == [
        f"Repère du {day} : des lignes d’avant ont été retirées ou déplacées."
    ]


@pytest.mark.django_db
def test_each_subject_has_its_own_chain_of_entries():
    write(4, files=2)
    one, other, one_again, other_again = Entry.objects.order_by("pk")
    assert [line.rank for line in (one, other, one_again, other_again)] == [1, 1, 2, 2]
    assert [one.previous, other.previous] == [ORIGIN, ORIGIN]
    assert [one_again.previous, other_again.previous] == [one.digest, other.digest]


def in_a_thread(write_lines: Callable[[], object]) -> None:
    """Run `write_lines` in a thread, and close its database connection afterwards."""
    try:
        write_lines()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_journaling_other_subjects_does_not_wait_for_an_open_transaction():
    held, *subjects = AssociationFactory.create_batch(9)

    def run(n: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        for turn in range(10):
            audit.log(subjects[n], f"verb{turn}", by=Actor(name=f"Fil {n}", role="systeme"))

    with transaction.atomic():
        audit.log(held, "describe", by=SYSTEM)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: in_a_thread(lambda: run(n)), range(8)))
    assert Entry.objects.count() == 81
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_concurrent_journal_entries_on_one_subject_form_a_single_chain():
    subject = AssociationFactory()

    def run(n: int) -> None:
        for turn in range(20):
            audit.log(subject, f"verb{turn}", by=Actor(name=f"Fil {n}", role="systeme"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: in_a_thread(lambda: run(n)), range(4)))
    ranks = Entry.objects.about(subject).values_list("rank", flat=True)
    assert list(ranks) == list(range(1, 81))
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_a_journal_entry_committed_after_later_ones_changes_the_revision():
    late, other = AssociationFactory.create_batch(2)
    revisions = []
    with transaction.atomic():
        audit.log(late, "describe", by=SYSTEM)

        def run() -> None:
            audit.log(other, "describe", by=SYSTEM)
            revisions.append(revision())

        with ThreadPoolExecutor(1) as pool:
            pool.submit(in_a_thread, run).result()
    revisions.append(revision())
    assert revisions[0] != revisions[1]
