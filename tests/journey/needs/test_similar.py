"""What looks like a need, and what was learned there: only what the association may read."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.ground.http.actor import Actor
from explor.journey.needs.models import Need
from explor.journey.needs.pages.similar import like
from explor.journey.reports.models import Recommendation
from factories import DecisionFactory, MissionFactory, NeedFactory

from .test_builder import at, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(need: Need) -> Need:
    """An earlier need of the same association, whose mission recommended something."""
    found: Need = NeedFactory(
        network=need.network,
        association=need.association,
        project=need.project,
        call=need.call,
        title="Former les fontainières d’Ambato",
        state="admissible",
    )
    mission = MissionFactory(release__proposal__decision__need=found)
    Recommendation.objects.create(
        mission=mission, text="Prévoir des joints.", owner="l’équipe", due=date(2027, 1, 1)
    )
    return found


def test_own_needs_are_read_with_their_lessons(need: Need, own: Actor, lived: Need) -> None:
    found = like(need, own)
    assert [(each.title, each.lessons) for each in found] == [
        (lived.title, ["Prévoir des joints."])
    ]
    assert found[0].url == f"/association/{own.key}/besoins/{lived.pk}/"


def test_needs_of_others_are_read_once_announced_without_their_lessons(
    need: Need, own: Actor
) -> None:
    other = NeedFactory(title="Former les fontainières de Toliara", state="admissible")
    mission = MissionFactory(release__proposal__decision__need=other)
    decision = mission.release.proposal.need.decision
    type(decision).objects.update(state="decided")
    assert like(need, own) == []
    type(decision).objects.update(state="announced")
    Recommendation.objects.create(
        mission=mission, text="Entre nous.", owner="l’équipe", due=date(2027, 1, 1)
    )
    found = like(need, own)
    assert [(each.title, each.url, each.lessons) for each in found] == [(other.title, "", [])]


def test_what_does_not_look_alike_is_left_out(need: Need, own: Actor) -> None:
    NeedFactory(
        network=need.network,
        association=need.association,
        project=need.project,
        title="Capitaliser sur le compost urbain",
    )
    DecisionFactory(need__title="Évaluer une bibliothèque")
    assert like(need, own) == []


def test_three_at_most_in_two_queries_and_a_sheet_search(
    member: Client, need: Need, own: Actor, lived: Need
) -> None:
    for number in range(5):
        NeedFactory(
            network=need.network,
            association=need.association,
            project=need.project,
            title=f"Former les fontainières, {number}",
        )
    with CaptureQueriesContext(connection) as expected_version:
        assert len(like(need, own)) == 3
    assert len(expected_version) == 3
    assert "Ce qui ressemble" in words(member.get(at(need, "ecrans/attendus/")))


def test_a_blank_need_looks_like_nothing(need: Need, own: Actor, lived: Need) -> None:
    need.title, need.objectives, need.mission_type, need.country = "x", "", "", ""
    assert like(need, own) == []
