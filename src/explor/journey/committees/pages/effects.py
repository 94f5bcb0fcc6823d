"""Effects, options and return URLs of the confirmation pages of the committee."""

from typing import Any

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from .. import selectors
from ..models import Bylaws, CommitteeMember, Opinion

UNTIL_DECIDED = "Jusqu’à la décision du comité"
NO_TIME_LIMIT = "À tout moment"


def url_of_committee(actor: Actor, call: Call) -> str:
    """Return the URL of the page of a committee for officers of its network."""
    return reverse("committees:reseau_committee", args=[actor.key, call.pk])


def url_of_needs(actor: Actor, subject: Any = None) -> str:
    """Return the URL of the needs before a committee, for its members; `subject` is unused."""
    return reverse("committees:comite_needs", args=[actor.key])


def url_of_need(actor: Actor, need: Need) -> str:
    """Return the URL of the page of a need for the members of its committee."""
    return reverse("committees:comite_need", args=[actor.key, need.pk])


def associations_to_tick(actor: Actor, member: CommitteeMember) -> dict[str, Any]:
    """Return the option `associations` of `DeclareForm`: (primary key, name) pairs.

    Only the associations with an undecided need from which the member is not recused are listed.
    """
    return {"associations": list(selectors.associations_to_judge(member).items())}


def effects_of_invite_member(actor: Actor, call: Call) -> Effects:
    return Effects(
        happens=(
            Consequence("L’invitation part, valable 14 jours ; elle remplace la précédente."),
            Consequence(
                "La personne siège quand elle l’accepte. Elle dit ses liens avant de rendre "
                "un avis."
            ),
        ),
        notified=(Notified("La personne invitée", f"l’invitation au comité de « {call.title} »"),),
        undo=(Undo("Jusqu’à son premier avis", "Vous pouvez la retirer du comité."),),
    )


def effects_of_set_bylaws(actor: Actor, bylaws: Bylaws) -> Effects:
    return Effects(
        happens=(
            Consequence("Les votes, les désaccords et l’enveloppe se comptent ainsi désormais."),
            Consequence("Les décisions déjà prises ne changent pas."),
            Consequence("Le délai de réexamen qu’une lettre annonce ne raccourcit pas."),
        ),
        undo=(Undo(NO_TIME_LIMIT, "Vous pouvez changer de nouveau le règlement."),),
    )


def effects_of_appoint_chair(actor: Actor, member: CommitteeMember) -> Effects:
    return Effects(
        happens=(
            Consequence(f"{member.person.name} préside, à la place de qui présidait."),
            Consequence("Le classement, les séances et les procès-verbaux lui sont ouverts."),
        ),
        undo=(Undo(NO_TIME_LIMIT, "Vous pouvez confier la présidence à quelqu’un d’autre."),),
    )


def effects_of_remove_member(actor: Actor, member: CommitteeMember) -> Effects:
    return Effects(
        happens=(
            Consequence(f"{member.person.name} n’est plus membre du comité."),
            Consequence("Ses liens et ses déports sont effacés."),
        ),
        undo=(Undo(NO_TIME_LIMIT, "Vous pouvez inviter de nouveau cette personne."),),
    )


def effects_of_declare_interests(actor: Actor, member: CommitteeMember) -> Effects:
    return Effects(
        happens=(
            Consequence("Les dossiers des associations cochées vous sont fermés."),
            Consequence("Vos avis sur ces dossiers, s’il y en a, sont effacés."),
            Consequence("Vos avis sur les autres peuvent être définitifs."),
        ),
        undo=(Undo(NO_TIME_LIMIT, "Vous pouvez ajouter un lien ; un retrait ne se reprend pas."),),
    )


def effects_of_recuse(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=(
            Consequence("Le dossier et les avis ne vous seront plus montrés."),
            Consequence("Votre avis sur ce dossier, s’il y en a un, est effacé."),
            Consequence("Le procès-verbal dira votre retrait et son motif."),
        ),
        undo=(Undo("Ensuite", "Un retrait ne se reprend pas."),),
    )


def effects_of_reopen_opinion(actor: Actor, opinion: Opinion) -> Effects:
    return Effects(
        happens=(
            Consequence(
                "Votre avis ne comptera plus jusqu’à ce que vous le rendiez. "
                "Personne d’autre ne le lit d’ici là."
            ),
        ),
        undo=(Undo(UNTIL_DECIDED, "Vous pouvez rendre de nouveau votre avis."),),
    )
