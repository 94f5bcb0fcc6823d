"""Confirmation pages of proposals: announced effects, permissions and redirections."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.mail.models import Message
from explor.journey.needs.models import Need
from explor.journey.proposals.models import Proposal, ReserveEntry
from explor.journey.shortlists.engine import line_of
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    ProposalFactory,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]


@pytest.fixture
def need() -> Need:
    return DecisionFactory(need=NeedFactory(state="admissible")).need


@pytest.fixture
def expert(need: Need) -> Expert:
    return ExpertFactory(network=need.network, employer=EmployerFactory(network=need.network))


@pytest.fixture
def by(need: Need) -> Actor:
    return officer_actor(need.network)


@pytest.fixture
def client(by: Actor, session_of: Sessions) -> Client:
    return session_of(by)


def url(by: Actor, page: str, *args: object) -> str:
    return reverse(f"proposals:reseau_{page}", args=[by.key, *args])


def announced(page: Any) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the effects that a confirmation page lists, and the (recipients, email) pairs."""
    effects = page.context["effects"]
    happens = [each.what for each in effects.happens]
    return happens, [(each.who, each.reads) for each in effects.notified]


def dates_of(need: Need, expert: Expert) -> dict[str, Any]:
    """Return the form values of the dates that the shortlist suggests for this expert."""
    candidate = line_of(need, expert).candidate
    return {"start": candidate.start, "end": candidate.end}


def keep(need: Need, expert: Expert) -> ReserveEntry:
    until = timezone.localdate() + timedelta(days=30)
    return ReserveEntry.objects.create(need=need, expert=expert, rank=1, until=until)


def test_the_confirmation_page_of_a_proposal_lists_its_effects_and_creates_nothing(
    client: Client, by: Actor, need: Need, expert: Expert
) -> None:
    page = client.get(url(by, "introduce", need.pk, expert.pk))
    days = need.network.answer_days
    assert announced(page) == (
        [
            "Une place du besoin est prise, le temps des réponses.",
            "La personne quitte la réserve de ce besoin, si elle y est.",
            "Sans toutes les réponses, la proposition est libérée.",
        ],
        [
            (
                "L’experte ou l’expert, l’association et l’employeur",
                f"« Une mission vous est proposée », votre mot, et {days} jours pour répondre",
            )
        ],
    )
    assert not Proposal.objects.exists()


def test_the_page_to_propose_an_expert_without_employer_announces_no_email_to_an_employer(
    client: Client, by: Actor, need: Need
) -> None:
    alone = ExpertFactory(network=need.network, employer=None)
    page = client.get(url(by, "introduce", need.pk, alone.pk))
    assert announced(page)[1][0][0] == "L’experte ou l’expert, l’association"


def test_sending_a_proposal_takes_a_seat_and_removes_the_expert_from_the_reserve(
    client: Client, by: Actor, need: Need, expert: Expert
) -> None:
    keep(need, expert)
    path = url(by, "introduce", need.pk, expert.pk)
    done = client.post(path, {**dates_of(need, expert), "message": "Bonjour"})
    made = Proposal.objects.get()
    assert done.headers["Location"] == url(by, "proposal", made.pk)
    assert (made.need, made.expert, made.message) == (need, expert, "Bonjour")
    assert Need.objects.get(pk=need.pk).taken_seats == 1
    assert not ReserveEntry.objects.exists()


