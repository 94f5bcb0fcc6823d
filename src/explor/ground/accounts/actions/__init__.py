"""Actions on accounts, on their sign-in, and on the invitations and links sent to people."""

import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.roles.registry import role_types

from .. import emails, rules
from ..models import (
    Administrator,
    FactorReset,
    Invitation,
    Person,
    PersonalLink,
    Session,
    SignInTry,
)
from ..rules import digest_of
from ..selectors import (
    active_administrators,
    addresses_of_administrators,
    has_factor,
    has_request,
    valid_links_of,
)
from .opening import open_account as open_account
from .withdrawing import end_invitations as end_invitations
from .withdrawing import end_invitations_sent_by
from .withdrawing import end_invitations_to as end_invitations_to
from .withdrawing import withdraw_invitations as withdraw_invitations

INVITATION = timedelta(days=14)
LINK = timedelta(days=180)
NO_LONGER = "Cette invitation a déjà servi ou n’est plus valable."
TRIES, PAUSE = 5, timedelta(minutes=15)
COUNT = """
    INSERT INTO accounts_signintry AS tried (email, address, count, since)
    VALUES (%(email)s, %(address)s, 1, %(now)s)
    ON CONFLICT (email, address) DO UPDATE SET
        count = CASE WHEN tried.since < %(old)s THEN 1 ELSE tried.count + 1 END,
        since = CASE WHEN tried.since < %(old)s THEN %(now)s ELSE tried.since END
    RETURNING count
"""


def count_try(*, email: str, address: str) -> bool:
    """Count a password attempt on an account from an IP address; return whether it is allowed.

    The limit is five attempts in 15 minutes. A single SQL statement counts, so concurrent attempts
    are all counted before any password is hashed. Above the limit, the person can still sign in by
    a code.
    """
    now = timezone.now()
    given = {"email": email.lower()[:254], "address": address, "now": now, "old": now - PAUSE}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)  # type: ignore[arg-type]
        return bool(cursor.fetchone()[0] <= TRIES)


def forget_tries(*, email: str, address: str) -> None:
    """Delete the count of password attempts on an account from an IP address, after a sign-in."""
    SignInTry.objects.filter(email=email.lower()[:254], address=address).delete()


@transaction.atomic
def invite(
    *, email: str, role_type: str, role_key: str, by: Actor, name: str = "", position: str = ""
) -> Invitation:
    """Create and send an invitation to a role; it replaces pending ones of the same address.

    Args:
        role_type: the name of a role type, such as "reseau".
        role_key: the slug of the network, organisation, call or funder; "" for a role that has no
            scope.
        by: the author of the invitation.
        name: the name of the invited person, when known.
        position: the position in the network, organisation or committee, such as director or chair.

    Raises:
        ActionNotAllowed: the role cannot be given by invitation, or no object has this slug.
    """
    to = {"email": email.lower(), "role_type": role_type, "role_key": role_key}
    invitation, to_what, url = _invitation(to, name=name, position=position, by=by)
    emails.invited(invitation, url=url, by=by.name, to_what=to_what)
    return invitation


@transaction.atomic
def open_invitation(*, email: str, role_type: str, role_key: str, by: Actor, name: str) -> str:
    """Create an invitation for somebody who came by a personal link; return its URL.

    No message is sent: the link already proved the address. Errors are those of `invite`.
    """
    to = {"email": email.lower(), "role_type": role_type, "role_key": role_key}
    return _invitation(to, name=name, position="", by=by)[2]


def _invitation(
    to: dict[str, str], *, name: str, position: str, by: Actor
) -> tuple[Invitation, str, str]:
    """Save an invitation, which replaces pending ones of the same role and address.

    Args:
        to: the address, role type and role key of the invitation, by field name.

    Returns:
        The invitation, the French name of the role's organisation or network, and the URL.
    """
    kind = role_types().get(to["role_type"])
    if kind is None or kind.grant is None:
        raise ActionNotAllowed(f"Le rôle « {to['role_type']} » ne se donne pas par invitation.")
    try:
        to_what = kind.named(to["role_key"])
    except ObjectDoesNotExist as absent:
        unknown = f"{kind.label} : « {to['role_key']} » n’existe pas."
        raise ActionNotAllowed(unknown) from absent
    secret = secrets.token_urlsafe(24)
    Invitation.objects.filter(**to, accepted_at=None).delete()
    invitation = Invitation.objects.create(
        **to,
        name=name,
        position=position,
        digest=digest_of(secret),
        invited_by=by.person,
        expires_at=timezone.now() + INVITATION,
    )
    details = {"role": to["role_type"], "key": to["role_key"]}
    audit.log(invitation, "invite", by=by, details=details)
    return invitation, to_what, reverse("accounts:invitation", args=[secret])


