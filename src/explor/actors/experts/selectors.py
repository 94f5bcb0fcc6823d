"""Queries on the profiles of experts."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value

from explor.ground.http.actor import Actor

from .models import Consent, Expert, ExpertQuerySet


def experts_as(person: Any) -> "QuerySet[Any, Any]":
    """Return the profile of a person as an expert, if any, described as a role.

    It is annotated with `role_type`, `role_key`, `role_name`, `role_scope` and `role_accent`.
    """
    return Expert.objects.filter(person=person).annotate(
        role_type=Value("expert"),
        role_key=Value(""),
        role_name=Value("Mon expertise"),
        role_scope=F("pk"),
        role_accent=F("network__accent"),
    )


def with_related(profiles: ExpertQuerySet) -> ExpertQuerySet:
    """Return `profiles` with related rows prefetched; `consents` are only those in force."""
    standing = Consent.objects.filter(withdrawn_at=None).select_related("network")
    return profiles.select_related("person", "employer", "network").prefetch_related(
        "languages", "availabilities", Prefetch("consents", queryset=standing)
    )


def search(actor: Actor, *, q: str = "", sector: str = "", state: str = "") -> ExpertQuerySet:
    """Return the profiles that `actor` may see and that match the filters, sorted by name.

    Args:
        q: words, each of which must be in the job, the presentation or the name.
        sector: the code of a sector.
        state: a state of the profile.
    """
    profiles = Expert.objects.visible_to(actor)
    if sector:
        profiles = profiles.filter(sectors__contains=[sector])
    if state:
        profiles = profiles.filter(state=state)
    for word in q.split():
        profiles = (
            profiles.filter(job__unaccent__icontains=word)
            | profiles.filter(summary__unaccent__icontains=word)
            | profiles.filter(person__name__unaccent__icontains=word)
        )
    return profiles.select_related("person", "employer").order_by("person__name", "pk")
