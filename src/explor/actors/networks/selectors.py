"""Queries on networks, also by postcode, their officers, coordinators, and readings of data."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.audit.models import Access
from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.reference.selectors import department_of
from explor.ground.rights.selectors import records
from explor.ground.ui.order import french_key
from explor.ground.workflow.models import number_of

from .models import Coordinator, Network, Officer


def networks_of(person: Any) -> "QuerySet[Any, Any]":
    """Return the rows that make a person an officer of networks, described as roles.

    They are annotated with `role_type`, `role_key`, `role_name`, `role_scope` and `role_accent`.
    """
    return Officer.objects.filter(person=person).annotate(
        role_type=Value("reseau"),
        role_key=F("network__slug"),
        role_name=F("network__name"),
        role_scope=F("network_id"),
        role_accent=F("network__accent"),
    )


def coordination_of(person: Any) -> "QuerySet[Any, Any]":
    """Return the row that makes a person a coordinator, if any, described as a role.

    It is annotated with `role_type`, `role_key`, `role_name`, `role_scope` and `role_accent`.
    """
    return Coordinator.objects.filter(person=person).annotate(
        role_type=Value("coordination"),
        role_key=Value(""),
        role_name=Value("Coordination interrégionale"),
        role_scope=F("pk"),
        role_accent=Value(""),
    )


def name_of(slug: str) -> str:
    """Return the name of the network with this slug; raise `Network.DoesNotExist` if none."""
    return Network.objects.get(slug=slug).name


def words_of_names() -> set[str]:
    """Return the words of four letters or more in the names of networks, for the password check."""
    names = " ".join(Network.objects.values_list("name", flat=True))
    return {word for word in re.split(r"\W+", names) if len(word) >= 4}


def serving(postcode: str, commune: str = "", department: str = "") -> Network | None:
    """Return the network of the programme that serves a département; None when no network does.

    The département is `department` if given, otherwise that of the postcode and the commune.
    """
    department = department or department_of(postcode, commune) or ""
    return Network.objects.filter(in_explor=True, departments__contains=[department]).first()


def officer_of(actor: Actor) -> Officer | None:
    """Return the `Officer` row of `actor` in the network of their role, or None."""
    return Officer.objects.filter(network=actor.scope, person=actor.person).first()


def officers_of(network: int) -> "QuerySet[Officer]":
    """Return the officers of a network sorted by name, each with the officer who replaces them."""
    return (
        Officer.objects.filter(network=network)
        .select_related("person", "replaced_by__person")
        .order_by(french_key("person__name"))
    )


def addresses_of(network: Network) -> list[str]:
    """Return the e-mail addresses of the active officers of a network, else its general address.

    An officer who is absent today is left out if their replacement has an active account. If nobody
    is left and there is no general address, absent officers are included, so that no message is
    lost.
    """
    today = timezone.localdate()
    active = Officer.objects.filter(network=network, person__is_active=True).order_by("pk")
    replaced = active.filter(away_until__gte=today, replaced_by__person__is_active=True)
    everyone = active.values_list("person__email", flat=True)
    present = everyone.exclude(pk__in=replaced.values("pk"))
    return list(present) or ([network.email] if network.email else list(everyone))


def addresses_of_directors(network: Network) -> list[str]:
    """Return the e-mail addresses of the active directors of a network, else its general one.

    The general address may be "".
    """
    active = Officer.objects.filter(network=network, person__is_active=True).order_by("pk")
    directors = active.filter(position=Officer.Position.DIRECTION)
    return list(directors.values_list("person__email", flat=True)) or [network.email]


def addresses_by_key(network: int) -> list[str]:
    """Return `addresses_of` the network with this primary key; [] if there is no such network."""
    row = Network.objects.filter(pk=network).first()
    return addresses_of(row) if row else []


def replaced_by(person: int | None, network: int | None) -> "QuerySet[Officer]":
    """Return the officers of a network who are absent today and replaced by a person.

    Args:
        person: the primary key of the `Person` who replaces them.
        network: the primary key of the network.
    """
    away = Officer.objects.filter(network=network, away_until__gte=timezone.localdate())
    replaced = away.filter(replaced_by__person=person).select_related("person")
    return replaced.order_by("away_until", "pk")


def officers_list() -> "QuerySet[Officer]":
    """Return the officers of all networks, by network then by name, for the list of role holders.

    They are annotated with `role_key` (slug), `role_name` and `position_name`.
    """
    return (
        Officer.objects.annotate(
            role_key=F("network__slug"),
            role_name=F("network__name"),
            position_name=Case(
                *(
                    When(position=value, then=Value(text))
                    for value, text in Officer.Position.choices
                )
            ),
        )
        .select_related("person")
        .order_by(french_key("network__name"), french_key("person__name"), "pk")
    )


def coordinators_list() -> "QuerySet[Coordinator]":
    """Return the coordinators, by name, for the list of role holders.

    They are annotated with `role_key` (blank), `role_name` and `position_name` (blank).
    """
    return (
        Coordinator.objects.annotate(
            role_key=Value(""),
            role_name=Value("Coordination interrégionale"),
            position_name=Value(""),
        )
        .select_related("person")
        .order_by(french_key("person__name"), "pk")
    )


def networks_list() -> "QuerySet[Any]":
    """Return all networks, each with the number of its active officers and directors.

    The counts are `officers_count` and `directions_count`.
    """
    able = Q(officers__person__is_active=True)
    direction = able & Q(officers__position=Officer.Position.DIRECTION)
    return Network.objects.annotate(
        officers_count=Count("officers", filter=able),
        directions_count=Count("officers", filter=direction),
    ).order_by(french_key("name"), "pk")


def own_roles(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the roles of a person in networks and coordination, for the copy of their data."""
    officers = Officer.objects.filter(person=person)
    yield from records(officers, also={"réseau": "network__name"})
    yield from records(Coordinator.objects.filter(person=person))


