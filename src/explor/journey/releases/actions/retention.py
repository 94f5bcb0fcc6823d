"""The machines from which an agreement was signed, erased at their term."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.http.actor import SYSTEM

from ..models import Agreement, Signature
from .apart import each_apart
from .copies import draw_proof_files

YEAR = timedelta(days=366)  # the longest, so that nothing is erased before its term


def erase_machines(today: date) -> int:
    """Erase the IP address and browser of old signatures; return how many agreements had some.

    The term runs from the last day of the mission. The proof files, which print them, are drawn
    again without them.
    """
    limit = today - YEAR * settings.SIGNATURE_YEARS
    kept = Signature.objects.exclude(address=None, browser="")
    old = kept.filter(agreement__release__proposal__end__lt=limit).values("agreement")
    rows = Agreement.objects.filter(pk__in=old).select_related("release").order_by("pk")
    return each_apart(rows, _erase, name="erase_machines")


@transaction.atomic
def _erase(agreement: Agreement) -> int:
    """Erase the machines of an agreement and replace its proof files."""
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
