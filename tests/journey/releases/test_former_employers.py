"""Only the current employer of an expert can release them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions import rules as missions
from explor.journey.proposals import actions as proposals
from explor.journey.proposals import rules
from explor.journey.proposals.pages import proposal_url
from explor.journey.releases import actions
from explor.journey.releases.models import Signature
from factories import (
    AgreementFactory,
    EmployerFactory,
    MissionFactory,
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
LEFT = "ne nomme plus Ateliers"


def change_employer(expert: Any) -> None:
    changes = {"employer": EmployerFactory(name="Une autre maison")}
    experts.describe(Expert.objects.get(pk=expert.pk), by=expert_actor(expert), changes=changes)
    expert.refresh_from_db()


def test_a_former_employer_can_neither_accept_a_proposal_nor_read_the_current_profile(
    session_of: Session,
) -> None:
    proposal: Any = ProposalFactory(expert__job="Hydrologue sentinelle")
    by = employer_actor(proposal.employer)
    page = lambda: session_of(by).get(proposal_url(by, proposal)).content.decode()  # noqa: E731
    assert "Hydrologue sentinelle" in page()
    change_employer(proposal.expert)
    assert "Hydrologue sentinelle" not in page()
    with pytest.raises(ActionNotAllowed, match=LEFT):
        proposals.accept(proposal, party="employeur", by=by)
    proposals.decline(proposal, party="employeur", by=by, reason="Elle est partie.")


def test_accepting_a_proposal_made_before_the_expert_named_an_employer_is_refused() -> None:
    proposal: Any = ProposalFactory(employer=None, expert__employer=None)
    by = association_actor(proposal.need.association)
    change_employer(proposal.expert)
    with pytest.raises(ActionNotAllowed, match="nomme désormais Une autre maison"):
        proposals.accept(proposal, party="association", by=by)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answers.count()) == ("proposed", 0)


def test_an_employer_named_after_all_parties_agreed_does_not_block_the_proposal() -> None:
    proposal: Any = ProposalFactory(employer=None, expert__employer=None, agreed=True)
    change_employer(proposal.expert)
    assert rules.missing_employer(proposal) == []


def test_a_former_employer_cannot_grant_a_release() -> None:
    release: Any = ReleaseFactory()
    change_employer(release.proposal.expert)
    with pytest.raises(ActionNotAllowed, match=LEFT):
        actions.approve(release, by=employer_actor(release.employer), scheme="CP")
    release.refresh_from_db()
    assert release.state == "asked"


def test_signing_and_departing_are_refused_once_the_expert_has_another_employer() -> None:
    release: Any = ReleaseFactory(state="approved", scheme="CP")
    release.agreement = AgreementFactory(release=release)
    release.save()
    change_employer(release.proposal.expert)
    by = association_actor(release.proposal.need.association)
    with pytest.raises(ActionNotAllowed, match=LEFT):
        actions.sign(release, by=by, party="association")
    assert not Signature.objects.exists()
    mission: Any = MissionFactory()
    change_employer(mission.expert)
    assert any(LEFT in line for line in missions.unready(mission, mission.start))
