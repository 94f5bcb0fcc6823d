"""Taking back an acceptance given by mistake, unless later steps depend on that acceptance."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.proposals import actions, rules
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import answers_to_give, proposal_url
from explor.journey.releases.actions import approve
from explor.journey.releases.models import Release
from factories import (
    ProposalFactory,
    ReleaseFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
PARTIES = ("expert", "association", "employeur")
BUILT = "L’employeur a déjà répondu : un désistement se signale, un oui ne se retire plus."
REQUEST = {"requested_on": timezone.localdate(), "request_note": "n° 12"}
NOTED = "L’employeur a déjà noté une demande ou une date : un oui ne se retire plus."


def actors_of(proposal: Proposal) -> dict[str, Actor]:
    return {
        "expert": expert_actor(proposal.expert),
        "association": association_actor(proposal.need.association),
        "employeur": employer_actor(proposal.employer),
        "reseau": officer_actor(proposal.need.network),
    }


def again(proposal: Proposal) -> Proposal:
    return Proposal.objects.with_related().get(pk=proposal.pk)


def said(proposal: Proposal) -> dict[str, bool]:
    return {each.party: each.yes for each in again(proposal).answers.all()}


def take_back(proposal: Proposal, party: str, by: Actor | None = None) -> Proposal:
    by = by or actors_of(proposal)[party]
    return actions.take_back(again(proposal), party=party, by=by, reason="Erreur de dossier.")


def mails() -> dict[str, str]:
    """Return the body of each email about an acceptance taken back, by address."""
    return {each.to: each.body for each in Message.objects.filter(kind="proposals.take_back")}


@pytest.mark.parametrize("party", PARTIES)
def test_a_party_takes_back_its_acceptance_before_all_parties_have_answered(party: str) -> None:
    proposal = ProposalFactory()
    actions.accept(proposal, party=party, by=actors_of(proposal)[party])
    take_back(proposal, party)
    assert (again(proposal).state, said(proposal)) == ("proposed", {})
    assert rules.silent(again(proposal)) == list(PARTIES)
    proposal.need.refresh_from_db()
    assert proposal.need.free_seats == 0
    entry = Entry.objects.about(proposal).get(verb="take_back")
    assert (entry.reason, entry.details["party"]) == ("Erreur de dossier.", party)


def test_taking_back_the_last_acceptance_ends_the_request_to_the_employer(
    run_jobs: Callable[[], list[str]],
) -> None:
    proposal = ProposalFactory()
    for party, by in list(actors_of(proposal).items())[:3]:
        actions.accept(again(proposal), party=party, by=by)
    run_jobs()
    assert Release.objects.get(proposal=proposal).state == "asked"
    take_back(proposal, "association")
    run_jobs()
    assert again(proposal).state == "proposed"
    assert said(proposal) == {"expert": True, "employeur": True}
    assert Release.objects.get(proposal=proposal).state == "ended"
    proposal.need.refresh_from_db()
    assert proposal.need.free_seats == 0
    actions.accept(again(proposal), party="association", by=actors_of(proposal)["association"])
    run_jobs()
    assert again(proposal).state == "agreed"
    assert Release.objects.get(proposal=proposal).state == "asked"


def test_after_taking_back_an_acceptance_a_party_has_at_least_two_days_to_answer_again() -> None:
    now = timezone.now()
    late, early = (ProposalFactory(agreed=True, answer_by=now + timedelta(days=n)) for n in (-3, 5))
    for each in (late, early):
        take_back(each, "expert")
    assert again(early).answer_by == early.answer_by
    assert again(late).answer_by >= now + timedelta(days=2)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": "asked"}, None),
        ({"state": "ended"}, None),
        ({"state": "approved", "scheme": "CP"}, BUILT),
        ({"state": "agreed", "scheme": "CP"}, BUILT),
        ({"assembly_on": timezone.localdate()}, NOTED),
        ({**REQUEST, "requested_scheme": "CSI"}, NOTED),
    ],
)
def test_an_acceptance_that_later_steps_depend_on_cannot_be_taken_back(
    fields: dict[str, Any], reason: str | None
) -> None:
    proposal = ReleaseFactory(**fields).proposal
    expected = [] if reason is None else [reason]
    assert rules.missing_to_take_back(again(proposal), "expert") == expected
    if reason:
        with pytest.raises(ActionNotAllowed, match="ne se retire plus"):
            take_back(proposal, "expert")
        assert again(proposal).state == "agreed"


def test_an_acceptance_cannot_be_taken_back_once_other_dates_were_requested() -> None:
    release = ReleaseFactory()
    approve(release, by=employer_actor(release.employer), scheme="CP")
    Release.objects.filter(pk=release.pk).update(state="asked", scheme="")
    assert rules.missing_to_take_back(again(release.proposal), "expert") == [BUILT]


@pytest.mark.parametrize("state", ["declined", "lapsed", "lost", "recalled", "freed"])
def test_an_acceptance_of_an_ended_proposal_cannot_be_taken_back(state: str) -> None:
    proposal = ProposalFactory(agreed=True)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    with pytest.raises(ActionNotAllowed):
        take_back(proposal, "expert")


def test_a_party_that_has_not_accepted_has_nothing_to_take_back() -> None:
    proposal = ProposalFactory()
    with pytest.raises(ActionNotAllowed, match="n’a pas dit oui"):
        take_back(proposal, "expert")


def test_an_officer_takes_back_an_acceptance_only_on_behalf_of_the_party() -> None:
    proposal = ProposalFactory(agreed=True)
    officer = actors_of(proposal)["reseau"]
    with pytest.raises(PermissionDenied):
        take_back(proposal, "expert", officer)
    take_back(proposal, "expert", officer.on_word_of("Camille Aubry"))
    entry = Entry.objects.about(proposal).get(verb="take_back")
    assert (entry.name, entry.acting_for) == (officer.name, "Camille Aubry")
    own = mails()[proposal.expert.person.email]
    assert f"{officer.name}, du réseau, l’a noté pour Camille Aubry." in own


def test_a_party_cannot_take_back_the_acceptance_of_another_party() -> None:
    proposal = ProposalFactory(agreed=True)
    with pytest.raises(PermissionDenied):
        take_back(proposal, "expert", actors_of(proposal)["association"])


def test_only_the_network_receives_the_reason_of_an_acceptance_taken_back() -> None:
    proposal = ProposalFactory(agreed=True)
    by = actors_of(proposal)
    take_back(proposal, "expert", by["expert"])
    with_reason = {to for to, body in mails().items() if "Erreur de dossier." in body}
    told = set(mails())
    officers = {each.person.email for each in proposal.need.network.officers.all()}
    assert with_reason == officers
    assert proposal.expert.person.email in told
    assert len(told) == 3 + len(officers)
    assert all("L’accord formel de l’employeur n’est plus à donner" in b for b in mails().values())


def test_after_taking_back_its_acceptance_a_party_has_a_task_to_answer_again() -> None:
    proposal = ProposalFactory(agreed=True)
    actor = actors_of(proposal)["expert"]
    assert answers_to_give(actor) == []
    take_back(proposal, "expert", actor)
    assert [task.url for task in answers_to_give(actor)] == [proposal_url(actor, proposal)]


@pytest.mark.parametrize("role", PARTIES)
def test_a_party_takes_back_its_acceptance_on_its_page_with_a_reason(
    role: str, session_of: Session
) -> None:
    proposal = ProposalFactory(agreed=True)
    actor = actors_of(proposal)[role]
    client, page = session_of(actor), proposal_url(actor, proposal)
    assert f"{page}retirer-mon-oui/" in client.get(page).content.decode()
    form = client.get(f"{page}retirer-mon-oui/").context["form"]
    data = {"version": form["version"].value(), "idempotency_key": form["idempotency_key"].value()}
    assert client.post(f"{page}retirer-mon-oui/", data).status_code == 422  # blank reason
    done = client.post(f"{page}retirer-mon-oui/", {**data, "reason": "Erreur."}, follow=True)
    assert "Votre oui est retiré" in done.content.decode()
    assert role not in said(proposal)
    assert f"{page}retirer-mon-oui/" not in client.get(page).content.decode()


def test_an_officer_takes_back_an_acceptance_on_the_page_of_the_proposal(
    session_of: Session,
) -> None:
    proposal = ProposalFactory(agreed=True)
    actor = actors_of(proposal)["reseau"]
    client, page = session_of(actor), proposal_url(actor, proposal)
    url = f"{page}reponse/employeur/retirer/"
    assert url in client.get(page).content.decode()
    form = client.get(url).context["form"]
    data = {"version": form["version"].value(), "idempotency_key": form["idempotency_key"].value()}
    typed = {**data, "reason": "Mauvais dossier.", "word_of": "Alix Morel"}
    assert client.post(url, {**typed, "version": 99}).status_code == 409
    assert client.post(url, typed).status_code == 302
    assert said(proposal) == {"expert": True, "association": True}


def test_the_proposal_page_shows_why_an_acceptance_can_no_longer_be_taken_back(
    session_of: Session,
) -> None:
    proposal = ReleaseFactory(state="approved", scheme="CP").proposal
    actor = actors_of(proposal)["expert"]
    url = f"{proposal_url(actor, proposal)}retirer-mon-oui/"
    assert BUILT in session_of(actor).get(url).content.decode()
