"""The letter that announces a decision, written from the template of its network."""

from collections.abc import Iterable, Mapping

from explor.ground.ui.days import date_format
from explor.journey.calls.models import Call
from explor.journey.committees.models import Bylaws, Verdict
from explor.journey.committees.selectors import bylaws_of

from .. import rules, selectors
from ..models import SELECTED, Decision

OPENING = (
    "Bonjour,\n\n"
    "Le comité de « [appel] » a examiné le besoin « [besoin] » ([numéro]) de [association]. "
    "Décision : [décision].\n\n"
    "[motifs]\n\n"
)
# What each verdict means for the association.
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


def original_text(verdict: str) -> str:
    """Return the default text of the letters for a verdict."""
    meaning = MEANING[Verdict(verdict)]
    review = "" if verdict in SELECTED else "\n\n[réexamen]"
    return f"{OPENING}{meaning}{review}\n\n[réseau]"


def letter_of(decision: Decision, bylaws: Bylaws, templates: Mapping[str, str]) -> str:
    """Return the letter as it is sent: the template with its fields filled in.

    A paragraph left empty is removed; a field that is not known stays as it is written.

    Args:
        decision: the decision, with its verdict.
        bylaws: the bylaws of the committee of its call.
        templates: the texts that the network wrote, by verdict.
    """
    need = decision.need
    values = {
        "appel": need.call.title,
        "besoin": need.title,
        "numéro": need.file_number,
        "association": need.association.name,
        "décision": decision.get_verdict_display(),
        "motifs": decision.letter,
        "réexamen": _review(decision, bylaws),
        "réseau": need.network.name,
    }
    text = templates.get(decision.verdict) or original_text(decision.verdict)
    filled = rules.LETTER_FIELD.sub(lambda match: values.get(match[1], match[0]), text)
    # A paragraph whose only field is empty (`[réexamen]`, for example) is removed.
    paragraphs = (each.strip() for each in filled.replace("\r\n", "\n").split("\n\n"))
    return "\n\n".join(filter(None, paragraphs))


def letters_to_read(call: Call, decisions: Iterable[Decision]) -> list[tuple[Decision, str]]:
    """Return (decision, text of its letter) pairs for decisions of a call."""
    bylaws, templates = bylaws_of(call), selectors.letter_texts(call.network_id)
    return [(decision, letter_of(decision, bylaws, templates)) for decision in decisions]


def _review(decision: Decision, bylaws: Bylaws) -> str:
    """Return the sentence on how and until when to appeal, "" when no appeal is possible."""
    if decision.verdict in SELECTED or hasattr(decision.need, "appeal"):
        return ""
    until = date_format(rules.review_deadline(decision, bylaws))
    return (
        "Vous pouvez demander une fois un réexamen, avec vos raisons, depuis la page du "
        f"besoin, jusqu’au {until}."
    )
