"""Who is who."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, Q, QuerySet, Value
from django.utils import timezone

from .models import Invitation, Person, PersonalLink
from .rules import digest_of


def administrators(person: Any) -> "QuerySet[Any, Any]":
    """The administration role, worn by the technical staff."""
    return Person.objects.filter(pk=person.pk, is_staff=True).annotate(
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
