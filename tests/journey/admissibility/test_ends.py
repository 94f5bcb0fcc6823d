"""What no answer ends: a supplement never given, a late filing that a rule of the call bars."""

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


def test_a_need_is_refused_once_the_deadline_of_its_supplements_is_past(
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


def test_more_time_given_keeps_the_need_from_refusal(need: Need, by: Actor, ask: Ask) -> None:
    supplement = ask(fields={"objectives": "Pour qui ?"})
    with time_machine.travel(timezone.now() + AFTER):
        later = timezone.now() + timedelta(days=5)
        actions.extend(supplement, by=by, answer_by=later)
        with pytest.raises(ActionNotAllowed, match="L’association a jusqu’au"):
            refuse(need, by)


@pytest.mark.django_db
def test_a_need_sent_back_without_a_deadline_is_not_refused() -> None:
    need: Need = NeedFactory(state=State.RETURNED, filed_at=timezone.now())
    by = officer_actor(need.network)
    with pytest.raises(ActionNotAllowed, match="entre les mains de l’association"):
        refuse(need, by)


def test_the_officer_is_told_that_the_deadline_is_past(
    officer: Client, need: Need, ask: Ask
) -> None:
    ask(fields={"objectives": "Pour qui ?"})
    board = f"/reseau/{need.network.slug}/recevabilite/?state=returned"
    assert "échéance passée" not in words(officer.get(board))
    assert "L’association a jusqu’au" in words(officer.get(at(need)))
    assert "L’association a jusqu’au" in words(officer.get(at(need, "refuser/")))
    with_related = words(officer.get(f"/reseau/{need.network.slug}/besoins/{need.pk}/"))
    assert "Déclarer irrecevable" not in with_related
    assert "Suivre les compléments" in with_related
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
    """A draft on a closed call, in a country that the call does not cover."""
    return late_draft(eligibility={"pays": ["SN"]}, questions=QUESTIONS)


def test_a_rule_of_the_call_does_not_stop_a_late_filing(
    barred: Need, answered: Callable[..., dict[str, Any]]
) -> None:
    """The officer files, and lifts the rule on reading, for a reason: see `admit`."""
    by = officer_actor(barred.network)
    actions.submit_late(barred, by=by, reason="Panne.")
    actions.judge(barred, by=by, answers=answered())
    with pytest.raises(ActionNotAllowed, match="L’appel ne couvre pas ce pays"):
        actions.accept(barred, by=by)
    actions.accept(barred, by=by, waiver="Accord de la coordination.")
    assert Need.objects.get().state == State.ADMISSIBLE


def test_the_officer_reads_before_what_is_to_be_lifted(barred: Need, session_of: Open) -> None:
    officer = session_of(officer_actor(barred.network))
    page = f"/reseau/{barred.network.slug}/recevabilite/tardifs/{barred.pk}/"
    told = words(officer.get(page))
    assert "L’appel ne couvre pas ce pays" in told
    assert "levée par un motif" in told
    Call.objects.update(eligibility={})
    assert "levée par un motif" not in words(officer.get(page))
    sent = {"version": 0, "reason": "Panne."}
    assert officer.post(page, sent).status_code == 302


def test_a_late_filing_still_asks_for_what_nobody_can_judge_without(barred: Need) -> None:
    Need.objects.update(objectives="", window_start=timezone.localdate())
    with pytest.raises(ActionNotAllowed, match=r"les objectifs.*La fenêtre doit commencer"):
        actions.submit_late(barred, by=officer_actor(barred.network), reason="Panne.")


def test_the_officer_reads_the_earlier_needs_that_look_alike(
    officer: Client, need: Need, by: Actor
) -> None:
    double = NeedFactory(
        network=need.network, association=need.association, title=need.title, state="admissible"
    )
    draft = NeedFactory(network=need.network, title=f"{need.title} encore")
    foreign = NeedFactory(title=f"{need.title} ailleurs", state="filed")
    page = words(officer.get(at(need)))
    assert "Ce qui ressemble" in page
    assert f'href="/reseau/{need.network.slug}/besoins/{double.pk}/"' in page
    assert f"{need.association.name}, recevable" in page
    assert draft.title not in page
    assert foreign.title not in page


def test_the_board_counts_overdue_supplements_once(need: Need, by: Actor, ask: Ask) -> None:
    ask(fields={"objectives": "Pour qui ?"})
    with time_machine.travel(timezone.now() + AFTER):
        late = selectors.overdue(by)
    assert [each.need_id for each in late] == [need.pk]
    assert selectors.overdue(by) == []
