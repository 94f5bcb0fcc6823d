"""Links between the pages of a proposal, its release and its mission, and who must act."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from explor.ground.http.actor import Actor
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of as mission_url
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import next_url, proposal_url, trail_of
from explor.journey.releases import actions as releases
from explor.journey.releases.models import Release
from explor.journey.releases.pages import url_of as release_url
from explor.journey.releases.views.shared import VERBS
from factories import (
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
ROLES = ("expert", "association", "employeur", "reseau")


def actor_of(proposal: Proposal, role: str) -> Actor:
    return {
        "expert": lambda: expert_actor(proposal.expert),
        "association": lambda: association_actor(proposal.need.association),
        "employeur": lambda: employer_actor(proposal.employer),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[role]()


def granted() -> tuple[Proposal, Release, Mission]:
    """Return a proposal whose release is granted, with this release and its mission."""
    proposal = ProposalFactory(agreed=True)
    release = releases.open_release(proposal)
    releases.approve(release, by=employer_actor(release.employer), scheme="CP")
    releases.confirm_scheme(release, by=officer_actor(proposal.need.network))
    return proposal, release, missions.open_mission(release)


def now(actor: Actor, proposal: Proposal) -> str:
    stage = trail_of(actor, Proposal.objects.get(pk=proposal.pk), "")["now"]
    return stage.turn if stage else ""


def links(client: Client, url: str) -> set[str]:
    return set(html.fromstring(client.get(url).content).xpath("//main//a/@href"))


AWAITED = (
    "Signature attendue de l’association et de l’experte ou l’expert, avant le départ du {start}."
)


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_the_proposal_release_and_mission_link_to_one_another(
    role: str, session_of: Session
) -> None:
    proposal, release, mission = granted()
    actor = actor_of(proposal, role)
    pages = [
        proposal_url(actor, proposal), release_url(actor, release), mission_url(actor, mission)
    ]  # fmt: skip
    client = session_of(actor)
    for page in pages:
        assert {each for each in pages if each != page} <= links(client, page)


def test_a_proposal_without_release_shows_only_whose_answer_is_awaited() -> None:
    proposal = ProposalFactory()
    expert, officer = (actor_of(proposal, role) for role in ("expert", "reseau"))
    trail = trail_of(expert, proposal, "")
    assert trail["chips"] == []
    assert now(expert, proposal).startswith("À vous de répondre, avant le ")
    assert now(officer, proposal).startswith("Réponse attendue de l’experte ou l’expert, ")


@pytest.mark.parametrize(
    ("role", "asked", "granted_"),
    [
        ("employeur", "À vous de donner votre accord, avant le {until}.",
         AWAITED),
        ("expert", "Réponse attendue de l’employeur, avant le {until}.",
         "À vous de signer la convention, avant le départ du {start}."),
        ("association", "Réponse attendue de l’employeur, avant le {until}.",
         "À vous de signer la convention, avant le départ du {start}."),
        ("reseau", "Réponse attendue de l’employeur, avant le {until}.",
         AWAITED),
    ],
)  # fmt: skip
def test_each_party_sees_one_sentence_on_who_must_act_now_and_until_when(
    role: str, asked: str, granted_: str
) -> None:
    proposal = ProposalFactory(agreed=True)
    release = releases.open_release(proposal)
    actor = actor_of(proposal, role)
    days = {"until": f"{release.answer_by:%d/%m/%Y}", "start": f"{proposal.start:%d/%m/%Y}"}
    assert now(actor, proposal) == asked.format(**days)
    releases.approve(release, by=employer_actor(release.employer), scheme="CP")
    missions.open_mission(release)
    officer = officer_actor(proposal.need.network)
    confirm = "À vous de confirmer" if role == "reseau" else "Le réseau confirme"
    assert now(actor, proposal) == f"{confirm} le cadre, avant les signatures."
    releases.confirm_scheme(release, by=officer)
    by = employer_actor(release.employer)
    releases.sign(release, by=by, party="employeur")
    assert now(actor, proposal) == granted_.format(**days)


def test_once_all_parties_have_signed_a_proposal_shows_what_the_mission_awaits() -> None:
    proposal, _release, mission = granted()
    Release.objects.update(state="agreed")
    expert = actor_of(proposal, "expert")
    assert now(expert, proposal) == (
        "Chacun termine ses préparatifs, puis le réseau donne le feu vert, avant le départ du "
        f"{mission.start:%d/%m/%Y}."
    )
    assert next_url(expert, proposal) == mission_url(expert, mission)
    Mission.objects.update(state="away")
    said = f"le retour, prévu le {mission.end:%d/%m/%Y}."
    assert now(expert, proposal) == f"À vous de confirmer {said}"
    association = actor_of(proposal, "association")
    assert now(association, proposal) == f"La personne ou le réseau confirme {said}"


def test_the_last_signature_of_an_agreement_redirects_to_the_mission() -> None:
    proposal, release, mission = granted()
    actor = actor_of(proposal, "expert")
    (sign,) = (verb for verb in VERBS.verbs if verb.name == "sign")
    assert sign.leads_to
    assert sign.leads_to(actor, release) == release_url(actor, release)
    Release.objects.update(state="agreed")
    assert sign.leads_to(actor, release) == mission_url(actor, mission)


def test_the_page_of_an_ended_proposal_names_nobody_who_must_act() -> None:
    proposal = ProposalFactory(agreed=True)
    release = releases.open_release(proposal)
    releases.refuse(release, by=employer_actor(release.employer), reason="Trop de travail.")
    assert [now(actor_of(proposal, role), proposal) for role in ROLES] == [""] * 4


def test_the_employer_of_another_proposal_cannot_see_the_stages_of_a_proposal() -> None:
    proposal, _release, _mission = granted()
    other = employer_actor(ProposalFactory().employer)
    assert trail_of(other, proposal, "")["chips"] == []
