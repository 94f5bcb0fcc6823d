"""Invitations to the committee of a call."""

from typing import Any

import pytest

from explor.ground.accounts.models import Invitation
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.committees import actions as committees
from explor.journey.committees.models import Bylaws, CommitteeMember, Recusal
from explor.journey.meetings import actions as meetings
from factories import CommitteeMemberFactory, MeetingFactory, committee_actor, officer_actor


def test_an_invitation_to_a_committee_is_sent_without_adding_the_person(committee: Any) -> None:
    call, by = committee.call, officer_actor(committee.call.network)
    members = list(CommitteeMember.objects.values())
    committees.invite_member(call, by=by, email="Bo@exemple.test", name="Bo", position="chair")
    fields = ("email", "name", "position", "role_type", "role_key", "invited_by")
    assert list(Invitation.objects.values_list(*fields)) == [
        ("bo@exemple.test", "Bo", "chair", "comite", call.slug, by.person)
    ]
    assert [message.to for message in Message.objects.all()] == ["bo@exemple.test"]
    assert list(CommitteeMember.objects.values()) == members


def test_a_member_who_gave_no_opinion_is_removed_and_their_invitations_end(committee: Any) -> None:
    call, by = committee.call, officer_actor(committee.call.network)
    member = CommitteeMemberFactory(call=call)
    committees.invite_member(call, by=by, email=member.person.email, name="Bo")
    committees.remove_member(member, by=by)
    assert not CommitteeMember.objects.filter(pk=member.pk).exists()
    assert not Invitation.objects.filter(role_key=call.slug).exists()


def test_a_member_who_attended_a_meeting_stays_on_record(committee: Any) -> None:
    by, member = officer_actor(committee.call.network), committee.members[0]
    MeetingFactory(call=committee.call).present.add(member)
    with pytest.raises(ActionNotAllowed):
        committees.remove_member(member, by=by)
    assert CommitteeMember.objects.filter(pk=member.pk).exists()


def test_a_member_who_recused_stays_with_their_recusal(committee: Any) -> None:
    by, member = officer_actor(committee.call.network), CommitteeMemberFactory(call=committee.call)
    own = committee_actor(member)
    committees.recuse(committee.needs[0], member=member, by=own, reason="Ma sœur y travaille.")
    with pytest.raises(ActionNotAllowed, match="mise en retrait"):
        committees.remove_member(member, by=by)
    assert Recusal.objects.get().member == member


def test_the_rules_of_votes_do_not_change_while_a_meeting_is_open(committee: Any) -> None:
    by, bylaws = officer_actor(committee.call.network), Bylaws(call=committee.call)
    meeting = MeetingFactory(call=committee.call)
    committees.set_bylaws(bylaws, by=by, changes={"majority": "absolute"})
    meetings.start_meeting(meeting, by=by)
    for changes in ({"majority": "simple"}, {"presence": 1}, {"casting": False}):
        with pytest.raises(ActionNotAllowed, match="Une séance est ouverte"):
            committees.set_bylaws(bylaws, by=by, changes=changes)
    committees.set_bylaws(bylaws, by=by, changes={"appeal_days": 45})
    row = Bylaws.objects.get()
    assert (row.majority, row.presence, row.casting, row.appeal_days) == ("absolute", 50, True, 45)
