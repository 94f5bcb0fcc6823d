"""Warnings about choices in a need that are allowed but seldom work."""

from dataclasses import dataclass
from datetime import date, timedelta

from explor.journey.eligibility.rules import count

# Thresholds of the warnings, which refuse nothing; the values are examples, not rules of the law.
DAYS_A_DELIVERABLE = 3
MOST_OBJECTIVES = 3
DAYS_TO_PREPARE = 90
SLACK = 14


@dataclass(frozen=True, kw_only=True)
class WarningFacts:
    """The facts that the warnings are computed from; None, 0 or "" when not filled in.

    `deliverables` and `objectives` are numbers of lines; `days` is the duration on site; `zone` is
    the code of the travel-advice zone ("O" orange, "R" red).
    """

    today: date
    days: int | None = None
    deliverables: int = 0
    objectives: int = 0
    start: date | None = None
    end: date | None = None
    seats: int = 1
    committee_on: date | None = None
    zone: str = ""


def warnings_about(facts: WarningFacts) -> list[str]:
    """Return one French sentence per warning, which also says what to do."""
    return [
        *_warnings_of_work(facts),
        *_warnings_of_dates(facts),
        *_warnings_of_zone(facts.zone),
    ]


def _warnings_of_work(facts: WarningFacts) -> list[str]:
    warnings = []
    if facts.days and facts.deliverables * DAYS_A_DELIVERABLE > facts.days:
        warnings.append(
            f"{count(facts.deliverables, 'livrable')} en {count(facts.days, 'jour')} : comptez "
            f"environ {DAYS_A_DELIVERABLE} jours pour chacun. "
            "Gardez les plus utiles, ou allongez la durée."
        )
    if facts.objectives > MOST_OBJECTIVES:
        warnings.append(
            f"{facts.objectives} objectifs : au-delà de {MOST_OBJECTIVES}, une mission courte en "
            "laisse de côté. Lesquels comptent vraiment ?"
        )
    if facts.seats > 1:
        warnings.append(
            f"{facts.seats} personnes : chacune est cherchée, libérée par son employeur et "
            "financée à part. Dites dans le profil ce que chacune fera."
        )
    return warnings


def _warnings_of_dates(facts: WarningFacts) -> list[str]:
    if not (facts.start and facts.end and facts.days):
        return []
    warnings = []
    latest = facts.end - timedelta(days=facts.days - 1)
    since = max(facts.today, facts.committee_on or facts.today)
    left = (latest - since).days
    if left < DAYS_TO_PREPARE:
        event = "du comité" if since > facts.today else "d’aujourd’hui"
        warnings.append(
            f"Le départ le plus tardif est le {latest:%d/%m/%Y}, "
            f"à {count(max(left, 0), 'jour')} {event} : comptez "
            f"environ {DAYS_TO_PREPARE} jours pour préparer. Ouvrez la fenêtre plus tard."
        )
    if 0 <= (latest - facts.start).days < SLACK:
        warnings.append(
            f"La fenêtre laisse {count((latest - facts.start).days, 'jour')} de choix pour le "
            f"départ : avec {SLACK} jours ou plus, davantage de personnes peuvent se rendre "
            "disponibles."
        )
    return warnings


def _warnings_of_zone(zone: str) -> list[str]:
    return {
        "O": [
            "Ce lieu est en zone orange : déconseillé sauf raison impérative. Le départ demandera "
            "un avis motivé du réseau ; écrivez pourquoi ici, et quel autre lieu conviendrait."
        ],
        "R": [
            "Ce lieu est en zone rouge : formellement déconseillé. Le départ serait arrêté ; "
            "prévoyez un autre lieu, ou une mission à distance."
        ],
    }.get(zone, [])
