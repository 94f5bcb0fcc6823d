"""Pages of a meeting in each state and for each role; attendance, minutes, signature."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.files.models import Seal
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.decisions import actions as decisions
from explor.journey.meetings import actions as meetings
from explor.journey.meetings import pages
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules.voting import Ballot
from explor.journey.meetings.states import MEETING, MeetingState
from factories import (
    CommitteeMemberFactory,
    MeetingFactory,
    NetworkFactory,
    committee_actor,
    officer_actor,
    wearing,
)

YES = Ballot(votes_for=2, votes_against=0, abstentions=0)
SLUGS = {
    "ouvrir": "start_meeting",
    "clore": "end_meeting",
    "rouvrir": "reopen",
    "signer": "sign",
    "annuler": "cancel",
}
ROLES = ("own network", "other network", "chair", "member", "other chair")


@pytest.fixture
def meeting_in(committee: Any, drawn_as_data: None) -> Any:
    """Return a function that brings a meeting of the committee to a state."""

    def brought(state: str) -> Meeting:
        meeting = MeetingFactory(call=committee.call)
        by = officer_actor(committee.call.network)
        if state == MeetingState.CANCELLED:
            meetings.cancel(meeting, by=by)
        elif state != MeetingState.PLANNED:
            meetings.start_meeting(meeting, by=by)
            meetings.note_attendance(
                meeting, by=by, members=[committee.chair, committee.members[0]]
            )
            if state != MeetingState.OPEN:
                meetings.end_meeting(meeting, by=by)
            if state == MeetingState.SIGNED:
                meetings.sign(meeting, by=committee_actor(committee.chair))
        return Meeting.objects.get(pk=meeting.pk)

    return brought


def browser_of(role: str, committee: Any) -> tuple[Client, str]:
    """Return a signed-in browser, and the root URL of the pages of the role."""
    if "network" in role:
        network = committee.call.network if role.startswith("own") else NetworkFactory()
        return wearing(officer_actor(network)), f"/reseau/{network.slug}/"
    seats = {"chair": committee.chair, "member": committee.members[0]}
    seat = seats.get(role) or CommitteeMemberFactory(chair=True)
    return wearing(committee_actor(seat)), f"/comite/{seat.call.slug}/"


def form_of(meeting: Meeting, verb: str) -> dict[str, Any]:
    why = {"reason": "Une voix est mal notée."} if verb == "reopen" else {}
    return {"version": meeting.version, **why}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("slug", "verb"), SLUGS.items())
@pytest.mark.parametrize("state", MeetingState.values)
def test_a_verb_on_a_meeting_succeeds_only_in_states_and_roles_the_workflow_allows(
    state: str, slug: str, verb: str, role: str, committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(state)
    browser, home = browser_of(role, committee)
    acting_as = {"own network": "reseau", "chair": "comite"}.get(role, "")
    allowed = MEETING.allows(state, verb, acting_as)
    answer = browser.post(f"{home}seances/{meeting.pk}/{slug}/", form_of(meeting, verb))
    now = Meeting.objects.get(pk=meeting.pk)
    if allowed:
        assert (answer.status_code, now.state) == (302, MEETING.transition(state, verb).target)
        assert Entry.objects.about(now).filter(verb=verb).exists()
    else:
        has_page = any(row.verb == verb and acting_as in row.by for row in MEETING.transitions)
        assert answer.status_code == (409 if has_page else 404)
        assert (now.state, now.version) == (meeting.state, meeting.version)


def test_ending_a_meeting_with_a_stale_version_is_refused(committee: Any, meeting_in: Any) -> None:
    meeting = meeting_in(MeetingState.OPEN)
    browser, home = browser_of("chair", committee)
    stale = {"version": meeting.version}
    meetings.note_attendance(
        meeting, by=committee_actor(committee.chair), members=[committee.chair]
    )
    answer = browser.post(f"{home}seances/{meeting.pk}/clore/", stale)
    assert answer.status_code == 409
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.OPEN


def test_ending_a_meeting_without_a_chair_is_refused(committee: Any, meeting_in: Any) -> None:
    meeting = MeetingFactory(call=committee.call, state="open")
    meeting.present.set(committee.members)
    committee.call.committee.update(chair=False)
    browser, home = browser_of("own network", committee)
    answer = browser.post(f"{home}seances/{meeting.pk}/clore/", form_of(meeting, "end_meeting"))
    assert answer.status_code == 409
    assert "Nommez d’abord qui préside" in answer.content.decode()
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.OPEN


@pytest.mark.parametrize("seated", [True, False])
def test_the_page_to_cancel_a_meeting_says_whether_somebody_is_notified(
    seated: bool, committee: Any
) -> None:
    meeting = MeetingFactory(call=committee.call, state="planned")
    browser, home = browser_of("own network", committee)
    if not seated:
        committee.call.committee.all().delete()
    url, typed = f"{home}seances/{meeting.pk}/annuler/", form_of(meeting, "cancel")
    shown = browser.post(url, typed, follow=True).content.decode()
    sentences = ("Les membres sont prévenus.", "personne n’est prévenu.")
    assert [each in shown for each in sentences] == [seated, not seated]
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.CANCELLED


@pytest.mark.parametrize(("far", "near"), [(13, 11), (-13, -11)])
def test_a_committee_meeting_opens_at_most_twelve_hours_before_or_after_its_planned_time(
    committee: Any, far: int, near: int
) -> None:
    by = officer_actor(committee.call.network)
    meeting = MeetingFactory(call=committee.call, on=timezone.now() + timedelta(hours=far))
    with pytest.raises(ActionNotAllowed, match="douze heures avant ou après"):
        meetings.start_meeting(meeting, by=by)
    assert "douze heures" in " ".join(pages.blockers_of_start_meeting(by, meeting))
    Meeting.objects.filter(pk=meeting.pk).update(on=timezone.now() + timedelta(hours=near))
    meeting.refresh_from_db()
    assert pages.blockers_of_start_meeting(by, meeting) == []
    assert meetings.start_meeting(meeting, by=by).state == "open"


def test_planning_a_committee_meeting_in_the_past_is_refused(committee: Any) -> None:
    by, past = officer_actor(committee.call.network), timezone.now() - timedelta(days=1)
    with pytest.raises(ActionNotAllowed, match="Cette date est passée"):
        meetings.plan_meeting(committee.call, by=by, on=past)
    assert not Message.objects.exists()


def test_ending_a_meeting_without_attendance_is_refused(committee: Any) -> None:
    meeting = MeetingFactory(call=committee.call, state="open")
    browser, home = browser_of("chair", committee)
    answer = browser.post(f"{home}seances/{meeting.pk}/clore/", form_of(meeting, "end_meeting"))
    assert answer.status_code == 409
    assert "Notez d’abord qui est là" in answer.content.decode()


@pytest.mark.parametrize("state", MeetingState.values)
def test_posting_attendance_is_forbidden_after_the_meeting_ends(
    state: str, committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(state)
    browser, home = browser_of("own network", committee)
    typed = {"version": meeting.version, "members": [committee.members[1].pk]}
    answer = browser.post(f"{home}seances/{meeting.pk}/presences/", typed)
    open_still = state in (MeetingState.PLANNED, MeetingState.OPEN)
    assert answer.status_code == (302 if open_still else 403)
    assert (committee.members[1] in meeting.present.all()) == open_still


@pytest.mark.parametrize("state", ["closed", "signed", "cancelled"])
def test_recording_attendance_after_the_meeting_ends_is_refused_and_changes_nothing(
    state: str, committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(state)
    present = set(meeting.present.all())
    by = officer_actor(committee.call.network)
    with pytest.raises(ActionNotAllowed) as refusal:
        meetings.note_attendance(meeting, by=by, members=[committee.members[1]])
    reasons = ("La séance n’est plus ouverte : les présences ne changent plus.",)
    assert refusal.value.reasons == reasons
    now = Meeting.objects.get(pk=meeting.pk)
    assert (set(now.present.all()), now.version) == (present, meeting.version)


def test_recording_a_member_of_another_committee_as_present_is_refused(
    committee: Any, meeting_in: Any
) -> None:
    meeting, stranger = meeting_in(MeetingState.OPEN), CommitteeMemberFactory()
    browser, home = browser_of("own network", committee)
    typed = {"version": meeting.version, "members": [stranger.pk]}
    assert browser.post(f"{home}seances/{meeting.pk}/presences/", typed).status_code == 422
    assert stranger not in meeting.present.all()


def test_planning_a_meeting_is_refused_when_another_is_planned(
    committee: Any, meeting_in: Any
) -> None:
    meeting_in(MeetingState.PLANNED)
    browser, home = browser_of("own network", committee)
    answer = browser.post(
        f"{home}appels/{committee.call.pk}/seances/", {"on": "2027-01-12T10:00", "place": ""}
    )
    assert answer.status_code == 409
    assert "déjà prévue ou ouverte" in answer.content.decode()


def test_signed_minutes_keep_the_text_that_was_read_even_if_a_name_changed_since(
    committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(MeetingState.OPEN)
    decision, by = committee.decision(), committee_actor(committee.chair)
    decisions.decide(decision, by=by, verdict="favourable", letter="Un beau projet.", ballot=YES)
    meetings.end_meeting(meeting, by=by)
    read = meeting.minutes
    committee.needs[0].association.name = "Autre nom"
    committee.needs[0].association.save()
    committee.members[0].person.name = "Autre personne"
    committee.members[0].person.save()
    meetings.sign(meeting, by=by)
    assert meeting.digest == read.sha256
    before, after = (text_of(each) for each in (read, meeting.minutes))
    assert before["sections"] == after["sections"]
    assert "Les Amis de Tsévié" in str(after) and "Autre nom" not in str(after)
    assert meeting.digest in str(after["signatures"])
    assert Seal.objects.get(document=read).replaced_by == meeting.minutes.seal


def text_of(document: Any) -> Any:
    return json.loads(document.file.read())


def test_signing_the_minutes_generates_them_again_when_their_text_was_not_stored(
    committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(MeetingState.CLOSED)
    Meeting.objects.filter(pk=meeting.pk).update(minutes_text={})
    meeting.refresh_from_db()
    meetings.sign(meeting, by=committee_actor(committee.chair))
    assert "Présences" in str(text_of(meeting.minutes)["sections"])


def test_reopening_a_meeting_revokes_its_minutes(committee: Any, meeting_in: Any) -> None:
    meeting = meeting_in(MeetingState.CLOSED)
    drawn = meeting.minutes
    by = committee_actor(committee.chair)
    meetings.reopen(meeting, by=by, reason="Une voix manque.")
    assert (meeting.minutes, meeting.minutes_text) == (None, {})
    assert Seal.objects.get(document=drawn).revoked_at


@pytest.mark.parametrize(
    ("role", "closed", "signed"),
    [
        ("own network", 200, 200),
        ("chair", 200, 200),
        ("member", 404, 200),
        ("other network", 404, 404),
        ("other chair", 404, 404),
    ],
)
def test_members_read_signed_minutes_and_the_chair_and_network_also_closed_ones(
    role: str, closed: int, signed: int, committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(MeetingState.CLOSED)
    browser, home = browser_of(role, committee)
    url = f"{home}seances/{meeting.pk}/proces-verbal/"
    assert browser.get(url).status_code == closed
    meetings.sign(meeting, by=committee_actor(committee.chair))
    assert browser.get(url).status_code == signed


def test_minutes_whose_pdf_is_not_generated_yet_cannot_be_signed(
    committee: Any, meeting_in: Any
) -> None:
    meeting = meeting_in(MeetingState.CLOSED)
    Meeting.objects.filter(pk=meeting.pk).update(minutes=None)
    with pytest.raises(ActionNotAllowed, match="pas encore établi"):
        meetings.sign(meeting, by=committee_actor(committee.chair))


def test_a_meeting_can_be_planned_for_two_hours_ago_but_not_for_yesterday(committee: Any) -> None:
    by = officer_actor(committee.call.network)
    now = timezone.now()
    with pytest.raises(ActionNotAllowed, match="Cette date est passée"):
        meetings.plan_meeting(committee.call, by=by, on=now - timedelta(days=1))
    assert not Message.objects.filter(kind="meetings.plan_meeting").exists()
    start = now - timedelta(hours=2)
    assert meetings.plan_meeting(committee.call, by=by, on=start).on == start  # it has just begun
