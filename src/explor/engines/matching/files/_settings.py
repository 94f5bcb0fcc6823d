"""The settings file of the command: a JSON object whose keys are the attributes of `Settings`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from explor.engines.matching.records import PARTS, Settings, Taxonomy

from ._fields import Cell, day, integer_from, names
from ._tables import InputProblem, InvalidInput, load_json


def _weights(cell: Cell) -> dict[str, float]:
    expected = f"des poids positifs ou nuls parmi {', '.join(PARTS)}"
    if not isinstance(cell, Mapping) or set(cell) - set(PARTS):
        raise ValueError(expected)
    numbers = {k: _number(v) for k, v in cell.items()}
    if min(numbers.values(), default=0.0) < 0 or not sum(numbers.values()):
        raise ValueError(expected)
    return numbers


def _number(cell: Cell) -> float:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not cell >= 0:
        raise ValueError("un nombre, zéro ou plus")
    return float(cell)


def _flag(cell: Cell) -> bool:
    if not isinstance(cell, bool):
        raise ValueError("true ou false")
    return cell


def _countries(cell: Cell) -> frozenset[str]:
    return frozenset(name.upper() for name in names(cell))


def _fairness(cell: Cell) -> str:
    if cell not in ("none", "pair", "need"):
        raise ValueError("none, pair ou need")
    return str(cell)


def _embeddings(cell: Cell) -> str:
    if cell not in ("none", "fast", "best"):
        raise ValueError("none, fast ou best")
    return str(cell)


def _regions(cell: Cell) -> dict[str, str]:
    if not isinstance(cell, Mapping):
        raise ValueError("un objet pays → région")
    return {str(k): str(v) for k, v in cell.items()}


def _taxonomy(cell: Cell) -> Taxonomy:
    expected = 'un objet {"broader": {code: [codes]}, "synonyms": {code: code}}'
    if not isinstance(cell, Mapping) or set(cell) - {"broader", "synonyms"}:
        raise ValueError(expected)
    broader, synonyms = cell.get("broader", {}), cell.get("synonyms", {})
    if not isinstance(broader, Mapping) or not isinstance(synonyms, Mapping):
        raise ValueError(expected)
    return Taxonomy(broader={k: names(v) for k, v in broader.items()}, synonyms=dict(synonyms))


READERS: dict[str, Callable[[Cell], Any]] = {
    "weights": _weights,
    "closed_countries": _countries,
    "today": day,
    "seed": integer_from(0),
    "time_limit": _number,
    "candidates": integer_from(1),
    "reserves": integer_from(0),
    "reserve_load": integer_from(0),
    "minimum_score": _number,
    "fairness": _fairness,
    "embeddings": _embeddings,
    "one_per_employer": _flag,
    "shared_reserve": _flag,
    "dormant_after_days": integer_from(1),
    "wanted": integer_from(0),
    "regions": _regions,
    "skills": _taxonomy,
    "sectors": _taxonomy,
}


def settings_from(path: Path) -> Settings:
    """Return the settings of a JSON file; raise InvalidInput with all the problems."""
    content = load_json(path)
    if not isinstance(content, Mapping):
        raise InvalidInput(
            [InputProblem(file=path.name, row=0, field="contenu", expected="un objet")]
        )
    values: dict[str, Any] = {}
    problems = []
    for name, cell in content.items():
        try:
            if name not in READERS:
                raise ValueError(f"un réglage parmi {', '.join(READERS)}")
            values[name] = READERS[name](cell)
        except ValueError as error:
            problems.append(InputProblem(file=path.name, row=0, field=name, expected=str(error)))
    if problems:
        raise InvalidInput(problems)
    return Settings(**values)
