"""The space of the files of an organisation or a network: counted, never exceeded, raised."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from explor.ground.audit.models import Entry
from explor.ground.files import actions
from explor.ground.files.models import Document, Scan
from explor.ground.files.pages import storage_line_of
from explor.ground.files.selectors import storage_space_of
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from factories import AssociationFactory

from .conftest import READER, issue

pytestmark = pytest.mark.django_db
MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def spaces(settings):
    settings.SPACES = {"networks.network": 3, "organisations.organisation": 2}


def store(holder, size: int = MEGABYTE) -> Document:
    file = SanitizedFile(content=b"x" * size, mime="application/pdf")
    return actions.store(
        file=file, kind="voucher", title="Reçu", owner=holder, by=READER, charged_to=holder
    )


def test_each_stored_file_takes_space_until_its_removal(owner):
    assert (storage_space_of(owner).total, storage_space_of(owner).left) == (
        3 * MEGABYTE,
        3 * MEGABYTE,
    )
    document = store(owner)
    assert storage_line_of(owner) == "Il reste 2,0\xa0Mo pour les fichiers, sur 3,0\xa0Mo."
    actions.discard(document, reason="Fin", by=READER)
    assert storage_space_of(owner).left == 3 * MEGABYTE


def test_a_file_larger_than_the_space_left_is_refused_and_not_stored(owner, media):
    store(owner, 2 * MEGABYTE)
    with pytest.raises(ActionNotAllowed) as refusal:
        store(owner, MEGABYTE + 1)
    assert str(refusal.value) == (
        "Ce fichier pèse 1,0\xa0Mo et il ne reste que 1,0\xa0Mo pour vos fichiers. Retirez une "
        "pièce devenue inutile, réduisez ce fichier, ou demandez plus de place."
    )
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
    assert store(owner, MEGABYTE).size == MEGABYTE


def test_documents_issued_by_explor_take_no_space(owner):
    issue(owner)
    assert storage_space_of(owner).used == 0


def test_an_infected_file_takes_no_space(owner):
    document = store(owner)
    Document.objects.filter(pk=document.pk).update(scan=Scan.INFECTED, threat="Essai")
    assert storage_space_of(owner).used == 0


def test_giving_an_owner_more_file_space_is_journaled(owner):
    store(owner, 3 * MEGABYTE)
    actions.allow_space(owner, by=READER, megabytes=5)
    assert storage_space_of(owner).left == 2 * MEGABYTE
    entry = Entry.objects.about(owner).filter(verb="allow_space").get()
    assert (entry.person, entry.details) == (READER.person, {"megabytes": 5})
    actions.allow_space(owner, by=READER, megabytes=1)
    assert (storage_space_of(owner).left, Document.objects.count()) == (0, 1)


@pytest.mark.parametrize("megabytes", [0, -3, 100_001])
def test_a_file_space_out_of_bounds_is_refused(owner, megabytes):
    with pytest.raises(ActionNotAllowed, match="de 1 à 100 000 Mo"):
        actions.allow_space(owner, by=READER, megabytes=megabytes)


def test_documents_handed_over_to_another_organisation_count_in_its_space():
    former, other = AssociationFactory(), AssociationFactory()
    store(former)
    actions.hand_over(owner=former, to=other)
    assert (storage_space_of(former).used, storage_space_of(other).used) == (0, MEGABYTE)


@pytest.mark.django_db(transaction=True)
def test_two_concurrent_uploads_cannot_take_the_same_remaining_space(owner):
    barrier, outcomes = Barrier(4), []

    def upload() -> None:
        barrier.wait()
        try:
            store(owner)
            outcomes.append("stored")
        except ActionNotAllowed:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=upload) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "stored", "stored", "stored"]
    assert storage_space_of(owner).left == 0
