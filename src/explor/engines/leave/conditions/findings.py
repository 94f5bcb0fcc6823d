"""Records used by conditions: `Case` is the input, `Finding` the result."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ..law import Scheme, Urgent
from ..model import Association, Employer, Mission, Person
from ..tables import SOFTWARE, Tables


@dataclass(frozen=True, kw_only=True)
class Case:
    """The input of a condition: a scheme to evaluate for a person and a mission, on the day `on`.

    `tables` are the tables of the law to use.
    """

    scheme: Scheme
    person: Person
    employer: Employer
    association: Association
    mission: Mission
    on: date
    tables: Tables = SOFTWARE

    @property
    def requested_on(self) -> date:
        """Return the day on which the employer received the request, or `on` without request."""
        return self.mission.requested_on or self.on

    @property
    def urgent(self) -> Urgent | None:
        """Return the scheme's terms for urgent requests; None if the request is not urgent.

        None too when the scheme has no such terms.
        """
        return self.scheme.urgent if self.mission.urgent_at else None

    @property
    def urgent_by(self) -> datetime | None:
        """Return the last moment to receive the urgent request; None when it is not urgent."""
        if self.urgent is None or self.mission.urgent_at is None:
            return None
        zone = self.mission.urgent_at.tzinfo
        leaves = datetime.combine(self.mission.leaves, time(), zone).astimezone(UTC)
        return (leaves - timedelta(hours=self.urgent.notice_hours)).astimezone(zone)

    @property
    def legal_by(self) -> date | None:
        """Return the last day on which the employer may receive the request.

        The limit is the legal notice of the scheme, or its notice for urgent requests when the
        request is urgent; None when the scheme has no such notice.
        """
        if last := self.urgent_by:
            return (last - timedelta(microseconds=1)).date()
        return days_before(self.mission.leaves, self.scheme.notice_days)

    @property
    def advised_by(self) -> date | None:
        """Return the last day to request leave with enough time for the documents.

        The limit is the advised notice of the scheme; None when it has no such notice, or when the
        request is urgent.
        """
        if self.urgent:
            return None
        return days_before(self.mission.leaves, self.scheme.advised_days)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of a condition: `holds` is True, False, or None when a fact is not known.

    `sentence` is the French sentence to show, blank when there is none; when `holds` is None, it is
    the question to ask. `articles` are the keys (see `tables.articles`) of the legal texts that
    justify the result. `fact` is the unknown fact that could change the result, as
    "employer.on_leave"; "" when no fact would.
    """

    holds: bool | None
    sentence: str
    articles: tuple[str, ...] = ()
    fact: str = ""


Condition = Callable[[Case], Finding]
HOLDS = Finding(holds=True, sentence="")


def days_before(day: date, days: int | None) -> date | None:
    """Return the date `days` days before `day`, or None when `days` is None."""
    return None if days is None else day - timedelta(days=days)


def yes(sentence: str, *articles: str, fact: str = "") -> Finding:
    """Return the finding of a condition that holds, with its sentence and the keys of articles.

    `fact` is an unknown fact that could still make the condition fail.
    """
    return Finding(holds=True, sentence=sentence, articles=articles, fact=fact)


def no(sentence: str, *articles: str) -> Finding:
    """Return the finding of a condition that fails, with its sentence and the keys of articles."""
    return Finding(holds=False, sentence=sentence, articles=articles)


def ask(question: str, *articles: str, fact: str = "") -> Finding:
    """Return the finding of a condition that is unknown, with its question and keys of articles.

    `fact` is the fact that would answer the question, "" when no single fact would.
    """
    return Finding(holds=None, sentence=question, articles=articles, fact=fact)


def known(
    value: bool | None,
    *,
    yes: str,
    no: str,
    ask: str,
    articles: tuple[str, ...] = (),
    fact: str = "",
) -> Finding:
    """Return the finding for a fact that is True, False or None: its text is `yes`, `no` or `ask`.

    `articles` are the keys of legal texts. `fact` is the name of the fact, used if unknown.
    """
    sentence = ask if value is None else yes if value else no
    return Finding(
        holds=value, sentence=sentence, articles=articles, fact=fact if value is None else ""
    )
