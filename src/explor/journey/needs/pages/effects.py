"""Effects, blockers and return URLs of the confirmation pages of a need."""

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules, selectors
from ..models import Need
from ..rules import SCREENS
from ..states import State


def url_of(actor: Actor, need: Need) -> str:
    """Return the URL of the page of a need in the role of `actor`."""
    return reverse(f"needs:{actor.role}_need", args=[actor.key, need.pk])


def first_screen_url(actor: Actor, need: Need) -> str:
    """Return the URL of the first screen of the guided builder for a need."""
    return reverse("needs:association_screen", args=[actor.key, need.pk, next(iter(SCREENS))])


def missing(need: Need) -> list[str]:
    """Return, in French, what prevents a need from being submitted, or submitted again.

    The list is empty when nothing does, and for a need that is neither a draft nor returned.
    """
    if need.state == State.RETURNED:
        return rules.missing_parts(need, timezone.localdate())
    if need.state != State.DRAFT:
        return []
    others = selectors.others_filed(need)
    return rules.missing_to_submit(need, others=others, at=timezone.now())


def blockers_of_submit(actor: Actor, need: Need) -> list[str]:
    """Return the reasons why the draft cannot be submitted, empty when it can."""
    return missing(need)


def blockers_of_ask_partner(actor: Actor, need: Need) -> list[str]:
    """Return the reasons why no link can be sent to the partner, empty when one can."""
    return rules.missing_to_ask_partner(need)


def blockers_of_withdraw(actor: Actor, need: Need) -> list[str]:
    """Return why the need cannot be withdrawn, empty when it can."""
    return rules.blockers_of_withdraw(need)


def word_of_withdraw(actor: Actor, need: Need) -> str:
    """Return the name of the association for which an officer withdraws the need, else ""."""
    return need.association.name if actor.role == "reseau" else ""


def effects_of_submit(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[
            Consequence("Votre réseau lit le besoin et répond."),
            Consequence("Le besoin ne se modifie plus, sauf si votre réseau vous le renvoie."),
        ],
        notified=[
            Notified(need.network.name, "« Besoin déposé », avec le lien pour le lire"),
            Notified("Votre association", "un accusé de réception"),
        ],
        undo=[Undo("À tout moment", "Vous pouvez retirer le besoin, avec un motif.")],
    )


def effects_of_withdraw(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[Consequence("Le besoin est retiré : plus personne n’est cherché pour lui.")],
        notified=[
            Notified(need.association.name, "« Retiré », et par qui"),
            Notified(need.network.name, "« Retiré », et par qui"),
        ],
        undo=[
            Undo("Ensuite", "L’association peut reprendre ses textes dans un nouveau besoin."),
        ],
    )


def effects_of_ask_partner(actor: Actor, need: Need) -> Effects:
    partner = need.partner.name if need.partner else "Le partenaire"
    return Effects(
        happens=[Consequence("Le partenaire confirme la mission, ou laisse une remarque.")],
        notified=[Notified(partner, "la mission que vous préparez, dans sa langue, et son lien")],
        undo=[Undo("Ensuite", "Changer de partenaire efface sa confirmation.")],
    )


def effects_of_assign(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[Consequence("Le besoin porte le nom de la personne choisie.")],
        undo=[Undo("À tout moment", "Vous pouvez choisir une autre personne, ou aucune.")],
    )


def effects_of_duplicate(actor: Actor, need: Need) -> Effects:
    return Effects(
        happens=[
            Consequence("Un brouillon reprend les textes, sans dates ni confirmation."),
            Consequence("Ce besoin-ci ne change pas."),
        ],
        undo=[Undo("À tout moment", "Vous pouvez retirer le nouveau besoin.")],
    )
