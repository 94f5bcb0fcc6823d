"""Records of an IATI activity. For privacy, no field names a person.

Codes come from the IATI codelists (https://iatistandard.org/en/iati-standard/203/codelists/).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import IntEnum, StrEnum

from explor.engines.formats.sheets import Goal, Money, PartialDate

CENT = Decimal("0.01")


class Stage(IntEnum):
    """The stage of an activity (codelist ActivityStatus)."""

    PIPELINE = 1
    UNDER_WAY = 2
    FINALISATION = 3
    CLOSED = 4
    CANCELLED = 5
    SUSPENDED = 6


class Role(IntEnum):
    """The role of an organisation (codelist OrganisationRole).

    A network has the role ACCOUNTABLE, an association IMPLEMENTING.
    """

    FUNDER = 1
    ACCOUNTABLE = 2
    EXTENDING = 3
    IMPLEMENTING = 4


class Flow(StrEnum):
    """The type of a payment, or of the commitment to pay (codelist TransactionType)."""

    INCOMING = "1"
    COMMITMENT = "2"
    DISBURSEMENT = "3"
    EXPENDITURE = "4"


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The organisation that publishes the file.

    `ref` is its IATI identifier (« FR-RCS-123456789 »), `type` its code in the codelist
    OrganisationType, `vocabulary_uri` the public URL of Explor's own list of sectors.
    """

    ref: str
    name: str
    type: str = "15"
    vocabulary_uri: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """An organisation that takes part in an activity, with its role in it.

    `ref` is its registered identifier, None when it has none; `type` its OrganisationType code.
    """

    name: str
    role: Role
    ref: str | None = None
    type: str | None = None


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A sector: `code` and `label` in Explor's own list, and its 5-digit DAC code."""

    code: str
    label: str
    dac: str


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment made, or committed, on the day `on`; `flow` is its TransactionType code.

    `provider` and `receiver` are names of organisations; a blank one is not written in the file.
    """

    flow: Flow
    on: date
    money: Money
    description: str = ""
    provider: str = ""
    receiver: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A public document: `format` is its media type, `category` its DocumentCategory code."""

    url: str
    title: str
    format: str = "text/html"
    category: str = "A12"


@dataclass(frozen=True, kw_only=True)
class Activity:
    """A programme (hierarchy 1), a project (2) or a mission (3); its identifier ends with `number`.

    `start` and `end` are planned dates; `started` and `ended` are actual dates, not written when
    they are in the future. `countries` are ISO codes; `localities` are names of places, never an
    address, for privacy. `parent` and `children` are numbers of other activities.
    """

    number: str
    title: str
    stage: Stage
    countries: tuple[str, ...]
    themes: tuple[Theme, ...]
    parties: tuple[Party, ...]
    description: str = ""
    objectives: str = ""
    audiences: str = ""
    hierarchy: int = 2
    start: PartialDate | None = None
    end: PartialDate | None = None
    started: date | None = None
    ended: date | None = None
    localities: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    budget: Money | None = None
    payments: tuple[Payment, ...] = ()
    documents: tuple[Document, ...] = ()
    results: tuple[str, ...] = ()
    parent: str | None = None
    children: tuple[str, ...] = ()
    updated: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Return, in French, what the activity lacks for the standard; empty when complete."""
        needs = (
            (self.title, "un titre"),
            (self.description or self.objectives, "une description ou des objectifs"),
            (self.start or self.started, "une date de début"),
            (self.countries, "un pays"),
            (self.themes, "un secteur"),
            (self.parties, "une organisation participante"),
        )
        return tuple(f"il manque {what}" for value, what in needs if not value)


def shares(count: int) -> tuple[int, ...]:
    """Return `count` integer percentages, as equal as possible, that add up to 100."""
    low, extra = divmod(100, count)
    return tuple(low + (position < extra) for position in range(count))


def yearly(money: Money, start: date, end: date) -> tuple[tuple[date, date, Decimal], ...]:
    """Return (first day, last day, amount) for each of the consecutive periods of at most a year.

    The amounts are in proportion to the days, rounded down to the cent; the last amount includes
    the remainder. The standard refuses budget periods of more than a year (rule 7.5.3).
    """
    periods = []
    day = start
    while day <= end:
        stop = min(end, _year_later(day) - timedelta(days=1))
        periods.append((day, stop))
        day = stop + timedelta(days=1)
    days = (end - start).days + 1
    amounts = [
        (money.amount * ((stop - day).days + 1) / days).quantize(CENT, ROUND_DOWN)
        for day, stop in periods[:-1]
    ]
    amounts.append(money.amount - sum(amounts, Decimal(0)))
    return tuple((*period, amount) for period, amount in zip(periods, amounts, strict=True))


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # for 29 February
        return day.replace(year=day.year + 1, day=28)
