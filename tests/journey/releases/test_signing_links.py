"""Signing links: renewed, delegated, withdrawn, reminded; how many clicks a signature takes."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import html

from explor.ground.accounts import actions as accounts
from explor.ground.accounts.models import PersonalLink
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.ground.ui.days import date_format
from explor.journey.releases import actions, emails, rules
from explor.journey.releases.models import Signatory, Signature
from factories import (
    ReleaseFactory,
    administrator_actor,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
    wearing,
)

from .test_signatories import (
    DGS,
    MAYOR,
    again,
    commune,
    granted,
    links_to,
    page_of,
    places,
    sign_at,
)

pytestmark = pytest.mark.django_db
DELEGATE = {
    "name": "Sol Arfa",
    "email": "adjointe@commune.test",
    "capacity": "première adjointe",
    "delegation": "arrêté n° 2026-14 du 3 mars 2026",
}


def expire() -> None:
    long_ago = timezone.now() - timedelta(days=31)
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    Signatory.objects.exclude(link_sent_at=None).update(link_sent_at=long_ago)


def post(url: str, **typed: str) -> int:
    """Fill in the form of a page as a browser does, submit it, and return the HTTP status."""
    client = Client()
    page = html.fromstring(client.get(url).content.decode())
    form = [each for each in page.forms if each.get("method") == "post"][-1]
    drawn = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    return int(client.post(form.get("action") or url, {**drawn, **typed}).status_code)


def test_renewing_an_expired_signing_link_sends_a_new_link_to_the_address_on_record() -> None:
    release = granted(ReleaseFactory())
    address = release.proposal.expert.person.email
    former = links_to(address)[-1]
    expire()
    assert f"{address[0]}…@exemple.test" in page_of(former)
    assert post(former) == 200
    assert len(links_to(address)) == 2
    assert sign_at(links_to(address)[-1]) == 302
    signature = Signature.objects.get()
    assert (signature.party, signature.email) == ("expert", address)


def test_the_signing_link_of_a_locked_account_answers_404_until_the_account_is_unlocked() -> None:
    release = granted(ReleaseFactory())
    person = release.proposal.expert.person
    link, by = links_to(person.email)[-1], administrator_actor()
    accounts.lock_account(person, by=by, reason="Boîte aux lettres volée.")
    for page in ("", "convention.pdf", "deleguer/", "nouveau-lien/"):
        assert Client().get(f"{link}{page}").status_code == 404
    assert not Signature.objects.exists()
    accounts.unlock_account(person, by=by, reason="Rendue.")
    assert sign_at(link) == 302


def test_an_expired_signing_link_serves_no_file_and_offers_a_renewal() -> None:
    release = granted(ReleaseFactory())
    url = links_to(release.proposal.expert.person.email)[-1]
    assert Client().get(f"{url}convention.pdf").getvalue()[:5] == b"%PDF-"
    expire()
    answer = Client().get(f"{url}convention.pdf")
    assert (answer.status_code, answer["Location"]) == (302, url)
    assert "Recevoir un nouveau lien" in page_of(url)


def test_the_signing_link_serves_the_agreement_after_the_signature_until_the_link_expires() -> None:
    release = granted(ReleaseFactory())
    url = links_to(release.proposal.expert.person.email)[-1]
    assert sign_at(url) == 302
    assert Client().get(f"{url}convention.pdf").getvalue()[:5] == b"%PDF-"
    expire()
    assert Client().get(f"{url}convention.pdf").status_code == 302
    page = page_of(url)
    assert "Votre signature est du" in page
    assert "convention.pdf" not in page


def test_renewing_an_expired_signing_link_twice_in_a_row_sends_one_email() -> None:
    release = granted(ReleaseFactory())
    address = release.proposal.expert.person.email
    former = links_to(address)[-1]
    expire()
    assert [post(former), post(former)] == [200, 409]
    assert len(links_to(address)) == 2


def test_opening_the_renewal_page_of_a_signing_link_sends_no_email() -> None:
    release = granted(ReleaseFactory())
    address = release.proposal.expert.person.email
    former = links_to(address)[-1]
    expire()
    assert Client().get(f"{former}nouveau-lien/").status_code == 200
    assert len(links_to(address)) == 1


def test_a_signing_link_that_is_still_valid_cannot_be_renewed() -> None:
    release = granted(ReleaseFactory())
    address = release.proposal.expert.person.email
    url = links_to(address)[-1]
    assert Client().post(f"{url}nouveau-lien/").status_code == 302
    assert len(links_to(address)) == 1


def test_a_signatory_delegates_from_the_signing_link_and_the_delegate_signs() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=employer_actor(release.employer), **MAYOR)
    former = links_to(MAYOR["email"])[-1]
    assert post(f"{former}deleguer/", **DELEGATE) == 200
    assert "Ce lien ne permet pas de signer" in page_of(former)
    assert sign_at(links_to(DELEGATE["email"])[-1]) == 302
    signature = Signature.objects.get()
    assert (signature.name, signature.delegation) == (
        DELEGATE["name"],
        f"{DELEGATE['delegation']}, d’Ida Roc (maire)",
    )
    told = Message.objects.filter(subject__startswith="Signature déléguée")
    assert {each.to for each in told} >= {employer_actor(release.employer).email}


def test_a_signature_delegated_twice_keeps_the_references_of_both_delegations() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=employer_actor(release.employer), **MAYOR)
    assert post(f"{links_to(MAYOR['email'])[-1]}deleguer/", **DELEGATE) == 200
    second = {**DGS, "delegation": "arrêté n° 2026-20 du 9 avril 2026"}
    assert post(f"{links_to(DELEGATE['email'])[-1]}deleguer/", **second) == 200
    acts = (
        "arrêté n° 2026-20 du 9 avril 2026, de Sol Arfa (première adjointe) ; "
        "arrêté n° 2026-14 du 3 mars 2026, d’Ida Roc (maire)"
    )
    url = links_to(DGS["email"])[-1]
    assert acts in page_of(url)
    assert sign_at(url) == 302
    assert Signature.objects.get().delegation == acts
    told = Message.objects.filter(subject__startswith="Signature déléguée").last()
    assert told and f"Acte : {acts}." in told.body


def test_naming_a_signatory_again_removes_the_delegations_of_the_former_signatory() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "employeur")
    by = employer_actor(release.employer)
    actions.name_signatory(place, by=by, **MAYOR)
    for _ in range(2):
        actions.delegate_signature(places(release, "employeur")[0], by=by, **DELEGATE)
    actions.name_signatory(places(release, "employeur")[0], by=by, **MAYOR)
    (place,) = places(release, "employeur")
    assert (place.acts, place.former_acts) == ("", [])


def test_a_signature_delegation_without_the_reference_of_its_document_is_refused() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=employer_actor(release.employer), **MAYOR)
    url = f"{links_to(MAYOR['email'])[-1]}deleguer/"
    assert post(url, **{**DELEGATE, "delegation": ""}) == 422
    assert Signatory.objects.get(pk=place.pk).name == MAYOR["name"]


def test_the_expert_cannot_delegate_their_signature_of_an_agreement() -> None:
    release = granted(ReleaseFactory())
    url = links_to(release.proposal.expert.person.email)[-1]
    assert Client().get(f"{url}deleguer/").status_code == 403


def test_a_withdrawn_signing_link_cannot_sign_and_gets_no_reminder() -> None:
    release = granted(ReleaseFactory())
    by = employer_actor(release.employer)
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=by, **DGS)
    url = links_to(DGS["email"])[-1]
    (place,) = places(release, "employeur")
    actions.withdraw_link(place, by=by)
    assert "Ce lien ne permet pas de signer" in page_of(url)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        actions.remind_signatories(timezone.localdate())
    assert len(links_to(DGS["email"])) == 1
    (place,) = places(release, "employeur")
    actions.send_link(place, by=by)
    assert sign_at(links_to(DGS["email"])[-1]) == 302


def test_a_signing_link_cannot_be_sent_twice_in_a_row() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "expert")
    with pytest.raises(ActionNotAllowed, match="attendez dix minutes"):
        actions.send_link(place, by=officer_actor(release.proposal.need.network))


def test_signing_reminders_are_sent_after_3_and_7_days_then_every_week() -> None:
    release = granted(ReleaseFactory())
    address = release.proposal.expert.person.email
    begun, days = timezone.now(), []
    for day in range(24):
        with time_machine.travel(begun + timedelta(days=day), tick=False):
            before = len(links_to(address))
            for _ in range(2):
                actions.remind_signatories(timezone.localdate())
            days += [day] * (len(links_to(address)) - before)
    assert days == [3, 7, 14, 21]
    last = Message.objects.filter(to=address, kind="releases.remind_signatory").last()
    former = timezone.localdate(begun + timedelta(days=14))
    assert last and f"Dernier rappel : le {date_format(former)}." in last.body
    assert sign_at(links_to(address)[-1]) == 302


def test_the_release_page_says_when_the_signing_link_and_the_last_reminder_were_sent() -> None:
    release = granted(ReleaseFactory())
    day = timezone.now() + timedelta(days=3)
    with time_machine.travel(day, tick=False):
        actions.remind_signatories(timezone.localdate())
    actor = officer_actor(release.proposal.need.network)
    text = wearing(actor).get(f"/reseau/{actor.key}/mises-a-disposition/{release.pk}/").text
    assert f"à {release.proposal.expert.person.email}" in text
    assert "dernier rappel le" in text


def test_a_party_whose_next_signatory_is_unnamed_is_reminded_to_name_a_signatory() -> None:
    release = granted(ReleaseFactory())
    members = [
        association_actor(release.proposal.need.association).email,
        employer_actor(release.employer).email,
    ]
    day = timezone.now() + timedelta(days=3)
    with time_machine.travel(day, tick=False):
        actions.remind_signatories(timezone.localdate())
    told = Message.objects.filter(subject__startswith="Rappel : qui signe")
    assert sorted(each.to for each in told) == sorted(members)


def test_the_home_page_of_a_council_asks_to_name_its_next_signatory() -> None:
    release = commune()
    first, _ = places(release, "employeur")
    by = employer_actor(release.employer)
    actions.name_signatory(first, by=by, **DGS)
    text = wearing(by).get(f"/employeur/{by.key}/").text
    assert "Dire qui signe : maire" in text
    assert "Signer la convention de mission" not in text


def test_a_signatory_of_a_council_signs_in_four_clicks_from_the_email() -> None:
    release = commune()
    first, second = places(release, "employeur")
    by = employer_actor(release.employer)
    actions.name_signatory(second, by=by, **MAYOR)
    actions.name_signatory(first, by=by, **DGS)
    for who in (DGS, MAYOR):
        assert clicks_to_sign(links_to(who["email"])[-1]) == 4


def clicks_to_sign(url: str) -> int:
    """Open a signing link, read the agreement and sign it; return the number of clicks."""
    client, clicks = Client(), 1
    page = html.fromstring(client.get(url).content.decode())
    (pdf,) = [each.get("href") for each in page.iter("a") if each.get("href").endswith(".pdf")]
    assert b"".join(client.get(pdf).streaming_content)[:5] == b"%PDF-"
    form = page.forms[-1]
    to_type = [
        each
        for each in form.xpath(".//input[@type='text' or @type='checkbox']")
        if not each.get("value") or each.get("type") == "checkbox"
    ]
    clicks += 1 + len(to_type)
    typed = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    assert client.post(url, {**typed, "agreed": "on"}).status_code == 302
    return clicks + 1


def test_a_member_of_a_company_signs_in_five_clicks_from_the_email() -> None:
    release = granted(ReleaseFactory())
    by = employer_actor(release.employer)
    mail = Message.objects.filter(to=by.email, kind="releases.approve").last()
    assert mail
    client, clicks = wearing(by), 1
    page = html.fromstring(client.get(mail.url).content.decode())
    links = {" ".join(each.text_content().split()): each.get("href") for each in page.iter("a")}
    assert b"".join(client.get(links["Lire : Convention (PDF)"]).streaming_content)
    url = links["Signer la convention"]
    clicks += 2
    form = html.fromstring(client.get(url).content.decode()).forms[-1]
    typed = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    assert client.post(url, {**typed, "agreed": "on"}).status_code == 302
    assert clicks + 2 == 5
    assert rules.unsigned(again(release)) == ["association", "expert"]


def test_submitting_a_signature_from_a_second_tab_adds_no_second_signature() -> None:
    release = granted(ReleaseFactory())
    by = expert_actor(release.proposal.expert)
    url = links_to(by.email)[-1]
    client = Client()
    form = html.fromstring(client.get(url).content.decode()).forms[-1]
    typed = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    for _ in range(2):
        client.post(url, {**typed, "agreed": "on"})
    assert Signature.objects.count() == 1
    with pytest.raises(ActionNotAllowed, match="déjà signé"):
        actions.sign(again(release), by=by, party="expert")


def test_an_error_on_one_release_does_not_stop_the_signing_reminders_of_other_releases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken, release = granted(ReleaseFactory()), granted(ReleaseFactory())
    real = emails.to_sign

    def to_sign(place: Signatory, secret: str, *, reminder: bool = False) -> None:
        if place.release_id == broken.pk:
            raise ValueError("no message")
        real(place, secret, reminder=reminder)

    monkeypatch.setattr(emails, "to_sign", to_sign)
    with (
        time_machine.travel(timezone.now() + timedelta(days=3), tick=False),
        pytest.raises(ExceptionGroup, match="remind_signatories"),
    ):
        actions.remind_signatories(timezone.localdate())
    assert len(links_to(release.proposal.expert.person.email)) == 2
    assert len(links_to(broken.proposal.expert.person.email)) == 1
    assert Signatory.objects.filter(release=broken).exclude(reminded_on=None).count() == 0
