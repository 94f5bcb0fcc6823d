"""Frozen records that the matching engine takes and returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal

Fairness = Literal["none", "pair", "need"]
Embeddings = Literal["none", "fast", "best"]
Progress = Callable[[float, str], None]

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "text": "Expérience décrite",
        "skills": "Compétences",
        "sectors": "Secteurs",
        "languages": "Langues au-delà du minimum",
        "country": "Connaissance du pays",
        "dates": "Marge de dates",
        "newcomers": "Première mission ou retour",
    }
)

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "text": 0.40,
        "skills": 0.20,
        "sectors": 0.12,
        "languages": 0.08,
        "country": 0.08,
        "dates": 0.06,
        "newcomers": 0.06,
    }
)


def today() -> date:
    """Return the present day in UTC, which is the default of `Settings.today`.

    Set another `Settings.today` to compute the same plan again later.
    """
    return datetime.now(tz=UTC).date()


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language by its ISO 639-1 code and a CEFR level (A1 to C2)."""

    code: str
    level: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period from the day `start` to the day `end`, both included."""

    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A leave scheme and its verdict for a person: `open`, `closed` or `to_check`.

    `file_by` is the last day to file the request, None when there is none.
    """

    code: str
    verdict: Literal["open", "closed", "to_check"]
    file_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """Relations between codes: `broader` gives the broader codes of a code.

    `synonyms` gives the preferred code of a code that has the same meaning.
    """

    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Need:
    """A need of an association: a mission of `days` days inside `window`, with `seats` seats.

    Each person sent must speak `languages`; one of them at least must speak each of
    `team_languages`. `priority` multiplies the scores in a plan. `schemes` gives, by expert id, the
    verdicts on leave schemes for the dates of this need; for other experts, the verdicts of their
    own record are used.
    """

    id: str
    window: Period
    days: int
    title: str = ""
    text: str = ""
    purpose: str = ""
    sectors: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    team_languages: tuple[Language, ...] = ()
    country: str = ""
    seats: int = 1
    network: str = ""
    association: str = ""
    priority: float = 1.0
    schemes: Mapping[str, tuple[Scheme, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class Expert:
    """An expert. Each entry of `text`, or each line of a single text, is a unit of evidence.

    `countries` are the countries that the person knows. `load` is how many missions the person can
    still accept; `shared_with` the networks, besides `network`, that may see the profile;
    `conflicts` the ids of associations or needs with which the person has a conflict of interest.
    """

    id: str
    text: str | tuple[str, ...] = ""
    sectors: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    countries: tuple[str, ...] = ()
    availability: tuple[Period, ...] = ()
    load: int = 1
    network: str = ""
    shared_with: tuple[str, ...] = ()
    employer: str = ""
    conflicts: tuple[str, ...] = ()
    missions_done: int = 0
    last_mission: date | None = None
    schemes: tuple[Scheme, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of the engine for a call for projects.

    `weights` are the weights of the parts of the score. `candidates` (experts considered) and
    `reserves` are numbers per need, `reserve_load` is the number of reserves per expert, `wanted`
    is the number of profiles to recruit; `time_limit` is in seconds. `seed` changes the order in
    which ties are broken. `shared_reserve` opens every expert to every network, only to compute a
    scenario. `regions` gives the region of a country. `embeddings` needs the packages of the extra
    `semantic`; `cache` is a folder for their vectors.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    closed_countries: frozenset[str] = frozenset()
    today: date = field(default_factory=today)
    seed: int = 0
    time_limit: float = 60.0
    candidates: int = 200
    reserves: int = 2
    reserve_load: int = 3
    minimum_score: float = 0.0
    fairness: Fairness = "none"
    one_per_employer: bool = True
    shared_reserve: bool = False
    dormant_after_days: int = 730
    sectors: Taxonomy = field(default_factory=Taxonomy)
    skills: Taxonomy = field(default_factory=Taxonomy)
    regions: Mapping[str, str] = field(default_factory=dict)
    wanted: int = 5
    embeddings: Embeddings = "none"
    cache: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A line of a profile, and its words that match the need."""

    line: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change, described in French, that would improve a candidate, and the score after it."""

    change: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An expert ranked for a need. `parts` are weighted: their sum is `score`.

    `reasons` and `blockers` are French sentences; `blocked_by` holds the codes of the rules failed,
    in the order of `blockers`. `fits_if` holds the changes that would improve the candidate.
    `signals` gives the part of each signal in the text score (their sum is 1). `evidence` is the
    number of units of the profile, and `uncertain` whether they are too few for the text part to be
    reliable. `start` and `end` are the first and last day of the earliest possible mission, None
    when there is none.
    """

    expert: str
    eligible: bool
    score: float
    parts: Mapping[str, float]
    reasons: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    fits_if: tuple[Change, ...] = ()
    quotes: tuple[Quote, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    uncertain: bool = False
    evidence: int = 0
    start: date | None = None
    end: date | None = None
