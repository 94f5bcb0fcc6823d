"""Texts of the pages that record or undo a departure or a return."""

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules
from ..models import Mission
from ..states import State, properties_of
from .missions import BUT, parties_of


def blockers_of_depart(actor: Actor, mission: Mission) -> list[str]:
    """Return why the departure cannot be confirmed on the most likely day, empty when it can."""
    today = timezone.localdate()
    return rules.missing_to_depart(mission, rules.likely_departure(mission, today), today)


def blockers_of_undo_departure(actor: Actor, mission: Mission) -> list[str]:
    """Return what depends on the departure, empty when it can be undone."""
    return rules.missing_to_undo(mission)


def blockers_of_undo_return(actor: Actor, mission: Mission) -> list[str]:
    """Return what depends on the return, empty when it can be undone."""
    return rules.missing_to_undo_return(mission)


def label_of_undo_return(actor: Actor, mission: Mission) -> str:
    """Return the label of the button: undo a return, or an outcome that cut the mission short."""
    if mission.state == State.INTERRUPTED:
        return "Retirer l’interruption notée"
    return (
        "Retirer la fin notée"
        if properties_of(mission.state).is_outcome
        else "Retirer le retour noté"
    )


def effects_of_depart(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("La mission est en cours, depuis le jour que vous donnez."),
            Consequence("Le retour est à confirmer.", mission.end),
        ),
        notified=parties_of(mission, "« Départ confirmé », et son jour"),
        undo=(
            Undo(
                "Tant que rien n’en découle",
                "Le réseau peut retirer un départ noté par erreur, avec un motif : tant que le "
                "retour n’est pas noté et que la fiche du projet n’a pas été écrite depuis.",
            ),
            Undo("Ensuite", "Le réseau peut interrompre la mission, avec sa cause."),
        ),
    )


def effects_of_come_back(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence(
                "La mission finit le jour que vous donnez : l’attestation, les calendriers et les "
                "chiffres publics le reprennent."
            ),
            Consequence("Si le retour est en avance, les jours qui restaient sont libres."),
            Consequence("Le compte rendu est attendu."),
        ),
        notified=(
            *parties_of(mission, "« Retour confirmé », et son jour"),
            *_partner_of(mission, "un lien pour évaluer la mission"),
        ),
        undo=(
            Undo(
                "Tant que rien n’en découle",
                "Le réseau peut retirer un retour noté par erreur, avec un motif : tant que le "
                "compte rendu n’est pas commencé, que personne n’a évalué la mission et que la "
                "fiche du projet n’a pas été écrite depuis.",
            ),
        ),
    )


def effects_of_undo_departure(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("La mission a de nouveau le feu vert, sans être partie."),
            Consequence("Le jour noté est effacé ; le journal le garde."),
        ),
        notified=parties_of(mission, f"« Départ retiré », et votre motif{BUT}"),
        undo=(Undo("Ensuite", "Le départ peut être noté de nouveau, à son jour."),),
    )


def effects_of_undo_return(actor: Actor, mission: Mission) -> Effects:
    happens = [
        Consequence("La mission est de nouveau en cours ; le retour est à confirmer."),
        Consequence("Le jour noté est effacé ; le journal le garde."),
        Consequence("Les jours prévus de la personne sont de nouveau pris."),
        Consequence("Le compte rendu, qui n’est pas commencé, n’est plus attendu."),
    ]
    if mission.cause:
        happens += [Consequence("La cause et les dépenses perdues sont effacées aussi.")]
    return Effects(
        happens=happens,
        notified=(
            *parties_of(mission, f"« Retour retiré », et votre motif{BUT}"),
            *_partner_of(mission, "que son lien d’évaluation ne sert plus"),
        ),
        undo=(Undo("Ensuite", "Le retour peut être noté de nouveau, à son jour."),),
    )


def _partner_of(mission: Mission, reads: str) -> tuple[Notified, ...]:
    """Return the field partner as a recipient of the message `reads`; [] without email address."""
    partner = mission.need.partner
    return (Notified("Le partenaire de terrain", reads),) if partner and partner.email else ()


def effects_of_close_without_report(actor: Actor, mission: Mission) -> Effects:
    return Effects(
        happens=(
            Consequence("Le dossier est clos sans compte rendu ; aucune attestation n’est émise."),
            Consequence("La personne peut encore remettre son compte rendu, et le réseau le lire."),
        ),
        notified=parties_of(mission, f"« Mission close sans compte rendu », et votre motif{BUT}"),
        undo=(Undo("Ensuite", "Une mission close ne se rouvre pas."),),
    )
