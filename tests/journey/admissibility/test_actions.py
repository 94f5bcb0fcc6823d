"""Verbs of admissibility: verdicts, supplements, late submissions, lists, reminders."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.files.models import Document
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.journey.admissibility import actions, pages, selectors
from explor.journey.admissibility.models import Note, Paper, Reminder, Review, Supplement
from explor.journey.admissibility.states import VERDICT
from explor.journey.admissibility.tasks import remind
from explor.journey.calls.models import Call, RequestedPaper
from explor.journey.needs.actions import describe
from explor.journey.needs.models import Need
from explor.journey.needs.states import State
from factories import (
    EmployerFactory,
    NeedFactory,
    OfficerFactory,
    association_actor,
    employer_actor,
    officer_actor,
)

from .conftest import PDF

pytestmark = pytest.mark.django_db
Ask = Callable[..., Supplement]


def soon(days: int = 7) -> Any:
    return timezone.now() + timedelta(days=days)


def acts(need: Need) -> dict[str, Callable[[Actor], Any]]:
    """Return, by name, each verb on the need that admissibility defines."""
    request = {"message": "Voici.", "answer_by": soon(), "fields": {"days": "?"}, "papers": {}}
    return {
        "accept": lambda by: actions.accept(need, by=by),
        "request_changes": lambda by: actions.request_changes(need, by=by, **request),
        "reject": lambda by: actions.reject(need, by=by, ground="safety", words="Zone rouge."),
    }


@pytest.mark.parametrize(
    ("state", "verb"), list(product(State.values, ("accept", "request_changes", "reject")))
)
def test_a_verdict_succeeds_only_in_the_states_and_roles_that_the_workflow_allows(
    state: str, verb: str, need: Need, by: Actor, own: Actor, answered: Any
) -> None:
    rows = [row for row in VERDICT.transitions if row.verb == verb and state in row.sources]
    Review.objects.create(need=need, answers=answered())
    stranger = employer_actor(EmployerFactory())
    for actor in (by, own, stranger, SYSTEM):
        Supplement.objects.all().delete()
        Need.objects.filter(pk=need.pk).update(state=state)
        need.refresh_from_db()
        if state == State.RETURNED:
            Supplement.objects.create(need=need, message="Voici.", answer_by=timezone.now(), by="R")
        if rows and actor is by:
            acts(need)[verb](actor)
            assert Need.objects.get(pk=need.pk).state == rows[0].target
        else:
            with pytest.raises(PermissionDenied if rows else ActionNotAllowed):
                acts(need)[verb](actor)
            assert Need.objects.get(pk=need.pk).state == state


@pytest.mark.parametrize("state", State.values)
def test_the_action_judge_is_refused_on_a_need_that_is_not_filed(
    state: str, need: Need, by: Actor, answered: Any
) -> None:
    Need.objects.filter(pk=need.pk).update(state=state)
    if state == State.FILED:
        assert actions.judge(need, by=by, answers=answered()).answers == answered()
    else:
        with pytest.raises(ActionNotAllowed, match="n’attend plus votre lecture"):
            actions.judge(need, by=by, answers=answered())


def test_the_action_judge_with_a_stale_version_is_refused(
    need: Need, by: Actor, answered: Any
) -> None:
    other = officer_actor(need.network)
    actions.judge(need, by=by, answers=answered(), expected_version=0)
    with pytest.raises(EditConflict):
        actions.judge(need, by=other, answers=answered("no"), expected_version=0)
    assert Review.objects.get().answers == answered()
    with pytest.raises(EditConflict):
        actions.reject(need, by=other, ground="other", words="Non.", expected_version=0)


def test_accepting_a_need_is_refused_until_every_question_is_answered_with_yes(
    need: Need, by: Actor, answered: Any
) -> None:
    with pytest.raises(
        ActionNotAllowed, match=r"Répondez à : Est-ce utile \? Répondez à : Est-ce sûr"
    ):
        actions.accept(need, by=by)
    actions.judge(need, by=by, answers=answered("no"))
    with pytest.raises(ActionNotAllowed, match="Vous avez répondu non"):
        actions.accept(need, by=by, waiver="Quand même.")
    actions.judge(need, by=by, answers=answered())
    assert actions.accept(need, by=by).state == State.ADMISSIBLE
    assert not Entry.objects.filter(verb="waive").exists()


def test_the_reason_of_an_eligibility_waiver_is_journaled_and_hidden_from_the_association(
    need: Need, by: Actor, answered: Any
) -> None:
    Call.objects.filter(pk=need.call_id).update(eligibility={"pays": ["SN"]})
    actions.judge(need, by=by, answers=answered())
    with pytest.raises(ActionNotAllowed, match="L’appel ne couvre pas ce pays : Madagascar"):
        actions.accept(need, by=by)
    actions.accept(need, by=by, waiver="Accord de la direction.")
    waived = Entry.objects.get(verb="waive")
    assert (waived.kind, waived.reason) == ("admissibility.review", "Accord de la direction.")
    assert waived.details == {"rules": ["pays"]}
    assert not any("direction" in entry.reason for entry in Entry.objects.about(need))


def test_rejecting_a_need_emails_its_reason_and_the_message_to_the_association(
    need: Need, by: Actor, own: Actor
) -> None:
    actions.reject(need, by=by, ground="mission", words="Six mois seraient nécessaires.")
    body = Message.objects.get(kind="admissibility.reject", to=own.email).body
    assert "Le besoin ne tient pas dans une mission courte. Six mois seraient nécessaires." in body
    assert Review.objects.get().ground == "mission"


def test_requesting_supplements_emails_the_items_and_a_second_request_is_refused(
    need: Need, by: Actor, own: Actor, paper: RequestedPaper, ask: Ask
) -> None:
    first = need.filed_at
    supplement = ask(fields={"objectives": "Pour qui ?"}, papers={paper: ""})
    assert Need.objects.get().state == State.RETURNED
    assert [str(item) for item in supplement.items.all()] == ["Pour qui ?", "Statuts"]
    assert [c.field for c in need.comments.all()] == ["objectives"]
    body = Message.objects.get(kind="admissibility.request_changes", to=own.email).body
    assert "- Objectifs : Pour qui ?\n- Statuts" in body
    assert "À rendre avant le" in body
    assert Review.objects.get().filed_first_at == first
    assert [line.urgent for line in pages.tasks_of_association(own)] == [True]
    Need.objects.update(state=State.FILED)
    with pytest.raises(ActionNotAllowed, match="une seule fois"):
        ask(fields={"days": "?"})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "sur quelle rubrique"),
        ({"fields": {"days": "?"}, "answer_by": timezone.now()}, "à venir"),
    ],
)
def test_requesting_supplements_is_refused_without_any_item_or_with_a_past_deadline(
    changes: dict[str, Any], why: str, need: Need, ask: Ask
) -> None:
    with pytest.raises(ActionNotAllowed, match=why):
        ask(**changes)
    assert Need.objects.get().state == State.FILED
    assert not Supplement.objects.exists()


def test_answering_every_item_resubmits_a_returned_need_even_after_the_call_closed(
    need: Need, by: Actor, own: Actor, paper: RequestedPaper, ask: Ask
) -> None:
    supplement = ask(fields={"objectives": "Pour qui ?"}, papers={paper: "La page 2."})
    Call.objects.filter(pk=need.call_id).update(state="closed")
    on_field, on_paper = supplement.items.order_by("pk")
    actions.answer(supplement, by=own, answers={on_field.pk: ("Pour six femmes.", None)})
    with pytest.raises(ActionNotAllowed, match=r"Répondez à : Statuts : La page 2\."):
        actions.resubmit(supplement, by=own)
    assert supplement.items.get(pk=on_field.pk).answer == "Pour six femmes."
    actions.answer(supplement, by=own, answers={on_paper.pk: ("", PDF)})
    assert Paper.objects.get(need=need).requested_paper == paper
    describe(need, by=own, changes={"objectives": "Former six femmes."})
    actions.resubmit(supplement, by=own)
    need.refresh_from_db()
    assert need.state == State.FILED
    assert Supplement.objects.get().answered_at is not None
    readings = {r.code: r.holds for r in selectors.results_of([need])[need.pk]}
    assert readings["dates"] is True
    assert readings[f"document-{paper.pk}"] is True
    for verb in (
        lambda: actions.resubmit(supplement, by=own),
        lambda: actions.answer(supplement, by=own, answers={}),
        lambda: actions.extend(supplement, by=by, answer_by=soon()),
    ):
        with pytest.raises(ActionNotAllowed):
            verb()


def test_extending_a_supplement_deadline_to_an_earlier_day_is_refused(by: Actor, ask: Ask) -> None:
    supplement = ask(fields={"days": "?"})
    former = supplement.answer_by
    with pytest.raises(ActionNotAllowed, match="L’échéance actuelle est plus tardive"):
        actions.extend(supplement, by=by, answer_by=timezone.now() + timedelta(minutes=2))
    supplement.refresh_from_db()
    assert supplement.answer_by == former


def test_answering_a_supplement_with_a_stale_version_is_refused(own: Actor, ask: Ask) -> None:
    supplement = ask(fields={"days": "?"})
    item = supplement.items.get()
    actions.answer(supplement, by=own, answers={item.pk: ("Dix.", None)}, expected_version=0)
    with pytest.raises(EditConflict):
        actions.answer(supplement, by=own, answers={item.pk: ("Douze.", None)}, expected_version=0)
    assert supplement.items.get().answer == "Dix."


def test_resubmitting_a_need_after_the_deadline_is_refused_unless_an_officer_extended_it(
    by: Actor, own: Actor, ask: Ask
) -> None:
    supplement = ask(fields={"days": "?"})
    actions.answer(supplement, by=own, answers={supplement.items.get().pk: ("Dix.", None)})
    assert selectors.overdue(by) == []
    with time_machine.travel(soon(8)):
        assert len(selectors.overdue(by)) == 1
        with pytest.raises(ActionNotAllowed, match="L’échéance est passée depuis le"):
            actions.resubmit(supplement, by=own)
        with pytest.raises(ActionNotAllowed, match="à venir"):
            actions.extend(supplement, by=by, answer_by=timezone.now())
        actions.extend(supplement, by=by, answer_by=soon(2))
        actions.resubmit(supplement, by=own)
    assert Message.objects.get(kind="admissibility.extend").to == own.email
    assert Need.objects.get().state == State.FILED


def test_submitting_a_requested_document_twice_replaces_the_first_file(
    need: Need, own: Actor, paper: RequestedPaper, ask: Ask
) -> None:
    with pytest.raises(ActionNotAllowed, match="ses documents ne changent plus"):
        actions.hand_paper(need, by=own, requested_paper=paper, file=PDF)
    Need.objects.update(state=State.DRAFT)
    need.refresh_from_db()
    first = actions.hand_paper(need, by=own, requested_paper=paper, file=PDF).document_id
    second = actions.hand_paper(need, by=own, requested_paper=paper, file=PDF).document_id
    assert list(Document.objects.values_list("pk", flat=True)) == [second]
    assert first != second
    assert Paper.objects.get().document_id == second


def test_an_internal_note_on_a_need_is_stored_without_sending_a_message(
    need: Need, by: Actor
) -> None:
    actions.note(need, by=by, text="Appeler la trésorière.")
    assert Note.objects.get().text == "Appeler la trésorière."
    assert Entry.objects.get(verb="note").kind == "admissibility.note"
    assert Message.objects.count() == 0


def late_draft(**call: Any) -> Need:
    need: Need = NeedFactory()
    past = timezone.now() - timedelta(minutes=3)
    Call.objects.filter(pk=need.call_id).update(**{"closes_at": past, **call})
    need.refresh_from_db()
    return need


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_late_submission_requires_a_reason_and_then_files_the_need(state: str) -> None:
    need = late_draft(state=state)
    by = officer_actor(need.network)
    with pytest.raises(ActionNotAllowed, match="Un motif"):
        actions.submit_late(need, by=by, reason=" ")
    actions.submit_late(need, by=by, reason="Coupure de courant.")
    entry = Entry.objects.about(need).get(verb="submit")
    assert (entry.acting_for, entry.reason) == (need.association.name, "Coupure de courant.")
    need = Need.objects.get(pk=need.pk)
    assert (need.state, Review.objects.get().late_reason) == (State.FILED, "Coupure de courant.")
    assert {r.code: r.holds for r in selectors.results_of([need])[need.pk]}["dates"] is True


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ({"closes_at": None, "rolling": True}, "L’appel reçoit encore"),
        ({"grace_minutes": 10}, "L’appel reçoit encore"),
        ({"state": "ended"}, "pas de dépôt à prolonger"),
        ({"state": "draft"}, "pas de dépôt à prolonger"),
    ],
)
def test_submitting_late_is_refused_while_the_call_is_a_draft_receives_needs_or_has_ended(
    call: dict[str, Any], why: str
) -> None:
    need = late_draft(**call)
    with pytest.raises(ActionNotAllowed, match=why):
        actions.submit_late(need, by=officer_actor(need.network), reason="Panne.")


def test_submitting_a_need_late_is_refused_with_blank_required_fields() -> None:
    need = late_draft()
    Need.objects.update(objectives="")
    with pytest.raises(ActionNotAllowed, match="Il manque : les objectifs"):
        actions.submit_late(need, by=officer_actor(need.network), reason="Panne.")


def test_submitting_late_submits_a_returned_need_without_supplements() -> None:
    need = late_draft()
    Need.objects.update(state=State.RETURNED)
    need.refresh_from_db()
    by = officer_actor(need.network)
    assert list(selectors.late_drafts(by)) == [need]
    actions.submit_late(need, by=by, reason="Panne.")
    assert list(selectors.late_drafts(by)) == []


def test_submitting_a_need_late_is_refused_to_the_association() -> None:
    need = late_draft()
    with pytest.raises(PermissionDenied):
        actions.submit_late(need, by=association_actor(need.association), reason="Panne.")


@pytest.mark.parametrize("state", [s for s in State.values if s not in ("draft", "returned")])
def test_submitting_a_need_late_is_refused_when_the_need_is_already_filed(state: str) -> None:
    need = late_draft()
    Need.objects.update(state=state)
    with pytest.raises(ActionNotAllowed):
        actions.submit_late(need, by=officer_actor(need.network), reason="Panne.")


def test_accepting_a_list_of_needs_accepts_the_ready_ones_and_says_why_others_are_refused(
    need: Need, by: Actor, answered: Any
) -> None:
    same = {"network": need.network, "call": need.call, "filed": True}
    ready, moved = NeedFactory(**same), NeedFactory(**same)
    for each in (ready, moved):
        Review.objects.create(need=each, answers=answered())
    Need.objects.filter(pk=moved.pk).update(version=4)
    lines = [(moved, 0), (ready, 0), (need, 0)]
    outcomes = actions.accept_all(lines, by=by)
    assert [each.need for each in outcomes] == [need, ready, moved]
    assert [bool(each.reasons) for each in outcomes] == [True, False, True]
    assert outcomes[0].reasons[0] == "Répondez à : Est-ce utile ?"
    assert outcomes[2].reasons[0].startswith("Ce dossier a changé")
    states = [Need.objects.get(pk=each.need.pk).state for each in outcomes]
    assert states == ["filed", "admissible", "filed"]


def test_the_action_assign_all_assigns_the_given_officer_to_each_need(
    need: Need, by: Actor
) -> None:
    officer = OfficerFactory(network=need.network)
    outcomes = actions.assign_all([(need, 0)], by=by, officer=officer)
    assert [each.reasons for each in outcomes] == [()]
    assert Need.objects.get().officer == officer


def reminders() -> list[tuple[int, str]]:
    return list(Reminder.objects.order_by("pk").values_list("need", "kind"))


def test_the_reminder_job_sends_two_reminders_of_a_draft_before_its_call_closes(db: None) -> None:
    need = NeedFactory()
    own = association_actor(need.association)
    closing = timezone.now() + timedelta(days=30)
    Call.objects.update(closes_at=closing)
    expected_version = []
    for left in (8, 7, 6, 3, 2, 1, -1):
        with time_machine.travel(closing - timedelta(days=left) + timedelta(minutes=1)):
            remind(0)
            remind(0)
            expected_version.append(len(reminders()))
    assert expected_version == [0, 1, 1, 1, 2, 2, 2]
    assert reminders() == [(need.pk, "closing_7"), (need.pk, "closing_2")]
    messages = Message.objects.filter(to=own.email).order_by("pk")
    assert [message.kind for message in messages] == [
        "admissibility.closing_7",
        "admissibility.closing_2",
    ]
    assert f"{date_format(closing, 'j F Y à H:i')}, heure de Paris" in messages[0].body
    assert "Rien ne manque : déposez-le." in messages[0].body


def test_a_postponed_closing_of_a_call_is_reminded_again_before_its_new_date(db: None) -> None:
    need = NeedFactory()
    own = association_actor(need.association)
    closing = timezone.now() + timedelta(days=10)
    Call.objects.update(closes_at=closing)
    with time_machine.travel(closing - timedelta(days=1)):
        assert [actions.remind(), actions.remind()] == [1, 0]
        later = closing + timedelta(days=20)
        Call.objects.update(closes_at=later)
        assert actions.remind() == 0
    for left in (6, 1):
        with time_machine.travel(later - timedelta(days=left)):
            assert [actions.remind(), actions.remind()] == [1, 0]
    told = Message.objects.filter(to=own.email).order_by("pk")
    assert [each.kind.rpartition("_")[2] for each in told] == ["2", "7", "2"]
    assert date_format(timezone.localdate(later)) in told[2].body


def test_no_reminder_is_sent_about_filed_needs_or_closed_calls(db: None) -> None:
    NeedFactory(filed=True, call__closes_at=soon(1))
    NeedFactory(call__closes_at=soon(1), call__state="closed")
    NeedFactory(call__closes_at=None, call__rolling=True)
    assert actions.remind() == 0


def test_the_reminder_job_sends_one_reminder_for_each_deadline_of_a_supplement(
    by: Actor, own: Actor, ask: Ask
) -> None:
    supplement = ask(fields={"days": "?"})
    assert actions.remind() == 0
    with time_machine.travel(soon(6)):
        assert [actions.remind(), actions.remind()] == [1, 0]
        actions.extend(supplement, by=by, answer_by=soon(5))
        assert actions.remind() == 0
    with time_machine.travel(soon(10)):
        assert actions.remind() == 1
    with time_machine.travel(soon(20)):
        assert [actions.remind(), actions.remind()] == [1, 0]
    assert Message.objects.get(kind="admissibility.overdue").to == by.email
    kinds = Message.objects.filter(to=own.email).values_list("kind", flat=True)
    assert list(kinds).count("admissibility.supplement_2") == 2


def test_a_file_attached_to_an_answer_is_stored_as_a_document_of_the_need(
    need: Need, own: Actor, ask: Ask
) -> None:
    supplement = ask(fields={"objectives": "Pour qui ?"})
    item = supplement.items.get()
    actions.answer(supplement, by=own, answers={item.pk: ("Voir le tableau.", PDF)})
    item.refresh_from_db()
    kept = Document.objects.of(need).get()
    assert (item.answer, item.document) == ("Voir le tableau.", kept)
    assert (kept.kind, kept.title, kept.network, kept.uploaded_by) == (
        "complement",
        f"Objectifs – {need.title}",
        need.network_id,
        own.person,
    )
    assert (kept.file.read(), kept.mime) == (PDF.content, PDF.mime)
    assert Paper.objects.count() == 0
