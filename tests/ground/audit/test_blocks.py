"""Every committed journal line is in one sealed block, despite concurrent writes and crashes."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.audit.actions import accesses, blocks
from explor.ground.audit.actions.accesses import note
from explor.ground.audit.actions.blocks import seal_blocks
from explor.ground.audit.actions.heads import keep_head
from explor.ground.audit.engine import keys as seal_keys
from explor.ground.audit.models import Access, Block, Entry, Head, Place
from explor.ground.audit.rules import ORIGIN
from explor.ground.audit.rules import blocks as rules
from explor.ground.audit.selectors import verify, verify_end
from explor.ground.audit.selectors.blocks import without_place
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.privacy.actions import purge
from factories import AssociationFactory
from support import journal
from support.journal import disable_triggers, seal_everything, write
from support.soak import SOAK, length

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(run: Callable[[], object]) -> None:
    """Run a function in a thread, and close its database connection afterwards."""
    try:
        run()
    finally:
        connection.close()


def sealed(count: int = 6, *, files: int = 2) -> list[Entry]:
    """Write lines and seal them in one block; return them."""
    write(count, files=files)
    seal_everything()
    return list(Entry.objects.order_by("pk"))


def faults_after(tamper: Callable[[], object], *, outside: tuple[Head, ...] = ()) -> list[str]:
    """Return the faults found once `tamper` has run without triggers, then undo it."""
    with transaction.atomic():
        disable_triggers()
        tamper()
        found = list(verify(outside=outside))
        transaction.set_rollback(True)
    return found


def test_journal_lines_and_accesses_are_placed_in_chained_blocks_in_their_order() -> None:
    write(2)
    note(Access.Type.SIGN_IN, by=Actor(person=7))
    write(1)
    seal_everything()
    write(1)
    seal_everything()
    first, *_, last = Block.objects.order_by("number")
    assert (first.number, first.first, first.previous) == (1, 1, ORIGIN)
    assert last.last == 5
    assert last.previous == rules.digest_of(Block.objects.get(number=last.number - 1))
    sources = Place.objects.order_by("block", "index").values_list("source", flat=True)
    assert list(sources) == ["entry", "entry", "access", "entry", "entry"]
    assert list(verify()) == []


def test_sealing_the_journal_without_new_lines_makes_no_block() -> None:
    sealed()
    before = Block.objects.count()
    assert seal_blocks() == 0
    assert Block.objects.count() == before


def test_journal_lines_beyond_the_size_of_one_block_are_sealed_in_the_next_blocks(
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(blocks, "MOST", 4)
    sealed(10)
    assert max(Block.objects.values_list("count", flat=True)) <= 4
    assert sum(Block.objects.values_list("count", flat=True)) == 10
    assert list(verify()) == []


def test_eight_concurrent_writers_leave_no_journal_line_without_a_block() -> None:
    subjects = AssociationFactory.create_batch(8)

    def run(n: int) -> None:
        for turn in range(15):
            with transaction.atomic():
                audit.log(subjects[n], f"verb{turn}", by=SYSTEM)
                if turn % 3 == 0:
                    note(Access.Type.READING, by=SYSTEM, what="travel", about=subjects[n])

    def sequence() -> None:
        for _ in range(20):
            seal_blocks()

    with ThreadPoolExecutor(10) as pool:
        runs = [pool.submit(in_a_thread, lambda n=n: run(n)) for n in range(8)]
        runs += [pool.submit(in_a_thread, sequence) for _ in range(2)]
        for each in runs:
            each.result()
    seal_everything()
    assert Place.objects.filter(source="entry").count() == 120
    assert Place.objects.filter(source="access").count() == 40
    assert list(verify()) == []


def test_a_journal_line_committed_late_is_placed_in_the_next_block() -> None:
    early, late, later = AssociationFactory.create_batch(3)
    audit.log(early, "describe", by=SYSTEM)
    with transaction.atomic():
        entry = audit.log(late, "describe", by=SYSTEM)

        def others() -> None:
            audit.log(later, "describe", by=SYSTEM)
            seal_up_to(entry.pk)

        with ThreadPoolExecutor(1) as pool:
            pool.submit(in_a_thread, others).result()
        placed = set(Place.objects.values_list("row", flat=True))
        assert placed == {Entry.objects.about(early).get().pk}
    seal_everything()
    numbers = {each.row: each.block for each in Place.objects.filter(source="entry")}
    assert numbers[entry.pk] == numbers[Entry.objects.about(later).get().pk]
    assert numbers[entry.pk] > numbers[Entry.objects.about(early).get().pk]
    assert list(verify()) == []


def seal_up_to(row: int) -> None:
    """Seal until every line before `row` has its place."""
    end = monotonic() + journal.PATIENCE
    while without_place(Place.Source.ENTRY).filter(pk__lt=row).exists() and monotonic() < end:
        sleep(0.05)
        seal_blocks()


def test_a_journal_line_of_a_savepoint_is_sealed_only_after_its_transaction_ends() -> None:
    subject = AssociationFactory()
    with transaction.atomic():
        with transaction.atomic():
            audit.log(subject, "describe", by=SYSTEM)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(in_a_thread, seal_blocks).result()
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction, xmin::text::bigint FROM audit_entry")
        number, inner = cursor.fetchone()
    assert number % 2**32 < inner  # a subtransaction has a number of its own
    seal_everything()
    assert Place.objects.count() == 1


def test_a_sealing_job_killed_between_reading_and_writing_loses_no_journal_line(
    monkeypatch: Any,
) -> None:
    write(3)

    class Killed(BaseException):
        """Stops a process in the middle."""

    def die(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(type(Place.objects), "bulk_create", die)
        with pytest.raises(Killed):
            while True:
                seal_blocks()
    assert (Block.objects.count(), Place.objects.count()) == (0, 0)
    seal_everything()
    assert Place.objects.count() == 3
    assert list(verify()) == []


def test_without_the_journal_key_no_block_is_sealed_and_the_lines_wait(
    settings: Any, tmp_path: Any
) -> None:
    write(2)
    kept = settings.JOURNAL_SEAL_KEY
    settings.JOURNAL_SEAL_KEY, settings.PRODUCTION = tmp_path / "absent.pem", True
    with pytest.raises(seal_keys.JournalKeyError, match="ne se lit pas"):
        while True:
            seal_blocks()
    assert Block.objects.count() == 0
    settings.JOURNAL_SEAL_KEY, settings.PRODUCTION = kept, False
    seal_everything()
    assert list(verify()) == []


def test_journal_lines_restored_from_another_server_are_sealed_with_any_transaction_number() -> (
    None
):
    write(2)
    far = 2**40
    with transaction.atomic():
        disable_triggers()
        Entry.objects.update(transaction=far)
    seal_everything()
    with transaction.atomic():
        disable_triggers()
        block = Block.objects.order_by("-number")[0]
        Block.objects.filter(pk=block.pk).update(horizon=far)
        block.refresh_from_db()
        Block.objects.filter(pk=block.pk).update(seal=rules.seal_of(block))
    write(2)
    assert list(verify()) == []
    seal_everything()
    assert Place.objects.count() == 4
    assert Block.objects.order_by("-number")[0].horizon < far
    assert list(verify()) == []


@pytest.mark.parametrize("table", ["block", "place", "head", "access", "entry"])
def test_the_database_refuses_to_change_or_empty_a_table_of_the_journal(table: str) -> None:
    write(1)
    note(Access.Type.SIGN_IN, by=Actor(person=7))
    seal_everything()
    keep_head()
    column = {"block": "root", "place": "digest", "head": "digest"}.get(table, "key")
    for statement in (
        f"UPDATE audit_{table} SET {column} = 'x'",
        f"DELETE FROM audit_{table}",
        f"TRUNCATE audit_{table} CASCADE",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_verifying_the_journal_names_a_line_changed_removed_or_moved() -> None:
    one, other, *_ = sealed()
    entries = Entry.objects.filter(pk=one.pk)
    assert faults_after(lambda: entries.update(reason="x")) == [
        f"Ligne {one.pk} : son contenu a été changé."
    ]
    assert f"Bloc 1 : ligne {one.pk}, à la place 0, n’est plus là." in faults_after(entries.delete)
    swapped = faults_after(lambda: journal.reorder(random.Random(1), [one.pk, other.pk]))
    assert f"Bloc 1 : ligne {one.pk}, à la place 0, n’est plus ce qui a été scellé." in swapped


def test_verifying_the_journal_names_a_line_added_below_the_last_block() -> None:
    line = sealed()[-1]
    old = line.transaction

    def add() -> None:
        write(1)
        Entry.objects.filter(pk__gt=line.pk).update(transaction=old)

    assert [each.split(" : ")[1] for each in faults_after(add)] == ["aucun bloc ne la contient."]


def test_verifying_the_journal_names_a_block_changed_or_removed() -> None:
    sealed()
    sealed()
    assert Block.objects.count() == 2
    first = Block.objects.filter(number=1)
    assert faults_after(lambda: first.update(seal="0" * 128)) == ["Bloc 1 : il a été changé."]
    assert faults_after(lambda: first.update(horizon=0)) == [
        "Bloc 1 : il a été changé.",
        "Bloc 2 : le bloc qui le précédait n’est plus le même.",
    ]
    assert "Bloc 2 : le bloc qui le précédait n’est plus le même." in faults_after(first.delete)


def test_verifying_the_journal_names_the_block_whose_list_of_lines_was_changed_or_cut() -> None:
    sealed()
    place = Place.objects.filter(block=1, index=2)
    changed = faults_after(lambda: place.update(digest="0" * 64))
    assert changed[0] == "Bloc 1 : ses lignes ne sont plus celles qui ont été scellées."
    removed = faults_after(place.delete)
    assert removed[0] == "Bloc 1 : il lui manque des places, ou il en a de trop."


def test_verifying_the_journal_accepts_an_erased_access_only_after_its_term(settings: Any) -> None:
    note(Access.Type.SIGN_IN, by=Actor(person=7))
    seal_everything()
    access = Access.objects.get()
    assert faults_after(Access.objects.all().delete) == [
        f"Bloc 1 : accès {access.pk}, à la place 0, n’est plus là."
    ]
    settings.TERMS_IN_DAYS = {"accesses": 0}
    assert faults_after(Access.objects.all().delete) == []


def test_a_longer_term_does_not_report_the_accesses_erased_under_a_shorter_one(
    settings: Any,
) -> None:
    note(Access.Type.SIGN_IN, by=Actor(person=7))
    seal_everything()
    settings.TERMS_IN_DAYS = {"accesses": 30}
    purge(now=timezone.now() + timedelta(days=31))
    assert not Access.objects.exists()
    settings.TERMS_IN_DAYS = {"accesses": 730}
    assert list(verify()) == []


def test_an_access_sealed_long_after_its_recording_is_not_reported_as_removed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a key, lines wait for weeks, then are sealed together."""
    before = timezone.now() - timedelta(days=366)
    monkeypatch.setattr(accesses, "timezone", SimpleNamespace(now=lambda: before))
    note(Access.Type.SIGN_IN, by=Actor(person=7))
    seal_everything()
    purge()
    assert list(verify()) == []
    purge(now=timezone.now() + timedelta(days=366))
    assert not Access.objects.exists()


