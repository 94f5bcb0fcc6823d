"""Jobs that generate the signed copy of an agreement and its proof files."""

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.http.actor import SYSTEM

from .. import rules, selectors
from ..models import Agreement, ProofFile, Release
from ..pages.copies import proof_paper, signed_paper
from ..states import State


def draw_signed_copy(release: Release) -> None:
    """Generate the copy that shows every signature; the verification page then leads to it.

    Idempotent: nothing is generated when the copy exists, or when the agreement is no longer
    signed.
    """
    agreement = _concluded(release, signed_copy=None)
    if agreement is None:
        return
    drawn = files.draw(template="document.typ", **signed_paper(agreement))  # slow: before the lock
    with transaction.atomic():
        row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        still = _concluded(row, signed_copy=None)
        if still is None or still.pk != agreement.pk:
            return
        network = release.proposal.need.network_id
        document = files.keep_drawn(
            drawn, kind="signed_agreement", owner=release, by=SYSTEM, network=network
        )
        files.replace(still.document.seal, by=SYSTEM, with_=document.seal)
        still.signed_copy = document
        still.save(update_fields=["signed_copy"])
        audit.log(row, "keep_signed_copy", by=SYSTEM, details={"agreement": still.pk})


def draw_proof_files(release: Release) -> None:
    """Generate the missing proof files of the network and of each party.

    Idempotent: nothing is generated unless every party has signed.
    """
    agreement = _concluded(release)
    if agreement is None:
        return
    known = set(agreement.proof_files.values_list("party", flat=True))
    for party in ("", *rules.parties_of(release)):
        if party in known:
            continue
        drawn = files.draw(template="document.typ", **proof_paper(agreement, party))
        with transaction.atomic():
            row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
            if row.proof_files.filter(party=party).exists():
                continue
            network = release.proposal.need.network_id
            document = files.keep_drawn(
                drawn, kind="signature_proof", owner=release, by=SYSTEM, network=network
            )
            ProofFile.objects.create(agreement=row, party=party, document=document)


def _concluded(release: Release, **filters: None) -> Agreement | None:
    """Return the agreement that every party has signed, None when there is none."""
    if release.state != State.AGREED or release.agreement_id is None:
        return None
    return selectors.signed_agreement(release.agreement_id, **filters)
