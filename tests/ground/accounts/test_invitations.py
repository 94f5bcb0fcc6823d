"""Invitations: each link gives one role to one person, once."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from explor.actors.networks.models import Officer
from explor.actors.organisations.models import FieldPartner, Member
from explor.ground.accounts import actions, selectors
from explor.ground.accounts.models import Invitation, Person, PersonalLink
from explor.ground.accounts.views import public as views
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.roles.registry import role_types
from explor.ground.ui import hooks
from factories import (
    AssociationFactory,
    FieldPartnerFactory,
    NetworkFactory,
    PersonFactory,
    association_actor,
)

pytestmark = pytest.mark.django_db


def invite(email: str = "bo@exemple.test", **given) -> str:
    """Invite a person and return the URL of the link in their message."""
    network = NetworkFactory(slug="alizes", name="Les Alizés")
    fields = {"role_type": "reseau", "role_key": network.slug, "by": SYSTEM, "position": "officer"}
    actions.invite(email=email, **{**fields, **given})
    return Message.objects.latest("pk").url


def test_a_new_person_accepts_an_invitation_with_a_name_and_gets_the_role(client):
    url = invite("Bo@exemple.test", name="Bo Exemple")
    page = client.get(url)
    text = page.content.decode()
    assert (page.status_code, "Les Alizés" in text, "Bo Exemple" in text) == (200, True, True)
    assert client.post(url, {"name": ""}).status_code == 422
    assert client.post(url, {"name": "Bo Exemple"}).url == "/compte/"
    assert client.get("/compte/").url == "/reseau/alizes/"
    assert [(o.person.email, o.position) for o in Officer.objects.all()] == [
        ("bo@exemple.test", "officer")
    ]
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["invite", "accept_invitation"]
    assert client.get(url).status_code == 404
    assert Client().post(url, {"name": "Voleuse"}).status_code == 404


def test_a_person_with_an_account_must_sign_in_to_accept_an_invitation(client):
    person = PersonFactory(email="bo@exemple.test", name="Bo Exemple")
    url = invite()
    assert client.get(url).url == f"/compte/login/?next={url}"
    assert client.post(url).url == f"/compte/login/?next={url}"
    client.force_login(person)
    assert 'name="name"' not in client.get(url).content.decode()
    assert client.post(url, {"version": ""}).url == "/compte/"
    assert Officer.objects.get().person == person
    assert Person.objects.count() == 1


def test_a_signed_in_person_cannot_accept_the_invitation_of_another_account_holder(client):
    PersonFactory(email="bo@exemple.test")
    client.force_login(PersonFactory())
    url = invite()
    assert client.post(url).status_code == 302
    assert Officer.objects.count() == 0


def test_accepting_while_another_person_is_signed_in_gives_the_role_to_the_invitee(client):
    other = PersonFactory()
    client.force_login(other)
    client.post(invite(), {"name": "Bo Exemple"})
    assert Officer.objects.get().person.email == "bo@exemple.test"


def test_accepting_an_invitation_while_another_tab_opens_the_account_answers_409(client):
    url, open_account = invite(), actions.open_account

    def meanwhile(*, email: str, name: str) -> Person:
        open_account(email=email, name="L’autre onglet")
        return open_account(email=email, name=name)

    with patch.object(views.actions, "open_account", meanwhile):
        answer = client.post(url, {"name": "Bo Exemple"})
    assert answer.status_code == 409
    assert "Un compte existe déjà avec cette adresse." in answer.content.decode()
    assert (Officer.objects.count(), Person.objects.count()) == (0, 0)


def test_opening_the_link_of_an_invitation_does_not_accept_it(client):
    url = invite()
    for _ in range(3):
        assert client.head(url).status_code == 200
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.parametrize("change", [{"expires_at": timedelta(seconds=-1)}, {"accepted_at": None}])
def test_an_expired_or_used_invitation_link_answers_404(client, change):
    url = invite()
    [(name, delta)] = change.items()
    Invitation.objects.update(**{name: timezone.now() + (delta or timedelta())})
    assert client.get(url).status_code == 404
    assert client.post(url, {"name": "Bo"}).status_code == 404
    assert Person.objects.count() == 0


def test_a_link_secret_with_one_changed_bit_matches_no_invitation(client):
    url = invite()
    secret = url.rstrip("/").rpartition("/")[2]
    flipped = {
        secret[:i] + chr(ord(char) ^ bit) + secret[i + 1 :]
        for i, char in enumerate(secret)
        for bit in (1, 2, 4, 8)
    }
    assert [s for s in flipped if selectors.invitation_of(s)] == []
    assert selectors.invitation_of(secret) == Invitation.objects.get()


def test_a_second_invitation_to_the_same_role_replaces_the_first(client):
    first = invite()
    actions.invite(email="BO@exemple.test", role_type="reseau", role_key="alizes", by=SYSTEM)
    assert client.get(first).status_code == 404
    assert client.get(Message.objects.latest("pk").url).status_code == 200
    assert [i.email for i in selectors.pending_invitations("reseau", "alizes")] == [
        "bo@exemple.test"
    ]


@pytest.mark.parametrize(
    ("role", "key"), [("expert", ""), ("inconnue", ""), ("reseau", "absent"), ("association", "x")]
)
def test_an_invitation_to_an_unknown_role_or_one_without_invitations_is_refused(role, key):
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.invite(email="bo@exemple.test", role_type=role, role_key=key, by=SYSTEM)
    assert len(refusal.value.reasons) == 1
    assert Message.objects.count() == 0


def test_an_invitation_accepted_twice_gives_the_role_only_once():
    invite()
    invitation, person = Invitation.objects.get(), PersonFactory(email="bo@exemple.test")
    actions.accept_invitation(invitation, person=person)
    with pytest.raises(ActionNotAllowed):
        actions.accept_invitation(invitation, person=person)
    assert Officer.objects.count() == 1


def test_a_colleague_invited_by_a_member_of_an_organisation_becomes_a_member(client):
    association = AssociationFactory(slug="rives")
    inviting = association_actor(association)
    url = invite(role_type="association", role_key="rives", by=inviting, position="signatory")
    client.post(url, {"name": "Bo Exemple"})
    joined = Member.objects.exclude(person=inviting.person).get()
    assert (joined.organisation, joined.position) == (association, "signatory")


def test_a_personal_link_gives_access_to_a_single_row_until_the_link_is_revoked():
    partner = FieldPartnerFactory()
    secret = actions.open_link(partner, name="Hanta", email="h@exemple.test", by=SYSTEM)
    assert selectors.link_of(secret, FieldPartner).name == "Hanta"
    assert selectors.link_of(secret, Person) is None
    assert selectors.link_of(secret + "x", FieldPartner) is None
    assert actions.revoke_links(partner, by=SYSTEM) == 1
    assert actions.revoke_links(partner, by=SYSTEM) == 0
    assert Entry.objects.filter(verb="revoke_link").count() == 1
    assert selectors.link_of(secret, FieldPartner) is None


def test_accepting_an_invitation_to_a_role_no_longer_given_by_invitation_is_refused(monkeypatch):
    invite()
    invitation, person = Invitation.objects.get(), PersonFactory(email="bo@exemple.test")
    without = replace(role_types()["reseau"], grant=None)
    monkeypatch.setitem(hooks._registered, "roles", [(50, without)])
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.accept_invitation(invitation, person=person)
    assert refusal.value.reasons == ("Ce rôle ne se donne plus par invitation.",)
    invitation.refresh_from_db()
    assert (invitation.accepted_at, Officer.objects.count()) == (None, 0)
    assert [entry.verb for entry in Entry.objects.all()] == ["invite"]


def test_revoking_a_personal_link_twice_is_refused_and_keeps_the_first_revocation():
    actions.open_link(FieldPartnerFactory(), name="Hanta", email="h@exemple.test", by=SYSTEM)
    link = PersonalLink.objects.get()
    actions.revoke_link(link, by=SYSTEM, reason="Adresse volée.")
    before = PersonalLink.objects.values().get()
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.revoke_link(link, by=SYSTEM, reason="Encore.")
    assert refusal.value.reasons == ("Ce lien est déjà révoqué.",)
    assert PersonalLink.objects.values().get() == before
    assert [entry.verb for entry in Entry.objects.about(link)] == ["open_link", "revoke_link"]


def test_an_invitation_to_an_organisation_deleted_since_gives_no_role(client):
    association = AssociationFactory(slug="rivages")
    url = invite(role_type="association", role_key="rivages")
    invited = Invitation.objects.get()
    association.delete()
    assert client.get(url).status_code == 404
    assert client.post(url, {"name": "Bo Exemple"}).status_code == 404
    with pytest.raises(ActionNotAllowed, match="plus valable"):
        actions.accept_invitation(invited, person=PersonFactory())
    assert Member.objects.count() == 0
