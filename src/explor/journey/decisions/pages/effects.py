"""Effects, blockers, form options and return URLs of the confirmation pages of decisions."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.admissibility.selectors import ties
from explor.journey.calls.models import Call
from explor.journey.committees.selectors import bylaws_of
from explor.journey.meetings.selectors import open_meeting

from .. import rules, selectors
from ..models import SELECTED, Appeal, Decision
from .letters import letter_of

UNTIL_ANNOUNCED = "Jusqu’à l’annonce"


def url_of(actor: Actor, decision: Decision) -> str:
    """Return the URL of the page of a decision for officers of its network."""
    return reverse("decisions:reseau_decision", args=[actor.key, decision.need_id])


def url_of_letters(actor: Actor, call: Call) -> str:
    """Return the URL of the page of the letters of a call for officers of its network."""
    return reverse("decisions:reseau_letters", args=[actor.key, call.pk])


def url_of_appeal(actor: Actor, appeal: Appeal) -> str:
    """Return the URL of the page of an appeal for officers of the network."""
    return reverse("decisions:reseau_appeal", args=[actor.key, appeal.need_id])


def url_of_need(actor: Actor, decision: Decision) -> str:
    """Return the URL of the page of the need of a decision, for its association."""
    return reverse("needs:association_need", args=[actor.key, decision.need_id])


def options_of_decide(actor: Actor, decision: Decision) -> dict[str, Any]:
    """Return the option `typical` of `DecideForm`: the usual cost of a mission, from the bylaws."""
    return {"typical": bylaws_of(decision.need.call).amount}


def options_of_announce(actor: Actor, decision: Decision) -> dict[str, Any]:
    """Return the option `letter` of `AnnounceForm`: the text of the letter if it were sent now."""
    return {"letter": letter_to_read(actor, decision)["letter"]}


def letter_to_read(actor: Actor, decision: Decision) -> dict[str, Any]:
    """Return the context of the page of an announcement: `decision` and the `letter` to read.

    The letter is "" while there is no verdict.
    """
    letter = _letter(decision) if decision.verdict else ""
    return {"letter": letter, "decision": decision}


def _letter(decision: Decision) -> str:
    need = decision.need
    return letter_of(decision, bylaws_of(need.call), selectors.letter_texts(need.network_id))


def blockers_of_decide(actor: Actor, decision: Decision) -> list[str]:
    """Return why `actor` cannot decide on written opinions now, empty when they can.

    Reasons: `actor` is tied to the association, or those of `rules.missing_to_write_decision`.
    """
    voting = open_meeting(decision.need.call) is not None
    tied = ties(actor, decision.need)
    return tied + rules.missing_to_write_decision(decision, voting=voting)


def blockers_of_announce(actor: Actor, decision: Decision) -> list[str]:
    """Return why `actor` cannot announce a decision, tie to the association included; else []."""
    return ties(actor, decision.need) + rules.missing_to_announce(decision)


def blockers_of_reconsider(actor: Actor, decision: Decision) -> list[str]:
    """Return why `actor` cannot send the need back, tie to the association included; else []."""
    return ties(actor, decision.need) + rules.missing_to_reconsider(decision)


def blockers_of_write_letter(actor: Actor, decision: Decision) -> list[str]:
    """Return why `actor` cannot change the reasons given to the association; else [].

    The reasons can change only between the decision and its announcement, by an officer who is not
    tied to the association.
    """
    return ties(actor, decision.need) + rules.missing_to_write_letter(decision)


def blockers_of_request_review(actor: Actor, decision: Decision) -> list[str]:
    """Return why the association cannot appeal against the decision now, empty when it can."""
    bylaws = bylaws_of(decision.need.call)
    reasons = rules.missing_to_request_review(decision, bylaws, timezone.now())
    return reasons + selectors.missing_first_review(decision.need_id)


def effects_of_decide(actor: Actor, decision: Decision) -> Effects:
    return Effects(
        happens=(
            Consequence("La décision est prise. Rien ne part avant l’annonce."),
            Consequence("Les avis des membres ne changent plus."),
            Consequence("Un envoi déjà programmé est annulé."),
        ),
        undo=(Undo(UNTIL_ANNOUNCED, "Vous pouvez enregistrer une autre décision."),),
    )


def effects_of_announce(actor: Actor, decision: Decision) -> Effects:
    happens = [Consequence("La lettre ci-dessus part telle quelle.")]
    if decision.verdict in SELECTED:
        happens += [Consequence("La recherche d’une experte ou d’un expert commence.")]
        undo = Undo("Ensuite", "Une décision favorable annoncée ne revient pas au comité.")
    else:
        until = timezone.localtime(rules.review_deadline(decision, bylaws_of(decision.need.call)))
        happens += [Consequence("L’association peut demander un réexamen jusque-là.", until)]
        undo = Undo("Ensuite", "Vous pouvez remettre le dossier au comité, avec un motif.")
    return Effects(
        happens=happens, notified=(Notified(_association(decision), "cette lettre"),), undo=(undo,)
    )


def effects_of_reconsider(actor: Actor, decision: Decision) -> Effects:
    return Effects(
        happens=(
            Consequence("Le dossier est de nouveau au comité, les avis se rouvrent."),
            Consequence("La décision annoncée ne vaut plus ; le journal la garde."),
        ),
        notified=(Notified(_association(decision), "« De nouveau au comité »"),),
        undo=(Undo("Ensuite", "Le comité décide de nouveau."),),
    )


def effects_of_write_letter(actor: Actor, decision: Decision) -> Effects:
    return Effects(
        happens=(
            Consequence("Les motifs sont changés ; personne ne les lit avant l’annonce."),
            Consequence("Si l’envoi était programmé, il est annulé : programmez-le de nouveau."),
        ),
        undo=(Undo(UNTIL_ANNOUNCED, "Vous pouvez les changer encore."),),
    )


def effects_of_unschedule(actor: Actor, call: Call) -> Effects:
    return Effects(
        happens=(Consequence("Les lettres qui ne sont pas encore parties ne partiront pas."),),
        undo=(Undo("À tout moment", "Vous pouvez les programmer de nouveau."),),
    )


def effects_of_grant(actor: Actor, appeal: Appeal) -> Effects:
    return Effects(
        happens=(
            Consequence("Le dossier est de nouveau au comité, les avis se rouvrent."),
            Consequence("L’association lit votre réponse sur la page de son besoin."),
        ),
        notified=(Notified(appeal.need.association.name, "« De nouveau au comité »"),),
        undo=(Undo("Ensuite", "Le comité décide de nouveau. Il n’y a qu’un réexamen."),),
    )


def effects_of_uphold(actor: Actor, appeal: Appeal) -> Effects:
    return Effects(
        happens=(Consequence("La décision annoncée reste, sans autre réexamen."),),
        notified=(
            Notified(
                appeal.need.association.name, "que la décision est maintenue, et votre réponse"
            ),
        ),
        undo=(Undo("Ensuite", "Vous pouvez encore remettre le dossier au comité, avec un motif."),),
    )


def effects_of_request_review(actor: Actor, decision: Decision) -> Effects:
    return Effects(
        happens=(Consequence("Votre réseau répond ; la décision reste valable d’ici là."),),
        notified=(Notified(decision.need.network.name, "votre demande et vos raisons"),),
        undo=(Undo("Ensuite", "Une demande envoyée ne se reprend pas. Il n’y en a qu’une."),),
    )


def _association(decision: Decision) -> str:
    return decision.need.association.name
