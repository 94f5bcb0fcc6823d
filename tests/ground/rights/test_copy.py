"""The copy of the data of a person contains all their data, and nothing of another person."""

import io
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.privacy.actions import purge
from explor.ground.rights import actions
from explor.ground.rights.actions import copies
from explor.ground.rights.models import Copy, Status
from explor.ground.rights.rules import actor_of
from explor.journey.admissibility import actions as admissibility
from explor.journey.admissibility.models import Note
from explor.journey.needs.models import Comment
from factories import (
    MemberFactory,
    PersonFactory,
    ProposalFactory,
    employer_actor,
    officer_actor,
)
from support.rights import actor, person_with_rows

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def files_apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def content_of(person: Any, run_jobs: Run) -> tuple[ZipFile, str]:
    actions.request_copy(person, by=actor_of(person))
    run_jobs()
    archive = ZipFile(Copy.objects.get(person=person).file.open("rb"))
    return archive, "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_the_copy_of_my_data_contains_every_word_of_the_person_and_none_of_another(
    run_jobs: Run,
) -> None:
    mine, other = person_with_rows("Amont"), person_with_rows("Aval")
    archive, text = content_of(mine.person, run_jobs)
    assert [word for word in mine.words if word not in text and word.lower() not in text] == []
    assert "Aval-" not in text + "".join(archive.namelist())
    assert "aval-" not in text
    assert other.person.email not in text


def test_the_copy_of_my_data_is_json_with_readable_labels_and_no_secret(run_jobs: Run) -> None:
    owner = person_with_rows("Amont")
    owner.person.set_password("un mot de passe")
    owner.person.save()
    archive, text = content_of(owner.person, run_jobs)
    account = json.loads(archive.read("compte.json"))
    assert account[0]["prénom et nom"] == owner.person.name
    assert "Bonjour" not in text, "the texts of messages may hold secrets"
    assert owner.person.password not in text
    assert f"lien{owner.person.pk}" not in text
    assert any(name.startswith("fichiers/") for name in archive.namelist())
    assert "LISEZMOI.txt" in archive.namelist()


def test_a_person_without_any_role_can_download_the_copy_of_their_data(run_jobs: Run) -> None:
    person, stranger = PersonFactory(), PersonFactory()
    client = signed_in(person)
    assert "Compte" in client.get("/compte/mes-donnees/").content.decode()
    assert client.get("/compte/mes-donnees/copie/").status_code == 404
    assert client.post("/compte/mes-donnees/").status_code == 302
    assert client.get("/compte/mes-donnees/copie/").status_code == 404, "not made yet"
    run_jobs()
    assert "Prendre ma copie" in client.get("/compte/mes-donnees/").content.decode()
    response = client.get("/compte/mes-donnees/copie/")
    assert response["Cache-Control"] == "private, no-store"
    archive = ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert "compte.json" in archive.namelist()
    assert signed_in(stranger).get("/compte/mes-donnees/copie/").status_code == 404


def test_a_new_copy_of_my_data_replaces_the_former_copy_and_its_file(
    run_jobs: Run, django_capture_on_commit_callbacks: Any, tmp_path: Any
) -> None:
    person = PersonFactory()
    actions.request_copy(person, by=actor_of(person))
    with pytest.raises(ActionNotAllowed, match="se prépare déjà"):
        actions.request_copy(person, by=actor_of(person))
    run_jobs()
    former = Copy.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.request_copy(person, by=actor_of(person))
    run_jobs()
    kept = [path.name for path in (tmp_path / "copies").iterdir()]
    assert kept == [Copy.objects.get().file.name.rpartition("/")[2]]
    assert kept != [former.rpartition("/")[2]]


