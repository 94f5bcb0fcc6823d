"""Records that the matching engine reads and returns: frozen, without behaviour."""

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
    """Return the day in UTC; to repeat a plan, set `Settings.today`."""
    return datetime.now(tz=UTC).date()


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language by its ISO 639-1 code and a CEFR level (A1 to C2)."""

    code: str
    level: str


@dataclass(frozen=True, kw_only=True)
class Period:
    """A run of days, both ends included."""

    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A leave scheme as judged for this person: `open`, `closed` or `to_check`."""

    code: str
    verdict: Literal["open", "closed", "to_check"]
    file_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """Relations between codes: each code's broader codes, and each synonym's preferred code."""

    broader: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Need:
    """A need of an association. `team_languages`: one member of the team is enough.

    `schemes` gives, by expert id, the leave schemes as judged for the dates of this need; somebody
    absent from it keeps those of their own record.
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
    """A professional. `text` is one unit of evidence per entry (or per line of a single text).

    `load` is how many missions the person can still accept; `conflicts` holds ids of
    associations or needs.
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
    """Settings of a call. `candidates` and `reserves` are counts per need, `time_limit` seconds.

    `shared_reserve` shows every expert to every network, for a scenario only.
    `embeddings` needs the extra `semantic`; `cache` is a folder where their vectors are kept.
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
    """A line of the profile and the words in it that match the need."""

    line: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """The smallest change that helps, in French, and the score it would give."""

    change: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One expert for one need. `parts` are already weighted: their sum is `score`.

    `blocked_by` holds the codes of the rules that refuse, in the order of `blockers`;
    `signals` the shares (sum 1) of what makes the text part; `start` and `end` the first run of
    days that suits both sides; `uncertain` a profile too thin to be judged on its text.
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
