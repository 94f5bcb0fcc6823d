"""A need with a pending proposal cannot be withdrawn; a need not admissible gets no answer."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.needs import actions as needs
from explor.journey.needs.models import Need
from explor.journey.proposals import actions, rules
from factories import (
    DecisionFactory,
    NeedFactory,
    ProposalFactory,
    association_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
UNDER_WAY = "Une proposition est en cours : demandez à votre réseau de la reprendre d’abord."
GONE = "Ce besoin n’est plus recevable : la proposition ne reçoit plus de réponse."


@pytest.fixture
def need() -> Need:
    return DecisionFactory(need=NeedFactory(state="admissible")).need


def actors(need: Need) -> list[Actor]:
    on_its_word = officer_actor(need.network).on_word_of(need.association.name)
    return [association_actor(need.association), on_its_word]


@pytest.mark.parametrize("state", ["proposed", "agreed"])
@pytest.mark.parametrize("who", [0, 1])
def test_a_need_with_a_pending_or_agreed_proposal_cannot_be_withdrawn(
    need: Need, state: str, who: int, session_of: Callable[[Actor], Client]
) -> None:
    ProposalFactory(need=need, state=state)
    by = actors(need)[who]
    url = reverse(f"needs:{by.role}_withdraw", args=[by.key, need.pk])
    page = session_of(by).get(url)
    assert page.context["blockers"] == [UNDER_WAY]
    with pytest.raises(ActionNotAllowed) as refusal:
        needs.withdraw(need, by=by, reason="Reporté.")
    assert refusal.value.reasons == (UNDER_WAY,)
    need.refresh_from_db()
    assert need.state == "admissible"


@pytest.mark.parametrize("state", ["declined", "lapsed", "lost", "recalled", "freed"])
def test_a_need_whose_proposals_have_all_ended_can_be_withdrawn(need: Need, state: str) -> None:
    ProposalFactory(need=need, state=state)
    ProposalFactory(need=NeedFactory(state="admissible"))
    needs.withdraw(need, by=actors(need)[0], reason="Reporté.")
    assert need.state == "withdrawn"


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_answering_a_proposal_for_a_need_no_longer_admissible_is_refused(
    need: Need, verb: str
) -> None:
    proposal = ProposalFactory(need=need)
    Need.objects.filter(pk=need.pk).update(state="withdrawn")
    reason = {"reason": "Non."} if verb == "decline" else {}
    with pytest.raises(ActionNotAllowed) as refusal:
        getattr(actions, verb)(proposal, party="expert", by=expert_actor(proposal.expert), **reason)
    assert refusal.value.reasons == (GONE,)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answers.count()) == ("proposed", 0)
    proposal.need.refresh_from_db()
    assert rules.missing_to_answer(proposal, "expert", timezone.now()) == [GONE]
