"""The text part of the score: usual spellings, French and English, one unit or many."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explor.engines.matching import score_texts
from explor.engines.matching.text import TextIndex, fold, words
from explor.engines.matching.text._lexicon import translated
from explor.engines.matching.text._words import language_of

PROFILES = (
    "Ingénieure en hydraulique : forages, pompes solaires et adduction d'eau en zone rurale",
    "Infirmier de santé publique, soins maternels et vaccination des enfants dans un hôpital",
    "Directrice financière d'une collectivité : budget, comptabilité et audit des comptes",
    "Agronome, maraîchage biologique, semences paysannes et compost pour les agriculteurs",
    "Technicien des déchets : collecte, tri et recyclage dans les villes moyennes",
    "Enseignante et formatrice, pédagogie et alphabétisation des jeunes filles à l'école",
    "Électricien, installation de panneaux solaires et de batteries pour les villages",
    "Informaticienne : bases de données, logiciels et sites internet pour les associations",
    "Architecte, construction d'écoles en terre et urbanisme dans les quartiers",
    "Juriste en droit des femmes et lutte contre les violences dans la famille",
    "Apicultrice, élevage d'abeilles et vente du miel par une coopérative",
    "Bibliothécaire : livres, lecture publique et patrimoine de la région",
)
ENGLISH = {
    0: "Water engineer with experience in drilling wells, solar pumps and drinking water for the "
    "rural villages",
    1: "Public health nurse who worked in a hospital on maternal care and the vaccination of "
    "children",
    3: "Agronomist with farmers on vegetable gardening, seeds and compost in the field",
    4: "Waste technician for the collection, sorting and recycling of refuse in the towns",
}
NEEDS = {
    0: "Former une équipe à l'entretien des pompes et des forages d'eau potable",
    1: "Appuyer les soins aux mères et la vaccination des enfants à l'hôpital",
    3: "Améliorer les semences et le compost des agriculteurs en maraîchage",
    4: "Organiser le tri et la collecte des déchets de la ville",
}


def order(need: str, profiles: list[str]) -> list[int]:
    return np.argsort(-score_texts([need], profiles)[0], kind="stable").tolist()


@pytest.mark.parametrize("who", sorted(NEEDS))
def test_the_profile_of_the_same_trade_as_the_need_comes_first(who: int) -> None:
    assert order(NEEDS[who], list(PROFILES))[0] == who


@pytest.mark.parametrize("who", sorted(ENGLISH))
def test_a_profile_translated_into_english_stays_among_the_first_three(who: int) -> None:
    profiles = [*PROFILES[:who], ENGLISH[who], *PROFILES[who + 1 :]]
    assert order(NEEDS[who], profiles).index(who) <= 2


@pytest.mark.parametrize("who", sorted(ENGLISH))
def test_a_need_in_english_finds_the_profile_in_french(who: int) -> None:
    assert order(ENGLISH[who], list(PROFILES)).index(who) <= 1


def plain(text: str) -> str:
    return text.translate(str.maketrans("éèêàâîïôûçœ’", "eeeaaiiouc~'")).replace("~", "oe")


@pytest.mark.parametrize("spoil", [str.upper, plain, lambda t: plain(t).upper()])
def test_capitals_and_missing_accents_do_not_change_scores(spoil) -> None:  # type: ignore[no-untyped-def]
    needs = list(NEEDS.values())
    clean = score_texts(needs, PROFILES)
    assert np.array_equal(score_texts([spoil(n) for n in needs], PROFILES), clean)
    assert np.array_equal(score_texts(needs, [spoil(p) for p in PROFILES]), clean)


def test_job_titles_in_gendered_or_slashed_forms_give_the_same_words() -> None:
    forms = ["Directeur", "Directrice", "Directeur / Directrice", "Directeur/trice", "DIRECTRICE"]
    assert {tuple(score_texts([form], PROFILES)[0].tolist()) for form in forms} == {
        tuple(score_texts(["directrice"], PROFILES)[0].tolist())
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'eau d’une école", ["eau", "une", "ecole"]),
        ("Chargé(e) de mission", ["charge", "de", "mission"]),
        ("infirmier.ère, agent·e·s", ["infirmier", "agent"]),
        ("Cœur & sœur", ["coeur", "soeur"]),
        ("C++ et C#", ["c++", "et", "c#"]),
        ("", []),
    ],
)
def test_a_profile_text_is_split_into_folded_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_folding_a_text_removes_accents_and_capitals_also_in_greek_letters() -> None:
    assert fold("Ελλάδα ÉTÉ") == "ελλαδα ete"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La gestion de l'eau dans les villages", "fr"),
        ("The management of water with the villages", "en"),
        ("Excel, Word", ""),
    ],
)
def test_the_language_of_a_profile_text_is_recognised(text: str, code: str) -> None:
    assert language_of(words(text)) == code


def test_translating_words_keeps_those_without_a_known_translation() -> None:
    assert translated("Gestion des déchets à Antsirabe", "fr") == (
        "management manage waste garbage refuse antsirabe"
    )
    assert translated("The wells", "en") == "puits"


def test_a_profile_with_several_matching_lines_outranks_one_with_a_single_line() -> None:
    lucky = ["pompes", "chorale", "couture"]
    broad = ["pompes solaires", "entretien des pompes", "forages et pompes"]
    scores = score_texts(["entretien des pompes"], [lucky, broad, *PROFILES[1:]])[0]
    assert scores[1] > scores[0]


def test_empty_lists_give_empty_scores_and_empty_texts_give_low_scores() -> None:
    assert score_texts([], ["a"]).shape == (0, 1)
    assert score_texts(["a"], []).shape == (1, 0)
    assert score_texts([""], ["", []]).max() < 0.3


def test_an_updated_profile_ranks_by_its_new_text_alone() -> None:
    index = TextIndex([[p] for p in PROFILES])
    need = ["Fromage de chèvre et laiterie"]
    index.update(0, ["Fromagère, chèvres et laiterie"])
    assert int(index.scores(need)[0].argmax()) == 0
    assert index.scores([NEEDS[0]])[0, 0] < 0.4


@given(
    st.lists(st.text(max_size=40), min_size=1, max_size=4),
    st.lists(
        st.one_of(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=4)), max_size=6
    ),
)
@settings(max_examples=80, deadline=None)
def test_any_texts_give_finite_text_scores_between_zero_and_one(
    needs: list[str], experts: list[object]
) -> None:
    scores = score_texts(needs, experts)  # type: ignore[arg-type]
    assert scores.shape == (len(needs), len(experts))
    assert bool(np.isfinite(scores).all())
    assert bool(((scores >= 0) & (scores <= 1)).all())


def test_the_order_of_profiles_does_not_change_their_scores() -> None:
    scores = score_texts(list(NEEDS.values()), PROFILES)
    turned = score_texts(list(NEEDS.values()), PROFILES[::-1])[:, ::-1]
    assert np.allclose(scores, turned, atol=0.02)
