"""Reasons why a party cannot answer, and why dates do not fit a need."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from explor.journey.needs.models import Need
from explor.journey.proposals import rules
from explor.journey.proposals.models import Answer
from factories import ProposalFactory

ANSWERED = "Cette partie a déjà répondu."
TOO_LATE = "Le délai de réponse est passé : le réseau peut proposer de nouveau."
TOO_LONG_OR_SHORT = "La mission dure de 7 à 15 jours sur place."
NO_WINDOW = "Ce besoin n’a pas de fenêtre de dates."
OUTSIDE = "Les dates sortent de la fenêtre du besoin, du 01/03/2027 au 31/03/2027."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("party", "days", "reasons"),
    [
        ("association", 0, []),
        ("expert", 0, [ANSWERED]),
        ("association", 8, [TOO_LATE]),
        ("expert", 8, [ANSWERED, TOO_LATE]),
    ],
)
def test_a_party_can_answer_a_proposal_only_once_and_before_the_deadline(
    party: str, days: int, reasons: list[str]
) -> None:
    proposal = ProposalFactory()
    Answer.objects.create(proposal=proposal, party="expert", yes=True, by="Camille")
    now = timezone.now() + timedelta(days=days)
    assert rules.missing_to_answer(proposal, party, now) == reasons


@pytest.mark.parametrize(
    ("start", "days", "reasons"),
    [
        (date(2027, 3, 1), 7, []),
        (date(2027, 3, 17), 15, []),
        (date(2027, 3, 1), 6, [TOO_LONG_OR_SHORT]),
        (date(2027, 3, 1), 16, [TOO_LONG_OR_SHORT]),
        (date(2027, 2, 28), 10, [OUTSIDE]),
        (date(2027, 3, 23), 10, [OUTSIDE]),
        (date(2027, 2, 1), 6, [TOO_LONG_OR_SHORT, OUTSIDE]),
    ],
)
def test_mission_dates_must_fit_the_duration_and_the_window_of_the_need(
    start: date, days: int, reasons: list[str]
) -> None:
    need = Need(min_days=7, max_days=15, window_start=date(2027, 3, 1))
    need.window_end = date(2027, 3, 31)
    end = start + timedelta(days=days - 1)
    assert rules.blockers_of_dates(need, start, end, date(2027, 1, 1)) == reasons


@pytest.mark.parametrize(("today", "refused"), [(9, False), (10, True), (11, True)])
def test_a_mission_whose_first_day_has_come_is_not_proposed(today: int, refused: bool) -> None:
    need = Need(min_days=7, max_days=15, window_start=date(2027, 3, 1))
    need.window_end = date(2027, 3, 31)
    day = date(2027, 3, today)
    reasons = rules.blockers_of_dates(need, date(2027, 3, 10), date(2027, 3, 20), day)
    assert reasons == (["Le premier jour n’est plus à venir : choisissez-en un autre."] * refused)


def test_answers_are_awaited_until_the_first_day_of_the_mission_at_the_latest() -> None:
    """The clocks change on 28 March 2027: the first day begins at midnight in Paris."""
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    given = timedelta(days=7)
    assert rules.time_to_answer(given, date(2027, 6, 1), now) == now + given
    first = rules.time_to_answer(given, date(2027, 3, 29), now)
    assert first == datetime(2027, 3, 28, 22, tzinfo=UTC)


@pytest.mark.parametrize("missing", ["window_start", "window_end"])
def test_no_dates_fit_a_need_without_the_start_or_the_end_of_its_window(missing: str) -> None:
    window = {"window_start": date(2027, 3, 1), "window_end": date(2027, 3, 31), missing: None}
    need = Need(min_days=7, max_days=15, **window)
    assert rules.blockers_of_dates(need, date(2027, 3, 1), date(2027, 3, 10), date(2027, 1, 1)) == [
        NO_WINDOW
    ]
