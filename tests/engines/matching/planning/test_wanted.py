"""Profiles to recruit for needs with empty seats, confirmed by solving the plan again."""

from dataclasses import replace

from engines.matching.planning.test_plan import expert, need
from engines.matching.seasons import CALL, season
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explor.engines.matching import Language, plan, would_serve
from explor.engines.matching.planning._recruitment import _profile_of

PORTUGUESE = (Language(code="pt", level="B1"),)
SHORT = [
    need("a", skills=("agronomie",), languages=PORTUGUESE, network="r"),
    need("b", skills=("agronomie",), languages=PORTUGUESE, network="r"),
    need("c", skills=("budget",), network="r"),
]
PEOPLE = [expert("ines", skills=("budget",), network="r")]


def test_the_profile_to_recruit_that_makes_the_most_needs_possible_comes_first() -> None:
    best = plan(SHORT, PEOPLE, CALL).wanted[0]
    assert best.expertise == "agronomie · portugais B1 · mars 2027 · réseau r"
    assert (best.value, best.needs) == (2, ("a", "b"))
    assert best.text == (
        "Agronomie · portugais B1 · mars 2027 · réseau r : 2 besoins deviennent possibles."
    )


def test_no_profile_to_recruit_is_listed_without_empty_seats_or_when_none_is_wanted() -> None:
    assert plan([], PEOPLE, CALL).wanted == ()
    assert plan(SHORT, PEOPLE, replace(CALL, wanted=0)).wanted == ()


def test_the_function_would_serve_returns_the_needs_that_the_trades_of_an_employer_suit() -> None:
    found = plan(SHORT, PEOPLE, CALL)
    assert would_serve(["Agronomie", "soudure"], SHORT, found, CALL) == ("a", "b")
    assert would_serve(["budget"], SHORT, found, CALL) == ()


# Here a recruit who speaks a team language changes which needs have a team at all.
@example(421)
# Here the missions of an expert that a recruit frees cannot all have dates.
@example(511)
@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_adding_a_person_with_a_profile_to_recruit_fills_one_more_seat(seed: int) -> None:
    needs, experts = season(seed, 6, 10)
    call = replace(CALL, one_per_employer=False)
    found = plan(needs, experts, call)
    people = dict(_profile_of(need) for need in needs)
    for wanted in found.wanted:
        recruit = replace(people[wanted.expertise], id="recrue")
        after = plan(needs, [*experts, recruit], call)
        assert len(after.assignments) >= len(found.assignments) + 1
