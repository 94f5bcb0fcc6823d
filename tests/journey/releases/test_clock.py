"""Legal deadlines of the employer's answer: dated request, silence, assembly, reminders."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.journey.releases import actions, engine, rules
from explor.journey.releases.models import Release
from explor.journey.releases.pages import url_of
from explor.journey.releases.states import State
from factories import (
    DocumentFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
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
TODAY = timezone.localdate()


def solidarity() -> Release:
    """Return a release whose expert may request solidarity leave (CSI), 90 days ahead."""
    start = TODAY + timedelta(days=90)
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
    return ReleaseFactory(proposal=proposal, answer_by=TODAY + timedelta(days=15))


def actor_of(role: str, release: Release) -> Actor:
    proposal = release.proposal
    return {
        "employeur": lambda: employer_actor(release.employer),
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[role]()


def request(release: Release, received_on: date = TODAY, **given: Any) -> Release:
    by = actor_of("expert", release)
    wanted = {"scheme": "CSI", "note": "Remise contre récépissé", **given}
    return actions.record_request(release, by=by, received_on=received_on, **wanted)


def test_a_dated_leave_request_sets_the_answer_deadline_of_its_scheme() -> None:
    release = request(solidarity(), TODAY - timedelta(days=2))
    release = Release.objects.get(pk=release.pk)
    assert release.requested_on == TODAY - timedelta(days=2)
    assert release.answer_by == TODAY + timedelta(days=13)
    assert Message.objects.filter(kind="releases.record_request").count() > 0


def test_a_scheme_without_a_legal_deadline_keeps_the_target_day_of_the_answer() -> None:
    release = solidarity()
    hoped = release.answer_by
    request(release, scheme="CP")
    assert Release.objects.get(pk=release.pk).answer_by == hoped
    reading = engine.reading_of(release, "CP", TODAY)
    assert rules.answer_due(reading, TODAY) is None


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"note": " "}, "Dites comment la date est prouvée"),
        ({"received_on": TODAY + timedelta(days=1)}, "ce jour est à venir"),
        ({"scheme": "MAD"}, "est fermé"),
    ],
)
def test_a_leave_request_without_proof_in_the_future_or_in_a_closed_scheme_is_refused(
    given: dict[str, Any], refusal: str
) -> None:
    release = solidarity()
    with pytest.raises(ActionNotAllowed, match=refusal):
        request(release, **given)
    assert Release.objects.get(pk=release.pk).requested_on is None


@pytest.mark.parametrize("role", [*ROLES, "systeme"])
@pytest.mark.parametrize("state", State.values)
def test_only_the_expert_employer_or_network_record_a_leave_request_before_the_answer(
    state: str, role: str
) -> None:
    release = solidarity()
    release.state = state
    actor = Actor(role="systeme") if role == "systeme" else actor_of(role, release)
    expected = state == "asked" and role in ("expert", "employeur", "reseau")
    assert rules.may_record_request(actor, release) is expected
    assert rules.may_note_assembly(actor, release) is False
    release.employer.is_public = True
    public = state == "asked" and role in ("employeur", "reseau")
    assert rules.may_note_assembly(actor, release) is public


def test_silence_of_the_employer_is_recorded_as_consent_the_day_after_the_deadline() -> None:
    release = request(solidarity())
    officer = actor_of("reseau", release)
    with (
        time_machine.travel(TODAY + timedelta(days=15)),
        pytest.raises(ActionNotAllowed, match="L’employeur peut répondre jusqu’au"),
    ):
        actions.note_silence(release, by=officer)
    with time_machine.travel(TODAY + timedelta(days=16)):
        actions.note_silence(release, by=officer)
    release = Release.objects.get(pk=release.pk)
    assert (release.state, release.scheme) == ("approved", "CSI")
    assert release.agreement is not None
    assert release.consent_by_silence.title == "Constat d’un accord tacite"
    assert Document.objects.filter(kind="silence").count() == 1


def test_silence_of_an_employer_is_not_consent_without_a_legal_rule_or_a_dated_request() -> None:
    release = solidarity()
    officer = actor_of("reseau", release)
    with pytest.raises(ActionNotAllowed, match="Aucune demande datée"):
        actions.note_silence(release, by=officer)
    request(release, scheme="CP")
    with (
        time_machine.travel(TODAY + timedelta(days=40)),
        pytest.raises(ActionNotAllowed, match="ne vaut pas accord : Congés payés"),
    ):
        actions.note_silence(release, by=officer)
    assert Release.objects.get(pk=release.pk).state == "asked"


def test_an_employer_is_reminded_weekly_and_the_email_dates_the_last_reminder() -> None:
    release = solidarity()
    actor_of("employeur", release)  # a member of the employer, as the recipient of the emails
    assert actions.remind_employers(TODAY + timedelta(days=9)) == 0
    first = TODAY + timedelta(days=10)
    assert [actions.remind_employers(first) for _ in range(2)] == [1, 0]
    assert actions.remind_employers(first + timedelta(days=6)) == 0
    assert actions.remind_employers(first + timedelta(days=7)) == 1
    told = Message.objects.filter(kind="releases.remind").order_by("pk").last()
    assert f"Dernier rappel : le {date_format(first)}." in told.body
    assert release.proposal.expert.person.name in told.subject


def test_the_vote_of_an_assembly_is_recorded_only_for_a_future_day() -> None:
    release = solidarity()
    by = actor_of("reseau", release)
    with pytest.raises(ActionNotAllowed, match="Ce jour est passé"):
        actions.note_assembly(release, by=by, on=TODAY - timedelta(days=1))
    actions.note_assembly(release, by=by, on=TODAY + timedelta(days=20))
    assert Release.objects.get(pk=release.pk).assembly_on == TODAY + timedelta(days=20)


@pytest.mark.parametrize("role", ROLES)
def test_each_deadline_page_opens_only_for_the_roles_that_may_record_there(
    role: str, session_of: Session
) -> None:
    release = solidarity()
    actor = actor_of(role, release)
    found = {
        slug: session_of(actor).get(f"{url_of(actor, release)}{slug}/").status_code
        for slug in ("demande", "assemblee", "silence")
    }
    assert found == {
        "demande": 404 if role == "association" else 200,
        "assemblee": 403 if role in ("employeur", "reseau") else 404,
        "silence": 200 if role == "reseau" else 404,
    }


def test_an_expert_records_a_leave_request_on_the_page_and_sees_the_answer_deadline(
    session_of: Session,
) -> None:
    release = solidarity()
    actor = actor_of("expert", release)
    client, url = session_of(actor), url_of(actor, release)
    data = {"version": 0, "scheme": "CSI", "received_on": TODAY.isoformat(), "note": ""}
    refused = client.post(f"{url}demande/", data)
    assert refused.status_code == 422
    assert "joignez la preuve" in refused.content.decode()
    kept = client.post(f"{url}demande/", {**data, "note": "Lettre recommandée n° 1"})
    assert kept.status_code == 302
    page = client.get(url).content.decode()
    assert f"{TODAY + timedelta(days=15):%d/%m/%Y}" in page
    assert "son silence vaut accord" in page


def test_a_request_can_be_recorded_again_with_the_file_of_the_former_record_as_proof() -> None:
    release = request(solidarity())
    release.request_proof = DocumentFactory()
    release.save()
    request(release, TODAY - timedelta(days=1), note="")
    release.refresh_from_db()
    assert release.requested_on == TODAY - timedelta(days=1)
    assert release.request_proof_id is not None


def test_an_expert_cannot_record_a_leave_request_whose_time_to_answer_is_over() -> None:
    release = solidarity()
    with pytest.raises(ActionNotAllowed, match="le réseau note cette demande"):
        request(release, TODAY - timedelta(days=40))
    assert Release.objects.get().requested_on is None
    wanted = {"scheme": "CSI", "note": "LRAR", "received_on": TODAY - timedelta(days=40)}
    actions.record_request(release, by=actor_of("reseau", release), **wanted)
    assert Release.objects.get().requested_on == TODAY - timedelta(days=40)


@pytest.mark.parametrize(("first", "then"), [("expert", "employeur"), ("employeur", "expert")])
def test_neither_the_expert_nor_the_employer_can_change_a_request_day_recorded_by_the_other(
    first: str, then: str, session_of: Session
) -> None:
    release = solidarity()
    noted = {"scheme": "CSI", "note": "LRAR", "received_on": TODAY - timedelta(days=5)}
    actions.record_request(release, by=actor_of(first, release), **noted)
    moved = noted | {"received_on": TODAY}
    by = actor_of(then, release)
    with pytest.raises(ActionNotAllowed, match="Une autre partie a noté cette demande"):
        actions.record_request(release, by=by, **moved)
    page = session_of(by).get(f"{url_of(by, release)}demande/").content.decode()
    assert "Une autre partie a noté cette demande" in page
    for role in (first, "reseau"):
        actions.record_request(release, by=actor_of(role, release), **moved)
    assert Release.objects.get().requested_on == TODAY


def moved(release: Release, reason: str = "Le partenaire n’est pas là.") -> Release:
    """Have a release follow the new dates of its mission, 30 days later."""
    days = timedelta(days=30)
    row: Any = release.proposal
    type(row).objects.filter(pk=row.pk).update(start=row.start + days, end=row.end + days)
    row.refresh_from_db()
    return actions.follow_dates(release, by=actor_of("reseau", release), reason=reason)


def test_silence_on_a_request_for_former_dates_is_no_consent_to_the_new_ones() -> None:
    release = request(solidarity())
    due = release.answer_by
    release = moved(release)
    assert (release.state, release.requested_on, release.requested_scheme) == ("asked", None, "")
    with time_machine.travel(due + timedelta(days=1)):
        by = actor_of("reseau", release)
        with pytest.raises(ActionNotAllowed, match="Aucune demande datée"):
            actions.note_silence(release, by=by)


def test_the_employer_is_asked_again_for_new_dates_without_reading_why_they_changed() -> None:
    release = request(solidarity())
    parties = [actor_of(role, release).email for role in ("employeur", "reseau")]
    release = moved(release, "Paludisme de Camille.")
    told = Message.objects.filter(kind="releases.request_again")
    employer, network = (told.get(to=email) for email in parties)
    assert date_format(release.proposal.end) in employer.body
    assert ("Paludisme" in employer.body, "Paludisme" in network.body) == (False, True)
    assert "dans un autre cadre" not in employer.body


def test_new_dates_restart_the_time_from_which_service_approvals_count() -> None:
    release = solidarity()
    since = release.state_since
    release = moved(release)
    assert release.state_since > since


@pytest.mark.parametrize(("leaves_in", "hoped"), [(90, 15), (16, 15), (12, 11), (1, 0), (0, 0)])
def test_the_target_day_of_an_answer_is_fifteen_days_later_and_before_the_departure(
    leaves_in: int, hoped: int
) -> None:
    start = TODAY + timedelta(days=leaves_in)
    assert rules.answer_hoped(start, TODAY) == TODAY + timedelta(days=hoped)
