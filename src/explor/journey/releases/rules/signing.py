"""Who signs the agreement next, and who may act on each signatory of a signing chain.

A signing chain is the ordered list of the signatories of one party; a signatory may be unnamed.
"""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate, localtime

from explor.ground.http.actor import Actor

from ..models import Release, Signatory, Signature
from ..states import State
from .access import can, is_concerned, parties_of

PARTY_NAMES = {
    "association": "l’association",
    "expert": "la personne qui part",
    "employeur": "l’employeur",
}
WEEK = timedelta(days=7)
FIRST_REMINDERS = (timedelta(days=3), WEEK)
PAUSE = timedelta(minutes=10)  # between two links to the same address


def can_sign(actor: Actor, release: Release) -> bool:
    """Return True for a party of an approved release whose next signatory may be `actor`.

    See `may_take`. False for the network, which only records a signature on paper.
    """
    if actor.role == "reseau" or not can(actor, "sign", release):
        return False
    signatory = next_of(release, actor.role)
    return signatory is not None and may_take(actor, signatory)


def may_take(actor: Actor, signatory: Signatory) -> bool:
    """Return whether `actor` may sign as `signatory`: it is unnamed, or has the address of `actor`.

    False for the signatories of other parties. The expert always signs in person, even when their
    address has changed.
    """
    if signatory.party != actor.role:
        return False
    own = not signatory.name or (
        bool(signatory.email) and signatory.email.lower() == actor.email.lower()
    )
    return own or actor.role == "expert"


def can_record_paper(actor: Actor, signatory: Signatory) -> bool:
    """Return whether `actor` may record that `signatory` signed the agreement on paper.

    Only the network may, while it may sign the release, and only for the next signatory of a party.
    """
    signing = actor.role == "reseau" and can(actor, "sign", signatory.release)
    return signing and is_next(signatory)


def can_name(actor: Actor, signatory: Signatory) -> bool:
    """Return True for the party of a signatory or its network, until the signatory has signed.

    Only while the release awaits an answer or signatures. The expert signs in person: nobody else
    can be named in their place.
    """
    release = signatory.release
    waits = release.state in (State.REQUESTED, State.APPROVED) and not has_signed(signatory)
    if actor.role not in ("reseau", signatory.party) or signatory.party == "expert":
        return False
    return waits and is_concerned(actor, release)


def can_delegate(actor: Actor, signatory: Signatory) -> bool:
    """Return True for an actor who may name a signatory (see `can_name`), once it has a name."""
    return bool(signatory.name) and can_name(actor, signatory)


def can_send_link(actor: Actor, signatory: Signatory) -> bool:
    """Return True for the party or its network, if `signatory` is next to sign and has an address.

    Only for an approved release, whose agreement can be signed.
    """
    release = signatory.release
    own = actor.role in ("reseau", signatory.party) and is_concerned(actor, release)
    return own and release.state == State.APPROVED and bool(signatory.email) and is_next(signatory)


def can_withdraw_link(actor: Actor, signatory: Signatory) -> bool:
    """Return True for an actor who may send a link, once one was sent and not withdrawn."""
    sent = signatory.link_sent_at is not None and signatory.withdrawn_at is None
    return sent and can_send_link(actor, signatory)


def lacks_address(signatory: Signatory) -> bool:
    """Return whether a signatory has a name but no address, as after a signature on paper.

    No link can be sent for the next version of the agreement before this signatory is named again.
    """
    return bool(signatory.name) and not signatory.email


def missing_to_send_link(signatory: Signatory, now: datetime) -> list[str]:
    """Return why no link can be sent at `now` (one was sent within `PAUSE`); else empty."""
    if (
        signatory.link_sent_at is None
        or signatory.withdrawn_at
        or now - signatory.link_sent_at >= PAUSE
    ):
        return []
    return [
        f"Un lien est parti à {localtime(signatory.link_sent_at):%H:%M} à {signatory.email} : "
        "attendez dix minutes, et cherchez-le aussi dans les indésirables."
    ]


def chain_of(release: Release, party: str) -> list[Signatory]:
    """Return the signatories of a party in signing order, from prefetched rows."""
    return [each for each in release.signatories.all() if each.party == party]


def has_signed(signatory: Signatory) -> bool:
    """Return whether a signatory signed the current agreement, from prefetched signatures."""
    return signatory.pk in {each.signatory_id for each in signatory.release.current_signatures}


