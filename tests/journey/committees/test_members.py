"""Invitations to the committee of a call."""

from typing import Any

from explor.ground.accounts.models import Invitation
from explor.ground.mail.models import Message
from explor.journey.committees import actions as committees
from explor.journey.committees.models import CommitteeMember
from factories import officer_actor


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
