"""Rows, URL slugs, form options and texts of the pages of the templates of letters."""

from typing import Any

from django.utils.text import slugify

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.committees.models import Verdict

from .. import selectors
from ..models import LetterTemplate
from .letters import original_text


def verdict_slug(verdict: str) -> str:
    """Return the slug of a verdict in URLs, from its French label: `liste-de-reserve`."""
    return slugify(Verdict(verdict).label)


def template_rows(network: Network) -> list[tuple[LetterTemplate, str]]:
    """Return (template, text in use) pairs: the text that the network wrote, or the original."""
    return [
        (row, row.text or original_text(row.verdict)) for row in selectors.letter_templates(network)
    ]


def options_of_template(actor: Actor, template: LetterTemplate) -> dict[str, Any]:
    """Return the option `original` of `LetterTemplateForm`: the default text for the verdict."""
    return {"original": original_text(template.verdict)}


def effects_of_edit_template(actor: Actor, template: LetterTemplate) -> Effects:
    happens = [Consequence("Les prochaines lettres de cette décision suivent ce texte.")]
    notified = []
    if count := selectors.scheduled_by(template).count():
        letters = (
            "Une lettre programmée est retenue"
            if count == 1
            else (f"{count} lettres programmées sont retenues")
        )
        happens.append(Consequence(f"{letters} : il faut la relire et la programmer de nouveau."))
        notified.append(Notified(template.network.name, "que des lettres sont à relire"))
    else:
        happens.append(Consequence("Les lettres déjà parties ne changent pas."))
    return Effects(
        happens=happens,
        notified=notified,
        undo=(Undo("À tout moment", "Vous pouvez changer le texte ou revenir à celui d’origine."),),
    )
