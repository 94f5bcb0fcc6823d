"""The queries by which a chunk of lines is read and made: as many, whatever its lines."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from explor.actors.member_imports import actions as members
from explor.ground.audit.models import Entry
from explor.ground.audit.selectors import verify
from explor.ground.imports import actions
from explor.journey.sheets import actions as sheets
from factories import NetworkFactory, officer_actor

pytestmark = pytest.mark.django_db


def name(number: int) -> str:
    """Return a name that resembles no other."""
    return sha256(str(number).encode()).hexdigest()[:16]


def sheets_of(network: Any, numbers: range) -> Any:
    rows = "".join(f"{name(n)};Togo;Eau, Santé;id-{n}\n" for n in numbers)
    return sheets.upload(
        network=network,
        name="fiches.csv",
        content=f"Titre;Pays;Secteurs;Identifiant\n{rows}".encode(),
        by=officer_actor(network),
    )


def members_of(what: str, head: str, row: str) -> Callable[[Any, range], Any]:
    def uploaded(network: Any, numbers: range) -> Any:
        rows = "".join(row.format(n=n, x=name(n)) for n in numbers)
        return members.upload(
            network=network,
            what=what,
            name="membres.csv",
            content=(head + rows).encode(),
            by=officer_actor(network),
        )

    return uploaded


associations_of = members_of("association", "Nom;CP\n", "{x};69007\n")
experts_of = members_of("expert", "Nom;Courriel;Langues\n", "{x};n{n}@val.test;fr\n")


def queries_of(verb: Any, job: Any, batch: Any) -> int:
    verb(batch, by=officer_actor(batch.network))
    with CaptureQueriesContext(connection) as queries:
        job(batch)
    return len(queries)


@pytest.mark.parametrize(
    ("file_of", "read", "made"),
    [(sheets_of, 20, 27), (associations_of, 17, 28), (experts_of, 19, 16)],
)
def test_ten_times_as_many_lines_are_read_and_made_by_as_many_queries(
    file_of: Callable[[Any, range], Any], read: int, made: int
) -> None:
    network = NetworkFactory(slug="alizes")
    few, many = file_of(network, range(4)), file_of(network, range(4, 44))
    for batch in (few, many):
        assert queries_of(actions.read, actions.read_lines, batch) == read
        assert queries_of(actions.make, actions.make_lines, batch) == made
        assert (batch.state, batch.lines.filter(made=True).count()) == ("made", batch.total)
    assert many.total == 40
    assert list(verify()) == []


def test_each_row_made_from_a_file_has_its_entry_in_the_journal() -> None:
    batch = sheets_of(NetworkFactory(), range(12))
    queries_of(actions.read, actions.read_lines, batch)
    queries_of(actions.make, actions.make_lines, batch)
    made = sorted(batch.lines.values_list("sheet", flat=True))
    entries = Entry.objects.filter(kind="sheets.projectsheet", verb="import_sheet")
    assert sorted(entries.values_list("subject", flat=True)) == made
    assert set(entries.values_list("acting_for", flat=True)) == {batch.name}
