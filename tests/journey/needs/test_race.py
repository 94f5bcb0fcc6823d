"""Co-authors who save at the same moment, each on a database connection."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from explor.ground.http.exceptions import EditConflict
from explor.journey.needs import actions
from explor.journey.needs.models import Need, Revision
from factories import NeedFactory, association_actor


def together(need: Need, *fields: str) -> list[str]:
    """Save one field for each author concurrently; return the outcomes, sorted."""
    by, gate = association_actor(need.association), Barrier(len(fields))

    def write(number: int) -> str:
        try:
            gate.wait()
            changes = {fields[number]: f"Les mots de {number}."}
            actions.describe(need, by=by, changes=changes, tab=uuid4(), expected_version=0)
        except EditConflict:
            return "refused"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(len(fields)) as pool:
        return sorted(pool.map(write, range(len(fields))))


@pytest.mark.django_db(transaction=True)
def test_only_one_of_four_authors_saving_the_same_field_concurrently_succeeds() -> None:
    need = NeedFactory()
    assert together(need, *["objectives"] * 4) == ["refused", "refused", "refused", "saved"]
    need.refresh_from_db()
    assert need.objectives == Revision.objects.get().changes["objectives"][1]


@pytest.mark.django_db(transaction=True)
def test_four_authors_saving_four_different_fields_concurrently_all_succeed() -> None:
    need = NeedFactory()
    fields = ("objectives", "context", "place", "profile")
    assert together(need, *fields) == ["saved"] * 4
    need.refresh_from_db()
    assert [getattr(need, name) for name in fields] == [f"Les mots de {n}." for n in range(4)]
    assert need.version == 4
