"""An officer who is also the expert of a mission does not decide on it for the network."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions import actions as missions
from explor.journey.proposals import actions as proposals
from explor.journey.proposals.rules import OWN_SEAT
from explor.journey.releases import actions as releases
from explor.journey.releases.models import Release, Signatory, Signature
from explor.journey.reports import actions as reports
from factories import (
    DecisionFactory,
    ExpertFactory,
    OfficerFactory,
    ProposalFactory,
    ReleaseFactory,
    ReportFactory,
    officer_actor,
)
from support.missions import prepared

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]


def acting(expert: Any, network: Any) -> Actor:
    """Return the expert acting as an officer of the network."""
    OfficerFactory(network=network, person=expert.person)
    return officer_actor(network)


def refused(session_of: Session, by: Actor, page: str, pk: int, act: Callable[[], Any]) -> None:
    with pytest.raises(ActionNotAllowed, match="un autre membre du réseau décide"):
        act()
    assert OWN_SEAT in session_of(by).get(reverse(page, args=[by.key, pk])).content.decode()


def test_an_officer_cannot_clear_a_mission_of_which_they_are_the_expert(
    session_of: Session,
) -> None:
    mission = prepared(leaves_in=20)
    by = acting(mission.expert, mission.network)
    refused(
        session_of, by, "missions:reseau_clear", mission.pk, lambda: missions.clear(mission, by=by)
    )
    mission.refresh_from_db()
    assert mission.state == "preparing"


def test_an_officer_cannot_accept_a_report_that_they_wrote_as_an_expert(
    session_of: Session,
) -> None:
    report = ReportFactory(state="submitted")
    by = acting(report.mission.expert, report.mission.network)
    page = "reports:reseau_accept"
    refused(session_of, by, page, report.mission_id, lambda: reports.accept(report, by=by))
    report.refresh_from_db()
    assert [report.state, report.certificate] == ["submitted", None]


def test_an_officer_cannot_grant_the_departure_of_their_own_mission(session_of: Session) -> None:
    release = ReleaseFactory(proposal__expert=ExpertFactory(alone=True), employer=None)
    by = acting(release.proposal.expert, release.proposal.need.network)
    page = "releases:reseau_approve"
    act = lambda: releases.approve(release, by=by, scheme="BSE")  # noqa: E731
    refused(session_of, by, page, release.pk, act)
    release.refresh_from_db()
    assert release.scheme == ""


@pytest.mark.parametrize("party", ["association", "employeur", "expert"])
def test_an_officer_cannot_answer_for_any_party_of_a_proposal_about_themselves(
    session_of: Session, party: str
) -> None:
    proposal = ProposalFactory()
    by = acting(proposal.expert, proposal.need.network)
    word = by.on_word_of("Awa Exemple")
    for page, act in (
        ("answer", lambda: proposals.accept(proposal, party=party, by=word)),
        ("answer", lambda: proposals.decline(proposal, party=party, by=word, reason="Non.")),
        ("take_back", lambda: proposals.take_back(proposal, party=party, by=word, reason="Non.")),
    ):
        with pytest.raises(ActionNotAllowed, match="un autre membre du réseau décide"):
            act()
        url = reverse(f"proposals:reseau_{page}", args=[by.key, proposal.pk, party])
        assert OWN_SEAT in session_of(by).get(url).content.decode()
    assert not proposal.answers.exists()


def test_an_officer_cannot_confirm_the_scheme_sign_on_paper_or_note_silence_of_their_own_release(
    session_of: Session,
) -> None:
    release: Any = ReleaseFactory(state="approved", scheme="CP")
    by = acting(release.proposal.expert, release.proposal.need.network)
    place = release.signatories.get(party="association")
    confirm: Callable[[], Any] = lambda: releases.confirm_scheme(release, by=by)  # noqa: E731
    refused(session_of, by, "releases:reseau_confirm", release.pk, confirm)
    sign: Callable[[], Any] = lambda: on_paper(place, by)  # noqa: E731
    refused(session_of, by, "releases:reseau_sign_on_paper", place.pk, sign)
    Release.objects.update(state="asked", scheme="")
    release.refresh_from_db()
    silence: Callable[[], Any] = lambda: releases.note_silence(release, by=by)  # noqa: E731
    refused(session_of, by, "releases:reseau_note_silence", release.pk, silence)
    assert not Signature.objects.exists()


def on_paper(place: Signatory, by: Actor) -> None:
    actions: Any = releases
    actions.sign_on_paper(place, by=by, name="Awa Exemple", capacity="Présidente", file=None)


def test_an_officer_cannot_propose_themselves_as_the_expert_of_a_need(session_of: Session) -> None:
    need: Any = DecisionFactory().need
    expert: Any = ExpertFactory(network=need.network)
    by = acting(expert, need.network)
    dates = {"start": need.window_start, "end": need.window_start + timedelta(days=9)}
    with pytest.raises(ActionNotAllowed, match="un autre membre du réseau décide"):
        proposals.introduce(need=need, expert=expert, by=by, override="Je suis libre.", **dates)
    url = reverse("proposals:reseau_introduce", args=[by.key, need.pk, expert.pk])
    assert OWN_SEAT in session_of(by).get(url).content.decode()
    assert not need.proposals.exists()