def test_verifying_the_journal_since_a_block_reads_no_earlier_block() -> None:
    sealed()
    sealed()
    with transaction.atomic():
        disable_triggers()
        Entry.objects.filter(pk=Entry.objects.order_by("pk")[0].pk).update(reason="x")
    assert len(list(verify())) == 1
    assert list(verify(since=2)) == list(verify_end()) == []


def test_verifying_the_journal_reports_a_changed_head_and_lines_cut_since_an_outside_head() -> None:
    sealed()
    sealed()
    head = keep_head()
    assert head is not None
    dice, day = random.Random(1), head.day
    outside = tuple(rules.heads_in(f"gardé : {rules.line_of(head)}\n"))
    assert list(verify(outside=outside)) == []
    heads = Head.objects.all()
    assert faults_after(lambda: heads.update(count=3)) == [
        f"Repère du {day} : il a été changé, ou une clé inconnue l’a scellé."
    ]
    assert faults_after(lambda: journal.cut_end(dice, [])) == []
    assert faults_after(lambda: journal.cut_end(dice, []), outside=outside) == [
        f"Repère du {day} : le bloc 2 et ses 12 lignes ne sont plus là, "
        "la fin du journal a été coupée."
    ]


def test_a_head_kept_outside_reveals_that_the_journal_was_cut_then_rewritten() -> None:
    sealed()
    sealed()
    head = keep_head()
    assert head is not None
    outside = rules.heads_in(rules.line_of(head))
    with transaction.atomic():
        disable_triggers()
        last = Place.objects.filter(block=2)
        Entry.objects.filter(pk__in=list(last.values_list("row", flat=True))).delete()
        last.delete()
        Block.objects.filter(number=2).delete()
        Head.objects.all().delete()
    sealed()
    assert list(verify()) == []
    assert list(verify(outside=outside)) == [
        f"Repère du {head.day} : le bloc 2 n’est plus le même."
    ]


