"""Signing while the release changes: the document shown on the page is signed, or none."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from lxml import html

from explor.ground.accounts.models import PersonalLink
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.releases import actions, selectors
from explor.journey.releases.models import Release, Signatory, Signature
from explor.journey.releases.selectors import Signing
from factories import ReleaseFactory, association_actor, employer_actor, officer_actor

from .test_signatories import DGS, MAYOR, again, granted, links_to, places


def named(release: Release) -> Signing:
    """Name who signs for the employer, and return what their link opens, as a page loads it."""
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=employer_actor(release.employer), **MAYOR)
    opened = selectors.signing_of(links_to(MAYOR["email"])[-1].split("/")[2])
    assert opened is not None
    return opened


def click(opened: Signing) -> None:
    by = employer_actor(opened.release.employer)
    actions.sign_by_link(opened.place, by=by, link=opened.link)


@pytest.mark.django_db
def test_signing_an_agreement_after_another_signatory_was_named_is_refused() -> None:
    release = granted(ReleaseFactory())
    opened = named(release)
    (place,) = places(release, "employeur")
    actions.name_signatory(place, by=employer_actor(release.employer), **DGS)
    with pytest.raises(ActionNotAllowed, match="c’est maintenant Noé Valmy"):
        click(opened)
    assert Signature.objects.count() == 0


@pytest.mark.django_db
def test_signing_by_a_link_withdrawn_since_the_page_opened_is_refused() -> None:
    release = granted(ReleaseFactory())
    opened = named(release)
    (place,) = places(release, "employeur")
    actions.withdraw_link(place, by=employer_actor(release.employer))
    with pytest.raises(ActionNotAllowed, match="Ce lien ne permet plus de signer"):
        click(opened)
    assert Signature.objects.count() == 0


@pytest.mark.django_db
def test_a_page_that_showed_the_former_agreement_cannot_sign_the_amendment() -> None:
    release = granted(ReleaseFactory())
    opened = named(release)
    actions.amend(again(release), by=officer_actor(release.proposal.need.network), reason="Pluie.")
    actions.draw_amendment(again(release))
    member = association_actor(release.proposal.need.association)
    for sign in (
        lambda: click(opened),
        lambda: actions.sign(opened.release, by=member, party="association"),
    ):
        with pytest.raises(ActionNotAllowed, match="La convention a changé : relisez-la"):
            sign()
    assert Signature.objects.count() == 0


@pytest.mark.django_db
def test_a_member_can_sign_only_as_the_signatory_shown_on_the_page() -> None:
    release = granted(ReleaseFactory())
    (place,) = places(release, "employeur")
    Signatory.objects.create(release=release, party="employeur", rank=1, capacity="maire")
    shown = again(release)
    actions.sign(again(release), by=employer_actor(release.employer), party="employeur")
    with pytest.raises(ActionNotAllowed, match="Cette personne a déjà signé"):
        actions.sign(shown, by=employer_actor(release.employer), party="employeur", signatory=place)
    assert Signature.objects.count() == 1


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run acts together, each on a database connection; return what each of them answers."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait()
            act()
        except ActionNotAllowed as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_signing_and_naming_another_signatory_concurrently_never_mix_the_two_names() -> None:
    for _ in range(4):
        release = granted(ReleaseFactory())
        opened = named(release)
        (place,) = places(release, "employeur")
        by = employer_actor(release.employer)
        signed, renamed = at_once(
            lambda opened=opened: click(opened),
            lambda place=place, by=by: actions.name_signatory(place, by=by, **DGS),
        )
        rows = list(Signature.objects.filter(signatory=place).values_list("name", "email"))
        assert rows == ([(MAYOR["name"], MAYOR["email"])] if signed == "done" else [])
        assert [signed, renamed].count("done") == 1


@pytest.mark.django_db
def test_a_signature_refused_by_a_change_of_signatory_answers_409_and_names_the_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    release = granted(ReleaseFactory())
    named(release)
    url = links_to(MAYOR["email"])[-1]
    client = Client()
    form = html.fromstring(client.get(url).content.decode()).forms[-1]
    drawn = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    (place,) = places(release, "employeur")
    real = actions.sign_by_link

    def renamed_meanwhile(*args: object, **kwargs: object) -> Release:
        actions.name_signatory(place, by=employer_actor(release.employer), **DGS)
        return real(*args, **kwargs)

    monkeypatch.setattr(actions, "sign_by_link", renamed_meanwhile)
    answer = client.post(url, {**drawn, "agreed": "on"})
    assert answer.status_code == 409
    assert "c’est maintenant Noé Valmy" in answer.content.decode()
    assert PersonalLink.objects.filter(email=MAYOR["email"], revoked_at=None).count() == 1
