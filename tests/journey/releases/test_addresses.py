"""Signing links go to the current address of each signatory; a missing address is reported."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from explor.ground.mail.models import Message
from explor.journey.releases import actions, pages
from explor.journey.releases.models import Release
from explor.journey.releases.pages import url_of
from factories import ReleaseFactory, employer_actor, officer_actor, wearing

from .test_signatories import again, granted, links_to, page_of, places, sign_at
from .test_signed_copies import on_paper

pytestmark = pytest.mark.django_db


def amended_after_a_paper() -> Release:
    """Return a release whose employer signed on paper, under a name, and which was amended."""
    release = granted(ReleaseFactory())
    by = officer_actor(release.proposal.need.network)
    on_paper(release, "employeur")
    actions.amend(again(release), by=by, reason="Nouvelles dates.")
    Message.objects.all().delete()
    actions.draw_amendment(again(release))
    return again(release)


def test_a_signatory_without_email_address_must_be_named_again_to_sign_an_amendment() -> None:
    release = amended_after_a_paper()
    network, party = (
        officer_actor(release.proposal.need.network),
        employer_actor(release.employer),
    )
    (place,) = places(release, "employeur")
    assert (place.name, place.email, place.link_sent_at) == ("Noé Valmy", "", None)
    told = Message.objects.filter(subject__startswith="Qui signe ?")
    assert {each.to for each in told} == {network.email, party.email}
    assert all("Noé Valmy est sans adresse : aucun lien ne peut partir" in m.body for m in told)
    for actor in (network, party):
        titles = [task.title for task in pages.waiting_for(actor)]
        assert f"Dire qui signe : {place.capacity}" in titles
    page = wearing(network).get(url_of(network, release)).content.decode()
    assert "sans adresse : à nommer" in page
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        actions.remind_signatories(timezone.localdate())
    again_told = Message.objects.filter(subject__startswith="Rappel : qui signe ?")
    assert {each.to for each in again_told} == {network.email, party.email}


def test_a_signatory_named_again_with_an_email_address_receives_a_signing_link() -> None:
    release = amended_after_a_paper()
    (place,) = places(release, "employeur")
    given = {"name": "Noé Valmy", "email": "maire@commune.test", "capacity": "maire"}
    actions.name_signatory(place, by=employer_actor(release.employer), **given)
    assert len(links_to("maire@commune.test")) == 1
    network = officer_actor(release.proposal.need.network)
    assert [task.title for task in pages.waiting_for(network)] == []


def moved(release: Release, address: str) -> None:
    person = release.proposal.expert.person
    person.email = address
    person.save()


def test_after_the_expert_changes_address_only_the_signing_link_to_the_new_address_works() -> None:
    release = granted(ReleaseFactory())
    former = links_to(release.proposal.expert.person.email)[-1]
    moved(release, "nouvelle@exemple.test")
    actions.remind_signatories(timezone.localdate())
    (link,) = links_to("nouvelle@exemple.test")
    assert "Ce lien ne permet pas de signer" in page_of(former)
    assert sign_at(link) == 302
    assert again(release).current_signatures[0].email == "nouvelle@exemple.test"


def test_a_signing_link_sent_again_goes_to_the_current_address_of_the_expert() -> None:
    release = granted(ReleaseFactory())
    moved(release, "nouvelle@exemple.test")
    (place,) = places(release, "expert")
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        by = officer_actor(release.proposal.need.network)
        actions.send_link(place, by=by, expected_version=place.version)
    assert len(links_to("nouvelle@exemple.test")) == 1


def test_the_link_to_sign_an_amendment_goes_to_the_current_address_of_the_expert() -> None:
    release = granted(ReleaseFactory())
    moved(release, "nouvelle@exemple.test")
    by = officer_actor(release.proposal.need.network)
    actions.amend(again(release), by=by, reason="Nouvelles dates.")
    actions.draw_amendment(again(release))
    assert len(links_to("nouvelle@exemple.test")) == 1
