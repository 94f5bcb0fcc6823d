"""Eight concurrent writers of the journal, on the same subjects, while lines are sealed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from explor.ground.audit import actions as audit
from explor.ground.audit.actions.blocks import seal_blocks
from explor.ground.audit.models import Entry, Place
from explor.ground.audit.selectors import verify
from explor.ground.http.actor import Actor
from factories import AssociationFactory
from support.journal import seal_everything
from support.soak import length

WRITERS = 8
FILES = 4
UNDONE = 7  # one act in seven is undone: its line must leave no gap


class Rollback(Exception):
    """The act that a line was about did not succeed."""


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_journal_lines_of_eight_concurrent_writers_have_one_rank_and_one_block_place_each(
    record_property: Callable[[str, object], None],
) -> None:
    files = AssociationFactory.create_batch(FILES)
    each = length(15, 500)

    def act(writer: int, turn: int) -> None:
        subject = files[(writer + turn) % FILES]
        by = Actor(name=f"Fil {writer}", role="systeme")
        with transaction.atomic():
            audit.log(subject, "describe", by=by, details={"turn": turn})
            if turn % UNDONE == 0:
                raise Rollback

    def run(writer: int) -> int:
        kept = 0
        try:
            for turn in range(each):
                try:
                    act(writer, turn)
                    kept += 1
                except Rollback:
                    if writer == 0:
                        seal_blocks()
        finally:
            connection.close()
        return kept

    with ThreadPoolExecutor(WRITERS) as pool:
        kept = sum(pool.map(run, range(WRITERS)))
    seal_everything()
    assert Entry.objects.count() == kept
    for subject in files:
        ranks = list(Entry.objects.about(subject).order_by("rank").values_list("rank", flat=True))
        assert ranks == list(range(1, len(ranks) + 1))
    assert Place.objects.filter(source=Place.Source.ENTRY).count() == kept
    assert list(verify()) == []
    record_property("figure", f"{WRITERS} writers, {kept} lines, {FILES} files: one rank each")
