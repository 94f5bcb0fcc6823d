"""The effects that the confirmation pages of a release announce, for each verb."""

from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import label
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules
from ..models import Release
from .recipients import parties


def effects_of_approve(actor: Actor, release: Release) -> Effects:
    granted = release.by_employment("L’accord de l’employeur est donné", "Le départ est accordé")
    ended = release.by_employment("l’accord est classé", "le départ est classé")
    return Effects(
        happens=(
            Consequence(f"{granted}, dans le cadre que vous indiquez."),
            Consequence(
                "Si ce cadre est à vérifier, le réseau le confirme à son nom avant toute signature."
            ),
            Consequence("La convention est établie ; chaque partie la relit et la signe."),
            Consequence("La préparation de la mission commence."),
            Consequence("La mission part.", release.proposal.start),
        ),
        notified=parties(release, "« Convention à signer »"),
        undo=(
            Undo(
                "Ensuite",
                "L’accord ne se retire pas d’ici. Si la personne ne part plus, le réseau note son "
                f"désistement et {ended} sans suite.",
            ),
        ),
    )


def effects_of_refuse(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence(
                release.by_employment(
                    "L’accord de l’employeur est refusé.", "Le départ est refusé."
                )
            ),
            Consequence("La proposition prend fin : la place est libre, la recherche reprend."),
        ),
        notified=(
            Notified("L’experte ou l’expert, l’association", "le refus, sans son motif"),
            Notified("Le réseau", "le refus et son motif"),
        ),
        undo=(Undo("Ensuite", "Un refus ne se reprend pas : il faut une nouvelle proposition."),),
    )


def effects_of_lines(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence(
                "La convention est établie de nouveau avec ces lignes ; l’ancien fichier ne vaut "
                "plus."
            ),
            Consequence("Les liens déjà reçus pour signer ouvrent le nouveau fichier."),
        ),
        undo=(Undo("Avant la première signature", "Corrigez ou videz ces lignes."),),
    )


def effects_of_sign(actor: Actor, release: Release) -> Effects:
    last = len(rules.unsigned(release)) == 1
    happens = [Consequence("La signature porte sur la convention telle qu’elle est aujourd’hui.")]
    if last:
        happens += [Consequence("C’est la dernière : la convention engage toutes les parties.")]
    else:
        happens += [Consequence("La convention engage quand toutes les parties ont signé.")]
    return Effects(
        happens=happens,
        notified=parties(release, "« Toutes les parties ont signé »") if last else (),
        undo=(Undo("Ensuite", "Une signature ne se retire pas."),),
    )


def effects_of_confirm(actor: Actor, release: Release) -> Effects:
    return Effects(
        happens=(
            Consequence(
                f"Le cadre « {label('leave_schemes', release.scheme)} » est confirmé à votre nom, "
                "pour les questions ci-dessus."
            ),
            Consequence("Les parties peuvent signer la convention."),
        ),
        undo=(Undo("Ensuite", "Une confirmation ne se retire pas."),),
    )
