"""Storage of the files that an association submits with a need."""

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files.actions import discard, store
from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.journey.calls.models import RequestedPaper
from explor.journey.needs.models import Need

from .. import rules
from ..models import Paper, SupplementItem


def store_of(need: Need, file: SanitizedFile, *, kind: str, title: str, by: Actor) -> Document:
    """Store a file of a need, counted in the association's space; return the document.

    Raises:
        ActionNotAllowed: the file does not fit in this space.
    """
    return store(
        file=file,
        kind=kind,
        title=title,
        owner=need,
        by=by,
        network=need.network_id,
        charged_to=need.association,
    )


@transaction.atomic
def hand_paper(
    need: Need, *, by: Actor, requested_paper: RequestedPaper, file: SanitizedFile
) -> Paper:
    """Store `file` as a document that the call requests, and discard the file that it replaces.

    Raises:
        ActionNotAllowed: the actor is not the association, the need is not a draft or returned, or
            the file does not fit in the association's space.
    """
    if not rules.can_hand(by, need):
        raise ActionNotAllowed("Ce besoin est déposé : ses documents ne changent plus.")
    title = f"{requested_paper.label} – {need.title}"[:200]
    kept = store_of(need, file, kind="piece", title=title, by=by)
    former = (
        Paper.objects.filter(need=need, requested_paper=requested_paper)
        .select_related("document")
        .first()
    )
    given = {"document": kept, "by": str(by), "at": timezone.now()}
    paper, _ = Paper.objects.update_or_create(
        need=need, requested_paper=requested_paper, defaults=given
    )
    if former:
        SupplementItem.objects.filter(document=former.document).update(document=kept)
        discard(former.document, reason="Remplacé par un autre.", by=by)
    audit.log(paper, "hand_paper", by=by)
    return paper
