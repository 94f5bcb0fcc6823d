"""Properties of the text part of the score, for any text, order and language."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explor.engines.matching import Expert, Need, Period, Pool, Settings, rank, score_texts
from explor.engines.matching.text import TextIndex, words
from explor.engines.matching.text._pooling import BEST, Groups
from explor.engines.matching.text._texts import UNITS, joined_units
from explor.engines.matching.text._words import is_question, language_of

from .test_texts import ENGLISH, NEEDS, PROFILES

WINDOW = Period(start=date(2027, 3, 1), end=date(2027, 5, 31))
CALL = Settings(today=date(2027, 1, 10))
NEED = Need(id="n", window=WINDOW, days=5, title="Pompes", text=NEEDS[0])
ODD = [
    "",
    " ",
    "le la les de",
    "x" * 10_000,
    "pompe " * 2_000,
    "a\0b",
    "\U0001f4a7 \U0001f469",
    "?",
]


def people(texts: list[str]) -> list[Expert]:
    return [Expert(id=f"e{k}", text=t, availability=(WINDOW,)) for k, t in enumerate(texts)]


@pytest.mark.parametrize("odd", ODD)
def test_an_unusual_profile_gets_a_score_and_does_not_displace_the_best_profile(odd: str) -> None:
    found = rank(NEED, people([*PROFILES, odd]), CALL)
    assert len(found) == len(PROFILES) + 1
    assert all(sum(c.parts.values()) == c.score for c in found)
    assert all(0 <= c.score <= 1 for c in found)
    assert "pompe" in odd or found[0].expert == "e0"


@pytest.mark.parametrize("odd", ODD)
def test_candidates_for_a_need_with_an_unusual_text_get_valid_scores(odd: str) -> None:
    found = rank(replace(NEED, title="", text=odd), people(list(PROFILES)), CALL)
    assert all(sum(c.parts.values()) == c.score for c in found)


def test_a_pool_of_no_expert_or_one_expert_is_ranked() -> None:
    assert rank(NEED, [], CALL) == []
    (alone,) = rank(NEED, people([PROFILES[0]]), CALL)
    assert alone.expert == "e0"
    assert alone.parts["text"] > rank(NEED, people([PROFILES[2]]), CALL)[0].parts["text"]


@given(st.permutations(range(len(PROFILES))))
@settings(max_examples=25, deadline=None)
def test_the_order_of_experts_does_not_change_their_scores(order: list[int]) -> None:
    experts = people(list(PROFILES))
    assert rank(NEED, [experts[k] for k in order], CALL) == rank(NEED, experts, CALL)


def test_the_order_of_many_long_profiles_does_not_change_their_scores() -> None:
    draw = np.random.default_rng(3)
    bank = [f"mot{k}" for k in range(500)]
    profiles = [[" ".join(draw.choice(bank, 12)) for _ in range(4)] for _ in range(60)]
    needs = [" ".join(draw.choice(bank, 30)) for _ in range(5)]
    turned = score_texts(needs, profiles[::-1])[:, ::-1]
    assert np.allclose(turned, score_texts(needs, profiles), rtol=0, atol=1e-6)


@pytest.mark.parametrize("who", sorted(ENGLISH))
def test_a_profile_and_its_translation_have_close_ranks(who: int) -> None:
    scores = score_texts([NEEDS[who]], [*PROFILES, ENGLISH[who]])[0]
    order = np.argsort(-scores, kind="stable").tolist()
    assert abs(order.index(who) - order.index(len(PROFILES))) <= 3


def test_many_irrelevant_lines_do_not_outrank_two_relevant_lines() -> None:
    chatter = [f"Réunion d'équipe numéro {k}, entretien annuel" for k in range(200)]
    few = ["Entretien des pompes et des forages", "Eau potable"]
    scores = score_texts([NEEDS[0]], [few, chatter, *PROFILES[1:]])[0]
    assert scores[0] > scores[1]


def test_the_lines_of_a_very_long_profile_are_grouped_in_order_without_loss() -> None:
    lines = [f"ligne{k}" for k in range(997)]
    units = joined_units(lines)
    assert len(units) == UNITS
    assert "\n".join(units).split("\n") == lines
    assert joined_units(lines[:UNITS]) == lines[:UNITS]


def test_an_index_updated_many_times_scores_like_a_rebuilt_index() -> None:
    index = TextIndex([[p] for p in PROFILES])
    for _ in range(3):
        for k, text in enumerate(PROFILES):
            index.update(k, [text])
    rebuilt = TextIndex([[p] for p in PROFILES])
    needs = list(NEEDS.values())
    assert np.allclose(index.scores(needs), rebuilt.scores(needs), rtol=0, atol=1e-5)


def test_quotes_of_an_updated_expert_come_from_the_new_profile() -> None:
    pool = Pool(people(list(PROFILES)), CALL)
    pool.update(replace(pool.experts[1], text="Pompes solaires à Dakar"))
    assert [quote.line for quote in pool.why(NEED, "e1").quotes] == ["Pompes solaires à Dakar"]


@given(st.lists(st.integers(-1, 6), max_size=12), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_the_best_similarities_of_each_expert_equal_those_found_by_sorting(
    runs: list[int], needs: int
) -> None:
    owners = [who for k, who in enumerate(runs) if who < 0 or who not in runs[:k]]
    draw = np.random.default_rng(len(runs))
    owner = np.array([who for who in owners for _ in range(1 + who % 5)], dtype=np.int64)
    similar = draw.random((owner.size, needs)).astype(np.float32)
    groups = Groups.of(owner)
    assert sorted(groups.expert.tolist()) == sorted({who for who in owners if who >= 0})
    top = np.array(groups.best(similar))
    for place, who in enumerate(groups.expert):
        mine = -np.sort(-similar[owner == who], axis=0)[:BEST]
        padded = np.zeros((BEST, needs), dtype=np.float32)
        padded[: len(mine)] = mine
        assert np.array_equal(top[:, place], padded)


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("Comment savoir si l'eau est potable", True),
        ("l'eau est-elle potable ?", True),
        ("Entretien de pompes", False),
        ("", False),
        ("QUELLES sont les règles", True),
    ],
)
def test_a_profile_line_is_recognised_as_a_question_or_not(text: str, asking: bool) -> None:
    assert is_question(text) is asking


def test_an_english_text_with_apostrophes_is_recognised_as_english() -> None:
    assert language_of(words("The children's books don't sell at the school's shop")) == "en"


def test_the_scores_of_the_last_need_are_cached_until_a_profile_changes() -> None:
    index = TextIndex([[p] for p in PROFILES])
    first = index.scores_and_terms(NEEDS[0])
    assert index.scores_and_terms(NEEDS[0]) is first
    assert np.array_equal(first[0], index.scores([NEEDS[0]])[0])
    index.update(0, ["Chorale"])
    assert index.scores_and_terms(NEEDS[0])[0][0] < first[0][0]
    assert np.array_equal(index.scores_and_terms(NEEDS[1])[0], index.scores([NEEDS[1]])[0])
