"""Reasons why a decision is not taken, changed, taken again or reviewed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from explor.journey.committees.models import Bylaws
from explor.journey.decisions import rules
from explor.journey.decisions.models import Decision
from explor.journey.decisions.rules import WITHDRAWN
from explor.journey.needs.models import Need
from factories import AppealFactory, DecisionFactory, MeetingFactory

pytestmark = pytest.mark.django_db
NO_VERDICT = "Choisissez le sens de la décision."
NOTHING_TO_DECIDE = "L’association a retiré ce besoin : il n’y a plus rien à décider."
SELECTED = "Ce besoin est retenu : retirez-le plutôt, ou annulez sa mission."
UNDER_REVIEW = "Un réexamen est demandé : répondez-y, l’association le saura."
VOTING = "Une séance est ouverte : les décisions s’y votent."
VOTED = "Cette décision a été votée : rouvrez sa séance pour la changer."
NOT_REVIEWABLE = "Cette décision ne peut pas faire l’objet d’un réexamen."


def decision_on(need_state: str, **values: Any) -> Decision:
    decision: Decision = DecisionFactory(**values)
    Need.objects.filter(pk=decision.need_id).update(state=need_state)
    return Decision.objects.get(pk=decision.pk)


@pytest.mark.parametrize(
    ("need_state", "verdict", "reasons"),
    [
        ("admissible", "favourable", []),
        ("admissible", "", [NO_VERDICT]),
        ("withdrawn", "favourable", [NOTHING_TO_DECIDE]),
        ("withdrawn", "", [NOTHING_TO_DECIDE]),
    ],
)
def test_a_decision_cannot_be_taken_without_a_verdict_or_on_a_withdrawn_need(
    need_state: str, verdict: str, reasons: list[str]
) -> None:
    decision = decision_on(need_state, state="to_decide", verdict=verdict)
    assert rules.missing_to_decide(decision) == reasons


@pytest.mark.parametrize(
    ("state", "voted", "voting", "reasons"),
    [
        ("to_decide", False, True, [VOTING]),
        ("decided", True, True, [VOTING]),
        ("decided", True, False, [VOTED]),
        ("decided", False, False, []),
        ("to_decide", True, False, []),
    ],
)
def test_the_network_cannot_edit_a_decision_during_a_meeting_or_after_its_vote(
    state: str, voted: bool, voting: bool, reasons: list[str]
) -> None:
    decision = DecisionFactory(state=state, verdict="deferred", need__call__quorum=0)
    if voted:
        decision.meeting = MeetingFactory(call=decision.need.call, state="closed")
    assert rules.missing_to_write_decision(decision, voting=voting) == reasons


@pytest.mark.parametrize(
    ("need_state", "verdict", "appeal", "reasons"),
    [
        ("admissible", "unfavourable", "", []),
        ("admissible", "favourable", "", [SELECTED]),
        ("admissible", "reserved", "", [SELECTED]),
        ("withdrawn", "unfavourable", "", [WITHDRAWN]),
        ("admissible", "unfavourable", "pending", [UNDER_REVIEW]),
        ("admissible", "unfavourable", "upheld", []),
    ],
)
def test_a_need_selected_withdrawn_or_under_appeal_does_not_go_back_to_the_committee(
    need_state: str, verdict: str, appeal: str, reasons: list[str]
) -> None:
    decision = decision_on(need_state, verdict=verdict)
    if appeal:
        AppealFactory(need=decision.need, state=appeal)
    assert rules.missing_to_reconsider(decision) == reasons


@pytest.mark.parametrize(
    ("need_state", "verdict", "reasons"),
    [
        ("admissible", "unfavourable", []),
        ("admissible", "favourable", [NOT_REVIEWABLE]),
        ("withdrawn", "unfavourable", ["Vous avez retiré ce besoin."]),
    ],
)
def test_a_favourable_decision_or_one_on_a_withdrawn_need_cannot_be_appealed(
    need_state: str, verdict: str, reasons: list[str]
) -> None:
    decision = decision_on(need_state, verdict=verdict)
    now = timezone.now() + timedelta(days=1)
    assert rules.missing_to_request_review(decision, Bylaws(), now) == reasons
