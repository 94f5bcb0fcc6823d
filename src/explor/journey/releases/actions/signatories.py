"""Actions on the signing chains of the parties: create, name, delegate, send links, remind.

Links are also renewed or withdrawn, and names follow the changes of members and addresses.
A chain is the ordered list of the signatories of one party.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.organisations.models import Kind, Member
from explor.ground.accounts.actions import open_link, revoke_links
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.selectors import is_locked
from explor.ground.workflow.apart import each_apart
from explor.ground.workflow.bulk import insert_many

from .. import emails, engine, rules, selectors
from ..models import Release, Signatory
from ..states import State

LINK = timedelta(days=30)  # how long a signing link is valid; its holder can renew it alone
OWN_RIGHT: dict[str, Any] = {"delegation": "", "delegated_by": "", "former_acts": []}
UNSENT: dict[str, Any] = {
    "turn_since": None,
    "link_sent_at": None,
    "withdrawn_at": None,
    "reminded_on": None,
    "reminders": 0,
}


def make_chain(release: Release) -> None:
    """Create the signatories of each party that has none. Idempotent.

    The expert is known. The other signatories are named later by their party, or stay unnamed until
    a member of the party signs.
    """
    known = set(release.signatories.values_list("party", flat=True))
    Signatory.objects.bulk_create(each for each in _chain(release) if each.party not in known)


def make_chains(releases: Sequence[Release]) -> None:
    """Create the signatories of each party of releases just created."""
    insert_many(each for release in releases for each in _chain(release))


def _chain(release: Release) -> Iterator[Signatory]:
    """Yield the unsaved signatories of each party of a release."""
    person = release.proposal.expert.person
    for party in rules.parties_of(release):
        named = {"name": person.name, "email": person.email} if party == "expert" else {}
        for rank, capacity in enumerate(engine.capacities_of(release, party)):
            yield Signatory(release=release, party=party, rank=rank, capacity=capacity, **named)


def reset_chain(release: Release) -> None:
    """Mark every signatory as not asked yet, so that each one is asked to sign the new version."""
    release.signatories.update(**UNSENT)


@transaction.atomic
def name_signatory(
    signatory: Signatory,
    *,
    by: Actor,
    name: str,
    email: str,
    capacity: str,
    expected_version: int | None = None,
) -> Signatory:
    """Name the person who signs as this signatory; revoke the links of the person named before.

    The person receives a link if it is their turn. Any delegation is removed.

    Raises:
        ActionNotAllowed: the signatory has already signed.
        EditConflict: the signatory changed since `expected_version`.
    """
    changes = {
        "name": name.strip(),
        "email": email.strip().lower(),
        "capacity": capacity.strip(),
        **OWN_RIGHT,
    }
    return _rename(signatory, "name_signatory", by, changes, expected_version)


@transaction.atomic
def delegate_signature(
    signatory: Signatory,
    *,
    by: Actor,
    name: str,
    email: str,
    capacity: str,
    delegation: str,
    expected_version: int | None = None,
) -> Signatory:
    """Let another person sign, by delegation of the person named as this signatory.

    The links already sent are revoked; the other person receives one if it is their turn. Former
    delegation documents are kept with the new one. The party and the network are notified.

    Args:
        delegation: the reference of the document that gives the delegation.

    Raises:
        ActionNotAllowed: the signatory has already signed.
        EditConflict: the signatory changed since `expected_version`.
    """
    changes: dict[str, Any] = {
        "name": name.strip(),
        "email": email.strip().lower(),
        "capacity": capacity.strip(),
        "delegation": delegation.strip(),
        "delegated_by": str(signatory)[:200],
        "former_acts": [signatory.acts] if signatory.acts else [],
    }
    former = signatory.name
    renamed = _rename(signatory, "delegate_signature", by, changes, expected_version)
    emails.delegated(renamed, former)
    return renamed


def follow_removal(member: Member, *, by: Actor) -> None:
    """Clear the name of a removed member from the signatories of its organisation yet to sign.

    Their links are revoked, and the organisation has to name another person: see `ask_signatories`.
    """
    own = member.organisation
    column = "proposal__need__association" if own.kind == Kind.ASSOCIATION else "employer"
    running = Signatory.objects.filter(release__state__in=(State.REQUESTED, State.APPROVED))
    named = running.filter(party=own.kind, email__iexact=member.person.email)
    for signatory in named.filter(**{f"release__{column}": own}).order_by("release", "pk"):
        if not rules.has_signed(_loaded(_locked(signatory.release_id), signatory)):
            unnamed = {"name": "", "email": "", "capacity": signatory.capacity, **OWN_RIGHT}
            _rename(signatory, "name_signatory", by, unnamed, None)


@transaction.atomic
def follow_address(former: str, new: str) -> None:
    """Give the new address of a person as signatory, where they have yet to sign.

    The links sent to the former address are revoked; a new one leaves if it is their turn. The
    expert is followed when a link leaves, as they always sign in person.
    """
    running = Signatory.objects.filter(release__state__in=(State.REQUESTED, State.APPROVED))
    named = running.exclude(party="expert").filter(email__iexact=former)
    for signatory in named.order_by("release", "pk"):
        if not rules.has_signed(_loaded(_locked(signatory.release_id), signatory)):
            changes = {"email": new.lower(), "capacity": signatory.capacity}
            why = "La personne a une autre adresse."
            _rename(signatory, "name_signatory", SYSTEM, changes, None, why=why)


def _follow_account(release: Release) -> None:
    """Update the name and address of the expert as signatory from their account.

    Links sent to a former address can no longer sign. Signatures already given do not change.
    """
    person = release.proposal.expert.person
    for signatory in rules.turns(release):
        if signatory.party != "expert" or (signatory.name, signatory.email) == (
            person.name,
            person.email,
        ):
            continue
        unsent = UNSENT if signatory.email != person.email else {}
        changes = {"name": person.name, "email": person.email, **unsent}
        audit.update(signatory, "name_signatory", by=SYSTEM, changes=changes)
        if unsent:
            revoke_links(signatory, by=SYSTEM, reason="La personne a une autre adresse.")


def _rename(
    signatory: Signatory,
    verb: str,
    by: Actor,
    changes: dict[str, Any],
    version: int | None,
    why: str = "Une autre personne signe.",
) -> Signatory:
    """Name another person as a signatory, and revoke the links sent to the person named before.

    `why` is the reason of the revocation.
    """
    release = _locked(signatory.release_id)
    if rules.has_signed(_loaded(release, signatory)):
        raise ActionNotAllowed("Cette personne a déjà signé.")
    audit.update(
        signatory,
        verb,
        by=by,
        expected_version=version,
        changes=changes | UNSENT,
        details={"party": signatory.party, "capacity": changes["capacity"]},
    )
    revoke_links(signatory, by=by, reason=why)
    ask_signatories(release)
    signatory.refresh_from_db()
    return signatory


@transaction.atomic
def send_link(signatory: Signatory, *, by: Actor, expected_version: int | None = None) -> Signatory:
    """Send another link to the next signatory; the links already sent stay valid.

    Raises:
        ActionNotAllowed: a link was sent shortly before, nobody can sign yet, the account with this
            address is locked, or it is not the turn of this signatory.
        EditConflict: the signatory changed since `expected_version`.
    """
    return _send_again(signatory, "send_link", by, expected_version)


@transaction.atomic
def renew_link(signatory: Signatory, *, by: Actor) -> Signatory:
    """Send a new link to the address on record, when the holder of an expired link asks for one.

    Raises:
        ActionNotAllowed: as for `send_link`, or the link was withdrawn.
    """
    if Signatory.objects.get(pk=signatory.pk).withdrawn_at:
        raise ActionNotAllowed("Ce lien a été retiré : écrivez à qui vous l’a envoyé.")
    return _send_again(signatory, "renew_link", by, None)


def _send_again(signatory: Signatory, verb: str, by: Actor, version: int | None) -> Signatory:
    release = _locked(signatory.release_id)
    current = _loaded(release, signatory)
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    refusals = rules.missing_to_sign(release, reading)
    refusals += rules.missing_to_send_link(current, timezone.now())
    if is_locked(current.email):
        refusals.append("Le compte de cette adresse est fermé : nommez une autre adresse.")
    if not rules.is_next(current):
        refusals.append("Ce n’est pas, ou plus, à cette personne de signer.")
    if refusals:
        raise ActionNotAllowed(*refusals)
    audit.update(current, verb, by=by, expected_version=version)
    _follow_account(release)
    _send(current, by=by)
    return current


@transaction.atomic
def withdraw_link(
    signatory: Signatory, *, by: Actor, expected_version: int | None = None
) -> Signatory:
    """Revoke the links of a signatory; no reminder is sent until somebody sends a new link.

    Raises:
        EditConflict: the signatory changed since `expected_version`.
    """
    _locked(signatory.release_id)
    audit.update(
        signatory,
        "withdraw_link",
        by=by,
        expected_version=expected_version,
        changes={"withdrawn_at": timezone.now()},
    )
    revoke_links(signatory, by=by, reason="Le lien est retiré.")
    return signatory


@transaction.atomic
def ask_signatories(release: Release) -> set[str]:
    """Ask the next signatories who were not asked yet; return the addresses that received a link.

    A signatory with an address receives a link. Otherwise the members of the party are asked by
    email to name one, except for the first, unnamed signatory: they were asked to sign when the
    agreement was generated. With a name but no address, the network is notified too. Nothing is
    sent while nobody can sign. Idempotent.
    """
    release = selectors.with_related(Release.objects.filter(pk=release.pk)).get()
    if release.state != State.APPROVED or not release.agreement_id:
        return set()
    reading = engine.reading_of(release, release.scheme, timezone.localdate())
    if rules.missing_to_sign(release, reading):
        return set()
    written = set()
    _follow_account(release)
    for signatory in rules.turns(release):
        if signatory.email and signatory.link_sent_at is None and signatory.withdrawn_at is None:
            written.add(_send(signatory, by=SYSTEM))
        elif signatory.turn_since is None:
            if signatory.rank or rules.lacks_address(signatory):
                emails.to_name(signatory)
            audit.update(
                signatory, "ask_signatory", by=SYSTEM, changes={"turn_since": timezone.now()}
            )
    return written


def remind_signatories(today: date) -> int:
    """Remind the next signatories that are due a reminder today; return how many were reminded.

    Signatories who became able to sign without any action (a scheme open again) are asked first.
    Idempotent for a day.
    """

    def remind(pk: int) -> int:
        ask_signatories(_locked(pk))
        return _remind(_locked(pk), today)

    waiting = Release.objects.filter(state=State.APPROVED, agreement__isnull=False)
    keys = waiting.order_by("pk").values_list("pk", flat=True)
    return each_apart(keys, remind, name="remind_signatories")


def _remind(release: Release, today: date) -> int:
    """Remind the next signatories of a release; return how many were reminded."""
    due = [
        signatory for signatory in rules.turns(release) if rules.is_reminder_due(signatory, today)
    ]
    reading = engine.reading_of(release, release.scheme, today) if due else None
    if reading is None or rules.missing_to_sign(release, reading):
        return 0
    for signatory in due:
        if signatory.email:
            _send(signatory, by=SYSTEM, reminder=True)
        else:
            emails.to_name(signatory, reminder=True)
        changes = {"reminded_on": today, "reminders": signatory.reminders + 1}
        audit.update(signatory, "remind_signatory", by=SYSTEM, changes=changes)
    return len(due)


def _send(signatory: Signatory, *, by: Actor, reminder: bool = False) -> str:
    """Email a signing link to a named signatory, and return the address.

    Args:
        reminder: whether the email says when the first link and the last reminder were sent.
    """
    secret = open_link(
        signatory.release.agreement,  # type: ignore[arg-type]
        name=signatory.name,
        email=signatory.email,
        by=by,
        holder=signatory,
        lifetime=LINK,
    )
    now = timezone.now()
    changes = {
        "link_sent_at": now,
        "turn_since": signatory.turn_since or now,
        "withdrawn_at": None,
    }
    audit.update(signatory, "ask_signatory", by=by, changes=changes)
    emails.to_sign(signatory, secret, reminder=reminder)
    return signatory.email


def _locked(pk: int) -> Release:
    """Return a release with its related rows, locked so that nobody signs in the meantime."""
    Release.objects.select_for_update(of=("self",)).get(pk=pk)
    return selectors.with_related(Release.objects.filter(pk=pk)).get()


def _loaded(release: Release, signatory: Signatory) -> Signatory:
    """Return the signatory of the loaded release that has the same primary key as `signatory`."""
    return next(each for each in release.signatories.all() if each.pk == signatory.pk)
