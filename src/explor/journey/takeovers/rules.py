"""Permissions to import missions begun before Explor, and what is left to complete on them."""

from explor.actors.organisations.states import State as Membership
from explor.ground.http.actor import Actor
from explor.journey.budgets.models import BudgetLine
from explor.journey.missions.models import Mission
from explor.journey.missions.states import BEFORE
from explor.journey.needs.states import State as NeedState
from explor.journey.releases.states import State as ReleaseState

from . import engine
from .models import Takeover, What


def can_import(actor: Actor, batch: Takeover | None) -> bool:
    """Return whether `actor` is a network, and `batch` is one of its files or None (a new one)."""
    if actor.role != "reseau":
        return False
    return batch is None or batch.network_id == actor.scope


def missing_to_read(batch: Takeover) -> list[str]:
    """Return the required fields that no column holds, in French; empty if the file can be read."""
    chosen = set(batch.chosen.values())
    if batch.what == What.BUDGETS:
        missing = [] if chosen & {"mission", "call"} else ["la mission ou l’appel"]
        missing += [] if chosen & {*engine.AMOUNTS} else ["un montant"]
        return [f"Dites quelle colonne porte : {', '.join(missing)}."] if missing else []
    if "association_number" in chosen:
        chosen.add("association")
    missing = [
        label.lower() for name, label in engine.required_of(batch.what) if name not in chosen
    ]
    return [f"Dites quelle colonne porte : {', '.join(missing)}."] if missing else []


def is_taken_over(mission: Mission) -> bool:
    """Return whether a mission began before Explor."""
    return mission.need.state == NeedState.TAKEN_OVER


def left_to_complete(mission: Mission) -> list[str]:
    """Return what the file did not say of a mission taken over, in French; empty when complete."""
    left = []
    if mission.association.state != Membership.VERIFIED:
        left.append(f"L’association : {mission.association} est à vérifier.")
    if mission.expert.person.last_login is None:
        left.append(
            f"La personne : prévenez {mission.expert.person} sous un mois (RGPD, article 14). Son "
            "compte s’ouvre avec un code envoyé à son adresse."
        )
    if mission.employer_id is None and not mission.expert.without_employer:
        left.append("L’employeur de la personne : le fichier ne le dit pas.")
    if mission.state in BEFORE and mission.release.state == ReleaseState.TAKEN_OVER:
        left.append("L’accord de l’employeur, avec le cadre du départ, puis la convention.")
    if not BudgetLine.objects.filter(mission=mission.pk).exists():
        left.append("Le budget : aucune ligne.")
    return left
