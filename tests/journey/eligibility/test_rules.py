"""The result of each rule of eligibility: yes, no or to be checked, with a sentence."""

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from explor.actors.networks.models import Network
from explor.actors.organisations.models import Organisation
from explor.actors.organisations.states import State as Membership
from explor.journey.calls.models import Call
from explor.journey.calls.states import State
from explor.journey.eligibility import rules
from explor.journey.eligibility.forms import RuleForm
from explor.journey.eligibility.rules import RULES, Answer, Case, Rule, evaluate
from explor.journey.needs.models import Need

ON = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
YES: Answer = (True, "")
OF_ASSOCIATION = {"founded_on", "headcount", "department", "cer_signed_on", "general_interest"}


def call(**fields: Any) -> Call:
    opens = datetime(2027, 1, 1, tzinfo=UTC)
    given = {"network": Network(), "opens_at": opens, "closes_at": None, "state": State.OPEN}
    return Call(**given | fields)


def case(made: Call | None = None, at: datetime = ON, others: int = 0, **facts: Any) -> Case:
    state = facts.pop("state", Membership.VERIFIED)
    own = {name: facts.pop(name) for name in OF_ASSOCIATION & facts.keys()}
    association = Organisation(state=state, **own)
    facts = {"min_days": 7, "max_days": 15, **facts}
    need = Need(call=made or call(), association=association, **facts)
    return Case(need=need, at=at, others=others)


def read(code: str, value: Any, **facts: Any) -> Answer:
    return RULES[code].read(value, case(**facts))


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
def test_the_age_of_an_association_is_counted_on_the_day_of_filing(
    founded: date | None, answer: Answer
) -> None:
    assert read("age", 2, founded_on=founded) == answer


