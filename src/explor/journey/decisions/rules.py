"""Permissions on decisions, letters and appeals, and what prevents each action on them."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from explor.actors.networks.rules import can_set
from explor.actors.networks.selectors import officer_of
from explor.ground.http.actor import Actor
from explor.ground.ui.amounts import euros
from explor.journey.calls.models import Call
from explor.journey.committees import rules as committees
from explor.journey.committees.models import Bylaws, Opinion, Verdict
from explor.journey.committees.selectors import judges_of
from explor.journey.meetings.states import MeetingState
from explor.journey.needs.states import State as NeedState

from .models import SELECTED, Appeal, Decision, LetterTemplate
from .states import AppealState, State

# The fields of a letter, named between brackets in a template, and what replaces each.
LETTER_FIELDS = {
    "appel": "le titre de l’appel",
    "besoin": "le titre du besoin",
    "numéro": "le numéro du besoin",
    "association": "le nom de l’association",
    "décision": "la décision du comité",
    "motifs": "les motifs écrits pour cette association",
    "réexamen": "comment demander un réexamen et jusqu’à quand, s’il est possible",
    "réseau": "le nom du réseau",
}
LETTER_FIELD = re.compile(r"\[([^\[\]\n]{1,40})\]")
WITHDRAWN = "L’association a retiré ce besoin."


def can_act(actor: Actor, verb: str, decision: Decision) -> bool:
    """Return whether `actor`, for the network or as chair, may take `verb` in the present state."""
    if not decision.workflow.allows(decision.state, verb, actor.role):
        return False
    if actor.role == "comite":
        return committees.can_chair(actor, decision.need.call_id)
    return decision.need.network_id == actor.scope


def can_rank(actor: Actor, call: Call) -> bool:
    """Return whether `actor` may see the ranking: for the network of the call, or as chair."""
    if actor.role == "comite":
        return committees.can_chair(actor, call.pk)
    return actor.role == "reseau" and call.network_id == actor.scope


def can_send_letters(actor: Actor, call: Call) -> bool:
    """Return whether `actor` acts for the network of the call, which schedules its letters."""
    return actor.role == "reseau" and call.network_id == actor.scope


def can_write_letter(actor: Actor, decision: Decision) -> bool:
    """Return whether `actor` acts for the network of the need, which writes the reasons."""
    return actor.role == "reseau" and decision.need.network_id == actor.scope


def can_edit_letter_template(actor: Actor, template: LetterTemplate) -> bool:
    """Return whether `actor` is an administrator or directs the network of the template."""
    if actor.role == "administration":
        return True
    return template.network_id == actor.scope and can_set(actor, officer_of(actor))


def missing_in_template(template: LetterTemplate) -> list[str]:
    """Return a message for each required field that a template lacks and each unknown field.

    Empty for a valid text, and for a blank one. Every letter gives the decision and its reasons,
    and how to request a review when the verdict allows one.
    """
    if not template.text:
        return []
    fields = LETTER_FIELD.findall(template.text)
    unknown = sorted({*fields} - LETTER_FIELDS.keys())
    required = ["décision", "motifs"]
    if template.verdict not in SELECTED:
        required.append("réexamen")
    reasons = [f"« [{name}] » n’est pas un champ connu." for name in unknown]
    return reasons + [
        f"Ajoutez [{name}] : {LETTER_FIELDS[name]}." for name in required if name not in fields
    ]


def can_answer(actor: Actor, verb: str, appeal: Appeal) -> bool:
    """Return whether `actor` acts for the network of the need, and the appeal is not answered."""
    own = appeal.need.network_id == actor.scope
    return own and appeal.workflow.allows(appeal.state, verb, actor.role)


def can_request_review(actor: Actor, decision: Decision) -> bool:
    """Return whether `actor` acts for the association, and the decision is open to appeal."""
    own = actor.role == "association" and decision.need.association_id == actor.scope
    return own and is_reviewable(decision)


def is_reviewable(decision: Decision) -> bool:
    """Return whether a decision is announced and not favourable, so open to appeal."""
    return decision.state == State.ANNOUNCED and decision.verdict not in SELECTED


def missing_to_decide(decision: Decision) -> list[str]:
    """Return why no decision is possible (need withdrawn, no verdict), empty when it is."""
    if decision.need.state != NeedState.ADMISSIBLE:
        return ["L’association a retiré ce besoin : il n’y a plus rien à décider."]
    return [] if decision.verdict else ["Choisissez le sens de la décision."]


def missing_opinions(decision: Decision) -> list[str]:
    """Return a message if the need lacks final opinions to reach the quorum; empty otherwise."""
    need = decision.need
    given = Opinion.objects.counted().filter(need=need).count()
    required = committees.required_opinions(need.call.quorum, judges_of(need).count())
    return committees.missing_opinions(given, required)


def over_envelope(decision: Decision, *, granted: Decimal, envelope: Decimal | None) -> list[str]:
    """Return a message if a favourable decision exceeds the envelope of the call; else empty.

    Args:
        decision: the decision, with its verdict and amount.
        granted: the cost of the other favourable decisions, in euros.
        envelope: the total that funders grant to the call, in euros; None if nobody funds it.
    """
    if envelope is None or decision.verdict not in SELECTED:
        return []
    excess = granted + (decision.amount or 0) - envelope
    if excess <= 0:
        return []
    return [
        f"L’enveloppe serait dépassée de {euros(excess, short=True)} : "
        f"réduisez le montant, ou choisissez « {Verdict.WAITING.label} »."
    ]


def missing_to_cut(*, granted: Decimal, envelope: Decimal) -> list[str]:
    """Return a message if `envelope`, in euros, is less than what was granted; else empty."""
    if granted <= envelope:
        return []
    return [
        f"Le comité a accordé {euros(granted, short=True)} sur cet appel : ses enveloppes ne "
        f"feraient plus que {euros(envelope, short=True)}. Enregistrez d’abord une autre enveloppe."
    ]


def missing_to_write_decision(decision: Decision, *, voting: bool) -> list[str]:
    """Return why the network cannot decide on written opinions, empty when it can.

    Reasons: a meeting is open, the decision was voted in a meeting, or too few opinions are final.

    Args:
        decision: the decision.
        voting: whether a meeting of the committee is open.
    """
    if voting:
        return ["Une séance est ouverte : les décisions s’y votent."]
    if decision.state == State.DECIDED and decision.meeting_id:
        return ["Cette décision a été votée : rouvrez sa séance pour la changer."]
    return missing_opinions(decision)


def missing_to_write_letter(decision: Decision) -> list[str]:
    """Return why the reasons cannot change (not decided, or announced), empty when they can."""
    if decision.state == State.DECIDED:
        return []
    return ["Les motifs s’écrivent une fois la décision prise, et avant son annonce."]


def missing_to_announce(decision: Decision) -> list[str]:
    """Return why a decision cannot be announced, empty when it can.

    It cannot without reasons, once the need is withdrawn, or while its meeting is open: the votes
    and the attendance may still be corrected.
    """
    missing = [] if decision.letter else ["Écrivez les motifs donnés à l’association."]
    if decision.meeting and decision.meeting.state == MeetingState.OPEN:
        missing.append("Sa séance est ouverte, les voix peuvent changer : close, on annoncera.")
    if decision.need.state != NeedState.ADMISSIBLE:
        missing.append(WITHDRAWN)
    return missing


def can_be_scheduled(decision: Decision) -> bool:
    """Return whether the letter of a decision can be sent and is not scheduled yet."""
    return decision.announce_at is None and not missing_to_announce(decision)


def missing_to_reconsider(decision: Decision) -> list[str]:
    """Return why a need cannot go back to the committee, empty when it can.

    Reasons: the decision is favourable (the need or its mission is cancelled instead), the need is
    withdrawn, or an appeal is pending.
    """
    if decision.verdict in SELECTED:
        return ["Ce besoin est retenu : retirez-le plutôt, ou annulez sa mission."]
    if decision.need.state != NeedState.ADMISSIBLE:
        return [WITHDRAWN]
    if Appeal.objects.filter(need=decision.need_id, state=AppealState.PENDING).exists():
        return ["Un réexamen est demandé : répondez-y, l’association le saura."]
    return []


def review_deadline(decision: Decision, bylaws: Bylaws) -> datetime:
    """Return the last moment to appeal against a decision: 23:59:59, Paris time, of the last day.

    A decision not announced yet counts as announced now. Of the days that its letter gave and those
    of the present bylaws, the more apply.
    """
    days = max(decision.appeal_days or 0, bylaws.appeal_days)
    announced = decision.announced_at or timezone.now()
    last = timezone.localdate(announced) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(last, time(23, 59, 59)))


def missing_to_request_review(decision: Decision, bylaws: Bylaws, now: datetime) -> list[str]:
    """Return why no appeal can be made at `now`, empty when one can.

    Reasons: the decision is not announced or is favourable, the need is withdrawn, or the time to
    appeal is over. Former appeals are not checked here.

    Args:
        decision: the decision that the association contests.
        bylaws: the bylaws of the committee of its call.
        now: the moment of the appeal.
    """
    if not is_reviewable(decision) or decision.announced_at is None:
        return ["Cette décision ne peut pas faire l’objet d’un réexamen."]
    if decision.need.state != NeedState.ADMISSIBLE:
        return ["Vous avez retiré ce besoin."]
    until = review_deadline(decision, bylaws)
    if now <= until:
        return []
    return [f"Le délai est passé : il courait jusqu’au {timezone.localtime(until):%d/%m/%Y}."]
