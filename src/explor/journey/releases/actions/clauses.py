"""Actions on the clause texts of a network's papers: adopt a text, restore the example."""

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor

from .. import rules
from ..models import ClauseText
from ..selectors import NetworkPaper


@transaction.atomic
def adopt_clause(
    clause_text: ClauseText, *, by: Actor, text: str, expected_version: int | None = None
) -> ClauseText:
    """Adopt the text of a clause for the papers that the network generates from now on.

    Raises:
        ActionNotAllowed: the text lacks what the law requires, or contains an unknown field.
        EditConflict: someone changed the text since `expected_version`.
    """
    changes = {"text": text.strip(), "adopted_at": timezone.now(), "adopted_by": by.name}
    return audit.update(
        _saved(clause_text),
        "adopt_clause",
        by=by,
        expected_version=expected_version,
        check=rules.missing_in_clause,
        changes=changes,
        details={"text": text.strip()},
    )


@transaction.atomic
def restore_clause(
    clause_text: ClauseText, *, by: Actor, expected_version: int | None = None
) -> ClauseText:
    """Discard a network's text of a clause: papers use the example of Explor again, and say so.

    Raises:
        EditConflict: someone changed the text since `expected_version`.
    """
    return audit.update(
        _saved(clause_text),
        "restore_clause",
        by=by,
        expected_version=expected_version,
        changes={"text": "", "adopted_at": None, "adopted_by": ""},
    )


@transaction.atomic
def adopt_paper(paper: NetworkPaper, *, by: Actor) -> NetworkPaper:
    """Adopt the example of Explor for each clause of a paper that the network has not adopted."""
    for text in paper.examples:
        adopt_clause(text, by=by, text=rules.clause_of(text).text)
    return paper


def _saved(text: ClauseText) -> ClauseText:
    row, _ = ClauseText.objects.get_or_create(
        network=text.network, paper=text.paper, clause=text.clause
    )
    return row