def readdress_invitations(*, role_type: str, old: str, new: str) -> None:
    """Replace the slug `old` by `new` in the pending invitations to a type of role.

    Called when two organisations are merged, or when a network gets another slug.
    """
    sent = Invitation.objects.filter(role_type=role_type, role_key=old, accepted_at=None)
    sent.update(role_key=new)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, person: Person) -> None:
    """Give the role of the invitation to `person`, and mark the invitation as accepted.

    Raises:
        ActionNotAllowed: the invitation was accepted, withdrawn or has expired, or its role no
            longer exists.
    """
    row = Invitation.objects.valid().select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        raise ActionNotAllowed(NO_LONGER)
    grant = role_types()[row.role_type].grant
    if grant is None:
        raise ActionNotAllowed("Ce rôle ne se donne plus par invitation.")
    try:
        grant(person, row.role_key, row.position)
    except ObjectDoesNotExist as absent:
        raise ActionNotAllowed(NO_LONGER) from absent
    row.accepted_at = timezone.now()
    row.save()
    by = Actor(person=person.pk, name=person.name, email=person.email)
    audit.log(row, "accept_invitation", by=by)


@transaction.atomic
def open_link(
    subject: models.Model,
    *,
    name: str,
    email: str,
    by: Actor,
    language: str = "fr",
    holder: models.Model | None = None,
    lifetime: timedelta = LINK,
) -> str:
    """Create a personal link to `subject` for a person without account; return the link's secret.

    The secret is the part of the URL that identifies the link.

    Args:
        subject: the row that the link opens.
        name: the name of that person; `email` is their address.
        language: the code of the language in which that person reads the site.
        holder: the row that describes that person, by which `revoke_links` finds all their links.
        lifetime: how long the link is valid.
    """
    secret = secrets.token_urlsafe(24)
    link = PersonalLink.objects.create(
        digest=digest_of(secret),
        subject=_key_of(subject),
        holder=_key_of(holder) if holder is not None else "",
        name=name,
        email=email,
        language=language,
        expires_at=timezone.now() + lifetime,
    )
    audit.log(link, "open_link", by=by, details={"subject": link.subject})
    return secret


@transaction.atomic
def revoke_links(holder: models.Model, *, by: Actor, reason: str = "") -> int:
    """Revoke every valid link sent to `holder` or that opens `holder`; return their number."""
    links = list(valid_links_of(holder).select_for_update())
    for link in links:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        audit.log(link, "revoke_link", by=by, reason=reason, details={"subject": link.subject})
    return len(links)


@transaction.atomic
def revoke_link(link: PersonalLink, *, by: Actor, reason: str) -> None:
    """Revoke one personal link, which then answers like an unknown link.

    Raises:
        ActionNotAllowed: the link is already revoked.
    """
    link = PersonalLink.objects.select_for_update().get(pk=link.pk)
    if link.revoked_at:
        raise ActionNotAllowed("Ce lien est déjà révoqué.")
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    audit.log(link, "revoke_link", by=by, reason=reason, details={"subject": link.subject})


def grant_administration(person: Person, key: str, role: str) -> None:
    """Give the administrator role to a person; `key` and `role`, for other roles, are unused."""
    Administrator.objects.get_or_create(person=person)


@transaction.atomic
def withdraw_administration(person: Person, key: str, *, by: Actor, reason: str) -> None:
    """Withdraw the administrator role of a person; `key` serves other roles and is unused.

    Raises:
        ActionNotAllowed: the person is `by`, the last administrator, or not an administrator.
    """
    lock_administrators()
    _refuse(rules.blockers_of_withdrawal(by, person, _others(person)))
    if not Administrator.objects.filter(person=person).delete()[0]:
        raise ActionNotAllowed("Cette personne n’est pas administratrice.")
    audit.log(person, "withdraw_role", by=by, reason=reason, details={"role": "administration"})


