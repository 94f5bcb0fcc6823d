"""Actions that sign the agreement: from an account, by a personal link, or on paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.accounts.models import PersonalLink
from explor.ground.accounts.selectors import valid_links_of
from explor.ground.audit import actions as audit
from explor.ground.files import actions as files
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import ReceivedFile
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings.models import KeptReading
from explor.journey.proposals.rules import own_seat

from .. import emails, engine, rules, selectors
from ..models import Release, Signatory, Signature
from ..pages.papers import left_to_fill
from .answers import keep_reading
from .signatories import OWN_RIGHT, ask_signatories


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
    signatory: Signatory | None = None,
    source: Source = NOWHERE,
    expected_version: int | None = None,
) -> Release:
    """Sign the agreement from the account of a member of a party, as its next signatory.

    An unnamed signatory takes the name of the member. The next signatory is asked to sign; the last
    signature concludes the agreement.

    Args:
        release: as the page showed it, with the agreement that the member read.
        capacity: in which capacity the member signs, that of the signatory by default.
        signatory: the signatory that the page showed, the next of the party by default.

    Raises:
        ActionNotAllowed: the next signatory is somebody else, the member was removed meanwhile, the
            agreement changed, or nobody can sign.
        EditConflict: the release changed since `expected_version`.
    """
    signatory = _next(release, party, signatory)
    if party != "expert" and not selectors.is_member(by):
        raise ActionNotAllowed("Vous n’agissez plus pour cette organisation.")
    if not rules.may_take(by, signatory):
        raise ActionNotAllowed(f"C’est à une autre personne de signer : {signatory}.")
    taken = {"name": by.name, "email": by.email, "capacity": capacity.strip() or signatory.capacity}
    if not signatory.name or party == "expert":
        audit.update(signatory, "name_signatory", by=by, changes=taken)
    written = {**taken, "person": by.person, **_machine(source)}
    return _sign(release, signatory, by=by, written=written, version=expected_version)


@transaction.atomic
def sign_by_link(
    signatory: Signatory,
    *,
    by: Actor,
    link: PersonalLink | None = None,
    source: Source = NOWHERE,
    capacity: str = "",
) -> Release:
    """Sign the agreement as the named signatory who opened a personal link.

    Args:
        signatory: as the page showed it, with the agreement that the person read.
        by: the signatory, in the role of its party.
        link: the link, read again now; None if there is none.

    Raises:
        ActionNotAllowed: what the page showed has changed, or the link no longer signs.
    """
    release = signatory.release
    current = _next(release, signatory.party, signatory)
    if reasons := rules.changed_since_shown(signatory, current):
        raise ActionNotAllowed(*reasons)
    if link and not valid_links_of(current).filter(pk=link.pk).exists():
        raise ActionNotAllowed("Ce lien ne permet plus de signer : rouvrez-le, il dit pourquoi.")
    written = {
        "name": current.name,
        "email": current.email,
        "capacity": capacity.strip() or current.capacity,
        **_machine(source),
    }
    return _sign(release, current, by=by, written=written)


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

    The signatory takes the name on the paper. The address and delegation of another are removed.

    Args:
        file: the paper, scanned or signed by another program.

    Raises:
        ActionNotAllowed: the officer is the expert, another signs first, or nobody can sign.
        EditConflict: the signatory changed since `expected_version`.
    """
    release = signatory.release
    _refuse_own(release, by)
    current = _next(release, signatory.party, signatory)
    taken = {"name": name.strip(), "capacity": capacity.strip()}
    same = current.name == taken["name"]
    email = current.email if same else ""
    # Whoever signs instead of the person named signs in their own right, not by delegation.
    changes = taken | {"email": email} | ({} if same else OWN_RIGHT)
    audit.update(
        current, "name_signatory", by=by, expected_version=expected_version, changes=changes
    )
    stored = _storage_of(release, taken["name"], by)
    written = {
        **taken,
        "email": email,
        "on_paper": True,
        "paper": files.store(file=file.clean, **stored),
        "original": files.store_original(file=file, **stored),
    }
    return _sign(release, current, by=by, written=written)


