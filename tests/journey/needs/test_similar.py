"""Earlier needs similar to a need, with the lessons that the association may read."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need
from explor.journey.needs.pages.similar import similar_items
from explor.journey.reports.models import Recommendation
from factories import DecisionFactory, MissionFactory, NeedFactory

from .test_builder import at, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(need: Need) -> Need:
    """Return an earlier need of the same association, whose mission left recommendations."""
    earlier_need: Need = NeedFactory(
        network=need.network,
        association=need.association,
        project=need.project,
        call=need.call,
        title="Former les fontainières d’Ambato",
        state="admissible",
    )
    mission = MissionFactory(release__proposal__decision__need=earlier_need)
    Recommendation.objects.create(
        mission=mission, text="Prévoir des joints.", owner="l’équipe", due=date(2027, 1, 1)
    )
    return earlier_need


def test_similar_needs_of_the_same_association_are_listed_with_their_lessons(
    need: Need, own: Actor, earlier: Need
) -> None:
    results = similar_items(need, own)
    assert [(each.title, each.lessons) for each in results] == [
        (earlier.title, ["Prévoir des joints."])
    ]
    assert results[0].url == f"/association/{own.key}/besoins/{earlier.pk}/"


def test_announced_similar_needs_of_other_associations_are_listed_without_lessons(
    need: Need, own: Actor
) -> None:
    other = NeedFactory(title="Former les fontainières de Toliara", state="admissible")
    mission = MissionFactory(release__proposal__decision__need=other)
    decision = mission.release.proposal.need.decision
    type(decision).objects.update(state="decided")
    assert similar_items(need, own) == []
    type(decision).objects.update(state="announced")
    Recommendation.objects.create(
        mission=mission, text="Entre nous.", owner="l’équipe", due=date(2027, 1, 1)
    )
    results = similar_items(need, own)
    assert [(each.title, each.url, each.lessons) for each in results] == [(other.title, "", [])]


def test_a_need_that_is_not_similar_is_not_listed_among_similar_needs(
    need: Need, own: Actor
) -> None:
    NeedFactory(
        network=need.network,
        association=need.association,
        project=need.project,
        title="Capitaliser sur le compost urbain",
    )
    DecisionFactory(need__title="Évaluer une bibliothèque")
    assert similar_items(need, own) == []


def test_three_similar_needs_at_most_are_found_in_three_queries(
    member: Client, need: Need, own: Actor, earlier: Need
) -> None:
    for number in range(5):
        NeedFactory(
            network=need.network,
            association=need.association,
            project=need.project,
            title=f"Former les fontainières, {number}",
        )
    with CaptureQueriesContext(connection) as expected_version:
        assert len(similar_items(need, own)) == 3
    assert len(expected_version) == 3
    assert "Ce qui ressemble" in words(member.get(at(need, "ecrans/attendus/")))


def test_a_blank_need_has_no_similar_need(need: Need, own: Actor, earlier: Need) -> None:
    need.title, need.objectives, need.mission_type, need.country = "x", "", "", ""
    assert similar_items(need, own) == []
