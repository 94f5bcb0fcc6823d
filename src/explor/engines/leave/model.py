"""Records that the scheme engine reads and returns. None always means: not known."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["employee", "tenured", "probationary", "contract"]
Sector = Literal["private", "public"]
PublicBody = Literal["commune", "department", "region", "epci", "state", "hospital", "other"]
Verdict = Literal["open", "closed", "to_check"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """The person who leaves. `status` is their tie with the employer that would release them.

    `employed_since` is the first day of the present contract, `earlier_months` the months worked
    before for the same employer, `leave_days` the days of leave or RTT that remain.
    """

    status: Status | None = None
    employed_since: date | None = None
    earlier_months: int | None = None
    leave_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Employer:
    """The employer. `body` is the kind of public employer ("epci": with its own taxes).

    `headcount` is that of the establishment, `on_leave` how many of its people are already under
    CSI at the departure. `accepted` holds the codes of the schemes the employer accepts, None when
    it has not said. `leave_agreement`: a company or branch agreement sets its own rules for CSI;
    None is read as no agreement, and the verdict says so.
    """

    kind: Sector | None = None
    body: PublicBody | None = None
    inhabitants: int | None = None
    headcount: int | None = None
    on_leave: int | None = None
    accepted: frozenset[str] | None = None
    leave_agreement: bool | None = None

    def __post_init__(self) -> None:
        if self.kind == "private" and self.body is not None:
            raise ValueError("a private employer is no public body")

    @property
    def sector(self) -> Sector | None:
        """Return private or public, as given or as the kind of public body implies."""
        return "public" if self.body else self.kind


@dataclass(frozen=True, kw_only=True)
class Association:
    """The association that receives the person.

    `on_1996_list`: on the list fixed by the arrêté of 16 July 1996. `general_interest`: a body of
    CGI art. 238 bis, 1 a. `public_utility`: recognised as such by decree. `public_service`: a
    public body has entrusted it with the public service mission at stake.
    """

    on_1996_list: bool | None = None
    general_interest: bool | None = None
    public_utility: bool | None = None
    public_service: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Mission:
    """Dates, both included; `departure` when the absence begins before the first day there.

    `abroad`: outside France. `own_action`: part of the employer's own external action, under an
    agreement with a foreign local authority.
    """

    start: date
    end: date
    departure: date | None = None
    abroad: bool | None = True
    own_action: bool | None = None

    def __post_init__(self) -> None:
        if not self.leaves <= self.start <= self.end:
            raise ValueError("a mission departs, starts, then ends")

    @property
    def leaves(self) -> date:
        """Return the first day of absence."""
        return self.departure or self.start


@dataclass(frozen=True, kw_only=True)
class SchemeVerdict:
    """The verdict on one scheme for a person and dates.

    `file_by` is the last day on which the request may reach the employer, None when no text sets
    one; `answer_days` the days the employer has to answer, `silence_is_consent` what its silence
    means (None: no text). `why` and `questions` are French sentences; `questions` is never empty
    when the verdict is "to_check".
    """

    code: str
    label: str
    verdict: Verdict
    article: str
    papers: tuple[str, ...]
    file_by: date | None
    answer_days: int | None
    silence_is_consent: bool | None
    payer: str
    insurer: str
    why: tuple[str, ...]
    questions: tuple[str, ...]
