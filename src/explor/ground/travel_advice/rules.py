"""Rules of travel advice: its verdict on a departure, and who may record which reading."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.conf import settings

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import fold, terms
from explor.ground.ui.days import date_format

from .models import Advice, Status, Zone


class Outcome(IntEnum):
    """Whether travel advice allows departure, from the least to the most severe answer."""

    CLEAR = 0
    APPROVAL = 1
    STOP = 2
    TO_READ = 3


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether travel advice allows departure, and the French sentence that explains it."""

    outcome: Outcome
    sentence: str

    @property
    def label(self) -> str:
        """Return the outcome in a few French words, for a list."""
        return LABELS[self.outcome]

    @property
    def tone(self) -> str:
        """Return the tone (colour) of the badge of the outcome."""
        return TONES[self.outcome]


LABELS = {
    Outcome.CLEAR: "départ possible",
    Outcome.APPROVAL: "accord motivé demandé",
    Outcome.STOP: "départ impossible",
    Outcome.TO_READ: "à relever de nouveau",
}
TONES = {
    Outcome.CLEAR: "good",
    Outcome.APPROVAL: "warn",
    Outcome.STOP: "bad",
    Outcome.TO_READ: "info",
}

ZONES = {
    Zone.GREEN: Verdict(
        outcome=Outcome.CLEAR, sentence="zone verte, vigilance normale. Rien ne s’oppose au départ."
    ),
    Zone.YELLOW: Verdict(
        outcome=Outcome.CLEAR,
        sentence="zone jaune, vigilance renforcée. Le départ est possible, "
        "après un point de sécurité.",
    ),
    Zone.ORANGE: Verdict(
        outcome=Outcome.APPROVAL,
        sentence="zone orange, déconseillée sauf raison impérative. "
        "Un accord écrit et motivé est demandé.",
    ),
    Zone.RED: Verdict(
        outcome=Outcome.STOP,
        sentence="zone rouge, formellement déconseillée. La mission ne peut pas partir.",
    ),
}
STATUSES = {
    Status.OPEN: Verdict(outcome=Outcome.CLEAR, sentence=""),
    Status.APPROVAL: Verdict(
        outcome=Outcome.APPROVAL,
        sentence="pays ouvert avec validation. Un accord écrit et motivé est demandé.",
    ),
    Status.CLOSED: Verdict(
        outcome=Outcome.STOP, sentence="pays fermé. La mission ne peut pas partir."
    ),
}


def verdict(advice: Advice | None, on: date) -> Verdict:
    """Return whether advice allows departure on the day `on`; missing or stale advice does not.

    The more severe of colour and status prevails: red or closed forbids departure; orange, or a
    country open with approval, requires an approval with its reasons.
    """
    if advice is None:
        return Verdict(
            outcome=Outcome.TO_READ,
            sentence="Les conseils aux voyageurs n’ont pas été relevés pour ce lieu.",
        )
    read = f"{advice.where}, relevé du {date_format(advice.read_on, 'DATE_FORMAT')}"
    if is_stale(advice, on):
        return Verdict(
            outcome=Outcome.TO_READ,
            sentence=f"{read} : il a plus de {settings.TRAVEL_ADVICE_DAYS} jours, "
            "relevez de nouveau les conseils aux voyageurs.",
        )
    decisive = _most_severe(advice)
    return Verdict(outcome=decisive.outcome, sentence=f"{read} : {decisive.sentence}")


def is_stale(advice: Advice, on: date) -> bool:
    """Return whether advice was read more than `TRAVEL_ADVICE_DAYS` days before the day `on`."""
    return (on - advice.read_on).days > settings.TRAVEL_ADVICE_DAYS


def prevailing(place: Advice | None, country: Advice | None) -> Advice | None:
    """Return the advice that applies to a place: that on the place, else that on its country.

    The advice on the place comes first, as colours differ inside a country; but a later and more
    severe one on the country, such as its closing, overrides it. None when both are None.
    """
    if place is None or country is None:
        return place or country
    more_severe = _severity(country) > _severity(place)
    return country if more_severe and country.read_on > place.read_on else place


def can_record(actor: Actor) -> bool:
    """Return whether `actor` may record travel advice: officers of networks only."""
    return actor.role == "reseau"


def blockers_of_reading(country: str, place: str, read_on: date, today: date) -> dict[str, str]:
    """Return why travel advice cannot be recorded, by form field; empty when it can."""
    reasons = {}
    if country not in terms("countries"):
        reasons["country"] = "Choisissez un pays de la liste."
    if place and not fold(place):
        reasons["place"] = "Le lieu doit contenir des lettres ou des chiffres."
    if read_on > today:
        reasons["read_on"] = "La date du relevé est dans l’avenir."
    return reasons


def _most_severe(advice: Advice) -> Verdict:
    """Return the more severe of the two verdicts on travel advice: by colour and by status."""
    status, zone = STATUSES[Status(advice.country_status)], ZONES[Zone(advice.zone)]
    return status if status.outcome >= zone.outcome and status.sentence else zone


def _severity(advice: Advice) -> tuple[int, int]:
    """Return a sort key of severity: (outcome, colour), where red is the most severe colour."""
    return _most_severe(advice).outcome, list(Zone).index(Zone(advice.zone))
