"""Actions on releases: opened once, ended when the expert withdraws, never concluded early."""

import pytest

from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.releases import actions
from explor.journey.releases.models import Release
from factories import ProposalFactory, ReleaseFactory, employer_actor

pytestmark = pytest.mark.django_db


def test_opening_a_release_twice_creates_one_release_with_its_leave_readings() -> None:
    proposal = ProposalFactory(agreed=True)
    first, second = (actions.open_release(proposal) for _ in range(2))
    assert (first.pk, Release.objects.count()) == (second.pk, 1)
    assert [entry.verb for entry in Entry.objects.about(first)] == ["open_release"]
    assert {"code", "label", "verdict", "why"} <= set(first.verdicts[0])


@pytest.mark.parametrize("state", ["asked", "approved", "agreed"])
def test_an_open_release_ends_once_when_the_expert_withdraws_from_the_proposal(state: str) -> None:
    release = ReleaseFactory(state=state, scheme="MCP")
    for _ in range(2):
        actions.follow_loss(release.proposal)
    release.refresh_from_db()
    assert release.state == "ended"
    assert [entry.verb for entry in Entry.objects.about(release)] == ["end"]


@pytest.mark.parametrize("state", ["refused", "ended"])
def test_a_refused_or_ended_release_is_unchanged_when_the_expert_withdraws(state: str) -> None:
    release = ReleaseFactory(state=state)
    actions.follow_loss(release.proposal)
    assert Entry.objects.about(release).count() == 0


def test_concluding_an_agreement_is_refused_while_a_signature_is_missing() -> None:
    release = ReleaseFactory(state="approved", scheme="MCP")
    with pytest.raises(ActionNotAllowed, match="Signature attendue"):
        actions.conclude(release, by=employer_actor(release.employer))


def test_a_second_signature_of_the_same_party_is_refused() -> None:
    release = ReleaseFactory()
    by = employer_actor(release.employer)
    actions.approve(release, by=by, scheme="MCP")
    actions.sign(release, by=by, party="employeur", name="Camille")
    with pytest.raises(ActionNotAllowed, match="Cette partie a déjà signé"):
        actions.sign(release, by=by, party="employeur", name="Camille")


def test_approving_a_release_from_a_stale_version_is_refused() -> None:
    release = ReleaseFactory(version=3)
    with pytest.raises(EditConflict):
        actions.approve(
            release, by=employer_actor(release.employer), scheme="MCP", expected_version=2
        )