def test_a_copy_of_my_data_expires_after_seven_days(
    run_jobs: Run, django_capture_on_commit_callbacks: Any, tmp_path: Any
) -> None:
    person = PersonFactory()
    actions.request_copy(person, by=actor_of(person))
    run_jobs()
    with django_capture_on_commit_callbacks(execute=True):
        purge(now=timezone.now() + timedelta(days=6, hours=23))
    assert Copy.objects.exists()
    old = timezone.now() - timedelta(days=7, minutes=1)
    Copy.objects.update(ready_at=old, requested_at=old)
    assert signed_in(person).get("/compte/mes-donnees/copie/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        purge()
    assert not any((tmp_path / "copies").iterdir())


def test_a_copy_of_my_data_that_fails_shows_the_failure_and_can_be_requested_again(
    run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = PersonFactory()
    copy = actions.request_copy(person, by=actor_of(person))
    monkeypatch.setattr("explor.ground.rights.actions.copies._write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.make_copy(copy.pk)
    assert Copy.objects.get().status == Status.FAILED
    assert "de nouveau" in signed_in(person).get("/compte/mes-donnees/").content.decode()
    actions.request_copy(person, by=actor_of(person))


def test_a_file_missing_on_disk_does_not_prevent_the_copy_of_the_other_data(run_jobs: Run) -> None:
    owner = person_with_rows("Amont")
    shutil.rmtree(default_storage.path("documents"))
    archive, text = content_of(owner.person, run_jobs)
    assert [name for name in archive.namelist() if name.startswith("fichiers/")] == []
    assert owner.person.email in text


def test_a_copy_of_my_data_deleted_while_it_is_made_leaves_no_file(
    run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = PersonFactory()
    write = copies._write

    def write_then_lose(out: Any, copy: Copy) -> None:
        write(out, copy)
        Copy.objects.filter(pk=copy.pk).delete()

    monkeypatch.setattr(copies, "_write", write_then_lose)
    actions.request_copy(person, by=actor_of(person))
    run_jobs()
    assert default_storage.listdir("copies") == ([], [])


def test_the_job_of_a_replaced_copy_of_my_data_does_nothing() -> None:
    assert actions.make_copy(123_456) is None
    assert not default_storage.exists("copies")


def test_an_erasure_also_deletes_the_copy_of_the_data_and_its_file(
    run_jobs: Run, django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory()
    content_of(person, run_jobs)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_account(person, by=actor_of(person))
    assert (Copy.objects.count(), default_storage.listdir("copies")) == (0, ([], []))


def test_erasing_an_account_that_is_already_erased_is_refused() -> None:
    person = PersonFactory()
    actions.erase_account(person, by=actor_of(person))
    with pytest.raises(ActionNotAllowed, match="déjà effacé"):
        actions.erase_account(person, by=actor_of(person))


def test_the_page_of_my_data_counts_rows_only_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = person_with_rows("Amont")
    for module in ("selectors.ground", "pages"):
        monkeypatch.setattr(f"explor.ground.rights.{module}.MOST", 2)
    assert "plus de 2" in signed_in(owner.person).get("/compte/mes-donnees/").content.decode()


def test_the_copy_of_my_data_omits_the_texts_that_others_wrote_about_my_needs(
    run_jobs: Run,
) -> None:
    owner = person_with_rows("Amont")
    need, officer = owner.mission.need, PersonFactory(name="Camille Autre")
    for verb in ("comment", "note"):
        audit.log(need, verb, by=actor(officer, "reseau"), reason="Motif-autre")
    Comment.objects.create(need=need, field="title", text="Remarque-autre", by=officer.name)
    Note.objects.create(need=need, text="Note-autre", by=officer.name)
    _, text = content_of(owner.person, run_jobs)
    assert not any(word in text for word in ("Camille Autre", "-autre", officer.email))


def test_the_copy_of_a_namesake_contains_nothing_that_the_other_person_wrote(
    run_jobs: Run,
) -> None:
    """Anyone can choose any name for their account: it must not give the texts of others."""
    proposal = ProposalFactory(agreed=True)
    need = proposal.need
    need.state = "filed"
    need.save()
    officer, employer = officer_actor(need.network), employer_actor(proposal.employer)
    admissibility.note(need, by=officer, text="Note-interne")
    proposal.answers.filter(party="employeur").update(by=employer.name, reason="Motif-réservé")
    audit.log(proposal, "accept", by=employer)
    for name in (officer.name, employer.name):
        person = MemberFactory(organisation=need.association, person__name=name).person
        for file in (need, proposal):
            for verb in ("file", "comment", "accept"):
                audit.log(file, verb, by=actor(person))
        _, text = content_of(person, run_jobs)
        assert not any(word in text for word in ("Note-interne", "Motif-réservé"))
    for own, word in ((officer, "Note-interne"), (employer, "Motif-réservé")):
        assert word in content_of(Person.objects.get(pk=own.person), run_jobs)[1]
