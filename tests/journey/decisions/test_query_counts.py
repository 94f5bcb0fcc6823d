"""Pages of the committee run as many queries with thirty needs as with one."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.journey.calls.models import Criterion
from explor.journey.committees.models import CommitteeMember, Opinion, Recusal, Score
from factories import (
    CallFactory,
    CommitteeMemberFactory,
    DecisionFactory,
    MeetingFactory,
    NeedFactory,
    committee_actor,
    officer_actor,
    wearing,
)

SEATS, MANY = 12, 30
# The number of queries of each page, for the chair and for the network.
COMMITTEE = {
    "": 7,
    "dossiers/": 10,
    "lecture/": 10,
    "liens/": 6,
    "dossiers/{need}/": 14,
    "appels/{call}/classement/": 15,
    "seances/{meeting}/": 18,
    "seances/{meeting}/dossiers/{need}/": 22,
}
NETWORK = {
    "appels/{call}/classement/": 12,
    "seances/{meeting}/": 23,
    "seances/{meeting}/dossiers/{need}/": 19,
    "appels/{call}/comite/": 15,
    "appels/{call}/annonces/": 8,
    "decisions/{need}/": 9,
}


@pytest.fixture
def large(db: None, settings: Any) -> tuple[CommitteeMember, list[Criterion]]:
    settings.EXPLOR_DEMO = True
    call = CallFactory()
    seats = CommitteeMemberFactory.create_batch(SEATS, call=call)
    CommitteeMember.objects.filter(pk=seats[0].pk).update(chair=True)
    criteria = [Criterion.objects.create(call=call, label=f"C{n}", weight=n) for n in (1, 2, 3)]
    meeting = MeetingFactory(call=call, state="open")
    meeting.present.set(seats)
    return CommitteeMember.objects.get(pk=seats[0].pk), criteria


def fill(chair: CommitteeMember, criteria: list[Criterion], count: int) -> None:
    """Add needs on which every member gave an opinion, except one who is recused."""
    needs = NeedFactory.create_batch(
        count, call=chair.call, network=chair.call.network, state="admissible"
    )
    seats = list(chair.call.committee.order_by("pk"))
    for at, need in enumerate(needs):
        DecisionFactory(need=need, state="to_decide", verdict="", announced_at=None)
        aside = seats[1 + at % (SEATS - 1)]
        Recusal.objects.create(member=aside, need=need, reason="Un ami.")
        opinions = Opinion.objects.bulk_create(
            Opinion(
                member=seat, need=need, verdict="favourable", score=Decimal(10 + at % 9),
                comment="Solide.", final_at=need.created_at,
            )
            for seat in seats
            if seat != aside
        )  # fmt: skip
        Score.objects.bulk_create(
            Score(opinion=opinion, criterion=criterion, level=3)
            for opinion in opinions
            for criterion in criteria
        )


def counts(chair: CommitteeMember) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many queries each page runs, for the chair and for the network."""
    call, need = chair.call, chair.call.needs.order_by("pk").first()
    assert need is not None
    keys = {"call": call.pk, "meeting": call.meetings.get().pk, "need": need.pk}
    member = wearing(committee_actor(chair))
    officer = wearing(officer_actor(call.network))
    return (
        {
            route: query_count(member, f"/comite/{call.slug}/{route.format(**keys)}")
            for route in COMMITTEE
        },
        {
            route: query_count(officer, f"/reseau/{call.network.slug}/{route.format(**keys)}")
            for route in NETWORK
        },
    )


def query_count(browser: Client, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200, url
    return len(captured)


def test_pages_of_the_committee_run_a_fixed_number_of_queries_for_1_or_30_needs(
    large: tuple[CommitteeMember, list[Criterion]],
) -> None:
    chair, criteria = large
    fill(chair, criteria, 1)
    assert counts(chair) == (COMMITTEE, NETWORK)
    fill(chair, criteria, MANY - 1)
    assert counts(chair) == (COMMITTEE, NETWORK)
