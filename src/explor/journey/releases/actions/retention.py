"""Erasure of IP addresses and browsers of old signatures, then of old agreements."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from explor.ground.accounts.models import PersonalLink
from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.http.actor import SYSTEM
from explor.ground.workflow.apart import each_apart

from ..models import Agreement, Release, Signature
from ..selectors import documents_of
from .copies import draw_proof_files

YEAR = timedelta(days=366)  # a leap year, so that nothing is erased too early

EMPTY: dict[str, Any] = {
    "agreement": None,
    "consent_by_silence": None,
    "requested_on": None,
    "requested_scheme": "",
    "urgent_at": None,
    "answer_at": None,
    "request_note": "",
    "request_proof": None,
    "confirmed_by": "",
    "refusal": "",
}


def erase_machines(today: date) -> int:
    """Erase the IP address and browser of old signatures; return how many agreements had some.

    A signature is old when the mission ended more than `SIGNATURE_YEARS` years ago. The proof
    files, which print these data, are deleted; those of the current agreement are generated again
    without them.
    """
    limit = today - YEAR * settings.SIGNATURE_YEARS
    kept = Signature.objects.exclude(address=None, browser="")
    old = kept.filter(agreement__release__proposal__end__lt=limit).values("agreement")
    rows = Agreement.objects.filter(pk__in=old).select_related("release").order_by("pk")
    return each_apart(rows, _erase, name="erase_machines")


@transaction.atomic
def _erase(agreement: Agreement) -> int:
    """Erase the IP addresses and browsers of an agreement, and replace its proof files."""
    release = agreement.release
    agreement.signatures.update(address=None, browser="")
    for proof in agreement.proof_files.select_related("document"):
        document = proof.document
        proof.delete()
        files.discard(document, reason="Au terme de sa conservation.", by=SYSTEM)
    audit.log(release, "erase_machines", by=SYSTEM, details={"agreement": agreement.pk})
    if release.agreement_id == agreement.pk:
        draw_proof_files(release)
    return 1


def erase_agreements(release: Release) -> None:
    """Erase the agreements of a release after their retention period, without checking it.

    Documents, signatures, signatories, signing links, service approvals, the dated request and the
    reason of a refusal are erased. The release itself stays for figures. The caller must have
    locked its mission.
    """
    papers = documents_of(release)
    Release.objects.filter(pk=release.pk).update(**EMPTY)
    for agreement in release.agreements.all():
        links = f"{Agreement._meta.label_lower}:{agreement.pk}"
        PersonalLink.objects.filter(subject=links).delete()
        agreement.delete()
    release.signatories.all().delete()
    release.service_approvals.all().delete()
    for paper in papers:
        files.discard(paper, reason="Au terme de sa conservation.", by=SYSTEM)