def test_age_of_an_association_founded_on_29_february_is_counted_on_the_28th() -> None:
    born = {"founded_on": date(2024, 2, 29)}
    assert read("age", 1, at=datetime(2025, 2, 28, 9, tzinfo=UTC), **born) == YES
    assert read("age", 1, at=datetime(2025, 2, 27, 9, tzinfo=UTC), **born) == (
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
def test_the_size_rule_of_a_call_fails_above_the_maximum_headcount(
    jobs: int | None, answer: Answer
) -> None:
    assert read("taille", 20, headcount=jobs) == answer


def test_the_region_rule_fails_when_the_seat_is_in_another_region() -> None:
    assert read("regions", ["84", "24"], department="45") == YES
    assert read("regions", ["84"], department="75") == (
        False,
        "Le siège est en Île-de-France : l’appel ne couvre pas la région.",
    )
    assert read("regions", ["84"])[0] is None


def test_the_country_rule_fails_when_the_call_does_not_cover_the_country() -> None:
    assert read("pays", ["MG", "SN"], country="SN") == YES
    assert read("pays", ["MG"], country="SN") == (False, "L’appel ne couvre pas ce pays : Sénégal.")
    assert read("pays", ["MG"])[0] is None


@pytest.mark.parametrize(
    ("country", "at", "answer"),
    [
        ("MG", ON, YES),
        ("NR", datetime(2025, 12, 31, 12, tzinfo=UTC), YES),
        # In Paris it is already 1 January.
        (
            "NR",
            datetime(2025, 12, 31, 23, 30, tzinfo=UTC),
            (False, "Nauru n’est pas sur la liste du CAD au 01/01/2026."),
        ),
        ("RO", ON, (False, "Roumanie n’est pas sur la liste du CAD au 01/03/2027.")),
        ("PA", ON, (None, "Panama : sa place sur la liste du CAD au 01/03/2027 est à vérifier.")),
        ("", ON, (None, "Le pays de la mission n’est pas renseigné.")),
    ],
)
def test_the_official_aid_rule_uses_the_list_of_countries_on_the_day_of_filing(
    country: str, at: datetime, answer: Answer
) -> None:
    assert RULES["aide-publique"].read(True, case(at=at, country=country)) == answer


def test_the_notice_rule_fails_when_the_window_opens_too_early() -> None:
    assert read("preavis", 90, window_start=date(2027, 5, 30)) == YES
    assert read("preavis", 90, window_start=date(2027, 5, 29)) == (
        False,
        "La fenêtre s’ouvre trop tôt : pas avant le 30/05/2027.",
    )
    assert read("preavis", 90)[0] is None


def test_the_commitment_and_general_interest_rules_read_the_facts_of_the_association() -> None:
    assert read("engagement", True, cer_signed_on=date(2024, 1, 1)) == YES
    assert read("engagement", True)[0] is False
    assert read("interet-general", True, general_interest=True) == YES
    assert read("interet-general", True, general_interest=False)[0] is False
    assert read("interet-general", True)[0] is None


FULL = {
    "days": 10,
    "window_start": date(2027, 6, 1),
    "window_end": date(2027, 6, 10),
    "filed_at": ON,
}


def results(made: Call, **facts: Any) -> dict[str, rules.RuleResult]:
    others = facts.pop("others", 1)
    made_case = case(made, others=others, **FULL | facts)
    evaluated = evaluate(made_case.need, at=made_case.at, others=others)
    return {each.code: each for each in evaluated}


def verdicts(made: Call, **facts: Any) -> dict[str, bool | None]:
    return {code: each.holds for code, each in results(made, **facts).items()}


def test_common_rules_are_evaluated_on_a_call_that_sets_no_rule() -> None:
    codes = ["verifiee", "dates", "duree", "fenetre", "nombre"]
    assert verdicts(call()) == dict.fromkeys(codes, True)


@pytest.mark.parametrize(
    ("code", "facts", "holds", "why"),
    [
        (
            "verifiee",
            {"state": Membership.SUSPENDED},
            False,
            "La vérification de l’association par son réseau n’est pas à jour.",
        ),
        # The network accepts the association even while its yearly check is late.
        ("verifiee", {"state": Membership.LAPSED}, True, ""),
        (
            "dates",
            {"at": datetime(2026, 12, 31, 9, tzinfo=UTC)},
            False,
            "Déposé hors des dates de l’appel.",
        ),
        ("duree", {"days": 6}, False, "6 jours : l’appel demande 7 à 15."),
        ("duree", {"days": 7}, True, ""),
        ("duree", {"days": None}, None, "La durée n’est pas renseignée."),
        ("fenetre", {"days": 11}, False, "La fenêtre est plus courte que la mission."),
        ("fenetre", {"window_end": None}, None, "La fenêtre ou la durée n’est pas renseignée."),
        (
            "fenetre",
            {"window_start": date(2027, 3, 1)},
            False,
            "La fenêtre doit commencer après le 01/03/2027.",
        ),
        (
            "nombre",
            {"others": 2},
            False,
            "L’association a déjà déposé 2 besoins sur cet appel, qui en permet 2.",
        ),
    ],
)
def test_each_common_eligibility_rule_returns_its_result_and_the_reason(
    code: str, facts: dict[str, Any], holds: bool | None, why: str
) -> None:
    result = results(call(), **facts)[code]
    assert (result.holds, result.why) == (holds, why)


def test_the_duration_rule_uses_the_bounds_of_the_need_not_of_its_call() -> None:
    assert verdicts(call(min_days=12), days=10)["duree"] is True


def test_the_dates_rule_of_a_rolling_call_passes_at_any_date() -> None:
    late = {"at": datetime(2028, 1, 1, tzinfo=UTC), "window_start": date(2028, 6, 1)}
    assert verdicts(call(rolling=True), **late, window_end=date(2028, 7, 1))["dates"] is True


def test_the_dates_rule_of_a_draft_fails_after_the_call_is_closed() -> None:
    closed = call(state=State.CLOSED)
    assert verdicts(closed, filed_at=None)["dates"] is False
    assert verdicts(closed)["dates"] is True


def test_the_dates_rule_passes_when_an_officer_waived_the_deadline() -> None:
    need = case(call(closes_at=datetime(2027, 2, 1, tzinfo=UTC)), **FULL).need
    late, waived = (
        {r.code: r.holds for r in evaluate(need, at=ON, others=0, deadline_waived=waived)}["dates"]
        for waived in (False, True)
    )
    assert (late, waived) == (False, True)


def test_an_optional_rule_is_evaluated_only_when_the_call_switches_it_on() -> None:
    made = call(eligibility={"age": 2})
    assert verdicts(made, founded_on=date(2026, 1, 1))["age"] is False
    assert "age" not in verdicts(call())


def test_the_function_conditions_of_returns_the_rules_of_a_call_as_sentences() -> None:
    made = call(eligibility={"pays": ["MG", "SN"], "age": 1}, travel_days_count=True)
    assert rules.conditions_of(made) == [
        "L’association est vérifiée par son réseau.",
        "La mission dure de 7 à 15 jours sur place, voyage compris.",
        "Chaque association dépose 2 besoins au plus sur cet appel.",
        "L’association existe depuis 1 an au moins.",
        "La mission a lieu dans l’un de ces pays : Madagascar, Sénégal.",
    ]


def test_evaluating_eligibility_does_not_change_the_need() -> None:
    need = case(call(state=State.CLOSED, eligibility={"pays": ["SN"]}), **FULL, country="MG").need
    parts = (need, need.call, need.association)
    before = [deepcopy({k: v for k, v in vars(part).items() if k != "_state"}) for part in parts]
    evaluate(need, at=ON, others=3, deadline_waived=True)
    after = [{k: v for k, v in vars(part).items() if k != "_state"} for part in parts]
    assert after == before


def test_an_eligibility_rule_added_to_the_list_is_evaluated_and_has_a_form_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added = Rule(
        code="contexte",
        label="Longueur du contexte",
        kind="number",
        unit="signes au moins",
        help="Un contexte de quelques lignes.",
        explain=lambda least: f"Le contexte compte {least} signes au moins.",
        read=lambda least, case: (
            len(case.need.context) >= least,
            "Contexte trop court.",
        ),
    )
    monkeypatch.setitem(RULES, added.code, added)
    made = call(eligibility={"contexte": 20})
    assert rules.conditions_of(made)[-1] == "Le contexte compte 20 signes au moins."
    assert RuleForm(subject=made, rule=added).fields["value"].label == "Signes au moins"
    result = results(made, context="Court.")["contexte"]
    assert (result.label, result.holds, result.why) == (added.label, False, "Contexte trop court.")
