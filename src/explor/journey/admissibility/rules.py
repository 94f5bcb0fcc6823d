"""Permissions on admissibility, what prevents each action, questions asked, response times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.journey.calls.models import Call
from explor.journey.calls.rules import is_receiving
from explor.journey.eligibility.rules import RuleResult
from explor.journey.eligibility.rules import failing as failing
from explor.journey.needs.models import Need
from explor.journey.needs.rules import follows, missing_parts
from explor.journey.needs.rules import label_of as label_of
from explor.journey.needs.states import BEFORE, State

from .models import Supplement, SupplementItem
from .states import VERDICT

VERDICTS = ("yes", "no")
INTEREST = (
    "Vous agissez pour cette association, ou vous y travaillez : un autre membre du réseau examine "
    "ce besoin."
)


def can_read(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network of a need that is not a draft."""
    return follows(actor, need)


def can_judge(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network, and the need awaits its verdict."""
    return can_read(actor, need) and need.state == State.FILED


def can_hand(actor: Actor, need: Need) -> bool:
    """Return whether `actor` acts for the association of the need, which is a draft or returned."""
    own = actor.role == "association" and need.association_id == actor.scope
    return own and need.state in BEFORE


def can_answer(actor: Actor, supplement: Supplement) -> bool:
    """Return whether `actor` acts for the association, and the need is returned for supplements."""
    return can_hand(actor, supplement.need) and supplement.need.state == State.RETURNED


def can_reply(actor: Actor, supplement: Supplement) -> bool:
    """Return whether `actor` acts for the need's association, in any state of the need.

    The actions refuse an answer that is no longer awaited.
    """
    return actor.role == "association" and supplement.need.association_id == actor.scope


def can_request_changes(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network, and the need awaits its verdict."""
    return can_read(actor, need) and VERDICT.allows(need.state, "request_changes", actor.role)


def can_extend(actor: Actor, supplement: Supplement) -> bool:
    """Return whether `actor` is an officer of the network, and the need awaits its supplements."""
    return can_read(actor, supplement.need) and supplement.need.state == State.RETURNED


def can_submit_late(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network, and the need is a draft or returned."""
    own = actor.role == "reseau" and need.network_id == actor.scope
    return own and need.state in BEFORE


def can_reject(actor: Actor, need: Need) -> bool:
    """Return whether `actor` is an officer of the network, and the need is filed or returned."""
    return can_read(actor, need) and VERDICT.allows(need.state, "reject", actor.role)


def missing_to_judge(need: Need) -> list[str]:
    """Return a reason when the need does not await the network's verdict; empty otherwise."""
    if need.state == State.FILED:
        return []
    return [f"Ce besoin n’attend plus votre lecture : {need.get_state_display()}."]


def questions_of(call: Call, results: Iterable[RuleResult]) -> list[str]:
    """Return the questions of the call, then one for each rule that an officer must check."""
    unknown = (
        f"Vérifié à la main : {each.label.lower()}" for each in results if each.holds is None
    )
    return [*call.questions, *unknown]


def blockers_of_accept(
    results: list[RuleResult], questions: list[str], answers: Mapping[str, Any], *, waiver: str = ""
) -> list[str]:
    """Return why a need cannot be accepted, empty when it can.

    The reasons are the rules that fail, unless a `waiver` is given, and the questions whose answer
    is not yes.
    """
    verdicts = {question: answers.get(question, {}).get("verdict", "") for question in questions}
    blockers = [] if waiver.strip() else [f"{each.label} : {each.why}" for each in failing(results)]
    negative = [question for question, verdict in verdicts.items() if verdict == "no"]
    unread = [question for question, verdict in verdicts.items() if verdict not in VERDICTS]
    blockers += [f"Vous avez répondu non : {question}" for question in negative]
    return blockers + [f"Répondez à : {question}" for question in unread]


def missing_to_ask(need: Need, items: int, answer_by: datetime, *, requested: bool) -> list[str]:
    """Return why supplements cannot be requested, empty when they can.

    Args:
        need: the need, which must await a verdict.
        items: how many fields and documents the request is about; at least one.
        answer_by: the deadline, in the future.
        requested: whether supplements were already requested on the need.
    """
    missing = missing_to_judge(need)
    if requested:
        missing.append(
            "Les compléments se demandent une seule fois. "
            "Décidez, ou prolongez l’échéance de la demande déjà faite."
        )
    if not items:
        missing.append("Dites sur quelle rubrique ou quel document porte la demande.")
    if answer_by <= timezone.now():
        missing.append("L’échéance doit être à venir.")
    return missing


def missing_to_answer(supplement: Supplement) -> list[str]:
    """Return a reason when no supplement is awaited from the association; empty otherwise."""
    if supplement.need.state == State.RETURNED:
        return []
    return ["Ces compléments sont déjà rendus, ou ne sont plus attendus."]


def missing_to_extend(supplement: Supplement, former: datetime) -> list[str]:
    """Return why a deadline cannot be extended, empty when it can.

    Args:
        supplement: the request for supplements, with its new deadline.
        former: the current deadline, which the new one must follow.
    """
    missing = missing_to_answer(supplement)
    if supplement.answer_by <= timezone.now():
        missing.append("L’échéance doit être à venir.")
    elif supplement.answer_by <= former:
        given = timezone.localtime(former)
        missing.append(f"L’échéance actuelle est plus tardive : {given:%d/%m/%Y à %H:%M}.")
    return missing


def missing_to_resubmit(supplement: Supplement) -> list[str]:
    """Return why a need cannot be resubmitted, empty when it can.

    Reasons: the need is not returned, the deadline is past, or items are unanswered.
    """
    missing = missing_to_answer(supplement)
    if timezone.now() >= supplement.answer_by:
        last = timezone.localtime(supplement.answer_by)
        missing.append(
            f"L’échéance est passée depuis le {last:%d/%m/%Y à %H:%M} : "
            "demandez à votre réseau de la prolonger."
        )
    return missing + unanswered(supplement)


def unanswered(supplement: Supplement) -> list[str]:
    """Return a message for each item that has neither text nor file."""
    items = supplement.items.select_related("paper").order_by("pk")
    silent = [each for each in items if not each.answer and each.document_id is None]
    return [f"Répondez à : {item_sentence(each)}" for each in silent]


def item_sentence(item: SupplementItem) -> str:
    """Return the subject and the request of an item: « Objectifs : dites combien de personnes. »"""
    subject = str(item.paper) if item.paper else label_of(item.field)
    return f"{subject} : {item.text}" if item.text else subject


def missing_to_reject(need: Need, supplement: Supplement | None) -> list[str]:
    """Return why a need cannot be rejected, empty when it can.

    A need returned to its association is only rejected once its supplements are overdue. The other
    states are not checked here.
    """
    if need.state != State.RETURNED:
        return []
    if supplement is None:
        return ["Ce besoin est entre les mains de l’association : attendez sa réponse."]
    if supplement.answer_by <= timezone.now():
        return []
    last = timezone.localtime(supplement.answer_by)
    return [f"L’association a jusqu’au {last:%d/%m/%Y à %H:%M} pour donner ses compléments."]


def missing_to_submit_late(need: Need) -> list[str]:
    """Return why a need cannot be submitted late, empty when it can.

    Reasons: the call still receives needs, is not open yet or has ended; fields are blank; or the
    window of dates is impossible.
    """
    if is_receiving(need.call, timezone.now()):
        return ["L’appel reçoit encore : l’association dépose elle-même."]
    if timezone.now() < need.call.opens_at or need.call.state not in ("open", "closed"):
        return ["Cet appel n’a pas de dépôt à prolonger."]
    return missing_parts(need, timezone.localdate())


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Response times of a network in days: median and ninetieth percentile of `decided` needs.

    Both are None when fewer than `ENOUGH` needs were decided.
    """

    decided: int
    median: int | None
    ninetieth: int | None


ENOUGH = 5


def clock_sentence(clock: Clock) -> str:
    """Return the response times of the network, or that too few needs are decided, in French."""
    if clock.median is None or clock.ninetieth is None:
        return "Pas encore assez de dossiers pour dire en combien de temps votre réseau répond."
    return (
        f"Votre réseau répond à un dossier sur deux en {_days(clock.median)}, à neuf sur dix en "
        f"{_days(clock.ninetieth)} ({clock.decided} dossiers depuis deux ans)."
    )


def _days(count: int) -> str:
    return f"{count} jour{'s' if count > 1 else ''}"
