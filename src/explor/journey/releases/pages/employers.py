"""Texts of the verb that asks an employer whom the expert named after the agreement."""

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.proposals.rules import own_seat

from .. import rules
from ..models import Release


def unasked(actor: Actor, release: Release) -> list[str]:
    """Return a sentence when `actor` may ask an employer that the profile now names; else []."""
    if not rules.can_ask_employer(actor, release):
        return []
    return [
        f"Le profil nomme désormais {release.proposal.expert.employer}, à qui rien n’est demandé : "
        "demandez-lui son accord, ou notez ici ce que cet employeur a répondu."
    ]


def blockers_of_ask_employer(actor: Actor, release: Release) -> list[str]:
    """Return why `actor` cannot ask the employer that the profile now names; [] if they can."""
    return own_seat(actor, release.proposal.expert) + rules.missing_to_ask_employer(release)


def effects_of_ask_employer(actor: Actor, release: Release) -> Effects:
    employer = str(release.proposal.expert.employer)
    happens = [
        Consequence(f"{employer} devient partie : son accord est demandé, puis sa signature."),
    ]
    if release.agreement_id:
        happens += [
            Consequence("La convention établie sans cet employeur ne vaut plus ; une autre suit."),
            Consequence("Le feu vert, s’il est donné, est retiré."),
        ]
    return Effects(
        happens=happens,
        notified=(Notified(employer, "la mission, ses dates, et la réponse attendue"),),
        undo=(Undo("Ensuite", "L’employeur reste partie jusqu’à la fin de la proposition."),),
    )
