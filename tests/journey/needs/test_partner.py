"""Confirmation of a need by its field partner, with pages and e-mails in the partner's language."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.actors.organisations.actions import describe_partner
from explor.ground.accounts.actions import open_link
from explor.ground.accounts.models import PersonalLink
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.needs import actions
from explor.journey.needs.models import Comment, Need
from factories import FieldPartnerFactory, association_actor, officer_actor, wearing

pytestmark = pytest.mark.django_db
WORDS = {
    "fr": ("Confirmez-vous cette mission ?", "Merci. Votre réponse est transmise."),
    "en": ("Do you confirm this mission?", "Thank you. Your answer has been passed on."),
    "es": ("¿Confirma usted esta misión?", "Gracias. Su respuesta ha sido transmitida."),
    "pt": ("Confirma esta missão?", "Obrigado. A sua resposta foi transmitida."),
    "mg": ("Confirmez-vous cette mission ?", "Merci. Votre réponse est transmise."),
}
INVITED = {
    "fr": "prépare une mission avec vous",
    "en": "is preparing a mission with you",
    "es": "prepara una misión con usted",
    "pt": "prepara uma missão convosco",
}

CHANGED = {
    "fr": "La mission a changé depuis que vous avez ouvert cette page.",
    "en": "The mission has changed since you opened this page.",
    "es": "La misión ha cambiado desde que abrió esta página.",
    "pt": "A missão mudou desde que abriu esta página.",
}


def link_to(need: Need, language: str) -> str:
    secret = open_link(need, name="Hanta", email="h@exemple.test", by=SYSTEM, language=language)
    return reverse("needs:partenaire_need", args=[secret])


@pytest.mark.parametrize("language", WORDS)
def test_the_page_where_a_partner_confirms_a_need_is_in_their_language_or_else_in_french(
    need: Need, client: Client, language: str
) -> None:
    url, (title, thanks) = link_to(need, language), WORDS[language]
    page = client.get(url).content.decode()
    shown = language if language in INVITED else "fr"
    assert (title in page, f'<html lang="{shown}"' in page) == (True, True)
    Need.objects.update(partner_confirmed_at=None)
    assert thanks in client.post(url, {"remark": "", "version": need.version}).content.decode()
    assert Need.objects.get().partner_confirmed_at is not None


def test_french_texts_on_a_partner_page_in_another_language_are_marked_as_french(
    need: Need, client: Client
) -> None:
    page = client.get(link_to(need, "pt")).content.decode()
    assert '<small lang="fr">(facultatif)</small>' in page
    for part in ('<a class="skip" lang="fr"', '<footer class="foot" lang="fr">'):
        assert page.count(part) == 1, part
    assert 'lang="fr">(' not in client.get(link_to(need, "fr")).content.decode()


def test_a_remark_by_the_partner_is_saved_without_confirming_the_need(
    need: Need, client: Client
) -> None:
    Need.objects.update(partner_confirmed_at=None)
    client.post(link_to(need, "pt"), {"remark": "Em maio, não.", "version": need.version})
    assert (Comment.objects.get().text, Comment.objects.get().language) == ("Em maio, não.", "pt")
    url = f"/association/{need.association.slug}/besoins/{need.pk}/remarques/"
    page = wearing(association_actor(need.association)).get(url).content.decode()
    assert '<p lang="pt">Em maio, não.</p>' in page
    assert Need.objects.get().partner_confirmed_at is None


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_remark_of_the_partner_is_emailed_to_the_association_and_once_filed_to_the_network(
    need: Need, confirmed: bool
) -> None:
    at = timezone.now() if confirmed else None
    Need.objects.update(partner_confirmed_at=at, state="admissible", filed_at=timezone.now())
    need.refresh_from_db()
    partner = Actor(name="Hanta", email="h@exemple.test", role="partenaire")
    parties = {association_actor(need.association).email, officer_actor(need.network).email}
    actions.partner_confirm(need, by=partner, remark="L’hôpital ferme en mai.")
    told = Message.objects.filter(kind="needs.partner_confirm")
    assert {each.to for each in told} >= parties
    assert all("L’hôpital ferme en mai." in each.body for each in told)
    assert all(("qui avait confirmé" in each.body) is confirmed for each in told)


def test_the_association_is_notified_that_its_partner_confirms(need: Need) -> None:
    partner = Actor(name="Hanta", email="h@exemple.test", role="partenaire")
    association = association_actor(need.association)
    actions.partner_confirm(need, by=partner)
    told = Message.objects.filter(kind="needs.partner_confirm")
    assert {each.to for each in told} == {association.email}
    assert "confirme" in told[0].body


@pytest.mark.parametrize("language", CHANGED)
def test_dates_changed_since_the_page_opened_are_shown_before_the_partner_confirms_them(
    need: Need, own: Actor, client: Client, language: str
) -> None:
    Need.objects.update(partner_confirmed_at=None)
    url, read = link_to(need, language), need.version
    need.refresh_from_db()
    moved = need.window_end - timedelta(days=1)
    actions.describe(need, by=own, changes={"window_end": moved})
    refused = client.post(url, {"remark": "Pas en mai.", "version": read})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert (CHANGED[language] in page, f"{moved:%d/%m/%Y}" in page, "Pas en mai." in page) == (
        True, True, True,
    )  # fmt: skip
    assert (Need.objects.get().partner_confirmed_at, Comment.objects.count()) == (None, 0)
    now = Need.objects.get().version
    assert f'value="{now}"' in page
    client.post(url, {"remark": "", "version": now})
    assert Need.objects.get().partner_confirmed_at is not None


@pytest.mark.parametrize("language", INVITED)
def test_the_email_that_invites_a_field_partner_is_in_their_language(
    need: Need, own: Actor, language: str
) -> None:
    assert need.partner is not None
    need.partner.language = language
    need.partner.email = "hanta@exemple.test"
    actions.ask_partner(need, by=own)
    assert INVITED[language] in Message.objects.get(to="hanta@exemple.test").body


def test_inviting_a_field_partner_without_email_address_is_refused(
    need: Need, own: Actor, member: Client
) -> None:
    need.project.association.partners.update(email="")
    page = member.get(f"/association/{own.key}/besoins/{need.pk}/partenaire/").content.decode()
    assert "Le partenaire n’a pas d’adresse électronique : complétez sa fiche." in page
    assert 'aria-disabled="true"' in page


@pytest.mark.parametrize("partner", ["none", "without email"])
def test_no_link_is_created_for_a_need_without_a_partner_email_address(
    need: Need, own: Actor, partner: str
) -> None:
    if partner == "none":
        need.partner = None
    elif need.partner:
        need.partner.email = ""
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.ask_partner(need, by=own)
    reasons = ("Le partenaire n’a pas d’adresse électronique : complétez sa fiche.",)
    assert refusal.value.reasons == reasons
    assert (PersonalLink.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(("state", "leave"), [("registered", 5), ("verified", 7)])
def test_an_unverified_association_can_invite_only_a_few_partners_a_day(
    need: Need, own: Actor, state: str, leave: int
) -> None:
    assert need.partner is not None
    need.partner.email = "hanta@exemple.test"
    need.association.state = state
    need.association.save()
    for _ in range(leave):
        actions.ask_partner(need, by=own)
    if leave == 5:
        with pytest.raises(ActionNotAllowed, match="Cinq messages"):
            actions.ask_partner(need, by=own)
    assert PersonalLink.objects.count() == leave


def asked(need: Need, own: Actor) -> str:
    """Return the URL of the link that the partner of a need receives by email."""
    assert need.partner is not None
    need.partner.email = "hanta@exemple.test"
    need.partner.save()
    return reverse("needs:partenaire_need", args=[actions.ask_partner(need, by=own)])


def test_a_former_partner_can_neither_read_nor_confirm_the_need_of_another_partner(
    need: Need, own: Actor, client: Client
) -> None:
    url = asked(need, own)
    assert client.get(url).status_code == 200
    another = FieldPartnerFactory(association=need.association, email="autre@exemple.test")
    actions.describe(need, by=own, changes={"partner": another})
    assert (client.get(url).status_code, client.post(url, {}).status_code) == (404, 404)
    assert Need.objects.get().partner_confirmed_at is None
    assert client.get(asked(Need.objects.get(), own)).status_code == 200


@pytest.mark.parametrize(
    ("changes", "stands"),
    [({"place": "Ailleurs"}, False), ({"days": 9}, False), ({"objectives": "Mieux dit."}, True)],
)
def test_changing_the_place_or_days_of_a_need_asks_the_partner_to_confirm_again(
    need: Need, own: Actor, client: Client, changes: dict[str, object], stands: bool
) -> None:
    url = asked(need, own)
    client.post(url, {"remark": "", "version": Need.objects.get().version})
    assert Need.objects.get().partner_confirmed_at is not None
    actions.describe(Need.objects.get(), by=own, changes=changes)
    assert (Need.objects.get().partner_confirmed_at is not None) == stands


def test_the_partner_of_a_need_refused_by_its_network_is_no_longer_asked_to_confirm(
    need: Need, own: Actor, client: Client
) -> None:
    url = asked(need, own)
    Need.objects.update(state="inadmissible")
    assert client.get(url).status_code == 403
    assert client.post(url, {"remark": "Trop tard."}).status_code == 403
    assert not Comment.objects.exists()


def test_the_link_of_the_partner_stops_working_when_the_need_is_withdrawn(
    need: Need, own: Actor, client: Client
) -> None:
    url = asked(need, own)
    Need.objects.update(state="filed")
    actions.withdraw(Need.objects.get(), by=own, reason="Plus besoin.")
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("change", "confirmed"),
    [
        ({"name": "Coopérative de Sainte-Marie"}, False),
        ({"phone": "+261 20 00 000", "contact": "Lova"}, True),
    ],
)
@pytest.mark.parametrize("state", ["draft", "filed", "admissible"])
def test_renaming_a_partner_cancels_their_confirmation_of_a_need(
    need: Need, change: dict[str, str], confirmed: bool, state: str
) -> None:
    Need.objects.filter(pk=need.pk).update(partner_confirmed_at=timezone.now(), state=state)
    version = Need.objects.get(pk=need.pk).version
    partner, by = need.partner, association_actor(need.association)
    assert partner is not None
    describe_partner(partner, by=by, changes=change)
    stored = Need.objects.get(pk=need.pk)
    assert (stored.partner_confirmed_at is not None) is confirmed
    assert stored.version == version + (not confirmed)
