"""Pending invitations end when their sender or their recipient loses an account or a role."""

import pytest

from explor.actors.organisations.actions import remove_member
from explor.ground.accounts import actions
from explor.ground.accounts.models import Invitation, Person
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.site.administration.actions import withdraw_role
from explor.site.administration.selectors.holders import holder
from factories import MemberFactory, OfficerFactory, administrator_actor

pytestmark = pytest.mark.django_db
OTHER = "autre-adresse@exemple.test"


def invite(by: Person, role_type: str, role_key: str, email: str = OTHER) -> str:
    """Invite an address in the name of a person; return the URL of the link."""
    sender = Actor(person=by.pk, name=by.name)
    actions.invite(email=email, role_type=role_type, role_key=role_key, by=sender)
    return Message.objects.latest("pk").url


def test_the_invitations_sent_by_an_account_end_when_it_is_locked(client) -> None:
    officer, colleague = OfficerFactory(network__slug="alizes"), OfficerFactory()
    url = invite(officer.person, "reseau", "alizes")
    kept = invite(colleague.person, "reseau", "alizes", "awa@exemple.test")
    assert client.get(url).status_code == 200
    actions.lock_account(officer.person, by=administrator_actor(), reason="Compte volé.")
    assert client.post(url, {"name": "Voleuse"}).status_code == 404
    assert client.get(kept).status_code == 200


def test_the_pending_invitations_to_a_role_end_when_the_person_loses_that_role(client) -> None:
    officer = OfficerFactory(network__slug="alizes")
    OfficerFactory(network=officer.network)
    sent = invite(officer.person, "reseau", "alizes")
    received = invite(officer.person, "reseau", "alizes", officer.person.email)
    elsewhere = invite(officer.person, "association", MemberFactory().organisation.slug)
    held = holder("reseau", officer.pk)
    assert held
    withdraw_role(held, by=administrator_actor(), reason="A quitté la structure.")
    answers = [client.get(url).status_code for url in (sent, received, elsewhere)]
    assert answers == [404, 404, 200]


@pytest.mark.parametrize("kind", ["association", "employeur"])
def test_a_removed_member_cannot_return_by_an_invitation_to_another_address(
    client, kind: str
) -> None:
    member = MemberFactory(organisation__kind=kind)
    MemberFactory(organisation=member.organisation)
    url = invite(member.person, kind, member.organisation.slug)
    assert client.get(url).status_code == 200
    remove_member(member, by=SYSTEM)
    assert client.get(url).status_code == 404


def test_accepting_an_invitation_withdrawn_since_it_was_opened_is_refused_with_a_reason() -> None:
    officer = OfficerFactory(network__slug="alizes")
    invite(officer.person, "reseau", "alizes")
    read = Invitation.objects.get()
    Invitation.objects.all().delete()
    with pytest.raises(ActionNotAllowed, match="n’est plus valable"):
        actions.accept_invitation(read, person=officer.person)