def next_of(release: Release, party: str) -> Signatory | None:
    """Return the next signatory of a party, None once all of them have signed."""
    signed = {each.signatory_id for each in release.current_signatures}
    return next((each for each in chain_of(release, party) if each.pk not in signed), None)


def is_next(signatory: Signatory) -> bool:
    """Return whether a signatory is the next to sign of its party.

    The parties sign in parallel; the signatories of one party sign in order.
    """
    return next_of(signatory.release, signatory.party) == signatory


def turns(release: Release) -> list[Signatory]:
    """Return the next signatory of each party that has not finished signing."""
    signatories = (next_of(release, party) for party in parties_of(release))
    return [signatory for signatory in signatories if signatory]


def missing_to_sign_as(signatory: Signatory, email: str, person: int | None) -> list[str]:
    """Return why somebody cannot sign on screen as the next signatory, empty when they can.

    The reason: the same person, by address or account, has already signed as another signatory.

    Args:
        signatory: the next signatory of its party.
        email: the address of the person who signs.
        person: the primary key of their account, None if they have no account.
    """
    release = signatory.release
    for each in release.current_signatures:
        same = bool(email) and each.email.lower() == email.lower()
        if not (same or (person and each.person == person)):
            continue
        if each.party == signatory.party:
            return ["Cette personne a déjà signé à une autre place : une autre signe ici."]
        return [
            f"Cette personne a déjà signé pour {PARTY_NAMES[each.party]} : une autre signe "
            f"pour {PARTY_NAMES[signatory.party]}, ou le réseau dépose le papier signé."
        ]
    return []


def changed_since_shown(shown: Signatory, signatory: Signatory) -> list[str]:
    """Return a reason when the person named as a signatory changed since the page was shown.

    Args:
        shown: the signatory as the page showed it.
        signatory: the same signatory now, with its release locked.
    """
    names = ("name", "email", "capacity", "delegation", "delegated_by", "former_acts")
    if all(getattr(shown, name) == getattr(signatory, name) for name in names):
        return []
    return [f"Qui signe à cette place a changé : c’est maintenant {signatory}. Rouvrez votre lien."]


def unsigned(release: Release) -> list[str]:
    """Return the roles of the parties that have not finished signing, from prefetched rows."""
    signed = {each.signatory_id for each in release.current_signatures}
    return _incomplete(release, list(release.signatories.all()), signed)


def _incomplete(release: Release, signatories: list[Signatory], signed: set[int]) -> list[str]:
    """Return the parties that have no signatory, or a signatory who has not signed."""
    of = {
        party: [each.pk for each in signatories if each.party == party]
        for party in parties_of(release)
    }
    return [party for party, pks in of.items() if not pks or not signed.issuperset(pks)]


def missing_to_conclude(release: Release) -> list[str]:
    """Return why the agreement cannot be concluded (missing signatures), empty when it can.

    The signatures are queried again, as prefetched rows may miss the last one.
    """
    rows = Signature.objects.filter(agreement=release.agreement_id)
    signed = set(rows.values_list("signatory", flat=True))
    left = _incomplete(release, list(Signatory.objects.filter(release=release)), signed)
    who = " et ".join(f"de {PARTY_NAMES[party]}" for party in left)
    return [f"Signature attendue {who}."] if left else []


def can_sign_by_link(actor: Actor, signatory: Signatory) -> bool:
    """Return whether `actor`, who holds a signing link, may sign in the party of `signatory` now.

    Only while the release can be signed. The role of `actor` must be the party.
    """
    return signatory.party == actor.role and can(actor, "sign", signatory.release)


def is_reminder_due(signatory: Signatory, today: date) -> bool:
    """Return whether a reminder to the next signatory is due today.

    Reminders are due 3 days, then 7 days after the signatory was asked, then every week; none
    before the signatory was asked, nor once the link is withdrawn.
    """
    if signatory.turn_since is None or signatory.withdrawn_at:
        return False
    begun = localdate(signatory.turn_since)
    if signatory.reminders < len(FIRST_REMINDERS):
        return today >= begun + FIRST_REMINDERS[signatory.reminders]
    return today >= (signatory.reminded_on or begun) + WEEK


def can_read_proof(actor: Actor, release: Release) -> bool:
    """Return True for the network and each party, who may read their own proof file only."""
    return actor.role != "systeme" and is_concerned(actor, release)
