"""The effect of posting each action to its URL, for every state and role of a proposal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Answer, Proposal
from explor.journey.proposals.states import HOLDING, State
from explor.journey.proposals.tasks import lapse_late
from factories import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    NetworkFactory,
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]

PARTIES = ("expert", "association", "employeur")
ROLES = (*PARTIES, "reseau")
REASON = "Les dates ne conviennent plus."


def actor_of(proposal: Proposal, role: str) -> Actor:
    """Return the actor that has this role in the proposal."""
    makers: dict[str, Callable[[], Actor]] = {
        "expert": lambda: expert_actor(proposal.expert),
        "association": lambda: association_actor(proposal.need.association),
        "employeur": lambda: employer_actor(proposal.employer),
        "reseau": lambda: officer_actor(proposal.need.network),
    }
    return makers[role]()


def stranger(role: str) -> Actor:
    """Return an actor of the same role who is not concerned by the proposal."""
    makers: dict[str, Callable[[], Actor]] = {
        "expert": lambda: expert_actor(ExpertFactory(network=NetworkFactory())),
        "association": lambda: association_actor(AssociationFactory()),
        "employeur": lambda: employer_actor(EmployerFactory()),
        "reseau": lambda: officer_actor(NetworkFactory()),
    }
    return makers[role]()


def url(by: Actor, page: str, *args: object) -> str:
    return reverse(f"proposals:{by.role}_{page}", args=[*filter(None, [by.key]), *args])


def taken(proposal: Proposal) -> int:
    return Need.objects.get(pk=proposal.need_id).taken_seats


def state(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def held(proposal: Proposal) -> int:
    return int(proposal.state in HOLDING)


def typed(proposal: Proposal, **values: str) -> dict[str, Any]:
    return {"version": proposal.version, **values}


def no(proposal: Proposal) -> dict[str, Any]:
    return typed(proposal, said="non", reason=REASON, word_of="Nour, au téléphone")


def answer_url(by: Actor, proposal: Proposal, party: str) -> str:
    args = (proposal.pk, party) if by.role == "reseau" else (proposal.pk,)
    return url(by, "answer", *args)


@pytest.mark.parametrize("source", State.values)
@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("by_phone", [False, True])
def test_declining_a_proposal_ends_it_only_while_it_awaits_answers(
    source: str, party: str, by_phone: bool, session_of: Sessions
) -> None:
    made = ProposalFactory(state=source, expert__employer=EmployerFactory())
    by = actor_of(made, "reseau" if by_phone else party)
    before = held(made)
    done = session_of(by).post(answer_url(by, made, party), no(made))
    if source == State.PROPOSED:
        assert (done.status_code, state(made), taken(made)) == (302, State.DECLINED, 0)
        answer = Answer.objects.get(proposal=made)
        assert (answer.party, answer.yes, answer.reason) == (party, False, REASON)
    else:
        assert (done.status_code, state(made), taken(made)) == (403, source, before)


@pytest.mark.parametrize("source", State.values)
@pytest.mark.parametrize("role", ROLES)
def test_only_the_network_recalls_a_proposal_and_only_while_it_awaits_answers(
    source: str, role: str, session_of: Sessions
) -> None:
    made = ProposalFactory(state=source, expert__employer=EmployerFactory())
    by, before = actor_of(made, role), held(made)
    network = officer_actor(made.need.network)
    path = url(network, "recall", made.pk)
    done = session_of(by).post(path, typed(made, reason=REASON))
    if role != "reseau":
        assert (done.status_code, state(made), taken(made)) == (404, source, before)
    elif source == State.PROPOSED:
        assert (done.status_code, state(made), taken(made)) == (302, State.RECALLED, 0)
        assert Proposal.objects.get(pk=made.pk).ending == REASON
    else:
        assert (done.status_code, state(made), taken(made)) == (409, source, before)


@pytest.mark.parametrize("source", State.values)
@pytest.mark.parametrize("role", ["expert", "reseau"])
def test_recording_a_withdrawal_ends_a_proposal_only_when_it_is_agreed(
    source: str, role: str, session_of: Sessions
) -> None:
    made = ProposalFactory(state=source, expert__employer=EmployerFactory())
    by, before = actor_of(made, role), held(made)
    done = session_of(by).post(url(by, "lose", made.pk), typed(made, reason=REASON))
    if source == State.AGREED:
        assert (done.status_code, state(made), taken(made)) == (302, State.LOST, 0)
    else:
        assert (done.status_code, state(made), taken(made)) == (409, source, before)


@pytest.mark.parametrize("verb", ["lapse", "lose", "free", "agree", "recall", "decline"])
def test_the_code_name_of_a_transition_is_not_a_url_of_a_proposal(
    verb: str, session_of: Sessions
) -> None:
    made = ProposalFactory()
    by = officer_actor(made.need.network)
    done = session_of(by).post(f"{url(by, 'proposal', made.pk)}{verb}/", typed(made, reason=REASON))
    assert (done.status_code, state(made), taken(made)) == (404, State.PROPOSED, 1)


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_a_proposal_returns_404_to_a_user_who_is_not_a_party(
    role: str, session_of: Sessions
) -> None:
    made = ProposalFactory(expert__employer=EmployerFactory())
    by = stranger(role)
    pages = [url(by, "proposal", made.pk), answer_url(by, made, "expert")]
    if role == "reseau":
        pages += [url(by, verb, made.pk) for verb in ("recall", "lose")]
    if role == "expert":
        pages.append(url(by, "lose", made.pk))
    client = session_of(by)
    for path in pages:
        assert client.post(path, no(made)).status_code == 404, path
    assert (state(made), taken(made)) == (State.PROPOSED, 1)


@pytest.mark.parametrize("source", State.values)
@pytest.mark.parametrize("late", [False, True])
def test_a_proposal_lapses_only_when_its_deadline_passed_before_all_answers(
    source: str, late: bool
) -> None:
    when = timezone.now() + timedelta(hours=-1 if late else 1)
    made = ProposalFactory(state=source, answer_by=when)
    before = held(made)
    lapse_late(0)
    if late and source == State.PROPOSED:
        assert (state(made), taken(made)) == (State.LAPSED, 0)
    else:
        assert (state(made), taken(made)) == (source, before)


def test_an_answer_to_a_proposal_after_its_deadline_is_refused_and_the_seat_stays_taken(
    session_of: Sessions,
) -> None:
    made = ProposalFactory(answer_by=timezone.now() - timedelta(hours=1))
    by = expert_actor(made.expert)
    done = session_of(by).post(answer_url(by, made, "expert"), no(made))
    assert done.status_code == 409
    assert "Le délai de réponse est passé" in done.content.decode()
    assert (state(made), taken(made)) == (State.PROPOSED, 1)


def test_declining_a_proposal_without_a_reason_is_refused(session_of: Sessions) -> None:
    made = ProposalFactory()
    by = expert_actor(made.expert)
    done = session_of(by).post(answer_url(by, made, "expert"), typed(made, said="non"))
    assert (done.status_code, state(made), taken(made)) == (422, State.PROPOSED, 1)


def test_recalling_a_proposal_without_a_reason_is_refused(session_of: Sessions) -> None:
    made = ProposalFactory()
    by = officer_actor(made.need.network)
    done = session_of(by).post(url(by, "recall", made.pk), typed(made))
    assert (done.status_code, state(made), taken(made)) == (422, State.PROPOSED, 1)


def test_recalling_a_proposal_from_a_stale_page_is_refused(session_of: Sessions) -> None:
    made = ProposalFactory()
    by = officer_actor(made.need.network)
    drawn = {"version": made.version, "reason": REASON}
    Proposal.objects.filter(pk=made.pk).update(version=made.version + 1)
    done = session_of(by).post(url(by, "recall", made.pk), drawn)
    assert (done.status_code, state(made), taken(made)) == (409, State.PROPOSED, 1)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_can_open_the_page_of_a_proposal_in_every_state(
    role: str, session_of: Sessions
) -> None:
    for source in State.values:
        made = ProposalFactory(state=source, expert__employer=EmployerFactory())
        by = actor_of(made, role)
        page = session_of(by).get(url(by, "proposal", made.pk))
        assert page.status_code == 200
        assert made.get_state_display() in page.content.decode()


def test_a_proposal_accepted_by_its_three_parties_becomes_agreed_and_keeps_its_seat(
    session_of: Sessions,
) -> None:
    made = ProposalFactory(expert__employer=EmployerFactory())
    for party in PARTIES:
        assert state(made) == State.PROPOSED
        by = actor_of(made, party)
        version = Proposal.objects.get(pk=made.pk).version
        yes = {"version": version, "said": "oui"}
        assert session_of(by).post(answer_url(by, made, party), yes).status_code == 302
    assert (state(made), taken(made)) == (State.AGREED, 1)
