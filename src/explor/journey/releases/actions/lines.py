"""Action that fills the lines left blank in an agreement, before the first signature."""

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from .. import rules, selectors
from ..models import Agreement, Release
from ..pages.papers import agreement_paper


def fill_lines(
    release: Release, *, by: Actor, lines: dict[str, str], expected_version: int | None = None
) -> Release:
    """Generate the unsigned agreement again, with the text of the lines that it left blank.

    Links already sent open the new document; the verification page of the former leads to it.

    Args:
        lines: the text of each line, by name of its field; "" to leave it blank. The other lines
            keep their text.

    Raises:
        ActionNotAllowed: somebody has signed, or the agreement is replaced or not generated yet.
        EditConflict: the release changed since `expected_version`.
    """
    agreement = release.agreement
    if agreement is None:
        raise ActionNotAllowed("La convention n’est pas encore établie.")
    texts = selectors.lines_of(release) | {name: text.strip() for name, text in lines.items()}
    filled = {name: text for name, text in texts.items() if text}
    paper = agreement_paper(release, release.scheme, agreement.rank, filled)
    drawn = files.draw(template="document.typ", **paper)
    with transaction.atomic():
        audit.update(
            release,
            "fill_lines",
            by=by,
            expected_version=expected_version,
            check=lambda row: rules.missing_to_fill(row, agreement.pk),
            details={"lines": sorted(lines)},
        )
        _redraw(agreement, drawn, by=by)
    return release


def _redraw(agreement: Agreement, drawn: files.Drawn, *, by: Actor) -> None:
    """Replace the document of an unsigned agreement by a new one."""
    release = agreement.release
    network = release.proposal.need.network_id
    document = files.keep_drawn(drawn, kind="agreement", owner=release, by=by, network=network)
    files.replace(agreement.document.seal, by=by, with_=document.seal)
    agreement.document, agreement.content = document, drawn.content
    agreement.save()
