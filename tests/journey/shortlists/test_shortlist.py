"""Shortlists follow each change of profiles and proposals; pages of shortlists and comparisons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.travel_advice.models import Advice
from explor.journey.needs.models import Need
from explor.journey.proposals import actions as proposals
from explor.journey.shortlists import engine
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    MemberFactory,
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


def expert_of(network: Network, **values: Any) -> Expert:
    return ExpertFactory(network=network, employer=EmployerFactory(network=network), **values)


def ranked(need: Need, *, aside: bool = False) -> list[int]:
    return [line.expert.pk for line in engine.shortlist(need, aside=aside).lines]


def blocked(need: Need) -> list[tuple[str, ...]]:
    return [line.candidate.blocked_by for line in engine.shortlist(need, aside=True).lines]


def test_the_profile_closest_to_the_need_is_ranked_first(need: Need) -> None:
    other = expert_of(need.network, job="Comptable", summary="Je tiens des comptes.", skills=[])
    good = expert_of(need.network)
    assert ranked(need) == [good.pk, other.pk]


def test_changing_the_profile_of_an_expert_changes_the_next_shortlist(need: Need) -> None:
    one, two = expert_of(need.network), expert_of(need.network)
    first, second = ranked(need)
    last = one if second == one.pk else two
    changes = {"experiences": "Formation de fontainières à Madagascar\nCarnets d’entretien"}
    experts.describe(last, by=expert_actor(last), changes=changes)
    assert ranked(need) == [last.pk, first]


def test_removing_an_availability_makes_the_expert_ineligible_in_the_next_shortlist(
    need: Need,
) -> None:
    expert = expert_of(need.network)
    assert ranked(need) == [expert.pk]
    experts.remove_availability(expert.availabilities.get(), by=expert_actor(expert))
    assert (ranked(need), blocked(need)) == ([], [("dates",)])


def test_an_expert_who_withdrew_consent_is_in_no_shortlist(need: Need) -> None:
    expert = expert_of(need.network)
    assert ranked(need) == [expert.pk]
    experts.withdraw_consent(expert, network=need.network, by=expert_actor(expert))
    assert (ranked(need), ranked(need, aside=True)) == ([], [])


def test_a_proposal_agreed_for_another_need_uses_the_days_and_load_of_the_expert(
    need: Need,
) -> None:
    expert = expert_of(need.network)
    assert ranked(need) == [expert.pk]
    other = NeedFactory(network=need.network, state="admissible")
    ProposalFactory(
        decision=DecisionFactory(need=other), expert=expert, agreed=True,
        start=need.window_start, end=need.window_end,
    )  # fmt: skip
    assert blocked(need) == [("load", "dates")]


def test_the_days_freed_by_a_mission_are_available_in_the_next_shortlist(need: Need) -> None:
    expert = expert_of(need.network, load=3)
    other = DecisionFactory(need=NeedFactory(network=need.network, state="admissible"))
    proposal = ProposalFactory(
        decision=other, expert=expert, agreed=True, start=need.window_start, end=need.window_end
    )
    assert blocked(need) == [("dates",)]
    officer = officer_actor(need.network)
    third = need.window_start + timedelta(days=2)
    proposals.free_days(proposal, by=officer, since=third)
    [line] = engine.shortlist(need).lines
    assert [line.is_free(day, day) for day in (need.window_start, third)] == [False, True]
    proposals.free_days(proposal, by=officer, since=need.window_start)
    [line] = engine.shortlist(need).lines
    assert line.is_free(need.window_start, need.window_end)
    proposals.hold_days(proposal, by=officer)
    assert blocked(need) == [("dates",)]


def test_a_member_of_the_association_is_ineligible_for_its_needs(need: Need) -> None:
    expert = expert_of(need.network)
    assert ranked(need) == [expert.pk]
    MemberFactory(organisation=need.association, person=expert.person)
    assert blocked(need) == [("conflict",)]


def test_a_place_closed_by_travel_advice_makes_every_expert_ineligible(need: Need) -> None:
    expert_of(need.network)
    Advice.objects.create(
        country=need.country, place=need.place, place_key="fenoarivo",
        zone="R", read_on=timezone.localdate(), url="https://exemple.test", read_by_name="Nour",
    )  # fmt: skip
    lines = engine.shortlist(need, aside=True).lines
    assert lines[0].candidate.blockers == (
        "Le pays est fermé aux départs (Fenoarivo, Madagascar).",
    )


def url(by: Actor, name: str, need: Need) -> str:
    return reverse(f"shortlists:reseau_{name}", args=[by.key, need.pk])


def test_searching_a_shortlist_by_name_shows_why_an_expert_is_ineligible(
    need: Need, session_of: Sessions
) -> None:
    by = officer_actor(need.network)
    expert = expert_of(need.network, load=0)
    client = session_of(by)
    page = client.get(f"{url(by, 'shortlist', need)}?voir=ecartes&q={expert.person.name[:9]}")
    assert "La personne a déjà toutes les missions" in page.content.decode()
    none = client.get(f"{url(by, 'shortlist', need)}?voir=ecartes&q=zzz")
    assert "Personne de ce nom ici" in none.content.decode()


def test_the_comparison_page_shows_experts_side_by_side(need: Need, session_of: Sessions) -> None:
    by = officer_actor(need.network)
    one, two = expert_of(need.network), expert_of(need.network, load=0)
    stranger = expert_of(NetworkFactory())
    query = "&".join(f"avec={pk}" for pk in (one.pk, two.pk, stranger.pk, 0))
    page = session_of(by).get(f"{url(by, 'compare', need)}?{query}").content.decode()
    assert "Comparer 2 personnes" in page
    assert one.person.name in page and two.person.name in page
    assert stranger.person.name not in page
    assert "Une mission de plus que prévu." in page


def test_comparing_fewer_than_two_experts_shows_how_to_select_them(
    need: Need, session_of: Sessions
) -> None:
    by = officer_actor(need.network)
    for query in ("", "avec=x", "avec=99999999999999999999"):
        page = session_of(by).get(f"{url(by, 'compare', need)}?{query}").content.decode()
        assert "Cochez deux personnes au moins" in page


@pytest.mark.parametrize("size", [3, 40])
def test_the_page_of_a_shortlist_stays_within_its_query_limit_at_any_size(
    size: int,
    need: Need,
    session_of: Sessions,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    by = officer_actor(need.network)
    for _ in range(size):
        expert_of(need.network)
    client = session_of(by)
    client.get(url(by, "shortlist", need))
    with django_assert_max_num_queries(20):
        client.get(url(by, "shortlist", need))
