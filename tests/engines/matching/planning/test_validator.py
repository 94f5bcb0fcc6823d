"""The validator reports each fault introduced in a valid plan, and no other."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from explor.engines.matching import (
    Expert,
    Language,
    Need,
    Period,
    Placement,
    Plan,
    Reserve,
    Scheme,
    Settings,
    Unfilled,
    faults_of,
)

TODAY = date(2027, 1, 10)
SPRING = Period(start=date(2027, 3, 1), end=date(2027, 4, 30))
CALL = Settings(today=TODAY, closed_countries=frozenset({"Mali"}))
NEEDS = (
    Need(
        id="puits", window=SPRING, days=10, seats=2, network="aura", country="Madagascar",
        association="Rivages", languages=(Language(code="fr", level="B1"),),
        team_languages=(Language(code="pt", level="B1"),),
    ),
    Need(id="budget", window=SPRING, days=10, seats=1),
    Need(id="vide", window=SPRING, days=10, seats=1),
)  # fmt: skip
FRENCH = (Language(code="fr", level="C1"),)
EXPERTS = (
    Expert(id="ines", availability=(SPRING,), network="aura", employer="Mairie", load=2,
           languages=(*FRENCH, Language(code="pt", level="B2")),
           schemes=(Scheme(code="csi", verdict="open", file_by=date(2027, 2, 1)),)),
    Expert(id="omar", availability=(SPRING,), network="sud", shared_with=("aura",),
           employer="Usine", languages=FRENCH),
    Expert(id="zoe", availability=(SPRING,), network="aura", languages=FRENCH),
)  # fmt: skip


def place(need: str, expert: str, start: int = 1, month: int = 3, score: float = 0.5) -> Placement:
    first = date(2027, month, start)
    return Placement(
        need=need, expert=expert, start=first, end=date(2027, month, start + 9), score=score
    )


SOUND = Plan(
    status="optimal",
    objective=1.5,
    bound=1.5,
    gap=0.0,
    seed=0,
    assignments=(
        place("puits", "ines"),
        place("puits", "omar"),
        place("budget", "ines", 20),
    ),
    reserves=(Reserve(need="budget", experts=("zoe",), places=(place("budget", "zoe"),)),),
    unfilled=(Unfilled(need="vide", missing=1, reasons=("Personne.",)),),
    fairness={"mode": "pair", "floor": 0.5},
)


def faults(plan: Plan = SOUND, **changed: Any) -> list[str]:
    values: dict[str, Any] = {"needs": NEEDS, "experts": EXPERTS, "settings": CALL, **changed}
    return faults_of(plan, **values)


def with_first(**changes: Any) -> Plan:
    first, *others = SOUND.assignments
    return replace(SOUND, assignments=(replace(first, **changes), *others))


def with_need(**changes: Any) -> tuple[Need, ...]:
    return (replace(NEEDS[0], **changes), *NEEDS[1:])


def with_expert(at: int, **changes: Any) -> tuple[Expert, ...]:
    return tuple(replace(e, **changes) if k == at else e for k, e in enumerate(EXPERTS))


def test_a_valid_plan_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (with_first(need="ailleurs"), ["ailleurs/ines: unknown need or expert"]),
        (with_first(expert="absente"), ["puits/absente: unknown need or expert"]),
        (with_first(end=date(2027, 3, 11)), ["puits/ines: wrong length"]),
        (with_first(end=date(2027, 3, 9)), ["puits/ines: wrong length"]),
        (
            with_first(start=date(2027, 2, 28), end=date(2027, 3, 9)),
            ["puits/ines: outside the window", "puits/ines: outside the availability"],
        ),
        (
            with_first(start=date(2027, 4, 22), end=date(2027, 5, 1)),
            ["puits/ines: outside the window", "puits/ines: outside the availability"],
        ),
        (
            with_first(start=date(2027, 3, 11), end=date(2027, 3, 20)),
            ["ines: puits and budget overlap"],
        ),
        (with_first(score=0.6), ["objective is not the sum of the scores"]),
        (
            with_first(score=0.4),
            ["objective is not the sum of the scores", "a score under the floor"],
        ),
        (replace(SOUND, bound=1.4), ["bound under the objective"]),
        (replace(SOUND, unfilled=()), ["vide: empty seats not listed"]),
        (
            replace(SOUND, unfilled=(Unfilled(need="vide", missing=2, reasons=()),)),
            ["vide: empty seats not listed"],
        ),
        (
            replace(
                SOUND,
                objective=2.0,
                bound=2.0,
                assignments=(*SOUND.assignments, place("budget", "zoe", 12)),
                reserves=(),
            ),
            ["budget: more people than seats"],
        ),
        (
            replace(
                SOUND,
                assignments=(*SOUND.assignments[:2], place("puits", "omar")),
                unfilled=(*SOUND.unfilled, Unfilled(need="budget", missing=1, reasons=())),
            ),
            [
                "puits: more people than seats",
                "puits/omar: twice",
                "omar: beyond the load",
                "omar: puits and puits overlap",
                "puits: two people of Usine",
            ],
        ),
        (
            replace(
                SOUND,
                reserves=(
                    Reserve(
                        need="budget", experts=("ines",), places=(place("budget", "ines", 1, 4),)
                    ),
                ),
            ),
            ["ines: main and reserve of budget"],
        ),
        (
            replace(
                SOUND,
                reserves=(
                    Reserve(
                        need="budget", experts=("omar",), places=(place("budget", "omar", 10),)
                    ),
                ),
            ),
            ["omar: reserve of budget on busy days"],
        ),
    ],
)
def test_the_validator_reports_each_fault_introduced_in_a_valid_plan(
    plan: Plan, expected: list[str]
) -> None:
    assert faults(plan) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"needs": with_need(country="Mali")},
            ["puits/ines: closed country", "puits/omar: closed country"],
        ),
        ({"experts": with_expert(0, conflicts=("Rivages",))}, ["puits/ines: conflict of interest"]),
        ({"experts": with_expert(0, conflicts=("puits",))}, ["puits/ines: conflict of interest"]),
        ({"experts": with_expert(1, shared_with=())}, ["puits/omar: no consent for the network"]),
        ({"bans": [("puits", "omar")]}, ["puits/omar: banned"]),
        (
            {"experts": with_expert(1, languages=(Language(code="fr", level="A2"),))},
            ["puits/omar: language"],
        ),
        (
            {"experts": with_expert(0, schemes=(Scheme(code="csi", verdict="closed"),))},
            [
                "puits/ines: no leave scheme for this start",
                "budget/ines: no leave scheme for this start",
            ],
        ),
        (
            {
                "experts": with_expert(
                    0, schemes=(Scheme(code="csi", verdict="open", file_by=date(2027, 3, 1)),)
                )
            },
            ["puits/ines: no leave scheme for this start"],
        ),
        (
            {"needs": with_need(schemes={"ines": (Scheme(code="csi", verdict="closed"),)})},
            ["puits/ines: no leave scheme for this start"],
        ),
        ({"experts": with_expert(1, employer="Mairie")}, ["puits: two people of Mairie"]),
        (
            {"experts": with_expert(0, languages=(*FRENCH, Language(code="pt", level="A2")))},
            ["puits: nobody in the team speaks pt"],
        ),
        ({"experts": with_expert(0, load=1)}, ["ines: beyond the load"]),
        (
            {"pins": [("vide", "zoe"), ("budget", "omar")]},
            ["budget/omar: pin not kept", "vide/zoe: pin not kept"],
        ),
        ({"settings": replace(CALL, reserve_load=0)}, ["zoe: too many reserves"]),
    ],
)
def test_the_validator_reports_each_rule_of_eligibility_broken_by_a_plan(
    changed: dict[str, Any], expected: list[str]
) -> None:
    assert faults(**changed) == expected


def test_an_exception_allowed_by_the_settings_or_by_a_pin_is_not_a_fault() -> None:
    unshared = with_expert(1, shared_with=())
    assert faults(experts=unshared, settings=replace(CALL, shared_reserve=True)) == []
    same = with_expert(1, employer="Mairie")
    assert faults(experts=same, settings=replace(CALL, one_per_employer=False)) == []
    beginner = with_expert(1, languages=(Language(code="fr", level="A2"),))
    pinned = replace(SOUND, objective=1.0, bound=1.0)
    assert faults(pinned, experts=beginner, pins=[("puits", "omar")]) == []
