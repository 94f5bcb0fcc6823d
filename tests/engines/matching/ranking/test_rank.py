"""Ranking: rules of eligibility with their sentences, parts of the score, and evidence."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explor.engines.matching import Expert, Language, Need, Period, Pool, Scheme, Settings, rank

NEED = Need(
    id="puits",
    title="Entretien de pompes",
    text="Former une équipe au forage et à la maintenance des pompes solaires.",
    skills=("hydraulique",),
    sectors=("14030",),
    languages=(Language(code="pt", level="B1"),),
    country="MG",
    window=Period(start=date(2027, 3, 1), end=date(2027, 5, 31)),
    days=10,
    network="resacoop",
    association="Eaux vives",
)
FIT = Expert(
    id="ines",
    text="Dix ans de forages en zone rurale\nPompes solaires au Mali",
    skills=("hydraulique",),
    sectors=("14030",),
    languages=(Language(code="pt", level="B2"),),
    countries=("MG",),
    availability=(Period(start=date(2027, 3, 5), end=date(2027, 4, 2)),),
    network="resacoop",
)
CALL = Settings(today=date(2027, 1, 10), closed_countries=frozenset({"SY"}))


def verdict(expert: Expert, need: Need = NEED) -> tuple[tuple[str, ...], tuple[str, ...]]:
    candidate = rank(need, [expert], CALL)[0]
    return candidate.blocked_by, candidate.blockers


def test_a_suitable_expert_is_eligible_with_the_first_days_in_common() -> None:
    candidate = rank(NEED, [FIT], CALL)[0]
    assert candidate.blockers == ()
    assert candidate.eligible is True
    assert (candidate.start, candidate.end) == (date(2027, 3, 5), date(2027, 3, 14))


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (
            {"languages": (Language(code="pt", level="A2"),)},
            "language",
            "Portugais B1 demandé, A2 déclaré.",
        ),
        ({"languages": ()}, "language", "Portugais B1 demandé, non déclaré."),
        (
            {"network": "centraider"},
            "consent",
            "La personne n'a pas donné son accord pour le réseau resacoop.",
        ),
        (
            {"load": 0},
            "load",
            "La personne a déjà toutes les missions qu'elle peut accepter.",
        ),
        (
            {"conflicts": ("Eaux vives",)},
            "conflict",
            "Un conflit d'intérêts est déclaré avec cette association.",
        ),
        (
            {"conflicts": ("puits",)},
            "conflict",
            "Un conflit d'intérêts est déclaré avec ce besoin.",
        ),
        (
            {"schemes": (Scheme(code="csi", verdict="closed"),)},
            "scheme",
            "Aucun cadre de départ n'est ouvert.",
        ),
        (
            {"schemes": (Scheme(code="csi", verdict="closed"),), "employer": "Ateliers"},
            "scheme",
            "Aucun cadre de départ n'est ouvert avec l'employeur.",
        ),
        (
            {"schemes": (Scheme(code="csi", verdict="open", file_by=date(2027, 1, 9)),)},
            "scheme",
            "La date limite de dépôt du congé est passée : 9 janvier 2027.",
        ),
        ({"availability": ()}, "dates", "Aucune disponibilité n'est déclarée."),
        (
            {"availability": (Period(start=date(2027, 5, 25), end=date(2027, 6, 30)),)},
            "dates",
            "10 jours de suite demandés entre le 1er mars 2027 et le 31 mai 2027, "
            "7 jours au plus de libre.",
        ),
    ],
)
def test_an_expert_who_fails_a_rule_is_excluded_with_a_sentence(
    change: dict[str, object], code: str, sentence: str
) -> None:
    assert verdict(replace(FIT, **change)) == ((code,), (sentence,))


def test_a_country_closed_by_travel_advice_excludes_every_candidate() -> None:
    need = replace(NEED, country="SY")
    assert verdict(FIT, need) == (("country",), ("Le pays est fermé aux départs (SY).",))


def test_an_expert_who_consented_to_share_with_the_network_is_eligible() -> None:
    assert verdict(replace(FIT, network="centraider", shared_with=("resacoop",))) == ((), ())


def test_a_mission_begins_after_the_filing_date_of_an_open_leave_scheme() -> None:
    schemes = (Scheme(code="csi", verdict="open", file_by=date(2027, 3, 20)),)
    assert rank(NEED, [replace(FIT, schemes=schemes)], CALL)[0].start == date(2027, 3, 21)


def test_adjacent_periods_of_availability_of_an_expert_are_merged() -> None:
    halves = (
        Period(start=date(2027, 3, 1), end=date(2027, 3, 5)),
        Period(start=date(2027, 3, 6), end=date(2027, 3, 10)),
    )
    assert verdict(replace(FIT, availability=halves)) == ((), ())


def test_candidates_are_sorted_by_eligibility_then_score_then_id() -> None:
    other = replace(FIT, id="zoe", text="Comptable", skills=())
    equal = replace(FIT, id="adam")
    refused = replace(FIT, id="abel", load=0)
    order = [c.expert for c in rank(NEED, [refused, other, FIT, equal], CALL)]
    assert order == ["adam", "ines", "zoe", "abel"]


def test_a_quote_contains_the_line_and_its_words_in_common_with_the_need() -> None:
    quotes = {q.line: q.words for q in rank(NEED, [FIT], CALL)[0].quotes}
    assert quotes["Pompes solaires au Mali"] == ("pompes", "solaires")


def test_the_weights_of_parts_absent_from_a_need_are_shared_among_the_others() -> None:
    need = replace(NEED, languages=(), skills=(), sectors=(), country="")
    perfect = replace(FIT, availability=(NEED.window,))
    candidate = rank(need, [perfect], CALL)[0]
    weights = {"text": 0.40, "dates": 0.06, "newcomers": 0.06}
    assert candidate.parts["dates"] == round(weights["dates"] / sum(weights.values()), 6)
    assert {p for p, v in candidate.parts.items() if v} == set(weights)


def test_two_experts_with_the_same_id_raise_an_error() -> None:
    with pytest.raises(ValueError, match="same id"):
        Pool([FIT, FIT], CALL)


def test_a_score_weight_for_an_unknown_part_raises_an_error() -> None:
    with pytest.raises(ValueError, match="charm"):
        rank(NEED, [FIT], replace(CALL, weights={"charm": 1.0}))


def test_a_pool_of_experts_after_an_update_ranks_like_a_new_pool() -> None:
    pool = Pool([FIT, replace(FIT, id="zoe", skills=())], CALL)
    changed = replace(FIT, load=0)
    pool.update(changed)
    new_pool = Pool([changed, replace(FIT, id="zoe", skills=())], CALL)
    assert [c.expert for c in pool.rank(NEED)] == [c.expert for c in new_pool.rank(NEED)]
    assert pool.why(NEED, "ines").blocked_by == ("load",)


days = st.integers(0, 120)
periods = st.builds(
    lambda a, b: Period(
        start=date.fromordinal(date(2027, 2, 1).toordinal() + min(a, b)),
        end=date.fromordinal(date(2027, 2, 1).toordinal() + max(a, b)),
    ),
    days,
    days,
)
experts = st.builds(
    lambda n, text, spans, level, done: Expert(
        id=f"e{n}",
        text=text,
        availability=tuple(spans),
        languages=(Language(code="pt", level=level),),
        missions_done=done,
        network="resacoop",
    ),
    st.integers(0, 10**6),
    st.text(max_size=60),
    st.lists(periods, max_size=3),
    st.sampled_from(["A1", "B1", "C2"]),
    st.integers(0, 3),
)


@given(st.lists(experts, min_size=1, max_size=6, unique_by=lambda e: e.id))
@settings(max_examples=60, deadline=None)
def test_the_weighted_parts_of_a_candidate_add_up_to_the_score(pool: list[Expert]) -> None:
    for candidate in rank(NEED, pool, CALL):
        assert sum(candidate.parts.values()) == candidate.score
        assert 0 <= candidate.score <= 1
        assert candidate.eligible == (candidate.blockers == ())


@given(experts, periods)
@settings(max_examples=100, deadline=None)
def test_more_availability_never_makes_an_expert_ineligible(expert: Expert, more: Period) -> None:
    before = rank(NEED, [expert], CALL)[0]
    after = rank(NEED, [replace(expert, availability=(*expert.availability, more))], CALL)[0]
    assert after.eligible >= before.eligible
    assert after.parts["dates"] >= before.parts["dates"]


@given(st.lists(st.tuples(st.integers(0, 3), experts), max_size=20))
@settings(max_examples=40, deadline=None)
def test_a_pool_after_many_updates_gives_the_blockers_days_and_parts_except_text_of_a_new_pool(
    changes: list[tuple[int, Expert]],
) -> None:
    people = [replace(FIT, id=f"p{k}", text=FIT.text) for k in range(4)]
    pool = Pool(people, CALL)
    for k, changed in changes:
        people[k] = replace(changed, id=f"p{k}", skills=("eau", f"s{k}"), countries=("MG",))
        pool.update(people[k])
    expected = {c.expert: c for c in Pool(people, CALL).rank(NEED)}
    for candidate in pool.rank(NEED):
        other = expected[candidate.expert]
        assert (candidate.blockers, candidate.start) == (other.blockers, other.start)
        assert {p: v for p, v in candidate.parts.items() if p != "text"} == {
            p: v for p, v in other.parts.items() if p != "text"
        }


def test_quoted_words_are_written_as_in_the_profile() -> None:
    need = Need(id="n", window=NEED.window, days=10, title="ORDURES MENAGERES")
    expert = Expert(id="e", text="Collecte des ordures ménagères de l’agglomération")
    quote = rank(need, [expert], CALL)[0].quotes[0]
    assert quote.words == ("ordures", "ménagères")


def test_a_pool_with_other_settings_does_not_change_the_original_pool() -> None:
    pool = Pool([FIT], CALL)
    closed = pool.under(replace(CALL, closed_countries=frozenset({NEED.country})))
    assert closed.rank(NEED)[0].blocked_by == ("country",)
    assert pool.rank(NEED)[0].eligible
    only_dates = pool.under(replace(CALL, weights={"dates": 1.0}))
    dated = only_dates.rank(NEED)[0]
    assert dated.score == dated.parts["dates"] > 0
    pool.update(replace(FIT, load=0))
    assert pool.under(CALL).rank(NEED)[0].blocked_by == ("load",)
