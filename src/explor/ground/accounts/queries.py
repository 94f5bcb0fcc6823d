"""Who is who."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F, Model, Q, QuerySet, Value
from django.utils import timezone

from .models import Administrator, FactorReset, Invitation, Person, PersonalLink, Session
from .rules import digest_of
from .states import ResetState


def administrators(person: Any) -> "QuerySet[Any, Any]":
    """The administration, as a role."""
    return Administrator.objects.filter(person=person).annotate(
        role_type=Value("administration"),
        role_key=Value(""),
        role_name=Value("Administration"),
        role_scope=F("pk"),
        role_accent=Value(""),
    )


def invitation_of(secret: str) -> Invitation | None:
    """The standing invitation of a link."""
    return Invitation.objects.filter(
        digest=digest_of(secret), accepted_at=None, expires_at__gt=timezone.now()
    ).first()


def link_of(secret: str, model: type[Model]) -> PersonalLink | None:
    """The standing personal link of a secret, when it opens a row of `model`."""
    return PersonalLink.objects.filter(
        digest=digest_of(secret),
        subject__startswith=f"{model._meta.label_lower}:",
        revoked_at=None,
        expires_at__gt=timezone.now(),
    ).first()


def standing_links(holder: Model) -> "QuerySet[PersonalLink]":
    """The links in use that `holder` has, or that open it."""
    key = f"{holder._meta.label_lower}:{holder.pk}"
    return PersonalLink.objects.filter(
        Q(holder=key) | Q(subject=key), revoked_at=None, expires_at__gt=timezone.now()
    )


def holders_of_links(holders: Iterable[Model]) -> set[int]:
    """Among the rows of one model, the primary keys of those that have a link in use."""
    keys = {f"{row._meta.label_lower}:{row.pk}": row.pk for row in holders}
    links = PersonalLink.objects.filter(
        holder__in=keys, revoked_at=None, expires_at__gt=timezone.now()
    )
    return {keys[holder] for holder in links.values_list("holder", flat=True)}


def pending(kind: str, key: str) -> "QuerySet[Invitation]":
    """Invitations to a role that nobody has taken up yet."""
    return Invitation.objects.filter(
        role_type=kind, role_key=key, accepted_at=None, expires_at__gt=timezone.now()
    ).order_by("-created_at")


def administrators_list() -> "QuerySet[Administrator]":
    """Every administrator, as rows of the list of roles."""
    return (
        Administrator.objects.annotate(
            role_key=Value(""), role_name=Value("Administration"), position_name=Value("")
        )
        .select_related("person")
        .order_by("person__name", "pk")
    )


def active_administrators() -> "QuerySet[Administrator]":
    """The administrators whose account is open."""
    return Administrator.objects.filter(person__is_active=True)


def addresses_of_administrators(*, without: Iterable[int | None] = ()) -> list[str]:
    """The addresses of the administrators who may act, some persons aside."""
    kept = active_administrators().exclude(person__in=[pk for pk in without if pk])
    return list(kept.order_by("pk").values_list("person__email", flat=True))


def people(q: str = "") -> "QuerySet[Person]":
    """The persons whose name or address contains every word of `q`, by name."""
    kept = Person.objects.order_by("name", "pk")
    for word in q.split():
        kept = kept.filter(Q(name__unaccent__icontains=word) | Q(email__icontains=word))
    return kept


def sessions_of(person: Person) -> "QuerySet[Session]":
    """The open sessions of a person, latest first."""
    kept = Session.objects.filter(person=person.pk, expire_date__gt=timezone.now())
    return kept.order_by("-opened_at", "pk")


def resets_to_decide() -> "QuerySet[FactorReset]":
    """The requests for a reset that wait for a second administrator, oldest first."""
    kept = FactorReset.objects.filter(state=ResetState.REQUESTED)
    return kept.select_related("person").order_by("created_at")


def links_in_use(q: str = "") -> "QuerySet[PersonalLink]":
    """The personal links that still open something, latest first."""
    kept = PersonalLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
    if q:
        kept = kept.filter(Q(name__unaccent__icontains=q) | Q(email__icontains=q))
    return kept.order_by("-created_at", "-pk")


def has_factor(person: Person) -> bool:
    """Return whether a person has a second factor to lose."""
    return bool(Authenticator.objects.filter(user=person).exists())


def has_request(person: Person) -> bool:
    """Return whether a reset is already requested for a person."""
    return FactorReset.objects.filter(person=person, state=ResetState.REQUESTED).exists()
