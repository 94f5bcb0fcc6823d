"""The settings file of `explor match`: each setting is read, each problem is reported."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from explor.engines.matching import Settings, Taxonomy
from explor.engines.matching.files._settings import READERS, settings_from
from explor.engines.matching.files._tables import InvalidInput

TAXONOMY = 'un objet {"broader": {code: [codes]}, "synonyms": {code: code}}'


def read(folder: Path, content: Any) -> Settings:
    path = folder / "reglages.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return settings_from(path)


def test_every_setting_of_the_matching_settings_file_is_read(tmp_path: Path) -> None:
    content = {
        "weights": {"text": 1, "skills": 0.5},
        "closed_countries": ["ml", "NE"],
        "today": "2027-01-10",
        "seed": 4,
        "time_limit": 12.5,
        "candidates": 50,
        "reserves": 0,
        "reserve_load": 2,
        "minimum_score": 0.3,
        "fairness": "need",
        "embeddings": "none",
        "one_per_employer": False,
        "shared_reserve": True,
        "dormant_after_days": 400,
        "wanted": 3,
        "regions": {"MG": "Afrique de l’Est"},
        "skills": {"broader": {"forage": ["eau"]}, "synonyms": {"puits": "forage"}},
        "sectors": {"broader": {"EAU": ["ENV"]}},
    }
    assert set(content) == set(READERS)
    assert read(tmp_path, content) == Settings(
        weights={"text": 1.0, "skills": 0.5},
        closed_countries=frozenset({"ML", "NE"}),
        today=date(2027, 1, 10),
        seed=4,
        time_limit=12.5,
        candidates=50,
        reserves=0,
        reserve_load=2,
        minimum_score=0.3,
        fairness="need",
        embeddings="none",
        one_per_employer=False,
        shared_reserve=True,
        dormant_after_days=400,
        wanted=3,
        regions={"MG": "Afrique de l’Est"},
        skills=Taxonomy(broader={"forage": ("eau",)}, synonyms={"puits": "forage"}),
        sectors=Taxonomy(broader={"EAU": ("ENV",)}),
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("fairness", "max", "none, pair ou need"),
        ("embeddings", "all", "none, fast ou best"),
        ("one_per_employer", "oui", "true ou false"),
        ("regions", ["MG"], "un objet pays → région"),
        ("skills", {"wider": {}}, TAXONOMY),
        ("skills", {"broader": []}, TAXONOMY),
        ("sectors", {"synonyms": 3}, TAXONOMY),
        ("couleur", "bleu", f"un réglage parmi {', '.join(READERS)}"),
    ],
)
def test_a_faulty_setting_is_reported_with_the_value_expected(
    tmp_path: Path, name: str, value: Any, expected: str
) -> None:
    with pytest.raises(InvalidInput) as found:
        read(tmp_path, {name: value})
    assert [
        (problem.file, problem.row, problem.field, problem.expected)
        for problem in found.value.problems
    ] == [("reglages.json", 0, name, expected)]


def test_all_faults_of_the_settings_file_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as found:
        read(tmp_path, {"fairness": 1, "regions": 2, "seed": 3})
    assert [problem.field for problem in found.value.problems] == ["fairness", "regions"]


def test_a_matching_settings_file_that_is_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as found:
        read(tmp_path, [])
    assert found.value.problems[0].expected == "un objet"
