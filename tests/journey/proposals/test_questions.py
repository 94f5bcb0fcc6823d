"""Leave questions on the page of a proposal: answers given there apply to every page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.leave_readings.models import LeaveAnswer
from explor.journey.proposals import actions, engine, rules
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import proposal_url, questions
from explor.journey.proposals.states import State
from explor.journey.releases import engine as releases
from explor.journey.releases.pages import questions as questions_of_release
from factories import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
ROLES = ("employeur", "association", "expert", "reseau")
TAXED = "employer.taxed_on_profit"


def proposed() -> Proposal:
    need = NeedFactory(country="MG", association__general_interest=True)
    expert = ExpertFactory(
        network=need.network,
        employer=EmployerFactory(network=need.network),
        employment="salarie",
    )
    return ProposalFactory(need=need, expert=expert)


def actor_of(role: str, proposal: Proposal) -> Actor:
    return {
        "employeur": lambda: employer_actor(proposal.employer),
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
        "systeme": lambda: SYSTEM,
    }[role]()


def stranger(role: str) -> Actor:
    return {
        "employeur": lambda: employer_actor(EmployerFactory()),
        "association": lambda: association_actor(AssociationFactory()),
        "expert": lambda: expert_actor(ExpertFactory()),
        "reseau": lambda: officer_actor(NetworkFactory()),
    }[role]()


@pytest.mark.parametrize("role", [*ROLES, "systeme"])
@pytest.mark.parametrize("state", State.values)
def test_a_party_or_the_network_can_answer_leave_questions_while_a_proposal_is_pending(
    state: str, role: str
) -> None:
    proposal = proposed()
    proposal.state = state
    may = rules.can_answer_questions(actor_of(role, proposal), proposal)
    assert may is (state == "proposed" and role != "systeme")
    if role != "systeme":
        assert rules.can_answer_questions(stranger(role), proposal) is False


def test_a_leave_answer_given_on_the_proposal_also_appears_on_the_release() -> None:
    proposal = proposed()
    employer = actor_of("employeur", proposal)
    asked = {each.code: each.asks for each in engine.leave_of(proposal)}
    assert TAXED in asked["MCP"]
    actions.answer_questions(proposal, by=employer, values={TAXED: True})
    actions.answer_questions(proposal, by=employer, values={TAXED: True})
    (kept,) = LeaveAnswer.objects.all()
    assert (kept.fact, kept.value, kept.by) == (TAXED, True, employer.name)
    again = {each.code: each.asks for each in engine.leave_of(proposal)}
    assert TAXED not in again["MCP"]
    release = ReleaseFactory(proposal=proposal)
    read = {each.code: each.asks for each in releases.verdicts(release, timezone.localdate())}
    assert TAXED not in read["MCP"]


def test_the_proposal_and_the_release_ask_the_same_leave_questions() -> None:
    proposal = proposed()
    employer = actor_of("employeur", proposal)
    release = ReleaseFactory(proposal=proposal)
    assert questions(employer, proposal) == questions_of_release(employer, release)


def test_answering_a_leave_question_does_not_change_the_version_of_the_proposal() -> None:
    proposal = proposed()
    before = proposal.version
    actions.answer_questions(proposal, by=actor_of("employeur", proposal), values={TAXED: False})
    assert Proposal.objects.get(pk=proposal.pk).version == before


def test_a_leave_answer_reserved_to_another_party_or_given_too_late_is_refused() -> None:
    proposal = proposed()
    with pytest.raises(ActionNotAllowed, match="Une autre partie répond"):
        actions.answer_questions(proposal, by=actor_of("expert", proposal), values={TAXED: True})
    Proposal.objects.update(state=State.RECALLED)
    with pytest.raises(ActionNotAllowed, match="n’attend plus de réponse"):
        actions.answer_questions(proposal, by=actor_of("employeur", proposal), values={TAXED: True})
    assert LeaveAnswer.objects.count() == 0


@pytest.mark.parametrize("role", ROLES)
def test_each_role_answers_leave_questions_on_the_proposal_page_and_sees_its_own_answers(
    role: str, session_of: Session
) -> None:
    proposal = proposed()
    actor = actor_of(role, proposal)
    client, page = session_of(actor), proposal_url(actor, proposal)
    assert client.get(f"{page}questions/").status_code == 200
    data = {"version": proposal.version, "mission_travel_days": "2"}
    assert client.post(f"{page}questions/", data).status_code == 302
    shown = client.get(page).content.decode()
    assert "Combien de jours de voyage" in shown
    assert f"<strong>{2}</strong>" in shown
    assert actor.name in shown


def test_an_expert_cannot_read_leave_answers_reserved_to_the_employer(session_of: Session) -> None:
    proposal = proposed()
    actions.answer_questions(proposal, by=actor_of("employeur", proposal), values={TAXED: True})
    expert, officer = actor_of("expert", proposal), actor_of("reseau", proposal)
    pages = [
        session_of(actor).get(proposal_url(actor, proposal)).content.decode()
        for actor in (expert, officer)
    ]
    assert ["impos" in page for page in pages] == [False, True]


def test_the_network_sees_today_s_leave_verdicts_on_a_pending_proposal(
    session_of: Session,
) -> None:
    proposal = proposed()
    officer = actor_of("reseau", proposal)
    client, page = session_of(officer), proposal_url(officer, proposal)
    assert "Les cadres possibles, lus aujourd’hui" in client.get(page).content.decode()
    Proposal.objects.update(state=State.DECLINED)
    assert "Les cadres possibles, lus aujourd’hui" not in client.get(page).content.decode()
