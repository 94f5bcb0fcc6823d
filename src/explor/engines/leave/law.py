"""The leave schemes as the legal texts describe them, read from the data files.

Labels, papers, payers and insurers are our own wording of the texts that each row of data names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from .calendar import months_after
from .model import Branch
from .tables import SOFTWARE, Row, Tables, day, number, split, threshold


@dataclass(frozen=True, kw_only=True)
class Urgent:
    """The terms of a scheme for an urgent request, received `notice_hours` before the absence."""

    longest_weeks: int
    notice_hours: int
    answer_hours: int
    silence_is_consent: bool
    articles: tuple[str, ...]
    source: str
    read_on: date


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A legal leave scheme. A limit, a notice or a validity date is None when no text sets it.

    `notice_days` is the legal notice and `advised_days` the notice that leaves time for the papers,
    in days before the first day of absence; `late_raises_question`: a request after the advised day
    gives a question. `answer_days` and `silence_is_consent`: see `SchemeVerdict`. `doubtful_to`: a
    departure after `valid_to`, until this day, gives a question. `employer_may_exclude`: the
    employer may decide not to use the scheme. `time`: "given" for working time given by the
    employer, "own" for the person's own leave (or days that the employer bills), "none" for people
    without employer. `end_warning`: the number of months before the legal end in which a warning is
    given. `urgent`: the terms of an urgent request, None when no text has any.
    """

    code: str
    label: str
    article: str
    articles: tuple[str, ...]
    source: str
    read_on: date
    longest_months: int | None = None
    notice_days: int | None = None
    answer_days: int | None = None
    silence_is_consent: bool | None = None
    advised_days: int | None = None
    late_raises_question: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful_to: date | None = None
    employer_may_exclude: bool = True
    time: str = "own"
    end_warning: int = 0
    urgent: Urgent | None = None

    def nears_its_end(self, on: date) -> bool:
        """Return whether the legal end is past, or within `end_warning` months of the day `on`."""
        return self.valid_to is not None and self.valid_to <= months_after(on, self.end_warning)

    def has_ended(self, on: date) -> bool:
        """Return whether the scheme has ended on the day `on`, even if `doubtful_to` is its end."""
        end = self.doubtful_to or self.valid_to
        return end is not None and end < on


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The French sentences on a scheme for one kind of employer, blank when the law says nothing.

    The fields have the same meaning as in `SchemeVerdict`. `accident`: who declares an accident, to
    whom and by when, one sentence for each kind of person concerned. `articles` are the keys of the
    texts that justify the sentences; `urgent` is advice for a request after the legal deadline, and
    `urgent_objection` the grounds on which the employer may refuse an urgent request.
    """

    papers: tuple[str, ...]
    payer: str
    insurer: str
    safety: str
    posting_paper: str
    consultation: str
    probation: str
    objection: str
    return_right: str
    accident: tuple[str, ...]
    urgent: str
    urgent_objection: str
    articles: tuple[str, ...]


def _scheme(row: Row, tables: Tables) -> Scheme:
    silence = row["silence_is_consent"]
    return Scheme(
        code=row["code"],
        label=row["label"],
        article=row["article"],
        articles=split(row["articles"]),
        source=row["source"],
        read_on=date.fromisoformat(row["read_on"]),
        longest_months=number(row["longest_months"]),
        notice_days=number(row["notice_days"]),
        answer_days=number(row["answer_days"]),
        silence_is_consent=silence == "yes" if silence else None,
        advised_days=number(row["advised_days"]),
        late_raises_question=row["late"] == "ask",
        valid_from=day(row["valid_from"]),
        valid_to=day(row["valid_to"]),
        doubtful_to=day(row["doubtful_to"]),
        employer_may_exclude=row["employer_may_exclude"] == "yes",
        time=row["time"],
        end_warning=threshold("end_warning", tables),
        urgent=next(
            (_urgent(each) for each in tables.rows("urgent") if each["scheme"] == row["code"]), None
        ),
    )


def _urgent(row: Row) -> Urgent:
    return Urgent(
        longest_weeks=int(row["longest_weeks"]),
        notice_hours=int(row["notice_hours"]),
        answer_hours=int(row["answer_hours"]),
        silence_is_consent=row["silence_is_consent"] == "yes",
        articles=split(row["articles"]),
        source=row["source"],
        read_on=date.fromisoformat(row["read_on"]),
    )


@lru_cache(maxsize=8)
def schemes(tables: Tables = SOFTWARE) -> tuple[Scheme, ...]:
    """Return the schemes of the tables, in the order of the file."""
    return tuple(_scheme(row, tables) for row in tables.rows("schemes"))


SCHEMES: Final = schemes()
CODES: Final = tuple(scheme.code for scheme in SCHEMES)


def ending_schemes(on: date, tables: Tables = SOFTWARE) -> tuple[Scheme, ...]:
    """Return the schemes still in force on the day `on` whose legal end is near."""
    return tuple(
        each for each in schemes(tables) if each.nears_its_end(on) and not each.has_ended(on)
    )


@lru_cache(maxsize=512)
def wording(
    code: str, branch: Branch | Literal["private"] | None, tables: Tables = SOFTWARE
) -> Wording:
    """Return the French sentences on a scheme for a kind of employer.

    Args:
        code: the code of the scheme.
        branch: the branch of the public service, or "private"; None gives the sentences for every
            kind of employer.
        tables: the tables of the law to read.
    """
    concerned = [
        row
        for row in tables.rows("facts")
        if code in split(row["schemes"])
        and (branch is None or not row["branches"] or branch in split(row["branches"]))
    ]
    return Wording(
        papers=tuple(row["text"] for row in concerned if row["fact"] == "paper"),
        payer=_fact(concerned, "payer"),
        insurer=_fact(concerned, "insurer"),
        safety=_fact(concerned, "safety"),
        posting_paper=_fact(concerned, "posting_paper"),
        consultation=_fact(concerned, "consultation"),
        probation=_fact(concerned, "probation"),
        objection=_fact(concerned, "objection"),
        return_right=_fact(concerned, "return_right"),
        accident=tuple(row["text"] for row in concerned if row["fact"] == "accident"),
        urgent=_fact(concerned, "urgent"),
        urgent_objection=_fact(concerned, "urgent_objection"),
        articles=tuple(key for row in concerned for key in split(row["articles"])),
    )


def _fact(concerned: Iterable[Row], fact: str) -> str:
    return " ".join(row["text"] for row in concerned if row["fact"] == fact)