@transaction.atomic
def lock_account(person: Person, *, by: Actor, reason: str) -> Person:
    """Lock an account, end its sessions at once, refuse any sign-in, and notify its person.

    The pending invitations that the account sent are deleted too: a thief of the account could
    otherwise use one of them to come back.

    Raises:
        ActionNotAllowed: see `rules.blockers_of_lock`.
    """
    lock_administrators()
    person = Person.objects.select_for_update().get(pk=person.pk)
    _refuse(rules.blockers_of_lock(by, person, _others(person)))
    person.is_active = False
    person.save(update_fields=["is_active"])
    Session.objects.filter(person=person.pk).delete()
    end_invitations_sent_by(person)
    audit.log(person, "lock_account", by=by, reason=reason)
    emails.account_locked(person, reason=reason)
    return person


@transaction.atomic
def unlock_account(person: Person, *, by: Actor, reason: str) -> Person:
    """Unlock an account and notify its person, who keeps the roles they had.

    Raises:
        ActionNotAllowed: the account is not locked.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise ActionNotAllowed("Ce compte est déjà ouvert.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.log(person, "unlock_account", by=by, reason=reason)
    emails.account_unlocked(person)
    return person


@transaction.atomic
def end_sessions(person: Person, *, by: Actor, keep: str = "") -> int:
    """End all sessions of a person except the one with the key `keep`; return how many ended."""
    count = Session.objects.filter(person=person.pk).exclude(pk=keep).delete()[0]
    audit.log(person, "end_sessions", by=by, details={"count": count})
    return count


@transaction.atomic
def end_session(session: Session, *, by: Actor) -> None:
    """End one session of a person; raise `Person.DoesNotExist` if nobody signed in to it."""
    person = Person.objects.get(pk=session.person or 0)
    session.delete()
    opened = session.opened_at.isoformat(timespec="minutes")
    audit.log(person, "end_session", by=by, details={"opened_at": opened})


def end_every_session() -> int:
    """End the sessions of everybody, after a backup is restored; return how many ended."""
    return Session.objects.all().delete()[0]


@transaction.atomic
def request_reset(person: Person, *, by: Actor, reason: str) -> FactorReset:
    """Request the removal of the second factor of a person; another administrator decides.

    Notify the person and the other administrators.

    Raises:
        ActionNotAllowed: see `rules.blockers_of_request`.
    """
    _refuse(rules.blockers_of_request(by, person, has_factor(person), has_request(person)))
    reset = FactorReset(person=person, requested_by=by.person or 0, reason=reason)
    reset.save(force_insert=True)
    audit.log(reset, "request_reset", by=by, reason=reason)
    emails.reset_requested(reset, by=by.name)
    for address in addresses_of_administrators(without=(by.person, person.pk)):
        emails.reset_to_decide(reset, to=address, by=by.name)
    return reset


@transaction.atomic
def approve_reset(
    reset: FactorReset, *, by: Actor, expected_version: int | None = None
) -> FactorReset:
    """Approve a request: remove the second factor of a person, end their sessions, notify them.

    Raises:
        ActionNotAllowed: the request is decided already, or see `rules.blockers_of_decision`.
        EditConflict: the request changed since `expected_version`.
    """
    reset = audit.transition(
        reset,
        "approve_reset",
        by=by,
        expected_version=expected_version,
        check=lambda row: rules.blockers_of_decision(by, row),
        changes={"decided_by": by.person},
    )
    Authenticator.objects.filter(user=reset.person_id).delete()
    Session.objects.filter(person=reset.person_id).delete()
    emails.reset_approved(reset)
    return reset


def decline_reset(
    reset: FactorReset, *, by: Actor, reason: str, expected_version: int | None = None
) -> FactorReset:
    """Decline a request and notify the person, who keeps their second factor.

    Raises:
        ActionNotAllowed: the request is decided already, or `reason` is blank.
        EditConflict: the request changed since `expected_version`.
    """
    with transaction.atomic():
        reset = audit.transition(
            reset,
            "decline_reset",
            by=by,
            expected_version=expected_version,
            reason=reason,
            changes={"decided_by": by.person},
        )
        emails.reset_declined(reset)
    return reset


def lock_administrators() -> None:
    """Lock the administrator rows until the transaction ends, so that one administrator remains."""
    list(Administrator.objects.select_for_update().order_by("pk").values_list("pk"))


def _others(person: Person) -> int:
    return active_administrators().exclude(person=person).count()


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise ActionNotAllowed(*reasons)


def _key_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"
