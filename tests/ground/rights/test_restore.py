"""After a backup is restored, the people erased since that backup are erased again."""

import json
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from explor.ground.accounts.models import Person
from explor.ground.mail.models import Message
from explor.ground.rights import actions, tasks
from explor.ground.rights.actions import replaying
from explor.ground.rights.models import Erased
from explor.ground.rights.rules import NAME, actor_of
from factories import ExpertFactory, PersonFactory, ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def register(settings: Any, tmp_path: Any) -> Any:
    settings.ERASURES = tmp_path / "apart" / "erasures.jsonl"
    return settings.ERASURES


class Rollback(Exception):
    """Roll back to the state of a backup."""


def erase_then_restore(person: Person, capture: Any) -> None:
    """Erase a person, then bring the database back to what it was before, as a restore does."""
    with pytest.raises(Rollback), transaction.atomic():
        with capture(execute=True):
            actions.erase_account(person, by=actor_of(person))
        raise Rollback


def test_an_erasure_is_repeated_after_a_restore_and_sends_no_message(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person, other = ExpertFactory().person, ExpertFactory().person
    erase_then_restore(person, django_capture_on_commit_callbacks)
    assert Person.objects.get(pk=person.pk).name == person.name
    assert actions.replay() == 1
    assert Person.objects.get(pk=person.pk).name == NAME
    assert Person.objects.get(pk=other.pk).name == other.name
    assert not Message.objects.filter(to=person.email).exists()
    assert mail.outbox == []
    assert actions.replay() == 0


def test_an_erasure_is_repeated_after_a_restore_even_with_a_proposal_that_would_block_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = PersonFactory()
    erase_then_restore(person, django_capture_on_commit_callbacks)
    expert = ExpertFactory(person=person)
    ProposalFactory(expert=expert)
    assert actions.blockers_of_erasure(person) != []
    assert actions.replay() == 1


def test_an_erasure_is_repeated_after_a_restore_of_a_former_name_and_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = PersonFactory()
    erase_then_restore(person, django_capture_on_commit_callbacks)
    Person.objects.filter(pk=person.pk).update(name="Ancien nom", email="avant@exemple.test")
    assert actions.replay() == 1


def test_the_register_of_erasures_names_nobody_and_is_readable_by_its_owner_only(
    register: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_account(person, by=actor_of(person))
    text = register.read_text()
    assert json.loads(text).keys() == {"at", "key", "by"}
    assert person.name not in text
    assert person.email not in text
    assert register.stat().st_mode & 0o077 == 0


def test_a_new_account_with_the_address_of_an_erased_person_is_not_erased(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_account(person, by=actor_of(person))
    again = PersonFactory(email=person.email, name=person.name)
    assert actions.replay() == 0
    assert Person.objects.get(pk=again.pk).name == person.name


def test_a_register_of_erasures_cut_by_a_full_disk_is_completed_by_the_next_job(
    register: Any,
) -> None:
    person, other = PersonFactory(), PersonFactory()
    for each in (person, other):
        actions.erase_account(each, by=actor_of(each))  # the callbacks do not run in this test
    assert actions.complete_register() == 2
    lines = register.read_text().splitlines()
    register.write_text(lines[0] + "\n" + lines[1][:20])
    assert actions.complete_register() == 1
    assert actions.complete_register() == 0
    assert Erased.objects.count() == 2


def test_a_register_of_erasures_put_back_after_a_restore_is_applied_the_next_night(
    register: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person, other = PersonFactory(), PersonFactory()
    erase_then_restore(person, django_capture_on_commit_callbacks)
    forgotten = register.rename(register.with_name("elsewhere.jsonl"))
    tasks.each_night(0)
    assert Person.objects.get(pk=person.pk).name == person.name
    forgotten.rename(register)
    tasks.each_night(0)
    assert Person.objects.get(pk=person.pk).name == NAME
    assert Person.objects.get(pk=other.pk).name == other.name


def test_one_person_who_cannot_be_erased_again_does_not_block_the_other_erasures(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = PersonFactory(), PersonFactory()
    for person in (first, second):
        erase_then_restore(person, django_capture_on_commit_callbacks)
    erase = replaying.erase_account

    def fail(person: Person, **given: Any) -> None:
        return broken() if person == first else erase(person, **given)

    def broken() -> None:
        raise ValueError("une ligne impossible")

    monkeypatch.setattr(replaying, "erase_account", fail)
    with pytest.raises(ExceptionGroup):
        actions.replay()
    assert Person.objects.get(pk=second.pk).name == NAME


def test_after_a_change_of_journal_key_erasures_are_repeated_with_the_former_key(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory()
    former = settings.JOURNAL_KEY
    erase_then_restore(person, django_capture_on_commit_callbacks)
    settings.JOURNAL_KEY = "une autre clé du journal"
    assert (actions.unreadable(), actions.replay()) == (1, 0)
    settings.ERASURES_KEYS = ["une clé neuve du registre", former]
    assert (actions.unreadable(), actions.replay()) == (0, 1)
    assert Person.objects.get(pk=person.pk).name == NAME


def test_the_nightly_job_writes_the_register_of_erasures_again_under_a_new_key(
    settings: Any, register: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory()
    with pytest.raises(Rollback), transaction.atomic():
        with django_capture_on_commit_callbacks(execute=True):
            actions.erase_account(person, by=actor_of(person))
        settings.ERASURES_KEYS = ["une clé neuve du registre"]
        assert actions.unreadable() == 1
        assert (actions.complete_register(), actions.complete_register()) == (1, 0)
        raise Rollback
    assert (actions.unreadable(), actions.replay()) == (0, 1)
    assert Person.objects.get(pk=person.pk).name == NAME


def test_a_register_of_erasures_in_the_former_format_is_still_read(
    register: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory()
    erase_then_restore(person, django_capture_on_commit_callbacks)
    line = json.loads(register.read_text())
    del line["by"]
    register.write_text(json.dumps(line) + "\nnull\n")
    assert (actions.unreadable(), actions.replay()) == (0, 1)
