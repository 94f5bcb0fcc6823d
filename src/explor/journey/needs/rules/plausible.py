"""What is not forbidden in a need but seldom works. Pure: a plan in, sentences out."""

from dataclasses import dataclass
from datetime import date, timedelta

from explor.journey.calls.rules import count

# Orders of size to doubt by, not to refuse by (exemple).
DAYS_A_DELIVERABLE = 3
MOST_OBJECTIVES = 3
DAYS_TO_PREPARE = 90
SLACK = 14


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What plausibility is read on; None or 0: not told."""

    today: date
    days: int | None = None
    deliverables: int = 0
    objectives: int = 0
    start: date | None = None
    end: date | None = None
    seats: int = 1
    committee_on: date | None = None
    zone: str = ""


def doubts(plan: Plan) -> list[str]:
    """What is not forbidden but seldom works, each with what to do about it."""
    return [*_doubts_of_work(plan), *_doubts_of_dates(plan), *_doubts_of_zone(plan.zone)]


def _doubts_of_work(plan: Plan) -> list[str]:
    found = []
    if plan.days and plan.deliverables * DAYS_A_DELIVERABLE > plan.days:
        found.append(
            f"{count(plan.deliverables, 'livrable')} en {count(plan.days, 'jour')} : comptez "
            f"environ {DAYS_A_DELIVERABLE} jours pour chacun. "
            "Gardez les plus utiles, ou allongez la durée."
        )
    if plan.objectives > MOST_OBJECTIVES:
        found.append(
            f"{plan.objectives} objectifs : au-delà de {MOST_OBJECTIVES}, une mission courte en "
            "laisse de côté. Lesquels comptent vraiment ?"
        )
    if plan.seats > 1:
        found.append(
            f"{plan.seats} personnes : chacune est cherchée, libérée par son employeur et financée "
            "à part. Dites dans le profil ce que chacune fera."
        )
    return found


def _doubts_of_dates(plan: Plan) -> list[str]:
    if not (plan.start and plan.end and plan.days):
        return []
    found = []
    latest = plan.end - timedelta(days=plan.days - 1)
    since = max(plan.today, plan.committee_on or plan.today)
    left = (latest - since).days
    if left < DAYS_TO_PREPARE:
        event = "du comité" if since > plan.today else "d’aujourd’hui"
        found.append(
            f"Le départ le plus tardif est le {latest:%d/%m/%Y}, "
            f"à {count(max(left, 0), 'jour')} {event} : comptez "
            f"environ {DAYS_TO_PREPARE} jours pour préparer. Ouvrez la fenêtre plus tard."
        )
    if 0 <= (latest - plan.start).days < SLACK:
        found.append(
            f"La fenêtre laisse {count((latest - plan.start).days, 'jour')} de choix pour le "
            f"départ : avec {SLACK} jours ou plus, davantage de personnes peuvent se rendre "
            "disponibles."
        )
    return found


def _doubts_of_zone(zone: str) -> list[str]:
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
