"""Verb that edits the texts of a network's letters."""

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor

from .. import emails, rules, selectors
from ..models import LetterTemplate
from .letters import unschedule_waiting

CHANGED = "Le modèle de la lettre a changé."


@transaction.atomic
def edit_letter_template(
    template: LetterTemplate, *, by: Actor, text: str, expected_version: int | None = None
) -> LetterTemplate:
    """Change the text of the letters for one verdict; a blank text restores the original one.

    Letters already scheduled with the former text are unscheduled, and the network is notified.

    Raises:
        ActionNotAllowed: the text lacks a required field, or contains an unknown one.
        EditConflict: someone changed the text since `expected_version`.
    """
    row, _ = LetterTemplate.objects.get_or_create(
        network=template.network, verdict=template.verdict
    )
    audit.update(
        row,
        "edit_letter_template",
        by=by,
        expected_version=expected_version,
        check=rules.missing_in_template,
        changes={"text": text.strip()},
    )
    if count := unschedule_waiting(selectors.scheduled_by(row), by=SYSTEM, reason=CHANGED):
        emails.letters_unscheduled(row, count)
    return row
