"""The letter that announces a decision."""

from django.utils import timezone

from explor.journey.committees.models import Bylaws, Verdict

from .. import rules
from ..models import SELECTED, Decision

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
    """Return the letter as it is sent: the decision, its reasons, what comes next."""
    need = decision.need
    parts = [
        "Bonjour,",
        f"Le comité de « {need.call.title} » a examiné le besoin « {need.title} » "
        f"({need.file_number}) de {need.association.name}. "
        f"Décision : {decision.get_verdict_display()}.",
        decision.letter,
        MEANING[Verdict(decision.verdict)],
    ]
    if decision.verdict not in SELECTED and not hasattr(need, "appeal"):
        announced = decision.announced_at or timezone.now()
        until = rules.review_deadline(announced, bylaws.appeal_days)
        parts.append(
            "Vous pouvez demander une fois un réexamen, avec vos raisons, depuis la page du "
            f"besoin, jusqu’au {timezone.localtime(until):%d/%m/%Y}."
        )
    return "\n\n".join([*filter(None, parts), need.network.name])
