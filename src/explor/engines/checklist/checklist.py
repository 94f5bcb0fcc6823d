"""Default checklist of a mission, which a network may change; each task names its source."""

from datetime import date
from typing import Final

from .model import Task

PREPARATION: Final[tuple[Task, ...]] = (
    Task(
        code="passport",
        label="Passeport valable six mois après le retour",
        party="expert",
        due_days=75,
        lead_days=42,
        latest_days=3,
        # Many countries require six months (France Volontaires); the durations are our own
        # estimates.
        source="validité : France Volontaires ; délais : exemple",
    ),
    Task(
        code="terms",
        label="Termes de référence arrêtés : objectifs et résultats attendus",
        party="association",
        due_days=70,
        lead_days=14,
        latest_days=15,
    ),
    Task(
        code="agreement",
        label="Convention signée par toutes les parties",
        party="reseau",
        due_days=45,
        lead_days=21,
        latest_days=10,
        after=("terms",),
    ),
    Task(
        code="briefing",
        label="Échange de préparation avec le partenaire de terrain",
        party="partenaire",
        due_days=40,
        lead_days=14,
        latest_days=3,
        after=("terms",),
    ),
    Task(
        code="training",
        label="Formation au départ suivie",
        party="expert",
        due_days=30,
        lead_days=14,
        latest_days=3,
        required=False,
        # A similar programme trains its people about one month before departure.
        source="environ un mois avant, usage d’un dispositif voisin ; exemple",
    ),
    Task(
        code="tickets",
        label="Billets achetés",
        party="association",
        due_days=30,
        lead_days=7,
        latest_days=5,
        after=("agreement",),
    ),
    Task(
        code="visa",
        label="Visa obtenu, ou non demandé par le pays",
        party="expert",
        due_days=21,
        lead_days=30,
        latest_days=3,
        after=("passport",),
    ),
    Task(
        code="insurance",
        label="Attestation d’assurance : soins, assistance, rapatriement",
        party="association",
        due_days=21,
        lead_days=10,
        latest_days=3,
        after=("agreement",),
    ),
    Task(
        code="vaccines",
        label="Vaccinations à jour : oui ou non",
        party="expert",
        due_days=21,
        lead_days=28,
        # Immunity against yellow fever is counted from the tenth day after the injection.
        latest_days=10,
        source="fièvre jaune : 10 jours ; autres délais : exemple",
    ),
    Task(
        code="ariane",
        label="Voyage inscrit sur Ariane",
        party="expert",
        due_days=7,
        lead_days=1,
        latest_days=1,
        # Ariane, the ministry's travel register, asks for the dates and stages of the journey.
        after=("tickets",),
    ),
    Task(
        code="emergency",
        label="Contact d’urgence joignable 24 h sur 24, essayé",
        party="reseau",
        due_days=5,
        lead_days=2,
        latest_days=1,
    ),
)

PASSPORT_MONTHS: Final = 6


def passport_needed_until(back: date) -> date:
    """Return the day until which a passport must be valid: six months after the return.

    For a return on 31 August, since February has no 31st, the result is 1 March, so that the six
    months are complete. Source: advice of France Volontaires. When the country's own rule is known,
    follow it instead.
    """
    years, month = divmod(back.month - 1 + PASSPORT_MONTHS, 12)
    year, month = back.year + years, month + 1
    try:
        return date(year, month, back.day)
    except ValueError:
        return date(year, month + 1, 1)  # not December, which has 31 days