def _storage_of(release: Release, name: str, by: Actor) -> dict[str, Any]:
    """Return the arguments of `files.store` for a paper signed by `name`."""
    network = release.proposal.need.network
    return {
        "kind": "signed_paper",
        "title": f"Papier signé : {name}",
        "owner": release,
        "by": by,
        "network": network.pk,
        "charged_to": network,
    }


def _refuse_own(release: Release, by: Actor) -> None:
    if reasons := own_seat(by, release.proposal.expert):
        raise ActionNotAllowed(*reasons)


def _sign(
    release: Release,
    signatory: Signatory,
    *,
    by: Actor,
    written: dict[str, Any],
    version: int | None = None,
) -> Release:
    """Save the signature of the next signatory; conclude the agreement, or ask the one after."""
    shown = release.agreement.document_id if release.agreement else None

    def check(row: Release) -> list[str]:
        return _missing_to_sign(row, signatory, written=written, shown=shown)

    details = {
        "party": signatory.party,
        "signatory": signatory.pk,
        "agreement": release.agreement_id,
        "blank": left_to_fill(release),
    }
    audit.transition(release, "sign", by=by, expected_version=version, check=check, details=details)
    keep_reading(release, KeptReading.Act.SIGN)
    agreement = release.agreements.select_related("document").get(pk=release.agreement_id or 0)
    with integrity_errors_as(Signature):
        Signature.objects.create(
            agreement=agreement,
            signatory=signatory,
            party=signatory.party,
            delegation=signatory.acts,
            sha256=agreement.document.sha256,
            **written,
        )
    if not rules.missing_to_conclude(release):
        conclude(release, by=by)
    else:
        ask_signatories(release)
    return release


def _missing_to_sign(
    row: Release, signatory: Signatory, *, written: dict[str, Any], shown: int | None
) -> list[str]:
    """Return why somebody cannot sign as a signatory now; `shown` is the document they read."""
    if row.agreement and row.agreement.document_id != shown:
        return ["La convention a changé : relisez-la, puis signez de nouveau."]
    reading = engine.reading_of(row, row.scheme, timezone.localdate())
    missing = rules.missing_to_sign(row, reading)
    turn = _next(row, signatory.party, signatory)
    if missing or written.get("on_paper"):
        return missing
    return rules.missing_to_sign_as(turn, written.get("email", ""), written.get("person"))


def _next(release: Release, party: str, wanted: Signatory | None = None) -> Signatory:
    """Lock the release, and return the next signatory of a party, queried again.

    Naming a signatory, delegating and amending hold the same lock, so that nothing changes between
    this query and the signature.

    Raises:
        ActionNotAllowed: the agreement is no longer the one loaded in `release`, all signatories
            have signed, or `wanted` is not the next one.
    """
    row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if row.agreement_id != release.agreement_id:
        raise ActionNotAllowed("La convention a changé : relisez-la, puis signez de nouveau.")
    signatory = selectors.signatory_to_sign(release, party)
    if signatory is None:
        raise ActionNotAllowed("Cette partie a déjà signé.")
    if wanted is not None and signatory.pk != wanted.pk:
        done = wanted.signatures.filter(agreement=signatory.release.agreement_id).exists()
        raise ActionNotAllowed(
            "Cette personne a déjà signé."
            if done
            else f"Une autre personne signe d’abord : {signatory}."
        )
    return signatory


def _machine(source: Source) -> dict[str, Any]:
    return {
        "address": source.address,
        "browser": source.browser[:300],
        "shown_at": source.shown_at,
    }


@transaction.atomic
def conclude(release: Release, *, by: Actor) -> Release:
    """Conclude the agreement, once every party has signed.

    The parties and the network are notified.
    """
    audit.transition(release, "conclude", by=by, check=rules.missing_to_conclude)
    emails.concluded(release)
    return release
