"""The actions that take or free a seat update the count of the need, with its row locked."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.missions import actions as missions
from explor.journey.needs.models import Need
from explor.journey.planning.selectors import needs_to_fill
from explor.journey.proposals import actions, pages
from explor.journey.proposals.models import Proposal, ReserveEntry
from explor.journey.releases import actions as releases
from explor.journey.shortlists.selectors import missions_to_fill, searched
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    MissionFactory,
    NeedFactory,
    ProposalFactory,
    ReleaseFactory,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db

REASON = "Un imprévu."


@pytest.fixture
def need() -> Need:
    return DecisionFactory(need=NeedFactory(state="admissible", seats=2)).need


def expert_of(need: Need) -> Expert:
    return ExpertFactory(network=need.network, employer=EmployerFactory(network=need.network))


def seats(need: Need) -> tuple[int, int]:
    """Return the numbers of taken and free seats of a need."""
    return Need.objects.values_list("taken_seats", "free_seats").get(pk=need.pk)


def introduce(need: Need, expert: Expert | None = None, *, after: int = 0) -> Proposal:
    start: date = need.window_start + timedelta(days=after)  # type: ignore[operator]
    return actions.introduce(
        need=need,
        expert=expert or expert_of(need),
        start=start,
        end=start + timedelta(days=9),
        by=officer_actor(need.network),
        override="Elle connaît le pays.",
    )


def recall(made: Proposal) -> None:
    actions.recall(made, by=officer_actor(made.need.network), reason=REASON)


def decline(made: Proposal) -> None:
    actions.decline(made, party="expert", by=expert_actor(made.expert), reason=REASON)


def lapse(made: Proposal) -> None:
    past = timezone.now() - timedelta(hours=1)
    Proposal.objects.filter(pk=made.pk).update(answer_by=past)
    actions.lapse(made, by=SYSTEM)


def lose(made: Proposal) -> None:
    Proposal.objects.filter(pk=made.pk).update(state="agreed")
    actions.lose(made, by=SYSTEM, reason=REASON)


def free(made: Proposal) -> None:
    Proposal.objects.filter(pk=made.pk).update(state="agreed")
    actions.free(made, by=SYSTEM, reason=REASON)


def test_creating_a_proposal_takes_a_seat_of_its_need(need: Need) -> None:
    assert seats(need) == (0, 2)
    introduce(need)
    assert seats(need) == (1, 1)


@pytest.mark.parametrize("end", [recall, decline, lapse, lose, free])
def test_every_way_of_ending_a_proposal_frees_its_seat_only_once(
    end: Callable[[Proposal], None], need: Need
) -> None:
    made, _ = introduce(need), introduce(need)
    assert seats(need) == (2, 0)
    end(made)
    assert seats(need) == (1, 1)
    made.refresh_from_db()
    with pytest.raises(ActionNotAllowed), transaction.atomic():
        actions.recall(made, by=officer_actor(need.network), reason=REASON)
    assert seats(need) == (1, 1)


def test_accepting_a_proposal_or_changing_its_dates_keeps_its_seat_taken(need: Need) -> None:
    made = introduce(need)
    by = officer_actor(need.network).on_word_of("Nour")
    for party in ("expert", "association", "employeur"):
        actions.accept(made, party=party, by=by)
        assert seats(need) == (1, 1)
    assert made.state == "agreed"
    day = timedelta(days=1)
    actions.move(made, by=SYSTEM, start=made.start + day, end=made.end + day)
    assert seats(need) == (1, 1)


def test_a_refused_action_on_a_proposal_does_not_change_the_taken_seats(need: Need) -> None:
    made = introduce(need)
    with pytest.raises(ActionNotAllowed):
        actions.lapse(made, by=SYSTEM)
    assert seats(need) == (1, 1)


def test_a_proposal_is_refused_when_no_seat_is_free(need: Need) -> None:
    introduce(need), introduce(need)
    with pytest.raises(ActionNotAllowed, match="Toutes les places de ce besoin sont prises"):
        introduce(need)
    assert seats(need) == (2, 0)


def test_the_database_rejects_more_taken_seats_than_a_need_has(need: Need) -> None:
    for taken in (-1, 3):
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(taken_seats=taken)


def test_adding_seats_to_a_need_adds_free_seats(need: Need) -> None:
    introduce(need)
    Need.objects.filter(pk=need.pk).update(seats=F("seats") + 2)
    assert seats(need) == (1, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(seats=0)


def test_a_release_refused_by_the_employer_frees_the_seat() -> None:
    release = ReleaseFactory()
    need = release.proposal.need
    assert seats(need) == (1, 0)
    by = Actor(person=1, name="Nour", role="employeur", scope=release.employer_id)
    releases.refuse(release, by=by, reason=REASON)
    assert seats(need) == (0, 1)


def test_cancelling_a_mission_frees_its_seat() -> None:
    mission = MissionFactory()
    assert seats(mission.need) == (1, 0)
    by = officer_actor(mission.network)
    missions.cancel(mission, by=by, cause="ZONE", reason=REASON)
    assert seats(mission.need) == (0, 1)


def cancel_mission() -> None:
    mission = MissionFactory()
    by = officer_actor(mission.network)
    with CaptureQueriesContext(connection) as caught:
        missions.cancel(mission, by=by, cause="ZONE", reason=REASON)
    assert_need_is_locked_before_the_journal(caught)


def refuse_release() -> None:
    release = ReleaseFactory()
    by = Actor(person=1, name="Nour", role="employeur", scope=release.employer_id)
    with CaptureQueriesContext(connection) as caught:
        releases.refuse(release, by=by, reason=REASON)
    assert_need_is_locked_before_the_journal(caught)


def assert_need_is_locked_before_the_journal(caught: CaptureQueriesContext) -> None:
    statements = [each["sql"] for each in caught]
    journal = next(i for i, sql in enumerate(statements) if sql.startswith('INSERT INTO "audit_'))
    locks = [i for i, sql in enumerate(statements) if '"needs_need"' in sql and "FOR NO KEY" in sql]
    assert locks != [] and locks[0] < journal


@pytest.mark.parametrize("act", [cancel_mission, refuse_release])
def test_cancelling_a_mission_or_refusing_a_release_locks_the_need_before_journaling(
    act: Callable[[], None],
) -> None:
    act()


def test_recalling_a_proposal_locks_its_need_before_the_proposal(need: Need) -> None:
    made = introduce(need)
    with CaptureQueriesContext(connection) as caught:
        recall(made)
    locks = [each["sql"] for each in caught if "FOR " in each["sql"] and "UPDATE" in each["sql"]]
    assert ['"needs_need"' in locks[0], '"proposals_proposal"' in locks[1]] == [True, True]


def test_proposing_an_expert_computes_the_ranking_before_locking_the_need(need: Need) -> None:
    expert = expert_of(need)
    with CaptureQueriesContext(connection) as caught:
        introduce(need, expert)
    statements = [each["sql"] for each in caught]
    lock = next(i for i, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql)
    ranking = [i for i, sql in enumerate(statements) if "hashtextextended" in sql]
    assert ranking != [] and max(ranking) < lock


def test_home_page_public_list_shortlist_and_plan_show_the_same_free_seats(need: Need) -> None:
    by = officer_actor(need.network)
    for left in (2, 1, 0):
        pks = [need.pk] if left else []
        needs = list(missions_to_fill())
        assert [each.pk for each in needs] == pks
        assert [each.free_seats for each in needs] == [left][: len(pks)]
        assert [each.free_seats for each in needs_to_fill(need.network_id)] == [left][: len(pks)]
        assert searched(by).get().free_seats == left
        why = "Une place à pourvoir." if left == 1 else f"{left} places à pourvoir."
        assert [each.why for each in pages.searches_to_do(by)] == [why][: len(pks)]
        if left:
            introduce(need)


def test_a_reserve_entry_ending_within_a_week_is_a_task_while_a_seat_is_free(need: Need) -> None:
    by = officer_actor(need.network)
    today = timezone.localdate()
    for days in (-1, 3, 8):
        until = today + timedelta(days=days)
        ReserveEntry.objects.create(need=need, expert=expert_of(need), rank=1, until=until)
    assert [line.until for line in pages.reserves_ending(by)] == [today + timedelta(days=3)]
    ProposalFactory(need=need, decision=None)
    assert len(pages.reserves_ending(by)) == 1
    ProposalFactory(need=need, decision=None)
    assert pages.reserves_ending(by) == []


def test_keeping_an_expert_in_reserve_again_replaces_only_an_expired_entry(need: Need) -> None:
    by, expert = officer_actor(need.network), expert_of(need)
    today = timezone.localdate()
    ReserveEntry.objects.create(need=need, expert=expert, rank=1, until=today - timedelta(days=1))
    actions.keep_in_reserve(need=need, expert=expert, rank=2, until=today, by=by)
    entries = ReserveEntry.objects.values_list("expert", "rank", "until")
    assert list(entries) == [(expert.pk, 2, today)]
    with pytest.raises(ActionNotAllowed, match="déjà en réserve"):
        actions.keep_in_reserve(need=need, expert=expert, rank=1, until=today, by=by)
