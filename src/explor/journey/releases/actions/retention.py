"""Erasure of the machines of signatures some years after the mission, then of the agreements."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from explor.ground.accounts.models import PersonalLink
from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.files.models import Document
from explor.ground.http.actor import SYSTEM

from ..models import Agreement, Release, Signature
from .apart import each_apart
from .copies import draw_proof_files

YEAR = timedelta(days=366)  # the longest, so that nothing is erased before its term


def erase_machines(today: date) -> int:
    """Erase the IP address and browser of old signatures; return how many agreements had some.

    A signature is old when the mission ended more than `SIGNATURE_YEARS` years ago. The proof
    files, which print these data, are drawn again without them.
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
    """Erase the agreements of a release at the term of accounts: papers, signatures, signatories.

    The release stays, without them, for figures. The caller locks its mission.
    """
    Release.objects.filter(pk=release.pk).update(
        agreement=None, consent_by_silence=None, request_note="", confirmed_by="", refusal=""
    )
    papers: list[Document | None] = [release.consent_by_silence]
    for agreement in release.agreements.all():
        links = f"{Agreement._meta.label_lower}:{agreement.pk}"
        PersonalLink.objects.filter(subject=links).delete()
        papers += [agreement.document, agreement.signed_copy]
        papers += [proof.document for proof in agreement.proof_files.select_related("document")]
        for signature in agreement.signatures.select_related("paper", "original"):
            papers += [signature.paper, signature.original]
        agreement.delete()
    release.signatories.all().delete()
    release.service_approvals.all().delete()
    for paper in filter(None, papers):
        files.discard(paper, reason="Au terme de sa conservation.", by=SYSTEM)
