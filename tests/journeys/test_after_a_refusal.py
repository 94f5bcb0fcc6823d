"""After a refusal, the other parties are notified once, and nothing more is asked of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.mail.models import Message
from explor.journey.needs.models import Need
from explor.journey.proposals import actions
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.pages import answers_to_give, proposal_url, steps
from explor.journey.proposals.tasks import lapse_late
from explor.journey.releases import actions as releases
from explor.journey.releases.models import Release
from explor.journey.releases.pages import url_of, waiting_for
from factories import (
    ProposalFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
PARTIES = ("expert", "association", "employeur")
WHY = "Une maladie de mon enfant"  # the reasons that only the network may read
ASKING = ("réponse attendue", "Répondez", "Réponses attendues", "Répondre</a>")


def actors_of(proposal: Proposal) -> dict[str, Actor]:
    return {
        "expert": expert_actor(proposal.expert),
        "association": association_actor(proposal.need.association),
        "employeur": employer_actor(proposal.employer),
        "reseau": officer_actor(proposal.need.network),
    }


def declined_by(party: str) -> Callable[[], Proposal]:
    """Return a function that makes a proposal accepted by one party and declined by `party`."""

    def play() -> Proposal:
        proposal = ProposalFactory()
        by = actors_of(proposal)
        first = next(each for each in PARTIES if each != party)
        actions.accept(proposal, party=first, by=by[first])
        Message.objects.all().delete()
        return actions.decline(proposal, party=party, by=by[party], reason=WHY)

    return play


def lapsed() -> Proposal:
    proposal = ProposalFactory(answer_by=timezone.now() - timedelta(hours=1))
    return actions.lapse(proposal, by=SYSTEM)


def recalled() -> Proposal:
    proposal = ProposalFactory()
    by = actors_of(proposal)["reseau"]
    return actions.recall(proposal, by=by, reason="Le partenaire reporte.")


def lost() -> Proposal:
    proposal = ProposalFactory(agreed=True)
    release = releases.open_release(proposal)
    Message.objects.all().delete()
    actions.lose(proposal, by=actors_of(proposal)["expert"], reason=WHY)
    releases.follow_loss(Proposal.objects.get(pk=proposal.pk))
    assert Release.objects.get(pk=release.pk).state == "ended"
    return proposal


def refused() -> Proposal:
    proposal = ProposalFactory(agreed=True)
    release = releases.open_release(proposal)
    Message.objects.all().delete()
    releases.refuse(release, by=actors_of(proposal)["employeur"], reason=WHY)
    return proposal


ENDS: dict[str, tuple[Callable[[], Proposal], str]] = {
    **{f"declined by {party}": (declined_by(party), "Une partie a dit non") for party in PARTIES},
    "lapsed": (lapsed, "Toutes les réponses ne sont pas venues à temps"),
    "recalled": (recalled, "Le réseau a repris la proposition"),
    "lost": (lost, "La personne ne partira pas"),
    "refused by the employer": (refused, "La personne ne partira pas"),
}


@pytest.fixture(params=ENDS)
def ended(request: pytest.FixtureRequest, db: None) -> tuple[Proposal, str]:
    """Return a proposal that has ended, and the sentence that tells the parties why."""
    play, sentence = ENDS[request.param]
    return Proposal.objects.with_related().get(pk=play().pk), sentence


def test_the_page_of_an_ended_proposal_says_to_each_party_that_no_answer_is_awaited(
    ended: tuple[Proposal, str], session_of: Session
) -> None:
    proposal, sentence = ended
    for role, actor in actors_of(proposal).items():
        text = session_of(actor).get(proposal_url(actor, proposal)).content.decode()
        assert sentence in text
        assert [word for word in ASKING if word in text] == []
        if role != "reseau":
            assert "Vous n’avez plus rien à y répondre." in text
            assert f"{proposal_url(actor, proposal)}repondre/" not in text


def test_home_pages_and_lists_ask_for_no_answer_to_an_ended_proposal(
    ended: tuple[Proposal, str], session_of: Session
) -> None:
    proposal, _ = ended
    for role, actor in actors_of(proposal).items():
        assert waiting_for(actor) == []
        if role == "reseau":
            continue
        assert answers_to_give(actor) == []
        url = proposal_url(actor, proposal).removesuffix(f"{proposal.pk}/")
        text = session_of(actor).get(url).content.decode()
        assert f"{timezone.localtime(proposal.answer_by):%H:%M}</td>" not in text
        assert proposal.need.title in text


def test_the_progress_of_a_need_awaits_no_answer_after_its_proposal_ended(
    ended: tuple[Proposal, str], session_of: Session
) -> None:
    proposal, _ = ended
    need = Need.objects.get(pk=proposal.need_id)
    (step,) = steps(need)
    assert (step.label, step.note) == ("Recherche d’une expertise", "")
    assert need.free_seats == 1
    actors = actors_of(proposal)
    for role in ("reseau", "association"):
        page = f"/{role}/{actors[role].key}/besoins/{need.pk}/"
        text = session_of(actors[role]).get(page).content.decode()
        assert [word for word in ASKING if word in text] == []


def test_only_the_network_sees_the_reason_of_a_refused_proposal(
    ended: tuple[Proposal, str], session_of: Session
) -> None:
    proposal, _ = ended
    actors = actors_of(proposal)
    officers = {each.person.email for each in proposal.need.network.officers.all()}
    assert {each.to for each in Message.objects.all() if WHY in each.body} <= officers
    release = Release.objects.filter(proposal=proposal).first()
    for role in PARTIES:
        client = session_of(actors[role])
        assert WHY not in client.get(proposal_url(actors[role], proposal)).content.decode()
        if release and role != "employeur":
            assert WHY not in client.get(url_of(actors[role], release)).content.decode()


def test_every_party_gets_one_email_that_an_ended_proposal_awaits_no_answer(
    ended: tuple[Proposal, str],
) -> None:
    proposal, _ = ended
    person = proposal.expert.person.email
    told = Message.objects.filter(to=person, kind__startswith="proposals.")
    assert told.exclude(kind__in=("proposals.introduce", "proposals.accept")).count() == 1


def test_no_reminder_about_a_proposal_is_sent_after_a_refusal(ended: tuple[Proposal, str]) -> None:
    Message.objects.all().delete()
    Release.objects.update(answer_by=timezone.localdate(), reminded_on=None)
    releases.remind_employers(timezone.localdate())
    lapse_late(0)
    assert Message.objects.count() == 0


def test_an_employer_is_not_reminded_of_a_proposal_that_just_ended() -> None:
    proposal = ProposalFactory(agreed=True)
    release = releases.open_release(proposal)
    Release.objects.filter(pk=release.pk).update(answer_by=timezone.localdate())
    actions.lose(proposal, by=actors_of(proposal)["expert"], reason=WHY)
    # The job that ends the release has not run yet.
    assert releases.remind_employers(timezone.localdate()) == 0


def test_a_party_to_a_proposal_cannot_see_which_other_party_refused(session_of: Session) -> None:
    proposal = declined_by("employeur")()
    actors = actors_of(proposal)
    shown = {
        role: [
            each["party"]
            for each in session_of(actor).get(proposal_url(actor, proposal)).context["answers"]
        ]
        for role, actor in actors.items()
    }
    own = {role: [role] for role in PARTIES}
    assert shown == {**own, "reseau": list(PARTIES)}