def test_submitting_a_proposal_twice_from_one_page_creates_one_proposal(
    client: Client, by: Actor, need: Need, expert: Expert
) -> None:
    path = url(by, "introduce", need.pk, expert.pk)
    key = client.get(path).context["form"].fields["idempotency_key"].initial()
    typed = {**dates_of(need, expert), "idempotency_key": str(key)}
    first, second = client.post(path, typed), client.post(path, typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert Proposal.objects.count() == 1


def test_proposing_an_expert_who_declined_before_requires_a_justification(
    client: Client, by: Actor, need: Need, expert: Expert
) -> None:
    ProposalFactory(need=need, decision=None, expert=expert, state="declined")
    path = url(by, "introduce", need.pk, expert.pk)
    assert "Vous passez outre au classement" in client.get(path).content.decode()
    typed = dates_of(need, expert)
    assert client.post(path, typed).status_code == 422
    assert client.post(path, {**typed, "override": "Elle est libre."}).status_code == 302
    assert Proposal.objects.get(state="proposed").override == "Elle est libre."


def test_keeping_an_expert_in_reserve_sends_no_email_and_redirects_to_the_shortlist(
    client: Client, by: Actor, need: Need, expert: Expert
) -> None:
    path = url(by, "keep_in_reserve", need.pk, expert.pk)
    page = client.get(path)
    assert announced(page)[1] == []
    assert page.context["form"].initial == {"rank": 1}
    until = timezone.localdate() + timedelta(days=30)
    done = client.post(path, {"rank": 1, "until": until})
    shortlist = reverse("shortlists:reseau_shortlist", args=[by.key, need.pk])
    assert done.headers["Location"] == shortlist
    assert list(ReserveEntry.objects.values_list("expert", "until")) == [(expert.pk, until)]
    assert not Message.objects.exists()


def test_removing_a_reserve_entry_asks_for_confirmation_and_sends_no_email(
    client: Client, by: Actor, need: Need, expert: Expert
) -> None:
    entry = keep(need, expert)
    path = url(by, "drop_from_reserve", entry.pk)
    page = client.get(path)
    assert (announced(page)[1], page.context["danger"]) == ([], True)
    assert ReserveEntry.objects.count() == 1
    assert client.post(path).status_code == 302
    assert not ReserveEntry.objects.exists()


def test_an_officer_of_another_network_can_neither_propose_nor_change_the_reserve(
    session_of: Sessions, need: Need, expert: Expert
) -> None:
    other = officer_actor(NetworkFactory())
    entry = keep(need, expert)
    client = session_of(other)
    for path in (
        url(other, "introduce", need.pk, expert.pk),
        url(other, "keep_in_reserve", need.pk, expert.pk),
        url(other, "drop_from_reserve", entry.pk),
    ):
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404), path
    assert ReserveEntry.objects.count() == 1


def test_the_page_to_answer_a_proposal_lists_the_effects_of_accepting_and_of_declining(
    session_of: Sessions,
) -> None:
    made = ProposalFactory(expert__employer=EmployerFactory())
    page = session_of(expert_actor(made.expert)).get(
        reverse("proposals:expert_answer", args=[made.pk])
    )
    assert announced(page) == (
        [
            "Un non met fin à la proposition ; la place du besoin est libre.",
            "Avec le dernier oui, la personne est prise à ces dates ; l’accord de l’employeur est "
            "demandé.",
        ],
        [
            ("Le réseau", "chaque réponse ; pour un non, son motif"),
            (
                "L’experte ou l’expert, l’association et son partenaire, l’employeur",
                "après un non, « Une proposition n’aboutit pas », sans le motif ; après le "
                "dernier oui, « La mise en relation est faite »",
            ),
        ],
    )


def test_the_page_to_record_a_phone_answer_says_that_the_party_gets_an_email(
    session_of: Sessions,
) -> None:
    made = ProposalFactory(expert__employer=EmployerFactory())
    by = officer_actor(made.need.network)
    page = session_of(by).get(url(by, "answer", made.pk, "employeur"))
    assert page.context["label"] == "Répondre pour l’employeur"
    assert announced(page)[1][-1] == ("L’employeur", "la réponse enregistrée en son nom")


def test_a_party_that_has_answered_a_proposal_no_longer_sees_the_answer_button(
    session_of: Sessions,
) -> None:
    made = ProposalFactory(expert__employer=EmployerFactory())
    client = session_of(expert_actor(made.expert))
    path = reverse("proposals:expert_proposal", args=[made.pk])
    assert "Répondre" in [each["label"] for each in client.get(path).context["verbs"]]
    answer = reverse("proposals:expert_answer", args=[made.pk])
    assert client.post(answer, {"version": made.version, "said": "oui"}).status_code == 302
    left = [each["label"] for each in client.get(path).context["verbs"]]
    assert left == ["Retirer mon oui", "Répondre aux questions sur les cadres"]
