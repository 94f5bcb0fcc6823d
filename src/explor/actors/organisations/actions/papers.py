"""Add and remove the papers that prove the identity of an organisation."""

from datetime import date

from django.db import transaction

from explor.actors.networks.models import PaperKind
from explor.ground.audit import actions as audit
from explor.ground.files.actions import discard, store
from explor.ground.http.actor import Actor
from explor.ground.http.sanitize import SanitizedFile

from ..models import MembershipPaper, Organisation


@transaction.atomic
def hand_paper(
    organisation: Organisation,
    *,
    by: Actor,
    kind: str,
    dated: date,
    valid_until: date | None = None,
    file: SanitizedFile | None = None,
) -> MembershipPaper:
    """Add a verification paper; without `file`, an officer certifies having seen the original.

    The date of a « contrat d’engagement républicain » also becomes the one of the organisation.

    Raises:
        ActionNotAllowed: the file does not fit in the storage space of the organisation.
    """
    paper = MembershipPaper(
        organisation=organisation, kind=kind, dated=dated, valid_until=valid_until, by=str(by)
    )
    if file is not None:
        title = f"{paper.get_kind_display().capitalize()} – {organisation.name}"[:200]
        network = organisation.network_id
        paper.document = store(
            file=file,
            kind="verification",
            title=title,
            owner=organisation,
            by=by,
            network=network,
            charged_to=organisation,
        )
    paper.save()
    changes = {"cer_signed_on": dated} if kind == PaperKind.CONTRACT else {}
    details = {"kind": kind, "paper": paper.pk}
    audit.update(organisation, "hand_paper", by=by, changes=changes, details=details)
    return paper


@transaction.atomic
def remove_paper(paper: MembershipPaper, *, by: Actor, reason: str) -> None:
    """Delete a verification paper added by mistake, with its file.

    The date that the paper gave to the organisation stays.
    """
    details = {"kind": paper.kind, "paper": paper.pk}
    audit.update(paper.organisation, "remove_paper", by=by, reason=reason, details=details)
    document = paper.document
    paper.delete()
    if document is not None:
        discard(document, reason=reason, by=by)
