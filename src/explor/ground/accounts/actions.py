"""Inviting, accepting, and opening personal links."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.roles.registry import role_types

from . import emails
from .models import Invitation, Person, PersonalLink, SignInTry
from .queries import standing_links
from .rules import digest_of

INVITATION = timedelta(days=14)
LINK = timedelta(days=180)
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
    """Count a password tried for an account from an address; false when it is one too many.

    Five in a quarter of an hour, in one statement, so that tries sent together are all counted
    before any password is hashed. Signing in by a code stays open.
    """
    now = timezone.now()
    given = {"email": email.lower()[:254], "address": address, "now": now, "old": now - PAUSE}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)  # type: ignore[arg-type]
        return bool(cursor.fetchone()[0] <= TRIES)


def forget_tries(*, email: str, address: str) -> None:
    """The password was right: the count starts again."""
    SignInTry.objects.filter(email=email.lower()[:254], address=address).delete()


def forget_old_tries() -> None:
    """Remove the counts that no longer hold anyone back."""
    SignInTry.objects.filter(since__lt=timezone.now() - PAUSE).delete()


@transaction.atomic
def invite(
    *, email: str, role_type: str, role_key: str, by: Actor, name: str = "", position: str = ""
) -> Invitation:
    """Invite an address to wear a role; a later invitation to the same role replaces this one."""
    kind = role_types().get(role_type)
    if kind is None or kind.grant is None:
        raise ActionNotAllowed(f"La casquette « {role_type} » ne se donne pas par invitation.")
    try:
        to_what = kind.named(role_key)
    except ObjectDoesNotExist as absent:
        raise ActionNotAllowed(f"{kind.label} : « {role_key} » n’existe pas.") from absent
    secret = secrets.token_urlsafe(24)
    Invitation.objects.filter(
        email=email.lower(), role_type=role_type, role_key=role_key, accepted_at=None
    ).delete()
    invitation = Invitation.objects.create(
        email=email.lower(),
        name=name,
        role_type=role_type,
        role_key=role_key,
        position=position,
        digest=digest_of(secret),
        invited_by=by.person,
        expires_at=timezone.now() + INVITATION,
    )
    audit.log(invitation, "invite", by=by, details={"role": role_type, "key": role_key})
    url = reverse("accounts:invitation", args=[secret])
    emails.invited(invitation, url=url, by=by.name, to_what=to_what)
    return invitation


def withdraw_invitations(*, email: str, role_type: str, role_key: str) -> None:
    """An invitation that nobody took up no longer opens anything."""
    Invitation.objects.filter(
        email=email.lower(), role_type=role_type, role_key=role_key, accepted_at=None
    ).delete()


def readdress_invitations(*, role_type: str, old: str, new: str) -> None:
    """Invitations to an organisation that became part of another lead to that one."""
    sent = Invitation.objects.filter(role_type=role_type, role_key=old, accepted_at=None)
    sent.update(role_key=new)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, person: Person) -> None:
    """The invited person wears the role from now on."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.expires_at < timezone.now():
        raise ActionNotAllowed("Cette invitation a déjà servi ou n’est plus valable.")
    grant = role_types()[invitation.role_type].grant
    if grant is None:
        raise ActionNotAllowed("Cette casquette ne se donne plus par invitation.")
    grant(person, invitation.role_key, invitation.position)
    invitation.accepted_at = timezone.now()
    invitation.save()
    by = Actor(person=person.pk, name=person.name, email=person.email)
    audit.log(invitation, "accept_invitation", by=by)


@transaction.atomic
def open_account(*, email: str, name: str) -> Person:
    """A new person whose address is proven, by the link they received for instance."""
    person = Person.objects.create_user(email=email, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def open_link(
    subject: models.Model,
    *,
    name: str,
    email: str,
    by: Actor,
    language: str = "fr",
    holder: models.Model | None = None,
) -> str:
    """Make the personal link of someone without account to `subject`; return its secret.

    Args:
        holder: the record of that person, so that `revoke_links` finds all the links they have.
    """
    secret = secrets.token_urlsafe(24)
    link = PersonalLink.objects.create(
        digest=digest_of(secret),
        subject=_key_of(subject),
        holder=_key_of(holder) if holder is not None else "",
        name=name,
        email=email,
        language=language,
        expires_at=timezone.now() + LINK,
    )
    audit.log(link, "open_link", by=by, details={"subject": link.subject})
    return secret


@transaction.atomic
def revoke_links(holder: models.Model, *, by: Actor, reason: str = "") -> int:
    """Close every standing link that `holder` has, or that opens it; return how many."""
    links = list(standing_links(holder).select_for_update())
    for link in links:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        audit.log(link, "revoke_link", by=by, reason=reason, details={"subject": link.subject})
    return len(links)


def _key_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"
