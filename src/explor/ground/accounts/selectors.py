"""Queries on accounts, their sign-in and second factors, and on invitations and links."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from explor.ground.encryption.owned import OwnedStore
from explor.ground.roles.registry import role_types
from explor.ground.ui import hooks
from explor.ground.ui.order import french_key
from explor.ground.ui.words import each_word_of

from .models import (
    Administrator,
    FactorReset,
    Invitation,
    Person,
    PersonalLink,
    Session,
    SignInTry,
)
from .rules import digest_of
from .states import ResetState

# The secrets of second factors, which allauth stores and the adapter encrypts.
FACTOR_SECRETS = OwnedStore(
    "mfa_authenticator", "data", ("secret", "seed", "migrated_codes"), owner="user_id"
)
DIGITS = 6  # minimum number of digits to search by telephone number

hooks.define("accounts.proofs", "label of a model whose personal links are kept, as proofs")
hooks.define(
    "accounts.readdressed",
    "callable(old address, new address): update the rows that name a person by their address",
)


def administration_of(person: Any) -> "QuerySet[Any, Any]":
    """Return the row that makes a person an administrator, if any, described as a role.

    It is annotated with `role_type`, `role_key`, `role_name`, `role_scope` and `role_accent`, as
    each `RoleType.holders`.
    """
    return Administrator.objects.filter(person=person).annotate(
        role_type=Value("administration"),
        role_key=Value(""),
        role_name=Value("Administration"),
        role_scope=F("pk"),
        role_accent=Value(""),
    )


def invitation_of(secret: str) -> Invitation | None:
    """Return the valid invitation whose link contains `secret`.

    Return None if there is none, or if the object of its role was deleted.
    """
    invited = Invitation.objects.valid().filter(digest=digest_of(secret)).first()
    if invited is None:
        return None
    try:
        role_types()[invited.role_type].named(invited.role_key)
    except ObjectDoesNotExist:
        return None
    return invited


def link_of(secret: str, model: type[Model]) -> PersonalLink | None:
    """Return the valid personal link with this secret that opens a row of `model`, or None."""
    links = PersonalLink.objects.valid().filter(digest=digest_of(secret))
    return links.filter(subject__startswith=f"{model._meta.label_lower}:").first()


def any_link_of(secret: str, model: type[Model]) -> PersonalLink | None:
    """Return the link with this secret that opens a row of `model`, valid or not; else None."""
    links = PersonalLink.objects.filter(digest=digest_of(secret))
    return links.filter(subject__startswith=f"{model._meta.label_lower}:").first()


def valid_links_of(holder: Model) -> "QuerySet[PersonalLink]":
    """Return the valid links that were sent to `holder` or that open `holder`."""
    key = f"{holder._meta.label_lower}:{holder.pk}"
    return PersonalLink.objects.valid().filter(Q(holder=key) | Q(subject=key))


def holders_of_links(holders: Iterable[Model]) -> set[int]:
    """Return the primary keys of the rows among `holders` (of one model) that have a valid link."""
    keys = {f"{row._meta.label_lower}:{row.pk}": row.pk for row in holders}
    links = PersonalLink.objects.valid().filter(holder__in=keys)
    return {keys[holder] for holder in links.values_list("holder", flat=True)}


def pending_invitations(role_type: str, role_key: str) -> "QuerySet[Invitation]":
    """Return the valid invitations to a role, latest first."""
    invitations = Invitation.objects.valid().filter(role_type=role_type, role_key=role_key)
    return invitations.order_by("-created_at")


def administrators_list() -> "QuerySet[Administrator]":
    """Return the administrators, sorted by name, annotated for the list of the holders of roles.

    The annotations are `role_key`, `role_name` and `position_name`.
    """
    return (
        Administrator.objects.annotate(
            role_key=Value(""), role_name=Value("Administration"), position_name=Value("")
        )
        .select_related("person")
        .order_by(french_key("person__name"), "pk")
    )


def active_administrators() -> "QuerySet[Administrator]":
    """Return the administrators whose account is not locked."""
    return Administrator.objects.filter(person__is_active=True)


def addresses_of_administrators(*, without: Iterable[int | None] = ()) -> list[str]:
    """Return the addresses of the administrators whose account is not locked.

    Args:
        without: the primary keys of persons to leave out; None is ignored.
    """
    others = active_administrators().exclude(person__in=[pk for pk in without if pk])
    return list(others.order_by("pk").values_list("person__email", flat=True))


def people(q: str = "") -> "QuerySet[Person]":
    """Return the persons whose name or address contains every word of `q`, sorted by name.

    If `q` is a complete telephone number, in any format, the persons with this number are included.
    """
    matching = each_word_of(q, "name", codes=["email__icontains"])
    if sum(character.isdigit() for character in q) >= DIGITS:
        matching |= Q(phone=q)
    return Person.objects.filter(matching).order_by(french_key("name"), "pk")


def sessions_of(person: Person) -> "QuerySet[Session]":
    """Return the open sessions of a person, latest first."""
    sessions = Session.objects.filter(person=person.pk, expire_date__gt=timezone.now())
    return sessions.order_by("-opened_at", "pk")


def session_of(person: Person, digest: str) -> Session | None:
    """Return the open session of a person that has this digest, None if there is none."""
    return next((each for each in sessions_of(person) if each.digest == digest), None)


def person_of_ended(session_key: str) -> int | None:
    """Return the primary key of the person whose session expired less than a day ago, or None."""
    now = timezone.now()
    ended = Session.objects.filter(
        pk=session_key, expire_date__range=(now - timedelta(days=1), now)
    )
    return ended.values_list("person", flat=True).first()


def resets_to_decide() -> "QuerySet[FactorReset]":
    """Return the pending requests to remove a second factor, oldest first."""
    resets = FactorReset.objects.filter(state=ResetState.REQUESTED)
    return resets.select_related("person").order_by("created_at")


def valid_links(q: str = "") -> "QuerySet[PersonalLink]":
    """Return the valid links whose name or address contains every word of `q`, latest first."""
    links = PersonalLink.objects.valid().filter(each_word_of(q, "name", codes=["email__icontains"]))
    return links.order_by("-created_at", "-pk")


def has_factor(person: Person) -> bool:
    """Return whether a person has set up a second factor."""
    return bool(Authenticator.objects.filter(user=person).exists())


def has_request(person: Person) -> bool:
    """Return whether a request to remove the second factor of a person is pending."""
    return FactorReset.objects.filter(person=person, state=ResetState.REQUESTED).exists()


def ended_sessions(before: datetime) -> "QuerySet[Session]":
    """Return the sessions that ended before an instant."""
    return Session.objects.filter(expire_date__lt=before)


def ended_invitations(before: datetime) -> "QuerySet[Invitation]":
    """Return the invitations that were accepted, or expired, before an instant."""
    return Invitation.objects.filter(Q(accepted_at__lt=before) | Q(expires_at__lt=before))


def ended_links(before: datetime) -> "QuerySet[PersonalLink]":
    """Return the personal links that were revoked, or expired, before an instant.

    Links that prove a signature are left out, since they stay with their agreement: see the hook
    `accounts.proofs`.
    """
    ended = PersonalLink.objects.filter(Q(revoked_at__lt=before) | Q(expires_at__lt=before))
    for label in hooks.get("accounts.proofs"):
        ended = ended.exclude(subject__startswith=f"{label}:")
    return ended


def unverified(before: datetime) -> "QuerySet[Person]":
    """Return the accounts created before an instant, never used, whose address is not verified.

    Accounts without any address to verify, such as imported ones, are left out.
    """
    own = EmailAddress.objects.filter(user=OuterRef("pk"))
    signed_up = Person.objects.filter(Exists(own), joined_at__lt=before, last_login=None)
    return signed_up.exclude(Exists(own.filter(verified=True)))


def old_tries(before: datetime) -> "QuerySet[SignInTry]":
    """Return the counts of password attempts that began before an instant."""
    return SignInTry.objects.filter(since__lt=before)
