"""Meeting permissions of the chair, of other members and of a recused chair."""

from typing import Any

import pytest
from django.test import Client

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.calls.models import Call
from explor.journey.committees import actions as committees
from explor.journey.committees.models import CommitteeMember
from explor.journey.decisions import actions as decisions
from explor.journey.decisions.models import Decision
from explor.journey.meetings import actions as meetings
from explor.journey.meetings import rules
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules.voting import Ballot
from factories import CommitteeMemberFactory, DecisionFactory, MeetingFactory, NeedFactory, wearing

YES = Ballot(votes_for=2, votes_against=0, abstentions=0)


def seat_actor(seat: CommitteeMember) -> Actor:
    return Actor(
        person=seat.person_id, name=seat.person.name, role="comite", scope=seat.call_id,
        key=seat.call.slug,
    )  # fmt: skip


@pytest.fixture
def room(db: None, settings: Any) -> dict[str, Any]:
    """Return a chair and a member in an open meeting on three needs, the chair recused from one."""
    settings.EXPLOR_DEMO = True
    need = NeedFactory(state="admissible")
    call = Call.objects.get(pk=need.call_id)
    needs = [
        need,
        *NeedFactory.create_batch(2, call=call, network=call.network, state="admissible"),
    ]
    for each in needs:
        DecisionFactory(need=each, state="to_decide", verdict="", announced_at=None)
    chair = CommitteeMemberFactory(call=call, chair=True)
    member = CommitteeMemberFactory(call=call)
    meeting = MeetingFactory(call=call, state="open")
    meeting.present.set([chair, member])
    committees.recuse(need, member=chair, by=seat_actor(chair), reason="Un ami y travaille")
    return {"needs": needs, "chair": chair, "member": member, "meeting": meeting, "call": call}


def test_taking_a_decision_is_refused_to_a_recused_chair(room: dict[str, Any]) -> None:
    aside, other, _ = [Decision.objects.get(need=each) for each in room["needs"]]
    by = seat_actor(room["chair"])
    with pytest.raises(ActionNotAllowed, match="en retrait"):
        decisions.decide(aside, by=by, verdict="favourable", ballot=YES)
    decisions.decide(other, by=by, verdict="favourable", ballot=YES)
    assert list(Decision.objects.exclude(verdict="").values_list("need", flat=True)) == [
        other.need_id
    ]


def test_meeting_pages_hide_from_the_chair_the_needs_from_which_the_chair_is_recused(
    room: dict[str, Any],
) -> None:
    browser = wearing(seat_actor(room["chair"]))
    base = f"/comite/{room['call'].slug}/seances/{room['meeting'].pk}/dossiers/"
    aside, one, two = [each.pk for each in room["needs"]]
    assert browser.get(f"{base}{aside}/").status_code == 403
    for here in (one, two):
        page = browser.get(f"{base}{here}/")
        assert (page.status_code, f"../{aside}/" in page.content.decode()) == (200, False)


def test_a_committee_member_whose_scope_equals_the_network_key_cannot_lead_its_meeting(
    room: dict[str, Any],
) -> None:
    meeting = Meeting.objects.get()
    by = Actor(person=room["member"].person_id, role="comite", scope=meeting.call.network_id)
    assert [rules.can_lead(by, verb, meeting) for verb in ("end_meeting", "sign")] == [False, False]


def test_the_pages_of_the_committee_chair_are_refused_to_other_members(
    room: dict[str, Any],
) -> None:
    browser: Client = wearing(seat_actor(room["member"]))
    home = f"/comite/{room['call'].slug}/"
    statuses = {
        url: browser.get(home + url).status_code
        for url in (
            f"appels/{room['call'].pk}/classement/",
            f"seances/{room['meeting'].pk}/",
            f"seances/{room['meeting'].pk}/dossiers/{room['needs'][1].pk}/",
            f"seances/{room['meeting'].pk}/clore/",
            f"seances/{room['meeting'].pk}/proces-verbal/",
        )
    }
    assert set(statuses.values()) == {403, 404}


def test_ending_a_meeting_is_refused_while_its_votes_contradict_its_attendance(
    room: dict[str, Any], drawn_as_data: None
) -> None:
    chair, member, meeting = room["chair"], room["member"], room["meeting"]
    by, decision = seat_actor(chair), Decision.objects.get(need=room["needs"][1])
    decisions.decide(decision, by=by, verdict="favourable", ballot=YES)
    meetings.note_attendance(meeting, by=by, members=[member])
    with pytest.raises(
        ActionNotAllowed, match="2 voix ne vont pas avec les présences notées, 1 de"
    ):
        meetings.end_meeting(meeting, by=by)
    meetings.note_attendance(meeting, by=by, members=[chair, member])
    meetings.end_meeting(meeting, by=by)
    assert Meeting.objects.get().state == "closed"


def test_members_who_join_after_the_votes_do_not_prevent_ending_the_meeting(
    room: dict[str, Any], drawn_as_data: None
) -> None:
    by, decision = seat_actor(room["chair"]), Decision.objects.get(need=room["needs"][1])
    decisions.decide(decision, by=by, verdict="favourable", ballot=YES)
    audit.log(room["meeting"], "start_meeting", by=by)
    CommitteeMemberFactory.create_batch(3, call=room["call"])
    meetings.end_meeting(room["meeting"], by=by)
    meeting = Meeting.objects.get()
    assert meeting.state == "closed"
    assert "2 sur 2 ; quorum de 1 atteint." in str(meeting.minutes_text)
