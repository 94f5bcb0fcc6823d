"""The network can close a mission whose report was never submitted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of
from explor.journey.reports import actions
from explor.journey.reports.models import Report
from factories import MissionFactory, employer_actor, expert_actor, officer_actor
from support.missions import on

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
SLUG = "clore-sans-compte-rendu/"


def returned(state: str = "returned") -> Report:
    cause = "ZONE" if state == "remote" else ""
    return actions.open_report(MissionFactory(state=state, cause=cause))


@pytest.mark.parametrize("state", ["returned", "remote"])
def test_the_network_closes_a_mission_without_report_a_month_after_the_report_was_due(
    state: str, session_of: Session
) -> None:
    report = returned(state)
    mission, by = report.mission, officer_actor(report.mission.network)
    employer = employer_actor(mission.employer)
    url = url_of(by, mission)
    last = timezone.now() + timedelta(days=45)
    with time_machine.travel(last):
        assert SLUG not in session_of(by).get(url).text
        with pytest.raises(ActionNotAllowed, match="relancez d’abord la personne"):
            missions.close_without_report(mission, by=by, reason="Sans nouvelles.")
    with time_machine.travel(last + timedelta(days=1)):
        client = session_of(by)
        assert SLUG in client.get(url).text
        data = {"version": mission.version, "reason": "Hospitalisée depuis le retour."}
        assert client.post(url + SLUG, data).status_code == 302
    mission.refresh_from_db()
    assert (mission.state, mission.closed_from) == ("closed", state)
    told = Message.objects.filter(kind="missions.close_without_report")
    assert "Hospitalisée" not in told.get(to=employer.email).body
    assert "Hospitalisée" in told.get(to=mission.expert.person.email).body


def test_a_report_submitted_late_can_still_be_accepted_and_certified() -> None:
    report = returned()
    by, expert = officer_actor(report.mission.network), expert_actor(report.mission.expert)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        missions.close_without_report(
            Mission.objects.get(pk=report.mission_id), by=by, reason="Sans nouvelles."
        )
        report = Report.objects.get(pk=report.pk)
        actions.recommend(report.mission, by=expert, text="Le carnet.", owner="Comité", due=on(60))
        actions.write(report, by=expert, changes={"done": "Ateliers.", "results": "Six formées."})
        actions.submit(report, by=expert)
        assert actions.accept(report, by=by).certificate is not None


@pytest.mark.parametrize("state", ["submitted", "accepted", "returned"])
def test_a_mission_is_not_closed_without_a_report_that_was_submitted_or_just_sent_back(
    state: str,
) -> None:
    report = returned()
    by = officer_actor(report.mission.network)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        Report.objects.filter(pk=report.pk).update(state=state, state_since=timezone.now())
        with pytest.raises(ActionNotAllowed):
            missions.close_without_report(report.mission, by=by, reason="Sans nouvelles.")


def test_an_officer_does_not_close_their_own_mission_without_its_report() -> None:
    report = returned()
    by = officer_actor(report.mission.network)
    own = replace(by, person=report.mission.expert.person_id)
    later = timezone.now() + timedelta(days=60)
    with time_machine.travel(later), pytest.raises(ActionNotAllowed, match="est la vôtre"):
        missions.close_without_report(report.mission, by=own, reason="Rien à dire.")
