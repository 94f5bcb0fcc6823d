"""Records that the scheme engine reads and returns. None always means: not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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

# The branch of the public service of each kind of employer; "other" belongs to none that is known.
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
    """The person who leaves. `status` is their tie with the employer that would release them.

    `employed_since` is the first day of the present contract, `earlier_months` the months worked
    before for the same employer, `contract_ends` the last day of a contract with a term.
    `leave_days` are the days of paid leave or RTT that remain and `saved_days` those of a time
    savings account, both in jours ouvrés (Monday to Friday without public holidays).
    `cooperation_days` are the days of hospital cooperation of the last two years.
    `meets_own_scheme`: meets what the council voted for its own absences.
    `training_centre_agrees`: the training centre of an apprentice agrees to the mobility.
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
    """The employer. `body` is the kind of public employer ("epci": with its own taxes).

    `headcount` is that of the establishment, `on_leave` how many of its people are already under
    CSI at the departure. `accepted` holds the codes of the schemes the employer accepts, None when
    it has not said. `leave_agreement`: a company or branch agreement sets its own rules for CSI;
    None is read as no agreement, and the verdict says so. `industrial`: a public body whose trade
    is industrial or commercial (EPIC, régie). `taxed_on_profit`: taxed in France on its real
    profit. `own_absence_scheme`: the council voted absences of its own. `department` is the INSEE
    code of the place of work, for its public holidays; None counts those of the mainland.
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
        """Return private or public, as given or as the kind of public body implies."""
        return "public" if self.body else self.kind

    @property
    def branch(self) -> Branch | None:
        """Return the branch of the public service, None when it is not known."""
        return BRANCHES.get(self.body) if self.body else None


@dataclass(frozen=True, kw_only=True)
class Association:
    """The association that receives the person.

    `on_1996_list`: on the list fixed by the arrêté of 16 July 1996. `general_interest`: a body of
    CGI art. 238 bis, 1 a. `public_utility`: recognised as such by decree. `public_service`: a
    public body has entrusted it with the public service mission at stake. Two facts are rare and
    taken as false unless stated: `international_organisation`, of which France is a member, and
    `same_group`, a body of the employer's own group.
    """

    on_1996_list: bool | None = None
    general_interest: bool | None = None
    public_utility: bool | None = None
    public_service: bool | None = None
    international_organisation: bool = False
    same_group: bool = False


@dataclass(frozen=True, kw_only=True)
class Mission:
    """Dates, both included; `departure` when the absence begins before the first day there.

    `requested_on` is the day on which the person's request reached the employer, None while it is
    to come: notice is counted from it, so that a request made in time stays in time.

    `abroad`: outside France and its overseas territories. `supported`: the public employer leads
    or supports this action. `hospital_agreement`: an agreement of cooperation of the hospital
    covers it. `programme_from_france`: the association defines, pays and controls the programme
    from France, and it is humanitarian when outside the European Economic Area.
    `employer_directs`: the employer, not the association, directs the work on the spot.
    """

    start: date
    end: date
    departure: date | None = None
    requested_on: date | None = None
    abroad: bool | None = True
    supported: bool | None = None
    hospital_agreement: bool | None = None
    programme_from_france: bool | None = None
    employer_directs: bool | None = None

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

    `legal_by` is the last day on which the request may reach the employer, None when no text sets
    one; `advised_by` the day that leaves time for the papers. `answer_days` are the days the
    employer has to answer, `silence_is_consent` what its silence means (None: no text). `safety`
    says who answers for working conditions, `objection` what the employer may oppose, and
    `return_right` what becomes of the post. All texts are French sentences, blank when the law says
    nothing; `questions` is never empty when the verdict is "to_check". `asks` are the facts not
    known that could change the verdict, as "employer.on_leave"; none when it is "closed".
    """

    code: str
    label: str
    verdict: Verdict
    article: str
    articles: tuple[Article, ...]
    papers: tuple[str, ...]
    legal_by: date | None
    advised_by: date | None
    answer_days: int | None
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
        """Return the last day to file the request: the legal one, advice closes nothing."""
        return self.legal_by
