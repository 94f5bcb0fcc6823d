"""Queries on the profiles of experts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from explor.actors.organisations.models import Member, Organisation, OrganisationQuerySet
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.ground.ui import hooks
from explor.ground.ui.order import french_key
from explor.ground.ui.words import each_word_of

from .models import Availability, Consent, Expert, ExpertQuerySet, LanguageSkill

hooks.define(
    "experts.contact",
    "callable(instant) -> queryset with `expert`: rows of people engaged now or since the instant",
)


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


def tied_organisations(person: int | OuterRef | None) -> OrganisationQuerySet:
    """Return the organisations of a person, as member or staff, and those of the same SIREN.

    `person` is a primary key, or a reference to one in an outer query; None gives none.
    """
    acts = Member.objects.filter(person=person).values("organisation")
    works = Expert.objects.filter(person=person, employer__isnull=False).values("employer")
    every: Any = Organisation.objects.with_legal_siren()
    linked = every.filter(Q(pk__in=acts) | Q(pk__in=works))
    units = linked.exclude(unit="").values("unit")
    kept: OrganisationQuerySet = every.filter(Q(pk__in=linked.values("pk")) | Q(unit__in=units))
    return kept


def with_related(profiles: ExpertQuerySet) -> ExpertQuerySet:
    """Return `profiles` with related rows prefetched; `consents` are only those in force."""
    standing = Consent.objects.filter(withdrawn_at=None).select_related("network")
    return profiles.select_related("person", "employer", "network").prefetch_related(
        "languages", "availabilities", Prefetch("consents", queryset=standing)
    )


def search(actor: Actor, *, q: str = "", sector: str = "", state: str = "") -> ExpertQuerySet:
    """Return the profiles that `actor` may see and that match the filters, sorted by name.

    Args:
        q: words, each of which must be in the job, the presentation or the name; an employer, who
            does not read the presentation, does not search it either.
        sector: the code of a sector.
        state: a state of the profile.
    """
    profiles = Expert.objects.visible_to(actor)
    if sector:
        profiles = profiles.filter(sectors__contains=[sector])
    if state:
        profiles = profiles.filter(state=state)
    columns = ["job", "person__name", *(["summary"] if actor.role != "employeur" else [])]
    profiles = profiles.filter(each_word_of(q, *columns))
    return profiles.select_related("person", "employer").order_by(french_key("person__name"), "pk")


def silent_profiles(before: datetime) -> ExpertQuerySet:
    """Return the profiles of people inactive since an instant, so that they can be erased.

    Activity is a sign-in, any action of the person, or any action on the profile. Later packages
    report other activity, such as a mission, through the hook `experts.contact`. A profile that was
    blanked already is left out.
    """
    acts = Entry.objects.filter(at__gte=before)
    on_profile = acts.filter(kind=Expert._meta.label_lower, subject=OuterRef("pk"))
    silent = Expert.objects.filter(
        Q(person__last_login=None) | Q(person__last_login__lt=before),
        Q(confirmed_on=None) | Q(confirmed_on__lt=timezone.localdate(before)),
        ~Exists(acts.filter(person=OuterRef("person"))),
        ~Exists(on_profile),
        person__joined_at__lt=before,
        created_at__lt=before,
        state_since__lt=before,
    )
    for engaged in hooks.get("experts.contact"):
        silent = silent.exclude(Exists(engaged(before).filter(expert=OuterRef("pk"))))
    erased = Entry.objects.filter(
        kind=Expert._meta.label_lower,
        subject=OuterRef("pk"),
        verb__in=("end_profile", "erase_profile"),
    )
    return silent.exclude(Exists(erased), confirmed_on=None)


def own_profile(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the profile of a person, for the copy of their data."""
    also = {"réseau": "network__name", "employeur": "employer"}
    yield from records(Expert.objects.filter(person=person), also=also)


def own_languages(person: Person) -> Iterator[dict[str, Any]]:
    yield from records(LanguageSkill.objects.filter(expert__person=person))


def own_availabilities(person: Person) -> Iterator[dict[str, Any]]:
    yield from records(Availability.objects.filter(expert__person=person))


def own_consents(person: Person) -> Iterator[dict[str, Any]]:
    own = Consent.objects.filter(expert__person=person)
    yield from records(own, also={"réseau": "network__name"})


def expert_of(person: Person) -> Expert | None:
    """Return the profile of a person, with their network; None if the person has no profile."""
    return Expert.objects.filter(person=person).select_related("network").first()
