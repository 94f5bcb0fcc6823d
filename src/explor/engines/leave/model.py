"""Input and output records of the leave engine; in the input facts, None means not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from .tables import Article

Status = Literal[
    "employee",
    "fixed_term",
    "apprentice",
    "tenured",
    "probationary",
    "contract",
    "on_disponibilite",
    "self_employed",
    "retired",
    "job_seeker",
    "volunteer",
]
Sector = Literal["private", "public"]
PublicBody = Literal[
    "commune",
    "department",
    "region",
    "epci",
    "local_establishment",
    "state",
    "state_establishment",
    "hospital",
    "other",
]
Branch = Literal["local", "state", "hospital"]
Verdict = Literal["open", "closed", "to_check"]

# Branch of the public service of each kind of public body; that of "other" is not known.
BRANCHES: Final[Mapping[str, Branch]] = {
    "commune": "local",
    "department": "local",
    "region": "local",
    "epci": "local",
    "local_establishment": "local",
    "state": "state",
    "state_establishment": "state",
    "hospital": "hospital",
}
WITHOUT_EMPLOYER: Final = frozenset({"self_employed", "retired", "job_seeker", "volunteer"})


@dataclass(frozen=True, kw_only=True)
class Person:
    """The person who leaves; None means not known.

    `status` is the status with the employer that would release them.

    `employed_since` is the first day of the present contract, `earlier_months` the months worked
    before for the same employer, `contract_ends` the last day of a contract with an end date.
    `leave_days` are the days of paid leave or RTT that remain and `saved_days` those of a time
    savings account, both in jours ouvrés (Monday to Friday without public holidays).
    `cooperation_days` are the days of hospital cooperation of the last two years.
    `meets_own_scheme`: meets the conditions that the local council voted for its own absence
    scheme. `training_centre_agrees`: the training centre of an apprentice agrees to the mobility.
    """

    status: Status | None = None
    employed_since: date | None = None
    earlier_months: int | None = None
    contract_ends: date | None = None
    part_time: bool | None = None
    leave_days: int | None = None
    saved_days: int | None = None
    cooperation_days: int | None = None
    meets_own_scheme: bool | None = None
    training_centre_agrees: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Employer:
    """The employer. `kind` is the sector; `body` is the kind of public body, None for a firm.

    `body` "epci" is a group of communes with taxes of its own. `headcount` is the number of people
    of the establishment, `on_leave` how many of its people will be under CSI (congé de solidarité
    internationale) at the departure. `accepted` holds the codes of the schemes the employer
    accepts, None when it has not said. `leave_agreement`: a company or branch agreement sets its
    own rules for CSI; None is read as no agreement, and the verdict says so. `industrial`: a public
    body of industry or trade (EPIC, régie). `taxed_on_profit`: taxed in France on its real profit.
    `own_absence_scheme`: the local council has voted an absence scheme of its own. `department` is
    the INSEE code of the place of work, for its public holidays; None gives those of the mainland.
    Raises ValueError for a private employer with a `body`.
    """

    kind: Sector | None = None
    body: PublicBody | None = None
    industrial: bool | None = None
    taxed_on_profit: bool | None = None
    inhabitants: int | None = None
    headcount: int | None = None
    on_leave: int | None = None
    accepted: frozenset[str] | None = None
    leave_agreement: bool | None = None
    own_absence_scheme: bool | None = None
    department: str | None = None

    def __post_init__(self) -> None:
        if self.kind == "private" and self.body is not None:
            raise ValueError("a private employer is no public body")

    @property
    def sector(self) -> Sector | None:
        """Return "public" when `body` is set, otherwise `kind` (None when not known)."""
        return "public" if self.body else self.kind

    @property
    def branch(self) -> Branch | None:
        """Return the branch of the public service, None when private or not known."""
        return BRANCHES.get(self.body) if self.body else None


@dataclass(frozen=True, kw_only=True)
class Association:
    """The association that receives the person.

    `on_1996_list`: on the list fixed by the arrêté of 16 July 1996. `general_interest`: of general
    interest by CGI art. 238 bis, 1 a. `public_utility`: recognised by decree as of public utility.
    `public_service`: a public body has entrusted it with the public service to which the mission
    belongs. Two facts are rare and taken as false unless stated: `international_organisation`, of
    which France is a member, and `same_group`, in the employer's own group.
    """

    on_1996_list: bool | None = None
    general_interest: bool | None = None
    public_utility: bool | None = None
    public_service: bool | None = None
    international_organisation: bool = False
    same_group: bool = False


@dataclass(frozen=True, kw_only=True)
class Mission:
    """A mission from `start` to `end`, both included.

    `departure` is the first day of absence, None when it is `start`. `requested_on` is the day on
    which the employer received the person's request, None while it is to come: notice is counted
    from it, so that a request made in time stays in time. `urgent_at` is the moment at which it
    received an urgent request, in the time of the place of work; None when the request is not
    urgent. A scheme without terms for urgent requests ignores it. `abroad`: outside France and
    its overseas territories. `supported`: the public employer leads or supports the mission.
    `hospital_agreement`: an agreement of cooperation of the hospital covers it.
    `programme_from_france`: the association defines, pays and controls the programme from France,
    and it is humanitarian when outside the European Economic Area. `employer_directs`: the
    employer, not the association, directs the work on the spot. Raises ValueError when the dates
    are not in order, when `urgent_at` has no time zone or is not on the day of the request.
    """

    start: date
    end: date
    departure: date | None = None
    requested_on: date | None = None
    urgent_at: datetime | None = None
    abroad: bool | None = True
    supported: bool | None = None
    hospital_agreement: bool | None = None
    programme_from_france: bool | None = None
    employer_directs: bool | None = None

    def __post_init__(self) -> None:
        if not self.leaves <= self.start <= self.end:
            raise ValueError("a mission departs, starts, then ends")
        if self.urgent_at is None:
            return
        if self.urgent_at.tzinfo is None or self.urgent_at.date() != self.requested_on:
            raise ValueError("an urgent request has a moment of its day, with its time zone")

    @property
    def leaves(self) -> date:
        """Return the first day of absence: `departure`, or else `start`."""
        return self.departure or self.start


@dataclass(frozen=True, kw_only=True)
class SchemeVerdict:
    """The verdict on one scheme for a person and dates.

    `legal_by` is the last day for the employer to receive the request, None when no text sets one;
    `advised_by` the last day that leaves time for the papers. `is_urgent`: the scheme was read for
    an urgent request. `answer_days` is the number of days that the employer has to answer, or
    `answer_hours` the number of hours; `silence_is_consent` whether its silence means yes (None: no
    text). `why` holds the reasons of the verdict and remarks; `questions` are the questions to ask,
    never empty when the verdict is "to_check". `asks` are the facts not known that could change the
    verdict, as "employer.on_leave"; none when it is "closed".

    All texts are French sentences, blank when the law says nothing: `papers` to provide, `payer` of
    the person's income, `insurer`, `safety` (who answers for working conditions), `posting_paper`
    on social security abroad, `consultation` of staff or council, `probation` (trial period),
    `objection` (the grounds on which the employer may refuse) and `return_right` (the right to
    return to the post).
    """

    code: str
    label: str
    verdict: Verdict
    article: str
    articles: tuple[Article, ...]
    papers: tuple[str, ...]
    legal_by: date | None
    advised_by: date | None
    is_urgent: bool
    answer_days: int | None
    answer_hours: int | None
    silence_is_consent: bool | None
    payer: str
    insurer: str
    safety: str
    posting_paper: str
    consultation: str
    probation: str
    objection: str
    return_right: str
    why: tuple[str, ...]
    questions: tuple[str, ...]
    asks: tuple[str, ...]

    @property
    def file_by(self) -> date | None:
        """Return the last day to file the request by law, None when no text sets one.

        The advised day is not a limit.
        """
        return self.legal_by
