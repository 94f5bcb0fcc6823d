"""An erasure requested by a person: the account closes at once, then a job erases the data."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.ground.accounts.models import Person, Session
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.rights import actions, tasks
from explor.ground.rights.actions import requests
from explor.ground.rights.models import Erased, ErasureRequest
from explor.ground.rights.rules import NAME, actor_of
from factories import AdministratorFactory, ExpertFactory, PersonFactory, ProposalFactory

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def register_apart(settings: Any, tmp_path: Any) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def asked(person: Person) -> ErasureRequest:
    return actions.request_erasure(person, by=actor_of(person))


def told(address: str) -> list[str]:
    return [sent.subject for sent in mail.outbox if sent.to == [address]]


def test_requesting_an_erasure_closes_the_account_and_ends_its_sessions_at_once() -> None:
    person, other = PersonFactory.create_batch(2)
    client, elsewhere, neighbour = Client(), Client(), Client()
    for each, who in ((client, person), (elsewhere, person), (neighbour, other)):
        each.force_login(who)
    asked(person)
    assert not Person.objects.get(pk=person.pk).is_active
    assert not Session.objects.filter(person=person.pk).exists()
    for each in (client, elsewhere):
        assert each.get("/compte/mes-donnees/").status_code == 302
    assert neighbour.get("/compte/mes-donnees/").status_code == 200
    assert not Erased.objects.exists()


def test_the_erasure_job_erases_the_person_then_sends_the_last_message(run_jobs: Run) -> None:
    person = ExpertFactory().person
    name, address, request = person.name, person.email, asked(person)
    assert told(address) == []
    assert "rights.erase" in run_jobs()
    assert Person.objects.get(pk=person.pk).name == NAME
    assert told(address) == ["Vos données sont effacées d’Explor"]
    request.refresh_from_db()
    assert (request.stage, request.person) == ("done", None)
    page = Client().get(f"/effacement/{request.code}/").content.decode()
    assert "Vos données sont effacées" in page
    assert name not in page and address not in page


def test_a_second_erasure_request_is_refused_and_a_second_run_of_the_job_does_nothing(
    run_jobs: Run,
) -> None:
    person = PersonFactory()
    address, request = person.email, asked(person)
    with pytest.raises(ActionNotAllowed, match="déjà demandé"):
        asked(person)
    for _ in range(2):
        actions.erase_requested(request.pk)
    run_jobs()
    assert Entry.objects.filter(verb="erase_account").count() == 1
    assert len(told(address)) == 1


def test_two_erasure_jobs_never_run_at_the_same_time() -> None:
    for person in PersonFactory.create_batch(2):
        asked(person)
    jobs = ProcrastinateJob.objects.filter(task_name="rights.erase")
    assert set(jobs.values_list("lock", flat=True)) == {"rights.erase"}


def test_an_erasure_job_stopped_midway_erases_nothing_and_the_next_run_erases_everything(
    monkeypatch: pytest.MonkeyPatch, run_jobs: Run
) -> None:
    person = ExpertFactory().person
    request = asked(person)
    with monkeypatch.context() as patch:
        patch.setattr(requests, "_end", lambda *args: 1 / 0)  # the last thing that a run does
        with pytest.raises(ZeroDivisionError):
            actions.erase_requested(request.pk)
    assert Person.objects.get(pk=person.pk).name == person.name
    assert not Erased.objects.exists()
    request.refresh_from_db()
    assert request.stage == "running"
    assert "s’effacent" in Client().get(f"/effacement/{request.code}/").content.decode()
    run_jobs()
    assert Erased.objects.filter(person=person.pk).exists()


def test_an_erasure_request_whose_job_was_lost_is_run_the_next_night(run_jobs: Run) -> None:
    """A job that failed for good left the person with a closed account and all their data."""
    person, recent = PersonFactory.create_batch(2)
    asked(person), asked(recent)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    ErasureRequest.objects.filter(person=person).update(requested_at=yesterday, stage="running")
    for _ in range(2):
        tasks.each_night(0)
    assert ProcrastinateJob.objects.filter(task_name="rights.erase").count() == 1
    run_jobs()
    assert Person.objects.get(pk=person.pk).name == NAME
    assert Person.objects.get(pk=recent.pk).name == recent.name


def test_an_erasure_blocked_by_a_new_proposal_reopens_the_account_and_gives_the_reason(
    run_jobs: Run,
) -> None:
    expert = ExpertFactory()
    person, request = expert.person, asked(expert.person)
    ProposalFactory(expert=expert)
    run_jobs()
    assert Person.objects.get(pk=person.pk).is_active
    assert not Erased.objects.exists()
    (body,) = [sent.body for sent in mail.outbox if sent.to == [person.email]]
    assert "Une proposition vous attend" in body
    page = Client().get(f"/effacement/{request.code}/").content.decode()
    assert "à finir d’abord" in page
    expert.proposals.all().delete()
    asked(person)
    run_jobs()
    assert Erased.objects.filter(person=person.pk).exists()


def test_an_erasure_request_is_done_when_the_person_was_already_erased_otherwise(
    run_jobs: Run,
) -> None:
    person = ExpertFactory().person
    request = asked(person)
    actions.erase_account(person, by=actor_of(person))
    run_jobs()
    request.refresh_from_db()
    assert (request.stage, request.person_id) == ("done", None)
    assert not Person.objects.get(pk=person.pk).is_active
    page = Client().get(f"/effacement/{request.code}/").content.decode()
    assert "Vos données sont effacées" in page


def test_two_last_administrators_who_request_their_erasure_together_are_not_both_erased(
    run_jobs: Run,
) -> None:
    pair = [AdministratorFactory().person for _ in range(2)]
    asked(pair[0])
    with pytest.raises(ActionNotAllowed, match="dernier compte d’administration"):
        asked(pair[1])


def test_the_page_of_an_unknown_erasure_request_code_answers_404() -> None:
    assert Client().get("/effacement/ABSENT/").status_code == 404
