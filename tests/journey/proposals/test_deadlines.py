"""The deadline of a proposal, read far from Paris."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.proposals import emails
from factories import ProposalFactory, association_actor, expert_actor, officer_actor

pytestmark = pytest.mark.django_db
Session = Callable[[Actor], Client]
UNTIL = "12\xa0mars 2027 à 18:30 (heure de Paris)"


@pytest.fixture
def proposal() -> Any:
    """Return a proposal whose answers are awaited until 13:30 in Pointe-à-Pitre."""
    return ProposalFactory(answer_by=datetime(2027, 3, 12, 17, 30, tzinfo=UTC))


def plain(text: str) -> str:
    return " ".join(text.split(" ")).replace("\xa0", " ")


@pytest.mark.parametrize("actor_of", ["expert", "association", "reseau"])
def test_each_page_of_a_proposal_says_that_its_deadline_is_in_paris(
    actor_of: str, proposal: Any, session_of: Session
) -> None:
    actor = {
        "expert": lambda: expert_actor(proposal.expert),
        "association": lambda: association_actor(proposal.need.association),
        "reseau": lambda: officer_actor(proposal.need.network),
    }[actor_of]()
    root = f"/{actor.role}/{actor.key}/" if actor.key else f"/{actor.role}/"
    page = plain(" ".join(session_of(actor).get(f"{root}propositions/{proposal.pk}/").text.split()))
    assert page.count("le 12 mars 2027 à 18:30") == page.count(plain(UNTIL)) >= 2
    if actor_of != "reseau":
        listed = plain(" ".join(session_of(actor).get(f"{root}propositions/").text.split()))
        assert plain(UNTIL) in listed


def test_the_messages_about_a_proposal_say_that_its_deadline_is_in_paris(proposal: Any) -> None:
    emails.introduced(proposal)
    officer = officer_actor(proposal.need.network)
    emails.taken_back(proposal, "expert", by=officer, reason="Erreur.", was_agreed=False)
    bodies = [plain(message.body) for message in Message.objects.all()]
    said = [body for body in bodies if "12 mars 2027" in body]
    assert len(said) >= 2
    assert all(plain(UNTIL) in body for body in said)
