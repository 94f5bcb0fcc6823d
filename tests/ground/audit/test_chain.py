"""Each subject has its own chain of entries, which `verify` reads even before they are sealed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from explor.ground.audit import actions as audit
from explor.ground.audit.models import Entry
from explor.ground.audit.rules import ORIGIN
from explor.ground.audit.selectors import revision, verify, verify_end
from explor.ground.http.actor import SYSTEM, Actor
from factories import AssociationFactory
from support.journal import disable_triggers, write


@pytest.mark.django_db
def test_verifying_the_journal_detects_a_change_among_entries_that_wait_for_a_block():
    write(10)
    assert list(verify()) == list(verify_end()) == []
    line = Entry.objects.latest("pk")
    with transaction.atomic():
        disable_triggers()
        Entry.objects.filter(pk=line.pk).update(reason="Autre")
    fault = f"Ligne {line.pk} : son contenu a été changé."
    assert list(verify()) == list(verify_end()) == [fault]


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
def test_verifying_the_journal_detects_a_removed_entry_from_the_next_one_of_its_subject():
    write(6, files=2)
    subject = Entry.objects.first().subject
    first, second, third, *_ = Entry.objects.filter(subject=subject).order_by("rank")
    with transaction.atomic():
        disable_triggers()
        Entry.objects.filter(pk=second.pk).delete()
    assert list(verify()) == [f"Ligne {third.pk} : la ligne qui la précédait n’est plus là."]
    assert first.rank == 1


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
def test_journaling_other_subjects_does_not_wait_for_an_open_transaction_on_one_subject():
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
def test_a_journal_entry_committed_after_later_ones_changes_the_cache_revision():
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
