"""Conditions that block a clearance or a departure, each alone, and what lifts them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from explor.ground.travel_advice.models import Advice
from explor.journey.budgets.models import BudgetLine
from explor.journey.missions import rules
from explor.journey.missions.engine import passport_needed_until
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.releases.models import Release
from factories import association_actor, employer_actor, expert_actor, officer_actor
from support.missions import advise, item_of, on, prepared, undo

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def blockers(mission: Mission) -> list[str]:
    fresh = Mission.objects.get(pk=mission.pk)
    return rules.blockers_to_clear(fresh, timezone.localdate())


def sentence(mission: Mission) -> str:
    return rules.advice_on(mission, timezone.localdate()).sentence


def set_until(mission: Mission, code: str, days: int | None) -> None:
    until = None if days is None else mission.end + timedelta(days=days)
    for item in ChecklistItem.objects.filter(mission=mission, code=code):
        item.valid_until = until
        item.save()


def test_a_fully_prepared_mission_has_no_blocker() -> None:
    assert blockers(prepared()) == []


CASES: dict[str, tuple[Callable[[Mission], object], str]] = {
    "unsigned": (
        lambda m: Release.objects.filter(pk=m.release_id).update(state="approved"),
        "La convention n’est pas signée par toutes les parties.",
    ),
    "expert lost": (
        lambda m: Release.objects.filter(pk=m.release_id).update(state="ended"),
        "Le départ n’est plus accordé : annulez la mission, la recherche reprend.",
    ),
    "tickets": (
        lambda m: undo(m, "tickets"),
        "Il manque : Billets achetés (l’association).",
    ),
    "24 h contact": (
        lambda m: undo(m, "emergency"),
        "Il manque : Contact d’urgence joignable 24 h sur 24, essayé (le réseau).",
    ),
    "no budget": (
        lambda m: BudgetLine.objects.update(planned=0),
        "Le budget n’a aucune ligne prévue.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_unmet_condition_of_a_clearance_gives_its_own_blocker_message(name: str) -> None:
    mission = prepared()
    spoil, expected = CASES[name]
    spoil(mission)
    assert blockers(mission) == [expected]


def test_an_optional_checklist_step_does_not_block_the_clearance() -> None:
    mission = prepared()
    undo(mission, "training")
    assert blockers(mission) == []


@pytest.mark.parametrize(("short", "held"), [(0, False), (1, True)])
def test_a_passport_expiring_within_six_months_of_the_return_blocks_the_clearance(
    short: int, held: bool
) -> None:
    mission = prepared()
    needed = passport_needed_until(mission.end)
    passport = ChecklistItem.objects.get(mission=mission, code="passport")
    passport.valid_until = needed - short * DAY
    passport.save()
    expected = f"Le passeport doit être valable jusqu’au {needed:%d/%m/%Y} au moins."
    assert blockers(mission) == ([expected] if held else [])


def test_a_passport_without_an_expiry_date_blocks_the_clearance() -> None:
    mission = prepared()
    set_until(mission, "passport", None)
    assert len(blockers(mission)) == 1


@pytest.mark.parametrize(("code", "name"), [("visa", "Le visa"), ("insurance", "L’assurance")])
def test_a_visa_or_insurance_expiring_before_the_return_blocks_the_clearance(
    code: str, name: str
) -> None:
    mission = prepared()
    set_until(mission, code, 0)
    assert blockers(mission) == []
    set_until(mission, code, -1)
    until = f"{mission.end:%d/%m/%Y}"
    assert blockers(mission) == [f"{name} doit être valable jusqu’au {until} au moins."]


def test_missing_or_outdated_travel_advice_blocks_the_clearance() -> None:
    mission = prepared()
    Mission.objects.filter(pk=mission.pk).update(place="Antsirabe")
    mission.refresh_from_db()
    unread = "Les conseils aux voyageurs n’ont pas été relevés pour ce lieu."
    assert blockers(mission) == [f"Conseils aux voyageurs : {unread}"]
    advise(mission, days=-200)
    assert blockers(mission) == [f"Conseils aux voyageurs : {sentence(mission)}"]
    advise(mission)
    assert blockers(mission) == []


def test_orange_travel_advice_blocks_the_clearance_without_written_reasons() -> None:
    mission = prepared()
    advise(mission, "O")
    expected = f"Le réseau écrit pourquoi, en donnant le feu vert : {sentence(mission)}"
    assert blockers(mission) == [expected]
    Mission.objects.filter(pk=mission.pk).update(override="Le site est à l’écart.")
    assert blockers(mission) == []


@pytest.mark.parametrize(("zone", "status"), [("R", "open"), ("V", "closed")])
def test_red_or_closed_advice_blocks_clearance_unless_a_named_authority_overrides_it(
    zone: str, status: str
) -> None:
    mission = prepared()
    advise(mission, zone, status=status)
    stop = f"Arrêt : {sentence(mission)} Seule une autorité nommée peut déroger, par écrit."
    assert blockers(mission) == [stop]
    Mission.objects.filter(pk=mission.pk).update(override="Raison impérative.")
    assert blockers(mission) == [stop]
    Mission.objects.filter(pk=mission.pk).update(override="", override_by="Le préfet")
    assert blockers(mission) == [stop]
    Mission.objects.filter(pk=mission.pk).update(override="Accord du 3 mars.")
    assert blockers(mission) == []


@pytest.mark.parametrize(
    ("leaves_in", "day", "open_"),
    [
        *((3, 0, False), (2, 0, True), (0, 0, True), (-9, 0, True), (-10, 0, False)),
        *((-5, -8, False), (-5, -7, True), (-5, -5, True), (-30, -21, True), (-30, -20, False)),
    ],
)
def test_a_departure_can_be_recorded_from_two_days_before_the_start_until_the_last_day(
    leaves_in: int, day: int, open_: bool
) -> None:
    mission = prepared(leaves_in=leaves_in, state="cleared")
    advise(mission, days=leaves_in - 5)
    reason = (
        f"Le départ est prévu le {mission.start:%d/%m/%Y} : il se note entre le "
        f"{mission.start - 2 * DAY:%d/%m/%Y} et le {mission.end:%d/%m/%Y}."
    )
    assert rules.missing_to_depart(mission, on(day), on(0)) == ([] if open_ else [reason])


def test_a_departure_in_the_future_cannot_be_recorded() -> None:
    mission = prepared(leaves_in=1, state="cleared")
    assert rules.missing_to_depart(mission, on(1), on(0)) == [
        "Ce jour est à venir : donnez un jour passé, ou aujourd’hui."
    ]


def test_a_past_departure_is_checked_against_the_travel_advice_of_its_day() -> None:
    mission = prepared(leaves_in=-40, state="cleared")
    advise(mission, "O")
    advise(mission, days=-45)
    assert rules.missing_to_depart(mission, on(-40), on(0)) == []
    Advice.objects.filter(read_on__lt=on(0)).update(read_on=on(-90))
    [reason] = rules.missing_to_depart(mission, on(-40), on(0))
    assert reason.startswith("Conseils aux voyageurs : ")


@pytest.mark.parametrize(
    ("departed", "day", "expected"),
    [
        (-6, -6, ""),
        (-6, 0, ""),
        (-6, -7, "Ce jour précède le départ, qui a eu lieu le {day}."),
        (-6, 1, "Ce jour est à venir : donnez un jour passé, ou aujourd’hui."),
        (None, -5, ""),
        (None, -6, "Ce jour précède le départ, prévu le {day}."),
    ],
)
def test_the_recorded_return_of_a_mission_must_be_between_its_departure_and_today(
    departed: int | None, day: int, expected: str
) -> None:
    left = None if departed is None else on(departed)
    mission = prepared(leaves_in=-5, state="away", departed_on=left)
    reason = expected.format(day=f"{left or mission.start:%d/%m/%Y}")
    assert rules.missing_to_return(mission, on(day), on(0)) == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("start", "days", "count"), [(60, 7, 0), (60, 15, 0), (60, 6, 1), (60, 16, 1), (0, 10, 1)]
)
def test_new_dates_of_a_mission_must_be_future_and_within_the_allowed_duration(
    start: int, days: int, count: int
) -> None:
    mission = prepared()
    missing = rules.missing_to_move(mission, on(start), on(start + days - 1), on(0))
    assert len(missing) == count


@pytest.mark.parametrize(
    ("code", "roles"),
    [
        ("visa", ["reseau", "expert"]),
        ("tickets", ["reseau", "association"]),
        ("emergency", ["reseau"]),
        ("briefing", ["reseau"]),
    ],
)
@pytest.mark.parametrize("state", ["preparing", "cleared", "away", "cancelled"])
def test_a_checklist_step_can_be_ticked_by_its_party_or_the_network_until_departure(
    code: str, roles: list[str], state: str
) -> None:
    mission = prepared(state=state)
    actors = [
        officer_actor(mission.network),
        expert_actor(mission.expert),
        association_actor(mission.association),
        employer_actor(mission.employer),
    ]
    item = item_of(mission, code)
    may = [actor.role for actor in actors if rules.can_tick(actor, item)]
    assert may == (roles if state in ("preparing", "cleared") else [])
