"""Urgent requests: answered in hours, refusable without reason, and silence is never consent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.proposals.models import Proposal
from explor.journey.releases import actions, engine, rules
from explor.journey.releases.actions.reminders import steps_due
from explor.journey.releases.models import Release
from explor.journey.releases.pages import clock, url_of, waiting_for
from factories import (
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    ProposalFactory,
    ReleaseFactory,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
NOON = datetime(2027, 3, 1, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def solidarity(days: int = 5) -> Release:
    """Return a release whose departure is too near for an ordinary request of solidarity leave."""
    start = timezone.localdate(NOON) + timedelta(days=days)
    need = NeedFactory(country="MG", association__on_1996_list=True)
    expert = ExpertFactory(
        network=need.network,
        employer=EmployerFactory(network=need.network, headcount=40),
        employment="salarie",
        employed_since=start - timedelta(days=900),
    )
    proposal = ProposalFactory(
        agreed=True, need=need, expert=expert, start=start, end=start + timedelta(days=9)
    )
    employer = proposal.employer
    employer_actor(employer), officer_actor(need.network)  # the recipients of the messages
    return ReleaseFactory(proposal=proposal, answer_by=start)


def request(release: Release, urgent_at: datetime = NOON, **given: Any) -> Release:
    wanted = {"scheme": "CSI", "note": "Remise contre récépissé", **given}
    day = timezone.localdate(urgent_at)
    by = expert_actor(release.proposal.expert)
    actions.record_request(release, by=by, received_on=day, urgent_at=urgent_at, **wanted)
    return Release.objects.get(pk=release.pk)


def told(kind: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(kind=f"releases.{kind}").order_by("pk")
    return list(rows.values_list("to", "subject"))


def test_an_urgent_leave_request_makes_the_answer_due_twenty_four_hours_later() -> None:
    release = request(solidarity(), NOON - timedelta(hours=3))
    assert release.answer_at == NOON + timedelta(hours=21)
    assert release.requested_on == timezone.localdate(NOON)
    assert release.answer_by == timezone.localdate(NOON + timedelta(hours=21))
    assert release.answer_due == "2 mars 2027 à 09:00 (heure de Paris)"
    body = Message.objects.filter(kind="releases.record_request").first().body
    assert "reçue le 1er mars 2027 à 09:00." in body
    assert "avant le 2 mars 2027 à 09:00 (heure de Paris)." in body


def test_an_ordinary_leave_request_for_an_urgent_departure_is_refused_as_too_late() -> None:
    release = solidarity()
    with pytest.raises(ActionNotAllowed, match="date limite de la demande est passée"):
        actions.record_request(
            release,
            by=expert_actor(release.proposal.expert),
            scheme="CSI",
            received_on=timezone.localdate(),
            note="Remise",
        )


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"urgent_at": NOON + timedelta(minutes=1)}, "cette heure est à venir"),
        ({"scheme": "CP"}, "Aucun texte ne prévoit de demande urgente : Congés payés"),
    ],
)
def test_an_urgent_leave_request_in_the_future_or_in_a_scheme_without_urgency_is_refused(
    given: dict[str, Any], refusal: str
) -> None:
    release = solidarity()
    with pytest.raises(ActionNotAllowed, match=refusal):
        request(release, **given)
    assert Release.objects.get(pk=release.pk).urgent_at is None


def test_an_urgent_leave_request_less_than_48_hours_before_the_departure_is_refused() -> None:
    with pytest.raises(ActionNotAllowed, match="devait arriver avant le 1er mars 2027 à 0 h 00"):
        request(solidarity(days=2))


def test_silence_after_an_urgent_leave_request_is_not_consent_and_the_article_is_cited() -> None:
    release = request(solidarity())
    with (
        time_machine.travel(NOON + timedelta(days=3)),
        pytest.raises(ActionNotAllowed, match="Demande urgente : le silence") as refusal,
    ):
        actions.note_silence(release, by=officer_actor(release.proposal.need.network))
    assert "L3142-70" in str(refusal.value)


def test_an_urgent_leave_request_may_be_refused_without_a_reason() -> None:
    release = request(solidarity())
    actions.refuse(release, by=employer_actor(release.employer))
    release = Release.objects.get(pk=release.pk)
    assert (release.state, release.refusal) == ("refused", "")
    assert Proposal.objects.get(pk=release.proposal_id).state == "lost"
    told = Message.objects.filter(kind="releases.refuse", body__contains="Sans motif")
    assert told.count() == 1


def test_an_ordinary_leave_request_cannot_be_refused_without_a_reason() -> None:
    release = solidarity()
    with pytest.raises(ActionNotAllowed, match="Un motif est demandé"):
        actions.refuse(release, by=employer_actor(release.employer), reason=" ")


def test_once_silence_counts_as_consent_only_the_network_can_record_a_refusal_of_leave() -> None:
    release = solidarity(days=90)
    actions.record_request(
        release,
        by=expert_actor(release.proposal.expert),
        scheme="CSI",
        received_on=timezone.localdate(),
        note="Remise",
    )
    employer, officer = (
        employer_actor(release.employer),
        officer_actor(release.proposal.need.network),
    )
    with time_machine.travel(NOON + timedelta(days=15)):
        assert clock.blockers_of_refuse(employer, release) == []
    with time_machine.travel(NOON + timedelta(days=16)):
        with pytest.raises(ActionNotAllowed, match="votre silence vaut accord"):
            actions.refuse(release, by=employer, reason="Trop d’absents.")
        actions.refuse(release, by=officer, reason="Lettre du 10 mars.")
    assert Release.objects.get(pk=release.pk).state == "refused"


def test_urgent_reminders_are_sent_at_half_time_shortly_before_the_deadline_and_at_it() -> None:
    release = request(solidarity())
    hours = (1, 11, 12, 13, 21, 22, 24, 25, 60)
    sent = [actions.remind_urgent(NOON + timedelta(hours=each)) for each in hours]
    assert sent == [0, 0, 1, 0, 1, 0, 1, 0, 0]
    person = release.proposal.expert.person.name
    subjects = [subject for _, subject in told("remind")]
    awaited, late = f"Réponse urgente attendue pour {person}", f"Réponse en retard pour {person}"
    assert subjects == [awaited, awaited, late, late]
    assert release.proposal.need.network.email not in [to for to, _ in told("remind")][:2]


def test_no_urgent_reminder_is_due_for_a_leave_request_that_is_not_urgent() -> None:
    release = solidarity()
    assert steps_due(release, NOON + timedelta(days=30)) == 0
    assert actions.remind_urgent(NOON + timedelta(days=30)) == 0


def test_a_late_run_of_the_urgent_reminder_job_sends_only_the_latest_reminder_due() -> None:
    request(solidarity())
    assert actions.remind_urgent(NOON + timedelta(hours=30)) == 1
    assert Release.objects.get().urgent_reminders == 3


def test_the_weekly_reminder_skips_an_urgent_leave_request_until_it_is_overdue() -> None:
    request(solidarity())
    assert actions.remind_employers(timezone.localdate()) == 0
    with time_machine.travel(NOON + timedelta(hours=25)):
        assert actions.remind_employers(timezone.localdate()) == 1


def test_the_network_has_a_task_to_call_an_employer_whose_urgent_answer_is_overdue() -> None:
    release = request(solidarity())
    officer = officer_actor(release.proposal.need.network)
    assert waiting_for(officer) == []
    with time_machine.travel(NOON + timedelta(hours=24)):
        (task,) = waiting_for(officer)
    assert task.title == f"Appeler l’employeur : demande urgente de {release.proposal.expert}"
    assert task.urgent


def test_requesting_leave_again_for_new_dates_clears_the_urgent_deadline() -> None:
    release = request(solidarity())
    actions.approve(release, by=employer_actor(release.employer), scheme="CSI")
    actions.request_again(release, by=SYSTEM, reason="Nouvelles dates.")
    release = Release.objects.get(pk=release.pk)
    assert (release.requested_on, release.urgent_at, release.answer_at) == (None, None, None)
    # the target day of the answer precedes the departure, in five days
    assert release.answer_by == timezone.localdate() + timedelta(days=4)


def test_the_database_rejects_an_urgent_leave_request_without_the_hour_of_its_deadline() -> None:
    release = request(solidarity())
    rows = Release.objects.filter(pk=release.pk)
    with pytest.raises(IntegrityError, match="urgent_request_is_timed"), transaction.atomic():
        rows.update(answer_at=None)


def test_an_ordinary_leave_request_recorded_after_an_urgent_request_replaces_that_request() -> None:
    release = request(solidarity(days=90))
    actions.record_request(
        release,
        by=expert_actor(release.proposal.expert),
        scheme="CSI",
        received_on=timezone.localdate(),
        note="Remise",
    )
    assert (release.urgent_at, release.answer_at) == (None, None)
    assert release.answer_by == timezone.localdate() + timedelta(days=15)
    reading = engine.reading_of(release, "CSI", timezone.localdate())
    assert rules.urgent_answer_due(reading, None) is None


def test_an_expert_records_an_urgent_request_on_the_page_and_sees_the_deadline_hour(
    session_of: Session,
) -> None:
    release = solidarity()
    actor = expert_actor(release.proposal.expert)
    client, url = session_of(actor), url_of(actor, release)
    data = {
        "version": 0,
        "scheme": "CSI",
        "received_on": "2027-03-01",
        "urgent": "on",
        "note": "Courriel horodaté",
    }
    refused = client.post(f"{url}demande/", data)
    assert refused.status_code == 422
    assert "le délai se compte en heures" in refused.content.decode()
    assert client.post(f"{url}demande/", {**data, "received_at": "11:30"}).status_code == 302
    page = client.get(url).content.decode()
    assert "01/03/2027 à 11:30" in page
    assert "2 mars 2027 à 11:30 (heure de Paris)" in page
    assert "son silence ne vaut pas accord" in page


def test_an_employer_refuses_an_urgent_request_on_the_page_without_a_reason(
    session_of: Session,
) -> None:
    release = request(solidarity())
    actor = employer_actor(release.employer)
    client, url = session_of(actor), f"{url_of(actor, release)}refuser/"
    assert "le motif est facultatif" in client.get(url).content.decode()
    data = {"version": release.version, "reason": "", "idempotency_key": "a" * 32}
    assert client.post(url, data).status_code == 302
    assert Release.objects.get(pk=release.pk).state == "refused"


@pytest.mark.parametrize("noon", ["2027-03-27T12:00", "2027-10-30T12:00"])
def test_the_time_to_answer_an_urgent_request_is_24_hours_even_when_the_clocks_change(
    at_noon: Any, noon: str
) -> None:
    received = timezone.make_aware(datetime.fromisoformat(noon))
    at_noon.move_to(received)
    release = solidarity()
    start = timezone.localdate() + timedelta(days=5)
    Proposal.objects.update(start=start, end=start + timedelta(days=9))
    release.refresh_from_db()
    request(release, received)
    assert release.answer_at is not None
    assert release.answer_at.timestamp() - received.timestamp() == 24 * 3600
