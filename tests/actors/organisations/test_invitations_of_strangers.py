"""The daily limit of invitations sent by an organisation that is not verified."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from explor.actors.organisations import actions
from explor.actors.organisations.models import Organisation
from explor.actors.organisations.states import State
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from factories import AssociationFactory, MemberFactory, association_actor

pytestmark = pytest.mark.django_db


def registered(state: str = State.REGISTERED) -> Organisation:
    association = AssociationFactory(state=state)
    MemberFactory(organisation=association)
    return association


def invite(association: Organisation, count: int, by=None) -> None:
    by = by or association_actor(association)
    for number in range(count):
        whom = {"email": f"personne-{number}@exemple.test", "name": "", "position": "member"}
        actions.invite_member(association, by=by, **whom)


@pytest.mark.parametrize("state", [State.REGISTERED, State.REFUSED, State.SUSPENDED])
def test_an_unverified_organisation_sends_at_most_five_invitations_a_day(state: str) -> None:
    association = registered(state)
    by = association_actor(association)
    with pytest.raises(ActionNotAllowed, match="Cinq messages"):
        invite(association, 6, by)
    assert Message.objects.filter(kind="accounts.invite").count() == 5
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        invite(association, 1, by)


def test_repeated_addresses_and_other_organisations_count_in_the_daily_invitation_limit() -> None:
    first, second = registered(), registered()
    by = association_actor(first)
    for _ in range(2):
        invite(first, 2, by)
    invite(second, 1, by)
    with pytest.raises(ActionNotAllowed):
        invite(second, 1, by)


@pytest.mark.parametrize("state", [State.VERIFIED, State.LAPSED])
def test_a_verified_organisation_sends_invitations_without_a_daily_limit(state: str) -> None:
    association = registered(state)
    invite(association, 12)
    assert Message.objects.filter(kind="accounts.invite").count() == 12


def test_the_page_of_a_refused_invitation_shows_the_reason_and_keeps_the_typed_values(
    client,
) -> None:
    association = registered()
    client.force_login(association.members.get().person)
    url = reverse("organisations:association_invite", args=[association.slug])
    answers = [
        client.post(url, {"name": "Bo", "position": "member", "email": f"bo-{n}@exemple.test"})
        for n in range(6)
    ]
    assert [each.status_code for each in answers] == [302] * 5 + [409]
    assert "bo-5@exemple.test" in answers[5].content.decode()
