"""Signatures of the agreement by its parties."""

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings.models import KeptReading

from .. import emails, engine, rules
from ..models import Agreement, Release, Signature
from .answers import keep_reading


@transaction.atomic
def sign(
    release: Release,
    *,
    by: Actor,
    party: str,
    name: str,
    on_paper: bool = False,
    expected_version: int | None = None,
) -> Release:
    """Record a party's signature, on screen or on paper; the last one concludes the agreement.

    Args:
        name: the name of the signatory.
    """

    def check(row: Release) -> list[str]:
        reading = engine.reading_of(row, row.scheme, timezone.localdate())
        return rules.missing_to_sign(row, reading)

    audit.transition(release, "sign", by=by, expected_version=expected_version, check=check)
    keep_reading(release, KeptReading.Act.SIGN)
    agreement = Agreement.objects.select_related("document").get(pk=release.agreement_id or 0)
    with integrity_errors_as(Signature):
        Signature.objects.create(
            agreement=agreement,
            party=party,
            name=name,
            on_paper=on_paper,
            sha256=agreement.document.sha256,
        )
    if not rules.missing_to_conclude(release):
        conclude(release, by=by)
    return release


@transaction.atomic
def conclude(release: Release, *, by: Actor) -> Release:
    """Conclude the agreement, once every party has signed."""
    audit.transition(release, "conclude", by=by, check=rules.missing_to_conclude)
    emails.concluded(release)
    return release
