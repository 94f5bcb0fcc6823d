"""Reminders of late reports."""

import pytest
import time_machine

from explor.ground.mail.models import Message
from explor.journey.reports import actions, tasks
from explor.journey.reports.models import Report
from factories import MissionFactory, officer_actor
from support.missions import on

pytestmark = pytest.mark.django_db


def subjects(to: str) -> list[str]:
    sent = Message.objects.filter(kind="reports.remind", to=to).order_by("pk")
    return list(sent.values_list("subject", flat=True))


def play(days: range) -> None:
    for day in days:
        with time_machine.travel(on(day), tick=False):
            tasks.remind(0)
            tasks.remind(0)


def test_a_late_report_is_reminded_weekly_for_a_month_then_once_with_an_email_to_the_network() -> (
    None
):
    report = actions.open_report(MissionFactory(state="returned"))  # due in 15 days
    mission, officer = report.mission, officer_actor(report.mission.network)
    expert, network = mission.expert.person.email, officer.email
    play(range(16))
    assert subjects(expert) == []
    play(range(16, 46))
    title = f"{mission.need.title} ({mission.file_number})"
    assert len(subjects(expert)) == 5
    assert subjects(network) == []
    play(range(46, 120))
    assert len(subjects(expert)) == 6
    assert subjects(network) == [f"Compte rendu jamais remis : {title}"]


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_no_reminder_is_sent_about_a_submitted_or_accepted_report(state: str) -> None:
    report = actions.open_report(MissionFactory(state="returned"))
    Report.objects.filter(pk=report.pk).update(state=state)
    play(range(20, 60, 3))
    assert Message.objects.filter(kind="reports.remind").count() == 0


def test_no_reminder_is_sent_for_a_closed_mission_or_a_report_without_due_date() -> None:
    actions.open_report(MissionFactory(state="closed", closed_from="returned"))
    Report.objects.create(mission=MissionFactory(state="returned"))  # no due date
    play(range(20, 60, 3))
    assert Message.objects.filter(kind="reports.remind").count() == 0
