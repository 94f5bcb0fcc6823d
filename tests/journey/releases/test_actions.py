"""Actions on releases: opened once, ended when the expert withdraws, concluded once all signed."""

import pytest
from django.utils import timezone

from explor.engines.leave import CODES
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.journey.leave_readings.models import KeptReading, LeaveAnswer
from explor.journey.proposals.models import Proposal
from explor.journey.releases import actions, rules, tasks
from explor.journey.releases.models import Release
from factories import (
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db


def test_opening_a_release_twice_creates_one_release_with_the_leave_verdicts_of_the_day() -> None:
    proposal = ProposalFactory(agreed=True)
    first, second = (actions.open_release(proposal) for _ in range(2))
    assert (first.pk, Release.objects.count()) == (second.pk, 1)
    assert [entry.verb for entry in Entry.objects.about(first)] == ["open_release"]
    (kept,) = KeptReading.objects.all()
    assert (kept.act, kept.expert, kept.need) == ("request", proposal.expert, proposal.need)
    assert [each["code"] for each in kept.verdicts] == list(CODES)


@pytest.mark.parametrize("state", ["asked", "approved", "agreed"])
def test_an_open_release_ends_once_when_the_expert_withdraws_from_the_proposal(state: str) -> None:
    release = ReleaseFactory(state=state, scheme="MCP")
    Proposal.objects.filter(pk=release.proposal_id).update(state="lost")
    for _ in range(2):
        actions.follow_loss(release.proposal)
    release.refresh_from_db()
    assert release.state == "ended"
    assert [entry.verb for entry in Entry.objects.about(release)] == ["end"]


def test_a_release_does_not_end_if_its_proposal_is_agreed_again_before_the_job_runs() -> None:
    release = ReleaseFactory()
    actions.follow_loss(release.proposal)
    release.refresh_from_db()
    assert release.state == "asked"


@pytest.mark.parametrize("state", ["proposed", "lost", "declined", "recalled"])
def test_no_release_opens_for_a_proposal_that_is_no_longer_agreed(state: str) -> None:
    proposal = ProposalFactory(state=state)
    with pytest.raises(ActionNotAllowed, match="n’est plus acceptée"):
        actions.open_release(proposal)
    tasks.open_release(proposal.pk)
    assert Release.objects.count() == 0


@pytest.mark.parametrize("verb", ["approve", "note_silence"])
def test_an_employer_cannot_grant_a_release_after_a_party_took_back_its_acceptance(
    verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = ReleaseFactory(
        requested_scheme="CSI", requested_on=timezone.localdate(), request_note="n° 12"
    )
    Proposal.objects.filter(pk=release.proposal_id).update(state="proposed")
    monkeypatch.setattr(rules, "missing_to_note_silence", lambda *args: [])
    by = {
        "approve": (employer_actor(release.employer), {"scheme": "MCP"}),
        "note_silence": (officer_actor(release.proposal.need.network), {}),
    }
    actor, given = by[verb]
    with pytest.raises(ActionNotAllowed, match="n’est plus acceptée"):
        getattr(actions, verb)(release, by=actor, **given)
    release.refresh_from_db()
    assert (release.state, release.agreements.count()) == ("asked", 0)


def test_a_release_ended_by_a_withdrawn_acceptance_is_requested_again_once_agreed() -> None:
    proposal = ProposalFactory(agreed=True)
    release = actions.open_release(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(state="proposed")
    actions.follow_loss(Proposal.objects.get(pk=proposal.pk))
    release.refresh_from_db()
    assert release.state == "ended"
    Proposal.objects.filter(pk=proposal.pk).update(state="agreed")
    again = [actions.open_release(Proposal.objects.get(pk=proposal.pk)) for _ in range(2)]
    assert [(each.pk, each.state) for each in again] == [(release.pk, "asked")] * 2
    verbs = [entry.verb for entry in Entry.objects.about(release).order_by("rank")]
    assert verbs == ["open_release", "end", "reopen"]


@pytest.mark.parametrize("state", ["refused", "ended"])
def test_a_refused_or_ended_release_is_unchanged_when_the_expert_withdraws(state: str) -> None:
    release = ReleaseFactory(state=state)
    actions.follow_loss(release.proposal)
    assert Entry.objects.about(release).count() == 0


def test_concluding_an_agreement_is_refused_while_a_signature_is_missing() -> None:
    release = ReleaseFactory(state="approved", scheme="MCP")
    with pytest.raises(ActionNotAllowed, match="Signature attendue"):
        actions.conclude(release, by=employer_actor(release.employer))


def test_a_second_signature_of_an_agreement_by_the_same_party_is_refused() -> None:
    release = ReleaseFactory()
    by = employer_actor(release.employer)
    actions.approve(release, by=by, scheme="MCP")
    actions.confirm_scheme(release, by=officer_actor(release.proposal.need.network))
    actions.sign(release, by=by, party="employeur")
    with pytest.raises(ActionNotAllowed, match="Cette partie a déjà signé"):
        actions.sign(release, by=by, party="employeur")


def test_approving_a_release_from_a_stale_version_is_refused() -> None:
    release = ReleaseFactory(version=3)
    with pytest.raises(EditConflict):
        actions.approve(
            release, by=employer_actor(release.employer), scheme="MCP", expected_version=2
        )


def test_approving_a_release_under_a_scheme_closed_since_the_request_is_refused() -> None:
    release = ReleaseFactory()
    by = employer_actor(release.employer)
    release.employer.schemes = ["CP"]
    release.employer.save()
    with pytest.raises(ActionNotAllowed, match="est fermé : L’employeur n’a pas retenu ce cadre"):
        actions.approve(Release.objects.get(pk=release.pk), by=by, scheme="MCP")


def test_nobody_can_sign_an_agreement_under_a_scheme_to_check_before_the_network_confirms() -> None:
    release = ReleaseFactory()
    by = employer_actor(release.employer)
    actions.approve(release, by=by, scheme="MCP")
    with pytest.raises(ActionNotAllowed, match="Votre réseau doit d’abord confirmer le cadre"):
        actions.sign(release, by=by, party="employeur")
    officer = officer_actor(release.proposal.need.network)
    actions.confirm_scheme(release, by=officer)
    actions.sign(release, by=by, party="employeur")
    assert release.confirmed_by == officer.name
    acts = [each.act for each in KeptReading.objects.order_by("pk")]
    assert acts == ["approve", "confirm", "sign"]


def test_the_network_need_not_confirm_a_leave_scheme_once_the_answers_open_that_scheme() -> None:
    release = ReleaseFactory()
    by = employer_actor(release.employer)
    association = association_actor(release.proposal.need.association)
    actions.answer_questions(release, by=by, values={"employer.taxed_on_profit": True})
    actions.answer_questions(
        release, by=association, values={"mission.programme_from_france": True}
    )
    release.proposal.need.association.general_interest = True
    release.proposal.need.association.save()
    actions.approve(release, by=by, scheme="MCP")
    actions.sign(release, by=by, party="employeur")
    assert release.confirmed_by == ""
    assert [(each.fact, each.role) for each in LeaveAnswer.objects.order_by("pk")] == [
        ("employer.taxed_on_profit", "employeur"),
        ("mission.programme_from_france", "association"),
    ]


def test_a_party_cannot_answer_a_leave_question_reserved_to_another_party() -> None:
    release = ReleaseFactory()
    by = association_actor(release.proposal.need.association)
    with pytest.raises(ActionNotAllowed, match="Une autre partie répond à cette question"):
        actions.answer_questions(release, by=by, values={"employer.taxed_on_profit": True})
    assert LeaveAnswer.objects.count() == 0
