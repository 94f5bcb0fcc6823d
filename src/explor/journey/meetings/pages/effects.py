"""Effects, blockers, final messages and return URLs of the confirmation pages of a meeting."""

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.calls.models import Call

from .. import rules
from ..models import Meeting
from ..states import MeetingState

MEMBERS, CHAIR = "Les membres du comité", "La présidence du comité"


def url_of(actor: Actor, meeting: Meeting) -> str:
    """Return the URL of the page of a meeting for `actor`, an officer or the chair."""
    return reverse(f"meetings:{actor.role}_meeting", args=[actor.key, meeting.pk])


def url_before_planning(actor: Actor, call: Call) -> str:
    """Return the URL of the page from which the chair or an officer plans a meeting."""
    if actor.role == "comite":
        return reverse("committees:comite_needs", args=[actor.key])
    return reverse("committees:reseau_committee", args=[actor.key, call.pk])


def done_of_plan_meeting(actor: Actor, call: Call) -> str:
    return f"La séance est prévue. {_convened(call)}"


def done_of_cancel(actor: Actor, meeting: Meeting) -> str:
    return f"La séance est annulée. {_convened(meeting.call)}"


def _convened(call: Call) -> str:
    """Return the sentence on who was notified: nobody while the committee has no member."""
    if call.committee.exists():
        return "Les membres sont prévenus."
    return "Le comité n’a encore aucun membre : personne n’est prévenu."


def _members(call: Call, what: str) -> tuple[Notified, ...]:
    return (Notified(MEMBERS, what),) if call.committee.exists() else ()


def blockers_of_start_meeting(actor: Actor, meeting: Meeting) -> list[str]:
    """Return the reasons why a planned meeting cannot open yet, empty when it can."""
    return rules.missing_to_start(meeting) if meeting.state == MeetingState.PLANNED else []


def blockers_of_end_meeting(actor: Actor, meeting: Meeting) -> list[str]:
    """Return the reasons why an open meeting cannot end, empty when it can."""
    return rules.missing_to_end(meeting) if meeting.state == MeetingState.OPEN else []


def blockers_of_sign(actor: Actor, meeting: Meeting) -> list[str]:
    """Return the reasons why the minutes cannot be signed, empty when they can."""
    return rules.missing_to_sign(meeting)


def effects_of_plan_meeting(actor: Actor, call: Call) -> Effects:
    return Effects(
        happens=(Consequence("La séance est prévue. Les avis se rendent avant."),),
        notified=_members(call, "la date, l’heure et le lieu de la séance"),
        undo=(Undo("Jusqu’à l’ouverture", "Le réseau peut annuler la séance."),),
    )


def effects_of_start_meeting(actor: Actor, meeting: Meeting) -> Effects:
    return Effects(
        happens=(
            Consequence("Les décisions se votent alors dossier par dossier."),
            Consequence("Personne ne décide plus sur avis écrits, jusqu’à la clôture."),
        ),
    )


def effects_of_end_meeting(actor: Actor, meeting: Meeting) -> Effects:
    return Effects(
        happens=(
            Consequence("Le procès-verbal est établi : présences, retraits, votes, décisions."),
            Consequence("Les dossiers non décidés restent au comité."),
        ),
        notified=(Notified(CHAIR, "« Procès-verbal à signer »"),),
        undo=(Undo("Jusqu’à la signature", "La séance peut être rouverte, avec un motif."),),
    )


def effects_of_sign(actor: Actor, meeting: Meeting) -> Effects:
    return Effects(
        happens=(
            Consequence("Vous attestez les présences, les retraits, les votes et les décisions."),
            Consequence("Une version signée, avec l’empreinte du texte lu, remplace celle-ci."),
            Consequence("Les membres lisent le procès-verbal une fois les décisions annoncées."),
        ),
    )


def effects_of_reopen(actor: Actor, meeting: Meeting) -> Effects:
    return Effects(
        happens=(
            Consequence("Le procès-verbal est annulé, puis établi de nouveau à la clôture."),
            Consequence("Qui le vérifie lit que la séance est rouverte, sans votre motif."),
            Consequence("Les décisions de cette séance peuvent changer."),
        ),
        undo=(Undo("Ensuite", "L’ancien procès-verbal reste annulé : un autre est établi."),),
    )


def effects_of_cancel(actor: Actor, meeting: Meeting) -> Effects:
    return Effects(
        happens=(Consequence("La séance n’aura pas lieu. Les dossiers restent au comité."),),
        notified=_members(meeting.call, "« Comité annulé »"),
        undo=(Undo("Ensuite", "Une autre séance peut être prévue."),),
    )
