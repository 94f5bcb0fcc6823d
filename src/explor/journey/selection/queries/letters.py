"""The letters of an announcement: written, scheduled, due."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from explor.journey.calls.models import Call

from .. import rules
from ..models import SELECTED, Bylaws, Decision, Verdict
from ..states import State

# What each verdict means to those who asked.
MEANING = {
    Verdict.FAVOURABLE: "Votre réseau cherche maintenant avec vous une experte ou un expert.",
    Verdict.RESERVED: (
        "Votre réseau cherche maintenant avec vous une experte ou un expert. "
        "Répondez aussi aux réserves ci-dessus."
    ),
    Verdict.DEFERRED: "Le comité pourra relire votre dossier quand il sera complété.",
    Verdict.WAITING: "Le comité pourra retenir votre besoin si des moyens se libèrent.",
    Verdict.UNFAVOURABLE: "Votre réseau reste à votre écoute pour en parler.",
}


def letter_of(decision: Decision, bylaws: Bylaws) -> str:
    """The letter of one file, as it leaves: the decision, its reasons, what comes next."""
    need = decision.need
    parts = [
        "Bonjour,",
        f"Le comité de « {need.call.title} » a examiné le besoin « {need.title} » "
        f"de {need.association.name}. Décision : {decision.get_verdict_display()}.",
        decision.letter,
        MEANING[Verdict(decision.verdict)],
    ]
    if decision.verdict not in SELECTED and not hasattr(need, "appeal"):
        announced = decision.announced_at or timezone.now()
        until = rules.contest_until(announced, bylaws.appeal_days)
        parts.append(
            "Vous pouvez demander une fois un réexamen, avec vos raisons, depuis la page du "
            f"besoin, jusqu’au {timezone.localtime(until):%d/%m/%Y}."
        )
    return "\n\n".join([*filter(None, parts), need.network.name])


def letters_of(call: Call) -> "QuerySet[Decision]":
    """The decisions of a call that are taken and not announced yet."""
    found = Decision.objects.live().filter(need__call=call, state=State.DECIDED)
    return found.select_related(
        "need__association", "need__call", "need__network", "need__appeal"
    ).order_by("need__title", "pk")


def due(now: datetime) -> list[int]:
    """The keys of the decisions whose letter should have left."""
    found = Decision.objects.filter(state=State.DECIDED, announce_at__lte=now)
    return list(found.order_by("announce_at", "pk").values_list("pk", flat=True))
