"""Actions that sign the agreement: from an account, by a personal link, or on paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import ReceivedFile
from explor.ground.ui.elision import of
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings.models import KeptReading

from .. import emails, engine, rules, selectors
from ..models import Release, Signatory, Signature
from .answers import keep_reading
from .signatories import ask_signatories


@dataclass(frozen=True, kw_only=True)
class Source:
    """The IP address and browser that a signature comes from, and when they showed the page.

    These values are kept as a proof of the signature.
    """

    address: str | None = None
    browser: str = ""
    shown_at: datetime | None = None


NOWHERE = Source()


@transaction.atomic
def sign(
    release: Release,
    *,
    by: Actor,
    party: str,
    capacity: str = "",
    source: Source = NOWHERE,
    expected_version: int | None = None,
) -> Release:
    """Sign the agreement from the account of a member of a party.

    The member signs as the next signatory of the party, unless that signatory is somebody else by
    name. The last signature concludes the agreement.

    Args:
        capacity: in which capacity the member signs, that of the place by default.
    """
    place = _next(release, party)
    if not rules.may_take(by, place):
        raise ActionNotAllowed(f"C’est à une autre personne de signer : {place}.")
    taken = {"name": by.name, "email": by.email, "capacity": capacity.strip() or place.capacity}
    if not place.name or party == "expert":
        audit.update(place, "name_signatory", by=by, changes=taken)
    written = {**taken, "person": by.person, **_machine(source)}
    return _sign(release, place, by=by, written=written, version=expected_version)


@transaction.atomic
def sign_by_link(
    signatory: Signatory, *, by: Actor, source: Source = NOWHERE, capacity: str = ""
) -> Release:
    """Sign the agreement as the named signatory who opened a personal link.

    Args:
        by: the signatory, in the role of its party.
    """
    release = signatory.release
    place = _next(release, signatory.party, signatory)
    written = {
        "name": place.name,
        "email": place.email,
        "capacity": capacity.strip() or place.capacity,
        **_machine(source),
    }
    return _sign(release, place, by=by, written=written)


@transaction.atomic
def sign_on_paper(
    signatory: Signatory,
    *,
    by: Actor,
    name: str,
    capacity: str,
    file: ReceivedFile,
    expected_version: int | None = None,
) -> Release:
    """Record a signature made on paper; the bytes of the file are kept as received.

    Args:
        name: the name written on the paper.
        file: the paper, scanned or signed by another program.
    """
    release = signatory.release
    place = _next(release, signatory.party, signatory)
    taken = {"name": name.strip(), "capacity": capacity.strip()}
    same = place.name == taken["name"]
    email = place.email if same else ""
    # Whoever signs instead of the person named signs in their own right, not by delegation.
    own = {} if same else {"delegation": "", "delegated_by": ""}
    changes = taken | {"email": email} | own
    audit.update(place, "name_signatory", by=by, expected_version=expected_version, changes=changes)
    stored: dict[str, Any] = {
        "kind": "signed_paper",
        "title": f"Papier signé : {name.strip()}",
        "owner": release,
        "by": by,
        "network": release.proposal.need.network_id,
    }
    written = {
        **taken,
        "email": email,
        "on_paper": True,
        "paper": files.store(file=file.clean, **stored),
        "original": files.store_original(file=file, **stored),
    }
    return _sign(release, place, by=by, written=written)


def _sign(
    release: Release,
    place: Signatory,
    *,
    by: Actor,
    written: dict[str, Any],
    version: int | None = None,
) -> Release:
    """Save the signature of the next signatory; conclude the agreement, or ask the one after."""

    def check(row: Release) -> list[str]:
        reading = engine.reading_of(row, row.scheme, timezone.localdate())
        missing = rules.missing_to_sign(row, reading)
        email, person = written.get("email", ""), written.get("person")
        turn = _next(row, place.party, place)
        return missing or (
            [] if written.get("on_paper") else rules.missing_to_sign_as(turn, email, person)
        )

    details = {"party": place.party, "signatory": place.pk, "agreement": release.agreement_id}
    audit.transition(release, "sign", by=by, expected_version=version, check=check, details=details)
    keep_reading(release, KeptReading.Act.SIGN)
    agreement = release.agreements.select_related("document").get(pk=release.agreement_id or 0)
    with integrity_errors_as(Signature):
        Signature.objects.create(
            agreement=agreement,
            signatory=place,
            party=place.party,
            delegation=_delegation(place),
            sha256=agreement.document.sha256,
            **written,
        )
    if not rules.missing_to_conclude(release):
        conclude(release, by=by)
    else:
        ask_signatories(release)
    return release


def _next(release: Release, party: str, wanted: Signatory | None = None) -> Signatory:
    """Return the place of a party whose turn it is, read anew.

    Raises:
        ActionNotAllowed: every place has signed, or it is not the turn of the place `wanted`.
    """
    place = selectors.place_to_sign(release, party)
    if place is None:
        raise ActionNotAllowed("Cette partie a déjà signé.")
    if wanted is not None and place.pk != wanted.pk:
        done = wanted.signatures.filter(agreement=place.release.agreement_id).exists()
        raise ActionNotAllowed(
            "Cette personne a déjà signé."
            if done
            else f"Une autre personne signe d’abord : {place}."
        )
    return place


def _delegation(place: Signatory) -> str:
    return f"{place.delegation}, {of(place.delegated_by)}" if place.delegation else ""


def _machine(source: Source) -> dict[str, Any]:
    return {
        "address": source.address,
        "browser": source.browser[:300],
        "shown_at": source.shown_at,
    }


@transaction.atomic
def conclude(release: Release, *, by: Actor) -> Release:
    """Conclude the agreement, once every party has signed."""
    audit.transition(release, "conclude", by=by, check=rules.missing_to_conclude)
    emails.concluded(release)
    return release
