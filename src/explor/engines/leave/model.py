"""Records that the leave engine takes and returns. None always means: not known."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["employee", "tenured", "probationary", "contract"]
Sector = Literal["private", "public"]
PublicBody = Literal["commune", "department", "region", "epci", "state", "hospital", "other"]
Verdict = Literal["open", "closed", "to_check"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """The person who would depart. `status` is their status with the employer who releases them.

    `employed_since` is the first day of the present contract, `earlier_months` the months worked
    before for the same employer, `leave_days` the days of paid leave or RTT that remain.
    """

    status: Status | None = None
    employed_since: date | None = None
    earlier_months: int | None = None
    leave_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Employer:
    """The employer. `body` is the kind of public employer ("epci": with its own taxes).

    `headcount` is the number of people in the establishment, `on_leave` the number already on CSI
    leave at the departure. `accepted` holds the codes of the leave schemes that the employer
    accepts, None when unknown. `leave_agreement`: whether a company or branch agreement sets its
    own rules for CSI; None is taken as no agreement, and the verdict mentions the doubt.
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
        """Return "private" or "public", as given or because the kind of public body is known."""
        return "public" if self.body else self.kind


@dataclass(frozen=True, kw_only=True)
class Association:
    """The association that receives the person.

    `on_1996_list`: on the list set by the arrêté of 16 July 1996. `general_interest`: a body of
    CGI art. 238 bis, 1 a. `public_utility`: recognised so by decree. `public_service`: a public
    body has entrusted the association with a public service that the mission serves.
    """

    on_1996_list: bool | None = None
    general_interest: bool | None = None
    public_utility: bool | None = None
    public_service: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Mission:
    """A mission. Its dates are included; `departure` is set if the absence begins before `start`.

    `abroad`: outside France. `own_action`: part of the external action of the employer, a local
    authority, under an agreement with a foreign local authority.
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
    """The verdict on one leave scheme for a person and dates.

    `file_by` is the last day on which the request may reach the employer, None when the law sets
    none; `answer_days` the days that the employer has to answer; `silence_is_consent` whether no
    answer means consent (None: the law does not say). `why` and `questions` are French sentences;
    `questions` is never empty when the verdict is "to_check".
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