def names_in(readings: Sequence[Access]) -> tuple[dict[int, str], dict[int, str]]:
    """Return ({person: name}, {document: title}) for access-log entries, by primary key."""
    people = Person.objects.filter(pk__in={each.person for each in readings if each.person})
    read = {
        each.subject
        for each in readings
        if each.subject and each.kind == Document._meta.label_lower
    }
    return (
        dict(people.values_list("pk", "name")),
        dict(Document.objects.filter(pk__in=read).values_list("pk", "title")),
    )


def file_numbers_in(readings: Sequence[Access]) -> dict[tuple[str, int], str]:
    """Return the file number (B-2026-0143) of each row that access-log entries name.

    The keys are (model label, primary key). A row without a number of its own, such as an emergency
    contact, has the number of its mission. One query is made for each model.
    """
    read: dict[str, set[int]] = {}
    for each in readings:
        if each.kind and each.subject:
            read.setdefault(each.kind, set()).add(each.subject)
    numbers = {}
    for kind, keys in read.items():
        model: Any = apps.get_model(kind)
        path, owner = "", model
        if not getattr(model, "number_letter", "") and hasattr(model, "mission"):
            path, owner = "mission__", model._meta.get_field("mission").related_model
        if letter := getattr(owner, "number_letter", ""):
            rows = model._base_manager.filter(pk__in=keys)
            columns = ("pk", f"{path}created_at", f"{path}pk")
            for key, begun, file in rows.values_list(*columns):
                numbers[kind, key] = number_of(letter, begun, file)
    return numbers


def addresses_of_all_directors() -> list[str]:
    """Return the e-mail addresses of the directors of all networks who have an active account."""
    directors = Officer.objects.filter(position=Officer.Position.DIRECTION, person__is_active=True)
    return list(directors.order_by("pk").values_list("person__email", flat=True))
