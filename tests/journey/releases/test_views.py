"""URLs of the actions on a release: effects, permissions and confirmation pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.releases import actions
from explor.journey.releases.forms import stamp_of
from explor.journey.releases.models import Release
from explor.journey.releases.pages import url_of
from explor.journey.releases.states import RELEASE, State
from factories import (
    EmployerFactory,
    NetworkFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

from .test_signatories import granted, places

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
ROLES = ("employeur", "association", "expert", "reseau")
SLUG_OF = {"approve": "accorder", "refuse": "refuser", "sign": "signer"}


def actor_of(role: str, release: Release) -> Actor:
    proposal = release.proposal
    return {
        "employeur": lambda: employer_actor(release.employer),
        "association": lambda: association_actor(proposal.need.association),
        "expert": lambda: expert_actor(proposal.expert),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[role]()


def approved() -> Release:
    """Return a release approved by its employer, with its agreement."""
    release = ReleaseFactory()
    return actions.approve(release, by=actor_of("employeur", release), scheme="MCP")


def confirmed() -> Release:
    """Return an approved release whose leave scheme the network confirmed."""
    release = approved()
    return actions.confirm_scheme(release, by=actor_of("reseau", release))


def send(client: Client, url: str, **typed: Any) -> Any:
    """Fill in the form of a page as a browser does, and submit it."""
    page = html.fromstring(client.get(url).content.decode())
    form = [each for each in page.iter("form") if each.get("method") == "post"][-1]
    drawn = {name: form.fields[name] for name in form.fields if form.fields[name] is not None}
    return client.post(url, {**drawn, **typed})


def again(release: Release) -> Release:
    return Release.objects.get(pk=release.pk)


def subjects(release: Release) -> set[str]:
    return {each.subject for each in Message.objects.all() if each.kind.startswith("releases.")}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State.values)
def test_the_page_of_a_release_shows_the_actions_allowed_by_its_state_and_role(
    role: str, state: str, session_of: Session
) -> None:
    release = ReleaseFactory(scheme="MCP", state=state)
    actor = actor_of(role, release)
    response = session_of(actor).get(url_of(actor, release))
    labels = [item["label"] for item in response.context["verbs"]]
    shown = ("approve", "refuse", "note_silence", "sign")
    rows = {row.verb: row.label for row in RELEASE.verbs(state, role) if row.verb in shown}
    if role == "reseau":
        rows.pop("sign", None)  # the network adds signed papers on the row of each signatory
    silence = rows.pop("note_silence", None)
    expected = [rows[verb] for verb in ("approve", "refuse") if verb in rows]
    if state == "asked" and role in ("expert", "employeur", "reseau"):
        expected.append("Noter la demande de la personne")
    expected += [label for label in (silence, rows.get("sign")) if label]
    if state == "approved" and role == "reseau":
        expected.append("Confirmer le cadre")
    if state in ("asked", "approved", "taken_over"):
        expected.append("Répondre aux questions")
    assert labels == expected


@pytest.mark.parametrize("verb", SLUG_OF)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State.values)
def test_the_url_of_an_action_on_a_release_returns_200_404_or_409_by_role_and_state(
    state: str, role: str, verb: str, session_of: Session
) -> None:
    release = ReleaseFactory(scheme="MCP", state=state)
    actor = actor_of(role, release)
    response = session_of(actor).get(f"{url_of(actor, release)}{SLUG_OF[verb]}/")
    rows = [row for row in RELEASE.transitions if row.verb == verb]
    if role not in rows[0].by or (role, verb) == ("reseau", "sign"):
        expected = 404
    elif not RELEASE.allows(state, verb, role):
        expected = 409
    else:
        expected = 200
    assert response.status_code == expected
    assert Entry.objects.about(release).count() == 0


@pytest.mark.parametrize("role", ["employeur", "reseau"])
def test_approving_a_release_generates_the_agreement_and_emails_the_parties(
    role: str, session_of: Session
) -> None:
    release = ReleaseFactory()
    actor = actor_of(role, release)
    url = f"{url_of(actor, release)}accorder/"
    assert send(session_of(actor), url, scheme="MCP").url == url_of(actor, release)
    now = again(release)
    assert (now.state, now.scheme, now.agreement is not None) == ("approved", "MCP", True)
    entry = Entry.objects.about(release).get(verb="approve")
    assert entry.acting_for == (str(release.employer) if role == "reseau" else "")
    assert subjects(release) == {f"Convention à signer : {release.proposal.need.title}"}


def test_the_approval_page_lists_the_effects_of_approving_a_release(session_of: Session) -> None:
    release = ReleaseFactory()
    actor = actor_of("reseau", release)
    text = session_of(actor).get(f"{url_of(actor, release)}accorder/").content.decode()
    for words in ("Ce qui va se passer", "Convention à signer", f"parole de {release.employer}"):
        assert words in text


def test_refusing_a_release_ends_its_proposal_and_saves_the_reason(session_of: Session) -> None:
    release = ReleaseFactory()
    actor = actor_of("employeur", release)
    url = f"{url_of(actor, release)}refuser/"
    client = session_of(actor)
    assert send(client, url, reason="").status_code == 422
    assert again(release).state == "asked"
    assert send(client, url, reason="Service trop chargé.").status_code == 302
    now = again(release)
    assert (now.state, now.refusal) == ("refused", "Service trop chargé.")
    assert now.proposal.state == "lost"
    assert f"Accord de l’employeur refusé : {release.proposal.need.title}" in subjects(release)


def test_the_last_signature_of_the_parties_concludes_the_agreement(session_of: Session) -> None:
    release = confirmed()
    for role in ("expert", "association", "employeur"):
        actor = actor_of(role, release)
        url = f"{url_of(actor, release)}signer/"
        assert again(release).state == "approved"
        response = send(session_of(actor), url, agreed="on")
        assert response.status_code == 302
        assert session_of(actor).get(url).status_code in (403, 409)
    now = again(release)
    assert (now.state, len(now.current_signatures)) == ("agreed", 3)
    assert {each.sha256 for each in now.current_signatures} == {now.agreement.document.sha256}
    assert f"Convention signée : {release.proposal.need.title}" in subjects(release)


def test_signing_before_the_agreement_is_generated_is_refused_with_the_reason(
    session_of: Session,
) -> None:
    release = ReleaseFactory(scheme="MCP", state="approved")
    actor = actor_of("expert", release)
    client, url = session_of(actor), f"{url_of(actor, release)}signer/"
    assert "La convention n’est pas encore établie." in client.get(url).content.decode()
    place = release.signatories.get(party="expert")
    typed = {"version": release.version, "shown": stamp_of(place), "agreed": "on"}
    assert client.post(url, typed).status_code == 409
    assert again(release).current_signatures == []


def test_the_network_confirms_a_leave_scheme_once_on_a_page_with_its_articles_and_answers(
    session_of: Session,
) -> None:
    release = approved()
    employer = actor_of("employeur", release)
    actions.answer_questions(release, by=employer, values={"employer.taxed_on_profit": True})
    actor = actor_of("reseau", release)
    client, url = session_of(actor), f"{url_of(actor, release)}cadre/"
    text = client.get(url).content.decode()
    for words in ("Mécénat de compétences", "R8241-2", "Pièces à faire", employer.name):
        assert words in text, words
    assert send(client, url).status_code == 302
    assert again(release).confirmed_by == actor.name
    typed = {"version": again(release).version}
    assert (client.get(url).status_code, client.post(url, typed).status_code) == (200, 409)


def test_an_employer_answers_leave_questions_and_the_page_shows_who_answered(
    session_of: Session,
) -> None:
    release = ReleaseFactory()
    actor = actor_of("employeur", release)
    client, url = session_of(actor), f"{url_of(actor, release)}repondre/"
    typed = {"employer_taxed_on_profit": "yes", "mission_travel_days": "2"}
    assert send(client, url, **typed).status_code == 302
    page = client.get(url_of(actor, release)).content.decode()
    assert "Combien de jours de voyage avant le premier jour sur place ?" in page
    assert actor.name in page
    association = actor_of("association", release)
    other = session_of(association).get(url_of(association, release)).content.decode()
    assert "imposée en France sur son bénéfice réel ? <strong>" not in other


def test_a_scheme_closed_today_is_shown_disabled_with_its_reason(session_of: Session) -> None:
    release = ReleaseFactory()
    actor = actor_of("employeur", release)
    page = html.fromstring(
        session_of(actor).get(f"{url_of(actor, release)}accorder/").content.decode()
    )
    disabled = page.xpath("//input[@name='scheme' and @disabled]/@value")
    assert "MAD" in disabled and "MCP" not in disabled


@pytest.mark.parametrize("role", ["employeur", "reseau"])
def test_the_pages_of_a_release_return_404_to_another_organisation(
    role: str, session_of: Session
) -> None:
    release = ReleaseFactory()
    own = (
        employer_actor(EmployerFactory())
        if role == "employeur"
        else officer_actor(NetworkFactory())
    )
    client = session_of(own)
    for page in ("", "accorder/", "refuser/", "convention/"):
        url = f"{url_of(own, release)}{page}"
        assert client.get(url).status_code == 404, page
    for page in ("accorder/", "refuser/"):
        assert client.post(f"{url_of(own, release)}{page}", {"version": 0}).status_code == 404, page


def test_refusing_a_release_from_a_stale_page_returns_409_and_keeps_the_reason(
    session_of: Session,
) -> None:
    release = ReleaseFactory(version=2)
    actor = actor_of("employeur", release)
    response = session_of(actor).post(
        f"{url_of(actor, release)}refuser/", {"version": 1, "reason": "Trop de départs en mai."}
    )
    assert (response.status_code, again(release).state) == (409, "asked")
    assert "Trop de départs en mai." in response.content.decode()


def test_the_release_page_runs_as_many_queries_with_named_signatories_as_without(
    session_of: Session, django_assert_num_queries: Any
) -> None:
    release = granted(ReleaseFactory())
    actor = actor_of("reseau", release)
    client, url = session_of(actor), url_of(actor, release)
    client.get(url)
    for party in ("", "association", "employeur"):
        for place in places(release, party):
            given = {"name": "Ida Roc", "email": f"{party}@exemple.test", "capacity": "maire"}
            actions.name_signatory(place, by=actor, **given)
        with django_assert_num_queries(23):
            client.get(url)
