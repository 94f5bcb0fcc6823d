"""The smallest changes that would make a candidate suitable, with the new score."""

from dataclasses import replace
from datetime import date

import pytest
from engines.matching.ranking.test_rank import CALL, FIT, NEED
from hypothesis import given, settings
from hypothesis import strategies as st

from explor.engines.matching import Change, Expert, Language, Need, Period, Scheme, rank


def changes(expert: Expert, need: Need = NEED) -> tuple[Change, ...]:
    return rank(need, [expert], CALL)[0].fits_if


def texts(expert: Expert, need: Need = NEED) -> list[str]:
    return [change.change for change in changes(expert, need)]


def test_no_profile_change_is_proposed_for_a_suitable_candidate() -> None:
    assert changes(FIT) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"languages": (Language(code="pt", level="A2"),)}, ["Portugais A2 → B1."]),
        ({"languages": ()}, ["Portugais B1."]),
        ({"network": "centraider"}, ["Accord de la personne pour le réseau resacoop."]),
        ({"load": 0}, ["Une mission de plus que prévu."]),
        (
            {"schemes": (Scheme(code="csi", verdict="closed"),)},
            ["Un cadre de départ ouvert."],
        ),
        (
            {"schemes": (Scheme(code="csi", verdict="closed"),), "employer": "Ateliers"},
            ["Un cadre de départ ouvert avec l'employeur."],
        ),
        (
            {"availability": (Period(start=date(2027, 3, 5), end=date(2027, 3, 11)),)},
            [
                "3 jours de disponibilité en plus (du 2 mars 2027 au 11 mars 2027).",
            ],
        ),
        (
            {"availability": (Period(start=date(2027, 6, 3), end=date(2027, 6, 30)),)},
            [
                "Fenêtre du besoin élargie de 12 jours (du 1er mars 2027 au 12 juin 2027).",
                "10 jours de disponibilité en plus (du 1er mars 2027 au 10 mars 2027).",
            ],
        ),
        (
            {"load": 0, "languages": ()},
            ["Une mission de plus que prévu et portugais B1."],
        ),
        ({"conflicts": ("puits",)}, []),
        ({"conflicts": ("puits",), "load": 0}, []),
    ],
)
def test_each_rule_that_is_not_met_has_its_smallest_sufficient_change(
    change: dict[str, object], expected: list[str]
) -> None:
    assert sorted(texts(replace(FIT, **change))) == sorted(expected)


def test_no_profile_change_is_proposed_for_a_need_in_a_closed_country() -> None:
    assert texts(FIT, replace(NEED, country="SY")) == []


def test_the_score_of_a_proposed_change_equals_the_score_after_making_it() -> None:
    low = replace(FIT, languages=(Language(code="pt", level="A2"),))
    (change,) = changes(low)
    made = replace(FIT, languages=(Language(code="pt", level="B1"),))
    assert change.score == pytest.approx(rank(NEED, [made], CALL)[0].score, abs=1e-9)


def test_proposed_changes_are_sorted_by_decreasing_new_score() -> None:
    low = replace(
        FIT,
        text="Comptable",
        skills=(),
        countries=(),
        sectors=(),
        missions_done=4,
        languages=(Language(code="pt", level="B1"),),
    )
    proposed = changes(low)
    assert proposed[0].change == "Compétence « hydraulique » confirmée."
    assert [c.score for c in proposed] == sorted((c.score for c in proposed), reverse=True)


levels = st.sampled_from(["A1", "A2", "B1", "B2"])


@given(st.integers(0, 80), st.integers(0, 30), levels, st.integers(0, 1))
@settings(max_examples=80, deadline=None)
def test_a_change_is_proposed_to_every_ineligible_candidate_who_can_meet_the_rules(
    first: int, length: int, level: str, load: int
) -> None:
    start = date.fromordinal(NEED.window.start.toordinal() + first)
    end = date.fromordinal(start.toordinal() + length)
    expert = replace(
        FIT,
        availability=(Period(start=start, end=end),),
        languages=(Language(code="pt", level=level),),
        load=load,
    )
    candidate = rank(NEED, [expert], CALL)[0]
    assert bool(candidate.fits_if) or candidate.eligible
    for change in candidate.fits_if:
        assert 0 <= change.score <= 1


WINDOW = Period(start=date(2027, 3, 1), end=date(2027, 5, 31))


def test_leave_verdicts_given_with_a_need_replace_those_of_the_expert() -> None:
    closed = Scheme(code="csi", verdict="closed")
    expert = replace(FIT, schemes=(Scheme(code="csi", verdict="open"),))
    with_scheme = replace(NEED, schemes={expert.id: (closed,)})
    assert rank(NEED, [expert], CALL)[0].eligible
    candidate = rank(with_scheme, [expert], CALL)[0]
    assert candidate.blocked_by == ("scheme",)
    assert texts(expert, with_scheme) == ["Un cadre de départ ouvert."]


def test_a_mission_begins_after_the_filing_date_of_the_leave_for_its_need() -> None:
    late = Scheme(code="csi", verdict="open", file_by=date(2027, 4, 1))
    need = Need(id="n", window=WINDOW, days=10, schemes={"e": (late,)})
    expert = Expert(id="e", availability=(WINDOW,))
    assert rank(need, [expert], CALL)[0].start == date(2027, 4, 2)
