"""Personal links of a field partner: revoked by a verb or by a change of e-mail address."""

import pytest
from django.urls import reverse

from explor.actors.organisations import actions
from explor.actors.organisations.models import FieldPartner
from explor.ground.accounts.actions import open_link
from explor.ground.accounts.selectors import valid_links_of
from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from factories import FieldPartnerFactory, MemberFactory, association_actor, officer_actor, wearing

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> FieldPartner:
    made = FieldPartnerFactory(email="hanta@exemple.test")
    MemberFactory(organisation=made.association)
    open_link(made.association, name="Hanta", email=made.email, by=SYSTEM, holder=made)
    return made


def test_changing_the_email_address_of_a_partner_revokes_their_personal_links(
    partner: FieldPartner,
) -> None:
    by = association_actor(partner.association)
    actions.describe_partner(partner, by=by, changes={"email": "nouvelle@exemple.test"})
    assert not valid_links_of(partner).exists()
    entry = Entry.objects.get(verb="revoke_link")
    assert (entry.name, entry.reason) == (by.name, "L’adresse du partenaire a changé.")
    assert "Liens personnels fermés" in Message.objects.first().subject


def test_changing_another_field_of_a_partner_keeps_their_personal_links_valid(
    partner: FieldPartner,
) -> None:
    changes = {"phone": "01", "email": "Hanta@exemple.test"}
    actions.describe_partner(partner, by=association_actor(partner.association), changes=changes)
    assert valid_links_of(partner).count() == 1
    assert not Message.objects.exists()


def test_revoking_the_links_of_a_partner_without_valid_link_is_refused(
    partner: FieldPartner,
) -> None:
    by = association_actor(partner.association)
    actions.revoke_partner_links(partner, by=by, reason="Téléphone volé.")
    with pytest.raises(ActionNotAllowed, match="aucun lien"):
        actions.revoke_partner_links(partner, by=by, reason="Encore.")
    assert Entry.objects.about(partner).filter(verb="revoke_partner_links").count() == 1


def test_an_association_can_revoke_the_links_of_its_partner(
    partner: FieldPartner,
) -> None:
    client = wearing(association_actor(partner.association))
    key = partner.association.slug
    url = reverse("organisations:association_partner_links", args=[key, partner.pk])
    edit = reverse("organisations:association_partner", args=[key, partner.pk])
    assert url in client.get(edit).content.decode()
    response = client.post(url, {"reason": "Téléphone volé.", "version": partner.version})
    assert (response.status_code, response["Location"]) == (302, edit)
    assert not valid_links_of(partner).exists()
    assert url not in client.get(edit).content.decode()


def test_a_network_can_revoke_the_links_of_a_partner_of_its_association(
    partner: FieldPartner,
) -> None:
    network = partner.association.network
    client = wearing(officer_actor(network))
    url = reverse("organisations:reseau_partner_links", args=[network.slug, partner.pk])
    page = reverse("organisations:reseau_organisation", args=[network.slug, partner.association_id])
    assert url in client.get(page).content.decode()
    response = client.post(url, {"reason": "Téléphone volé.", "version": partner.version})
    assert (response.status_code, response["Location"]) == (302, page)
    assert not valid_links_of(partner).exists()


def test_revoking_the_links_of_a_partner_of_another_association_is_refused(
    partner: FieldPartner,
) -> None:
    other = MemberFactory()
    client = wearing(association_actor(other.organisation))
    url = reverse(
        "organisations:association_partner_links", args=[other.organisation.slug, partner.pk]
    )
    assert client.post(url, {"reason": "Non."}).status_code == 404
    assert valid_links_of(partner).count() == 1