def test_recording_a_second_head_of_the_journal_on_one_day_changes_nothing() -> None:
    sealed()
    first = keep_head()
    sealed()
    assert keep_head() == first == Head.objects.get()
    assert list(verify()) == []


def test_the_nightly_head_of_the_journal_is_appended_to_its_file(
    settings: Any, tmp_path: Any
) -> None:
    settings.JOURNAL_HEADS = tmp_path / "journal" / "heads.txt"
    assert keep_head() is None
    sealed()
    head = keep_head()
    keep_head()
    assert head is not None
    assert settings.JOURNAL_HEADS.read_text() == f"{rules.line_of(head)}\n"


def tampered(rounds: int) -> list[tuple[int, str]]:
    """Tamper with a sealed journal in every way; return the times that `verify` said nothing."""
    dice = random.Random(20261130)
    for _ in range(3):
        write(10, files=journal.SUBJECTS)
        note(Access.Type.READING, by=Actor(person=3), what="travel")
        seal_everything()
    head = keep_head()
    assert head is not None
    outside = rules.heads_in(rules.line_of(head))
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert list(verify(outside=outside)) == []
    missed = []
    for n in range(rounds):
        way = journal.TAMPERINGS[n % len(journal.TAMPERINGS)]
        with transaction.atomic():
            disable_triggers()
            way(dice, keys)
            if not list(verify(outside=outside)):
                missed.append((n, way.__name__))
            transaction.set_rollback(True)
    assert list(verify(outside=outside)) == []
    return missed


def test_verifying_the_journal_detects_each_kind_of_change() -> None:
    assert tampered(2 * len(journal.TAMPERINGS)) == []


@pytest.mark.soak
@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
def test_verifying_the_journal_detects_each_of_a_thousand_random_changes(
    record_property: Callable[[str, object], None],
) -> None:
    rounds = length(100, 1000)
    assert tampered(rounds) == []
    kinds = ", ".join(way.__name__ for way in journal.TAMPERINGS)
    record_property("figure", f"{rounds} of {rounds} changes seen with an outside head ({kinds})")


def test_a_journal_digest_that_is_not_hexadecimal_gives_its_own_leaf_in_the_hash_tree() -> None:
    leaves = {rules.leaf_of(digest) for digest in ("00ff", "00fe", "effacé")}
    assert (len(leaves), rules.leaf_of("00ff")) == (3, b"\x00\xff")
