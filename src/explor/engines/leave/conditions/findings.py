"""What a condition reads and answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ..law import Scheme
from ..model import Association, Employer, Mission, Person


@dataclass(frozen=True, kw_only=True)
class Case:
    """One scheme to judge for one person, on the day `on`."""

    scheme: Scheme
    person: Person
    employer: Employer
    association: Association
    mission: Mission
    on: date

    @property
    def requested_on(self) -> date:
        """Return the day on which the request reached the employer, today when it is to come."""
        return self.mission.requested_on or self.on

    @property
    def legal_by(self) -> date | None:
        """Return the last day on which the request may reach the employer."""
        return days_before(self.mission.leaves, self.scheme.notice_days)

    @property
    def advised_by(self) -> date | None:
        """Return the day that leaves time for the papers."""
        return days_before(self.mission.leaves, self.scheme.advised_days)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Answer of a condition. `holds` is None when unknown: `says` is then the question to ask.

    `articles` are the keys of the texts that the answer rests on. `fact` is the fact that is not
    known and could change the answer, as "employer.on_leave"; "" when no fact would.
    """

    holds: bool | None
    says: str
    articles: tuple[str, ...] = ()
    fact: str = ""


Condition = Callable[[Case], Finding]
HOLDS = Finding(holds=True, says="")


def days_before(day: date, days: int | None) -> date | None:
    """Return the day that many days earlier, None when no number is set."""
    return None if days is None else day - timedelta(days=days)


def yes(says: str, *articles: str, fact: str = "") -> Finding:
    """Return the finding of a condition that holds, unless `fact`, not known, says otherwise."""
    return Finding(holds=True, says=says, articles=articles, fact=fact)


def no(says: str, *articles: str) -> Finding:
    """Return the finding of a condition that fails."""
    return Finding(holds=False, says=says, articles=articles)


def ask(question: str, *articles: str, fact: str = "") -> Finding:
    """Return the finding of a condition that depends on an answer."""
    return Finding(holds=None, says=question, articles=articles, fact=fact)


def known(
    value: bool | None,
    *,
    yes: str,
    no: str,
    ask: str,
    articles: tuple[str, ...] = (),
    fact: str = "",
) -> Finding:
    """Return the finding of a fact that is true, false or unknown."""
    says = ask if value is None else yes if value else no
    return Finding(holds=value, says=says, articles=articles, fact=fact if value is None else "")
