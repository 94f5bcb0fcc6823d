"""Actions that lock, check and save a row, then add a journal entry."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.actors.organisations.models import Organisation
from explor.ground.audit import actions as audit
from explor.ground.audit.models import Entry
from explor.ground.audit.selectors import verify
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.ui import hooks
from factories import AssociationFactory, association_actor, officer_actor

pytestmark = pytest.mark.django_db


def test_a_transition_changes_the_state_and_adds_a_journal_entry():
    found = AssociationFactory(state="registered")
    before = found.state_since
    by = officer_actor(found.network)
    audit.transition(found, "verify", by=by, changes={"city": "Lyon"})
    kept = Organisation.objects.get(pk=found.pk)
    assert (kept.state, kept.version, kept.city) == ("verified", 1, "Lyon")
    assert kept.state_since > before
    assert (found.state, found.version, found.city) == ("verified", 1, "Lyon")
    line = Entry.objects.get()
    assert (line.verb, line.source, line.target) == ("verify", "registered", "verified")
    assert (line.name, line.role, line.key) == (by.name, "reseau", found.network.slug)
    assert (line.kind, line.subject, line.person) == (
        "organisations.organisation",
        found.pk,
        by.person,
    )
    assert list(verify()) == []


def test_the_journal_names_both_people_of_an_action_recorded_on_behalf_of_another():
    found = AssociationFactory(state="registered")
    by = officer_actor(found.network).on_word_of("Awa Exemple")
    line = audit.log(found, "describe", by=by)
    assert (line.name, line.acting_for) == (by.name, "Awa Exemple")


def test_an_update_of_a_stale_version_is_refused_with_the_last_journaled_verb():
    found = AssociationFactory(state="registered")
    by = officer_actor(found.network)
    audit.update(found, "describe", by=by, expected_version=0, changes={"city": "Lyon"})
    with pytest.raises(EditConflict) as refusal:
        audit.update(found, "describe", by=by, expected_version=0, changes={"city": "Vienne"})
    assert refusal.value.version == 1
    assert refusal.value.reasons[1] == f"Dernier acte : {by.name}, « description modifiée »."
    assert Organisation.objects.get(pk=found.pk).city == "Lyon"
    assert Entry.objects.count() == 1


def test_a_verb_not_allowed_by_the_workflow_is_refused_with_a_reason():
    found = AssociationFactory(state="verified")
    with pytest.raises(ActionNotAllowed) as refusal:
        audit.transition(
            found, "refuse", by=officer_actor(found.network), reason="Hors territoire."
        )
    assert refusal.value.reasons == ("« Refuser » n’est pas possible : vérifiée.",)
    assert Entry.objects.count() == 0


def test_a_verb_used_in_a_role_without_permission_is_forbidden():
    found = AssociationFactory(state="registered")
    with pytest.raises(PermissionDenied):
        audit.transition(found, "verify", by=association_actor(found))
    assert Organisation.objects.get(pk=found.pk).state == "registered"


def test_a_verb_without_its_required_reason_is_refused():
    found = AssociationFactory(state="registered")
    with pytest.raises(ActionNotAllowed) as refusal:
        audit.transition(found, "refuse", by=officer_actor(found.network), reason="   ")
    assert refusal.value.reasons == ("Un motif est demandé.",)


def test_a_transition_is_refused_when_the_check_of_its_changes_returns_a_reason():
    found = AssociationFactory(state="registered")
    expected_version = []

    def check(row):
        expected_version.append(row.city)
        return ["Il manque une pièce."]

    with pytest.raises(ActionNotAllowed) as refusal:
        audit.transition(
            found, "verify", by=officer_actor(found.network), check=check, changes={"city": "X"}
        )
    assert (expected_version, refusal.value.reasons) == (["X"], ("Il manque une pièce.",))
    assert Organisation.objects.get(pk=found.pk).version == 0


def test_a_transition_rolled_back_leaves_no_journal_entry():
    found = AssociationFactory(state="registered")
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.update(found, "describe", by=SYSTEM, changes={"city": "Lyon"})
        raise ZeroDivisionError
    assert (Entry.objects.count(), Organisation.objects.get().city) == (0, "")


def test_the_jobs_of_a_verb_are_deferred_in_the_transaction_of_the_verb(monkeypatch):
    pair = ("organisations.organisation.verify", "mail.digest")
    monkeypatch.setitem(hooks._registered, "reactions", [(50, pair)])
    found = AssociationFactory(state="registered")
    audit.transition(found, "verify", by=officer_actor(found.network))
    jobs = ProcrastinateJob.objects.values_list("task_name", "args", "lock")
    lock = f"organisations.organisation:{found.pk}"
    assert list(jobs) == [("mail.digest", {"subject": found.pk}, lock)]
    audit.update(found, "describe", by=SYSTEM)
    assert ProcrastinateJob.objects.count() == 1


def test_journaling_an_entry_raises_an_error_when_its_rank_stays_taken_at_every_attempt(
    monkeypatch,
):
    ranks: list[int] = []

    def taken(entry: Entry) -> bool:
        ranks.append(entry.rank)
        return False

    monkeypatch.setattr(audit, "_inserted", taken)
    found = AssociationFactory()
    with pytest.raises(OperationalError) as error:
        audit.log(found, "describe", by=SYSTEM)
    assert str(error.value) == f"no rank is left for organisations.organisation {found.pk}"
    assert ranks == [1] * audit.ATTEMPTS
    assert Entry.objects.count() == 0


def test_the_first_entries_of_several_new_rows_are_added_in_three_queries(
    django_assert_num_queries,
):
    first, second = AssociationFactory(state="verified"), AssociationFactory(state="registered")
    with django_assert_num_queries(4):  # the savepoint, the keys and one insertion
        audit.log_created(
            [first, second], "take_over", by=SYSTEM, details=[{"line": 1}, {"line": 2}]
        )
    lines = Entry.objects.order_by("subject")
    assert [(e.subject, e.rank, e.verb, e.target, e.details) for e in lines] == [
        (first.pk, 1, "take_over", "verified", {"line": 1}),
        (second.pk, 1, "take_over", "registered", {"line": 2}),
    ]
    audit.log(first, "describe", by=SYSTEM)
    assert list(verify()) == []


def test_the_jobs_of_the_verb_are_deferred_for_each_new_row(monkeypatch):
    rows = [AssociationFactory(), AssociationFactory()]
    wanted = [("organisations.organisation.take_over", "audit.nothing")]
    monkeypatch.setattr(hooks, "get", lambda name: wanted if name == "reactions" else [])
    audit.log_created(rows, "take_over", by=SYSTEM)
    jobs = ProcrastinateJob.objects.filter(task_name="audit.nothing")
    assert sorted(job.args["subject"] for job in jobs) == sorted(row.pk for row in rows)
