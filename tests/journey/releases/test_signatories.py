"""The signatories of each party: signing chain, personal links, delegation, signed papers."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import html

from explor.actors.organisations.actions import remove_member
from explor.actors.organisations.models import Member
from explor.ground.accounts.models import PersonalLink
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.rights.actions import erase_account
from explor.journey.releases import actions, engine, rules, selectors
from explor.journey.releases.models import Release, Signatory, Signature
from explor.journey.releases.pages import signing
from factories import (
    EmployerFactory,
    ExpertFactory,
    MemberFactory,
    PersonFactory,
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
DGS = {
    "name": "Noé Valmy",
    "email": "dgs@commune.test",
    "capacity": "directeur général des services",
}
MAYOR = {"name": "Ida Roc", "email": "maire@commune.test", "capacity": "maire"}


def commune() -> Release:
    """Return a release whose employer is a commune, with an agreement to sign."""
    employer = EmployerFactory(is_public=True, structure_type="COMMUNE", schemes=["CP"])
    expert = ExpertFactory(network=employer.network, employer=employer)
    return granted(ReleaseFactory(proposal=ProposalFactory(agreed=True, expert=expert)))


def granted(release: Release) -> Release:
    """Return a release granted in a scheme that the network has confirmed."""
    actions.approve(release, by=employer_actor(release.employer), scheme="CP")
    reading = engine.reading_of(release, "CP", timezone.localdate())
    if rules.unconfirmed(release, reading):
        actions.confirm_scheme(release, by=officer_actor(release.proposal.need.network))
    return again(release)


def again(release: Release) -> Release:
    return selectors.with_related(Release.objects.filter(pk=release.pk)).get()


def places(release: Release, party: str) -> list[Signatory]:
    return rules.chain_of(again(release), party)


def links_to(address: str) -> list[str]:
    """Return the URLs of the signing links sent to an address, the latest one last."""
    sent = Message.objects.filter(to=address, url__startswith="/signer/").order_by("pk")
    return [each.url for each in sent]


def page_of(url: str) -> str:
    return str(Client().get(url).content.decode())


def sign_at(url: str, **typed: str) -> int:
    """Open a link as a browser does, tick the box and submit; return the HTTP status."""
    client = Client(enforce_csrf_checks=True)
    form = html.fromstring(client.get(url).content.decode()).forms[-1]
    drawn = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    return int(client.post(url, {**drawn, "agreed": "on", **typed}).status_code)


def test_a_removed_member_can_no_longer_sign_and_the_organisation_names_another_signatory() -> None:
    release = commune()
    person = PersonFactory(email=MAYOR["email"])
    member = MemberFactory(organisation=release.employer, person=person)
    MemberFactory(organisation=release.employer)
    by = employer_actor(release.employer)
    place = actions.name_signatory(places(release, "employeur")[0], by=by, **MAYOR)
    (url,) = links_to(MAYOR["email"])
    remove_member(member, by=by)
    place.refresh_from_db()
    assert (place.name, place.email, place.capacity) == ("", "", "maire")
    assert not PersonalLink.objects.valid().filter(email=MAYOR["email"]).exists()
    assert "Ida Roc" not in page_of(url)
    assert not Signature.objects.filter(signatory=place).exists()


def named(release: Release) -> tuple[Member, Signatory]:
    """Return a member who is named to sign for an employer, and the place; another stays."""
    person = PersonFactory(email=MAYOR["email"], name=MAYOR["name"])
    member = MemberFactory(organisation=release.employer, person=person)
    by = employer_actor(release.employer)
    return member, actions.name_signatory(places(release, "employeur")[0], by=by, **MAYOR)


def test_a_member_removed_during_the_signature_cannot_complete_the_signature() -> None:
    release = commune()
    member, place = named(release)
    person = member.person
    by = replace(
        employer_actor(release.employer),
        person=person.pk,
        name=person.name,
        email=person.email,
    )
    remove_member(member, by=employer_actor(release.employer))
    with pytest.raises(ActionNotAllowed, match="Vous n’agissez plus pour cette organisation"):
        actions.sign(again(release), by=by, party="employeur", signatory=place)
    assert not Signature.objects.filter(signatory=place).exists()


def test_an_ended_release_keeps_the_name_of_a_signatory_who_is_later_removed() -> None:
    release = commune()
    member, place = named(release)
    Release.objects.filter(pk=release.pk).update(state="ended")
    remove_member(member, by=employer_actor(release.employer))
    place.refresh_from_db()
    assert (place.name, place.email) == (MAYOR["name"], MAYOR["email"])


def test_the_organisation_of_an_erased_member_must_name_another_signatory() -> None:
    release = commune()
    member, place = named(release)
    erase_account(member.person, by=SYSTEM)
    place.refresh_from_db()
    assert (place.name, place.email, place.capacity) == ("", "", "maire")


def test_a_commune_signs_by_its_administration_first_then_by_its_mayor() -> None:
    release = commune()
    chain = [(each.party, each.rank, each.capacity) for each in release.signatories.all()]
    assert chain == [
        ("association", 0, "représentante ou représentant légal"),
        ("employeur", 0, "direction générale des services"),
        ("employeur", 1, "maire"),
        ("expert", 0, "personne qui part"),
    ]


def test_the_expert_receives_a_signing_link_as_soon_as_the_agreement_can_be_signed() -> None:
    release = commune()
    assert len(links_to(release.proposal.expert.person.email)) == 1


def test_the_two_signatories_of_a_council_sign_by_link_one_after_the_other() -> None:
    release = commune()
    first, second = places(release, "employeur")
    by = employer_actor(release.employer)
    actions.name_signatory(second, by=by, **MAYOR)
    assert links_to(MAYOR["email"]) == []
    actions.name_signatory(first, by=by, **DGS)
    assert sign_at(links_to(DGS["email"])[-1]) == 302
    assert "employeur" in rules.unsigned(again(release))
    assert sign_at(links_to(MAYOR["email"])[-1]) == 302
    signed = [(each.name, each.capacity, each.email) for each in Signature.objects.all()]
    assert signed == [
        (DGS["name"], DGS["capacity"], DGS["email"]),
        (MAYOR["name"], MAYOR["capacity"], MAYOR["email"]),
    ]
    assert rules.unsigned(again(release)) == ["association", "expert"]


def test_opening_a_signing_link_does_not_sign_and_the_link_stays_valid() -> None:
    release = commune()
    url = links_to(release.proposal.expert.person.email)[-1]
    for method in ("get", "head"):
        assert getattr(Client(), method)(url).status_code == 200
    assert Signature.objects.count() == 0
    assert sign_at(url) == 302


def test_a_signature_posted_without_opening_the_signing_page_is_refused() -> None:
    release = commune()
    url = links_to(release.proposal.expert.person.email)[-1]
    assert Client(enforce_csrf_checks=True).post(url, {"agreed": "on"}).status_code == 403
    typed = {"agreed": "on", "name": release.proposal.expert.person.name}
    assert Client().post(url, typed).status_code == 422
    assert sign_at(url, agreed="") == 422
    assert sign_at(url, name="Quelqu’un d’autre") == 422
    assert Signature.objects.count() == 0


def test_the_last_signature_by_a_signing_link_concludes_the_agreement() -> None:
    release = granted(ReleaseFactory())
    association = release.proposal.need.association
    for actor in (association_actor(association), employer_actor(release.employer)):
        actions.sign(again(release), by=actor, party=actor.role)
    assert sign_at(links_to(release.proposal.expert.person.email)[-1]) == 302
    assert again(release).state == "agreed"


def test_a_member_cannot_sign_when_another_person_is_the_named_signatory() -> None:
    release = granted(ReleaseFactory())
    by = employer_actor(release.employer)
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=by, **DGS)
    assert rules.can_sign(by, again(release)) is False
    with pytest.raises(ActionNotAllowed, match="C’est à une autre personne"):
        actions.sign(again(release), by=by, party="employeur")


def test_a_person_who_signed_for_one_party_cannot_sign_by_link_for_another() -> None:
    release = granted(ReleaseFactory())
    by = expert_actor(release.proposal.expert)
    actions.sign(again(release), by=by, party="expert")
    (place,) = places(release, "employeur")
    same = {**DGS, "email": by.email}
    actions.name_signatory(place, by=employer_actor(release.employer), **same)
    assert "Cette personne a déjà signé pour la personne qui part" in page_of(
        links_to(by.email)[-1]
    )


def test_naming_another_signatory_revokes_the_former_link_and_sends_a_new_one() -> None:
    release = granted(ReleaseFactory())
    by = employer_actor(release.employer)
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=by, **DGS)
    former = links_to(DGS["email"])[-1]
    actions.name_signatory(place, by=by, **MAYOR)
    assert "Ce lien ne permet pas de signer" in page_of(former)
    assert Client().post(former, {"agreed": "on"}).status_code == 200
    assert Signature.objects.count() == 0
    assert sign_at(links_to(MAYOR["email"])[-1]) == 302


def test_an_expired_signing_link_cannot_sign() -> None:
    release = granted(ReleaseFactory())
    url = links_to(release.proposal.expert.person.email)[-1]
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "Ce lien ne permet pas de signer" in page_of(url)
    assert Client().post(url, {"agreed": "on"}).status_code == 200
    assert Signature.objects.count() == 0


def test_a_signing_link_to_a_replaced_agreement_says_so_and_the_amendment_has_its_own_link() -> (
    None
):
    release = granted(ReleaseFactory())
    address = release.proposal.expert.person.email
    url = links_to(address)[-1]
    actions.amend(again(release), by=officer_actor(release.proposal.need.network), reason="Dates.")
    actions.draw_amendment(again(release))
    assert "La convention qu’il ouvrait ne vaut plus" in page_of(url)
    assert len(links_to(address)) == 2
    assert sign_at(links_to(address)[-1]) == 302


def test_a_withdrawn_signing_link_cannot_be_renewed_from_an_older_link() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "expert")
    actions.withdraw_link(place, by=officer_actor(release.proposal.need.network))
    with pytest.raises(ActionNotAllowed, match="Ce lien a été retiré"):
        actions.renew_link(place, by=expert_actor(release.proposal.expert))


def test_one_account_cannot_sign_as_both_signatories_of_a_council() -> None:
    release = commune()
    by = employer_actor(release.employer)
    actions.sign(again(release), by=by, party="employeur")
    with pytest.raises(ActionNotAllowed, match="a déjà signé à une autre place"):
        actions.sign(again(release), by=by, party="employeur")


def test_only_the_party_and_the_network_see_the_email_address_of_a_signatory() -> None:
    release = commune()
    address = release.proposal.expert.person.email
    shown = {
        actor.role: [
            row["email"]
            for party in signing.chain_for(actor, release, lambda actor, place, refused: [])
            for row in party["places"]
            if row["place"].party == "expert"
        ]
        for actor in (
            officer_actor(release.proposal.need.network),
            association_actor(release.proposal.need.association),
        )
    }
    assert shown == {"reseau": [address], "association": [""]}


@pytest.mark.parametrize(
    ("scheme", "words"), [("PMO", "signez-la"), ("MCP", "a confirmé le cadre")]
)
def test_the_grant_email_says_whether_the_network_must_confirm_the_scheme_first(
    scheme: str, words: str
) -> None:
    release = ReleaseFactory()
    release.employer.schemes = [scheme]
    release.employer.save()
    actions.approve(release, by=employer_actor(release.employer), scheme=scheme)
    bodies = {each.body for each in Message.objects.filter(kind="releases.approve")}
    assert [words in body for body in bodies] == [True]


def test_the_signing_page_of_the_expert_says_that_they_sign_for_themselves() -> None:
    release = commune()
    page = page_of(links_to(release.proposal.expert.person.email)[-1])
    assert "pour vous-même" in page
    assert "en qualité de" not in page


def test_a_signatory_who_has_signed_cannot_be_replaced_by_another() -> None:
    release = granted(ReleaseFactory())
    by = employer_actor(release.employer)
    actions.sign(again(release), by=by, party="employeur")
    (place,) = places(release, "employeur")
    with pytest.raises(ActionNotAllowed) as naming:
        actions.name_signatory(place, by=by, **DGS)
    with pytest.raises(ActionNotAllowed) as delegating:
        actions.delegate_signature(place, by=by, **DGS, delegation="Arrêté n° 12")
    reasons = ("Cette personne a déjà signé.",)
    assert (naming.value.reasons, delegating.value.reasons) == (reasons, reasons)
    place.refresh_from_db()
    assert (place.name, place.email) == (by.name, by.email)


def test_a_signing_link_is_sent_neither_before_the_turn_of_its_signatory_nor_after_signing() -> (
    None
):
    release = commune()
    first, second = places(release, "employeur")
    by = employer_actor(release.employer)
    actions.name_signatory(first, by=by, **DGS)
    actions.name_signatory(second, by=by, **MAYOR)
    with pytest.raises(ActionNotAllowed) as early:
        actions.send_link(second, by=by)
    assert sign_at(links_to(DGS["email"])[-1]) == 302
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        with pytest.raises(ActionNotAllowed) as late:
            actions.renew_link(first, by=by)
        actions.send_link(second, by=by)
    reasons = ("Ce n’est pas, ou plus, à cette personne de signer.",)
    assert (early.value.reasons, late.value.reasons) == (reasons, reasons)
    assert [len(links_to(each["email"])) for each in (DGS, MAYOR)] == [1, 2]


def test_nobody_can_sign_for_a_party_other_than_their_own() -> None:
    release = granted(ReleaseFactory())
    employer, expert = employer_actor(release.employer), expert_actor(release.proposal.expert)
    for by, party, why in (
        (employer, "association", "C’est à une autre personne de signer"),
        (expert, "employeur", "Vous n’agissez plus pour cette organisation"),
    ):
        with pytest.raises(ActionNotAllowed, match=why):
            actions.sign(again(release), by=by, party=party)
    assert Signature.objects.count() == 0


def test_the_second_signatory_waits_for_the_first_who_cannot_sign_twice() -> None:
    release = commune()
    first, second = places(release, "employeur")
    by = employer_actor(release.employer)
    actions.name_signatory(second, by=by, **MAYOR)
    first = actions.name_signatory(first, by=by, **DGS)
    first, second = places(release, "employeur")
    with pytest.raises(ActionNotAllowed) as early:
        actions.sign_by_link(second, by=by)
    actions.sign_by_link(first, by=by)
    with pytest.raises(ActionNotAllowed) as twice:
        actions.sign_by_link(places(release, "employeur")[0], by=by)
    assert early.value.reasons == (f"Une autre personne signe d’abord : {first}.",)
    assert twice.value.reasons == ("Cette personne a déjà signé.",)
    assert [each.signatory_id for each in Signature.objects.all()] == [first.pk]


def test_no_signing_link_is_sent_to_the_address_of_a_locked_account() -> None:
    release = commune()
    by = employer_actor(release.employer)
    place = actions.name_signatory(places(release, "employeur")[0], by=by, **MAYOR)
    PersonFactory(email=MAYOR["email"], is_active=False)
    later = time_machine.travel(timezone.now() + timedelta(hours=1))
    with later, pytest.raises(ActionNotAllowed, match="nommez une autre adresse"):
        actions.send_link(place, by=by)
    assert len(links_to(MAYOR["email"])) == 1
