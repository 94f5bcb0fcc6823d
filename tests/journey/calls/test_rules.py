"""Each rule of eligibility answers yes, no or « to be checked », and says why in words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from explor.journey.calls import rules
from explor.journey.calls.models import Call
from explor.journey.calls.rules import RULES, Answer, Applicant
from explor.journey.calls.states import CALL, State

ON = date(2027, 3, 1)
YES: Answer = (True, "")


def who(**told: Any) -> Applicant:
    return Applicant(on=ON, **told)


def read(code: str, value: Any, **told: Any) -> Answer:
    return RULES[code].read(value, who(**told))


def call(**fields: Any) -> Call:
    opens = datetime(2027, 1, 1, tzinfo=UTC)
    return Call(**{"opens_at": opens, "closes_at": None, "state": State.OPEN} | fields)


@pytest.mark.parametrize(
    ("founded", "answer"),
    [
        (date(2025, 3, 1), YES),
        (date(2020, 2, 29), YES),
        (
            date(2025, 3, 2),
            (False, "L’association est trop récente : 2 ans le 02/03/2027."),
        ),
        (None, (None, "La date de création de l’association n’est pas renseignée.")),
    ],
)
def test_the_age_is_counted_on_the_day(founded: date | None, answer: Answer) -> None:
    assert read("age", 2, founded_on=founded) == answer


def test_an_association_born_on_29_february_has_its_year_on_the_28th() -> None:
    late = Applicant(on=date(2025, 2, 28), founded_on=date(2024, 2, 29))
    assert RULES["age"].read(1, late) == YES
    early = Applicant(on=date(2025, 2, 27), founded_on=date(2024, 2, 29))
    assert RULES["age"].read(1, early) == (
        False,
        "L’association est trop récente : 1 an le 28/02/2025.",
    )


@pytest.mark.parametrize(
    ("jobs", "answer"),
    [
        (0, YES),
        (20, YES),
        (21, (False, "L’association compte 21 emplois, plus que 20.")),
        (None, (None, "L’effectif salarié de l’association n’est pas renseigné.")),
    ],
)
def test_the_size(jobs: int | None, answer: Answer) -> None:
    assert read("taille", 20, headcount=jobs) == answer


def test_the_region_of_the_seat() -> None:
    assert read("regions", ["84", "24"], region="24") == YES
    assert read("regions", ["84"], region="11") == (
        False,
        "Le siège est en Île-de-France : l’appel ne couvre pas la région.",
    )
    assert read("regions", ["84"])[0] is None


def test_the_country_of_the_mission() -> None:
    assert read("pays", ["MG", "SN"], country="SN") == YES
    assert read("pays", ["MG"], country="SN") == (False, "L’appel ne couvre pas ce pays : Sénégal.")
    assert read("pays", ["MG"])[0] is None


def test_the_time_before_the_departure() -> None:
    assert read("preavis", 90, window_start=date(2027, 5, 30)) == YES
    assert read("preavis", 90, window_start=date(2027, 5, 29)) == (
        False,
        "La fenêtre s’ouvre trop tôt : pas avant le 30/05/2027.",
    )
    assert read("preavis", 90)[0] is None


def test_the_switches() -> None:
    assert read("engagement", True, cer_signed_on=date(2024, 1, 1)) == YES
    assert read("engagement", True)[0] is False
    assert read("interet-general", True, general_interest=True) == YES
    assert read("interet-general", True, general_interest=False)[0] is False
    assert read("interet-general", True)[0] is None


FULL = {
    "days": 10,
    "window_start": date(2027, 6, 1),
    "window_end": date(2027, 6, 10),
    "other_needs": 1,
}


def verdicts(made: Call, **told: Any) -> dict[str, bool | None]:
    return {reading.code: reading.holds for reading in rules.read_all(made, who(**FULL | told))}


def test_the_rules_that_are_always_read() -> None:
    codes = ["verifiee", "dates", "duree", "fenetre", "nombre"]
    assert verdicts(call()) == dict.fromkeys(codes, True)


@pytest.mark.parametrize(
    ("code", "told", "holds", "why"),
    [
        (
            "verifiee",
            {"verified": False},
            False,
            "La vérification de l’association par son réseau n’est pas à jour.",
        ),
        ("dates", {"in_time": False}, False, "Déposé hors des dates de l’appel."),
        ("duree", {"days": 6}, False, "6 jours : l’appel demande 7 à 15."),
        ("duree", {"days": 7}, True, ""),
        ("duree", {"days": None}, None, "La durée n’est pas renseignée."),
        ("fenetre", {"days": 11}, False, "La fenêtre est plus courte que la mission."),
        ("fenetre", {"window_end": None}, None, "La fenêtre ou la durée n’est pas renseignée."),
        (
            "nombre",
            {"other_needs": 2},
            False,
            "L’association a déjà déposé 2 besoins sur cet appel, qui en permet 2.",
        ),
    ],
)
def test_each_rule_always_read(
    code: str, told: dict[str, Any], holds: bool | None, why: str
) -> None:
    found = {r.code: r for r in rules.read_all(call(), who(**FULL | told))}[code]
    assert (found.holds, found.why) == (holds, why)


def test_a_rolling_call_has_no_dates_to_miss() -> None:
    assert verdicts(call(rolling=True), in_time=False)["dates"] is True


def test_a_rule_is_read_when_it_is_switched_on() -> None:
    made = call(eligibility={"age": 2})
    assert verdicts(made, founded_on=date(2026, 1, 1))["age"] is False
    assert "age" not in verdicts(call())


def test_the_rules_are_told_in_sentences() -> None:
    made = call(eligibility={"pays": ["MG", "SN"], "age": 1}, travel_days_count=True)
    assert rules.told_rules(made) == [
        "L’association est vérifiée par son réseau.",
        "La mission dure de 7 à 15 jours sur place, voyage compris.",
        "Chaque association dépose 2 besoins au plus sur cet appel.",
        "L’association existe depuis 1 an au moins.",
        "La mission a lieu dans l’un de ces pays : Madagascar, Sénégal.",
    ]


CLOSES = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)  # midday in Paris


@pytest.mark.parametrize(
    ("at", "grace", "receives"),
    [
        (datetime(2027, 3, 1, 10, 59, 59, tzinfo=UTC), 0, True),
        (datetime(2027, 3, 1, 11, 0, 0, tzinfo=UTC), 0, False),
        (datetime(2027, 3, 1, 11, 9, 59, tzinfo=UTC), 10, True),
        (datetime(2027, 3, 1, 11, 10, 0, tzinfo=UTC), 10, False),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), 0, False),
    ],
)
def test_a_deadline_holds_to_the_minute_with_its_grace(
    at: datetime, grace: int, receives: bool
) -> None:
    assert rules.is_receiving(call(closes_at=CLOSES, grace_minutes=grace), at) is receives


def test_only_an_open_call_receives_unless_its_deadline_is_set_aside() -> None:
    closed = call(state=State.CLOSED, closes_at=CLOSES)
    after = datetime(2027, 4, 1, tzinfo=UTC)
    assert not rules.is_receiving(closed, after)
    assert rules.is_receiving(rules.without_deadline(closed), after)
    assert (closed.state, closed.closes_at) == (State.CLOSED, CLOSES)


@pytest.mark.parametrize(
    ("moment", "later"),
    [
        # Midday stays midday in Paris, in winter as in summer.
        (datetime(2027, 3, 1, 11, 0, tzinfo=UTC), datetime(2028, 3, 1, 11, 0, tzinfo=UTC)),
        (datetime(2027, 3, 28, 10, 0, tzinfo=UTC), datetime(2028, 3, 28, 10, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 11, 0, tzinfo=UTC), datetime(2028, 3, 27, 10, 0, tzinfo=UTC)),
        (datetime(2028, 2, 29, 11, 0, tzinfo=UTC), datetime(2029, 2, 28, 11, 0, tzinfo=UTC)),
    ],
)
def test_a_year_later_at_the_same_minute_in_paris(moment: datetime, later: datetime) -> None:
    assert rules.next_year(moment) == later


def test_a_call_opens_with_a_presentation_and_a_closing() -> None:
    assert len(rules.missing_to_open(call())) == 2
    assert rules.missing_to_open(call(presentation="Pour tous.", rolling=True)) == []
    dated = call(presentation="Pour tous.", closes_at=CLOSES)
    with time_machine.travel(CLOSES - timedelta(minutes=1)):
        assert rules.missing_to_open(dated) == []
    with time_machine.travel(CLOSES + timedelta(minutes=1)):
        assert rules.missing_to_open(dated) == [
            "La clôture est passée : déplacez-la avant d’ouvrir l’appel."
        ]


def test_an_ended_call_rests() -> None:
    assert rules.missing_to_change(call()) == []
    assert rules.missing_to_change(call(state=State.ENDED)) == ["Cet appel est terminé."]


def test_the_table_of_a_call() -> None:
    allowed = {triple for triple in CALL.triples() if CALL.allows(*triple)}
    assert allowed == {
        ("draft", "open", "reseau"),
        ("closed", "open", "reseau"),
        ("open", "close", "reseau"),
        ("open", "close", "systeme"),
        ("closed", "end", "reseau"),
    }
