"""What a reading allows: go, go with a reasoned approval, stop, or read again first."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.conf import settings
from django.utils.formats import date_format

from explor.ground.http.actor import Actor
from explor.ground.reference.queries import fold, terms

from .models import Advice, Status, Zone


class Outcome(IntEnum):
    """From the lightest to the heaviest."""

    CLEAR = 0
    APPROVAL = 1
    STOP = 2
    TO_READ = 3


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An outcome and the sentence that explains it."""

    outcome: Outcome
    sentence: str

    @property
    def label(self) -> str:
        """The outcome in a few words, for a list."""
        return LABELS[self.outcome]

    @property
    def tone(self) -> str:
        """How the interface shows it."""
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
    """What `advice` allows on the day `on`; a missing or stale reading blocks until it is made.

    The heavier of colour and status decides: red or closed stops, orange or approval asks for a
    reasoned approval (domain rule: the colour is a dated fact about a place).
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
    found = _heavier(advice)
    return Verdict(outcome=found.outcome, sentence=f"{read} : {found.sentence}")


def is_stale(advice: Advice, on: date) -> bool:
    """True when the reading is too old on the day `on` to be relied on."""
    return (on - advice.read_on).days > settings.TRAVEL_ADVICE_DAYS


def prevailing(place: Advice | None, country: Advice | None) -> Advice | None:
    """Which of two readings holds for a place: its own, or the whole country's.

    Its own, as colours differ inside a country; but a later and heavier reading of the whole
    country, such as its closing, overrules what was read of the place before.
    """
    if place is None or country is None:
        return place or country
    heavier = _weight(country) > _weight(place)
    return country if heavier and country.read_on > place.read_on else place


def can_read(actor: Actor) -> bool:
    """Officers of the networks record readings."""
    return actor.role == "reseau"


def reasons_not_to_read(country: str, place: str, read_on: date, today: date) -> dict[str, str]:
    """What is wrong with a reading about to be recorded, by field."""
    found = {}
    if country not in terms("countries"):
        found["country"] = "Choisissez un pays de la liste."
    if place and not fold(place):
        found["place"] = "Le lieu doit contenir des lettres ou des chiffres."
    if read_on > today:
        found["read_on"] = "La date du relevé est dans l’avenir."
    return found


def _heavier(advice: Advice) -> Verdict:
    status, zone = STATUSES[Status(advice.country_status)], ZONES[Zone(advice.zone)]
    return status if status.outcome >= zone.outcome and status.sentence else zone


def _weight(advice: Advice) -> tuple[int, int]:
    """Heaviness for comparing two readings: outcome, then colour."""
    return _heavier(advice).outcome, list(Zone).index(Zone(advice.zone))
