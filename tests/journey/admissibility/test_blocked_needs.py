"""Needs that could stay blocked: supplements never answered, late drafts that fail a rule."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.admissibility import actions, selectors
from explor.journey.admissibility.models import Review, Supplement
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.needs.states import State
from factories import NeedFactory, officer_actor

from .conftest import QUESTIONS
from .test_actions import Ask, late_draft
from .test_views import Open, at, words

AFTER = timedelta(days=8)


@pytest.fixture
def officer(by: Actor, session_of: Open) -> Client:
    return session_of(by)


def refuse(need: Need, by: Actor) -> Need:
    return actions.reject(need, by=by, ground="silence", words="Sans nouvelles de vous.")


def test_a_need_can_be_rejected_only_after_the_deadline_of_its_supplements(
    need: Need, by: Actor, own: Actor, ask: Ask
) -> None:
    supplement = ask(fields={"objectives": "Pour qui ?"})
    with pytest.raises(ActionNotAllowed, match="L’association a jusqu’au"):
        refuse(need, by)
    with time_machine.travel(timezone.now() + AFTER):
        refuse(need, by)
        with pytest.raises(ActionNotAllowed, match="ne sont plus attendus"):
            actions.resubmit(supplement, by=own)
    need.refresh_from_db()
    assert (need.state, Review.objects.get().ground) == (State.INADMISSIBLE, "silence")
    assert (
        Message.objects.get(kind="admissibility.reject", to=own.email).body.count("Sans nouvelles")
        == 1
    )


def test_rejecting_a_need_is_refused_until_its_extended_deadline_is_past(
    need: Need, by: Actor, ask: Ask
) -> None:
    supplement = ask(fields={"objectives": "Pour qui ?"})
    with time_machine.travel(timezone.now() + AFTER):
        later = timezone.now() + timedelta(days=5)
        actions.extend(supplement, by=by, answer_by=later)
        with pytest.raises(ActionNotAllowed, match="L’association a jusqu’au"):
            refuse(need, by)


@pytest.mark.django_db
def test_rejecting_a_returned_need_without_supplements_is_refused() -> None:
    need: Need = NeedFactory(state=State.RETURNED, filed_at=timezone.now())
    by = officer_actor(need.network)
    with pytest.raises(ActionNotAllowed, match="entre les mains de l’association"):
        refuse(need, by)


def test_the_admissibility_board_marks_overdue_supplements_and_links_to_extend_or_reject(
    officer: Client, need: Need, ask: Ask
) -> None:
    ask(fields={"objectives": "Pour qui ?"})
    board = f"/reseau/{need.network.slug}/recevabilite/?state=returned"
    assert "échéance passée" not in words(officer.get(board))
    assert "L’association a jusqu’au" in words(officer.get(at(need)))
    assert "L’association a jusqu’au" in words(officer.get(at(need, "refuser/")))
    page = words(officer.get(f"/reseau/{need.network.slug}/besoins/{need.pk}/"))
    assert "Déclarer irrecevable" not in page
    assert "Suivre les compléments" in page
    Supplement.objects.update(answer_by=timezone.now())
    page = words(officer.get(board))
    assert "échéance passée" in page
    assert f"Prolonger, ou refuser « {need.title} »" in page
    assert f'href="{at(need, "refuser/")}"' in words(officer.get(at(need)))
    sent = {"version": 1, "ground": "silence", "words": "Sans nouvelles de vous."}
    assert officer.post(at(need, "refuser/"), sent).status_code == 302
    need.refresh_from_db()
    assert need.state == State.INADMISSIBLE


@pytest.fixture
def barred(db: None) -> Need:
    """Return a draft on a closed call, in a country that the call does not cover."""
    return late_draft(eligibility={"pays": ["SN"]}, questions=QUESTIONS)


def test_a_need_submitted_late_that_breaks_a_rule_is_accepted_only_with_a_waiver(
    barred: Need, answered: Callable[..., dict[str, Any]]
) -> None:
    """The officer submits late, then waives the rule for a reason."""
    by = officer_actor(barred.network)
    actions.submit_late(barred, by=by, reason="Panne.")
    actions.judge(barred, by=by, answers=answered())
    with pytest.raises(ActionNotAllowed, match="L’appel ne couvre pas ce pays"):
        actions.accept(barred, by=by)
    actions.accept(barred, by=by, waiver="Accord de la coordination.")
    assert Need.objects.get().state == State.ADMISSIBLE


def test_the_page_of_a_late_submission_lists_the_rules_to_waive(
    barred: Need, session_of: Open
) -> None:
    officer = session_of(officer_actor(barred.network))
    page = f"/reseau/{barred.network.slug}/recevabilite/tardifs/{barred.pk}/"
    shown = words(officer.get(page))
    assert "L’appel ne couvre pas ce pays" in shown
    assert "levée par un motif" in shown
    Call.objects.update(eligibility={})
    assert "levée par un motif" not in words(officer.get(page))
    sent = {"version": 0, "reason": "Panne."}
    assert officer.post(page, sent).status_code == 302


def test_a_late_submission_with_a_blank_field_and_a_past_window_is_refused(barred: Need) -> None:
    Need.objects.update(objectives="", window_start=timezone.localdate())
    with pytest.raises(ActionNotAllowed, match=r"les objectifs.*La fenêtre doit commencer"):
        actions.submit_late(barred, by=officer_actor(barred.network), reason="Panne.")


def test_the_page_of_a_need_lists_similar_earlier_needs(
    officer: Client, need: Need, by: Actor
) -> None:
    duplicate = NeedFactory(
        network=need.network, association=need.association, title=need.title, state="admissible"
    )
    draft = NeedFactory(network=need.network, title=f"{need.title} encore")
    foreign = NeedFactory(title=f"{need.title} ailleurs", state="filed")
    page = words(officer.get(at(need)))
    assert "Ce qui ressemble" in page
    assert f'href="/reseau/{need.network.slug}/besoins/{duplicate.pk}/"' in page
    assert f"{need.association.name}, recevable" in page
    assert draft.title not in page
    assert foreign.title not in page


def test_supplements_are_listed_as_overdue_only_after_their_deadline(
    need: Need, by: Actor, ask: Ask
) -> None:
    ask(fields={"objectives": "Pour qui ?"})
    with time_machine.travel(timezone.now() + AFTER):
        late = selectors.overdue(by)
    assert [each.need_id for each in late] == [need.pk]
    assert selectors.overdue(by) == []
