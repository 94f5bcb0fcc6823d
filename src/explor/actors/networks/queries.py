"""Who works where, and which network serves a place."""

from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.reference.queries import department_of, label
from explor.ground.ui.parts import Panel

from .models import Coordinator, Network, Officer


def networks_of(person: Any) -> "QuerySet[Any, Any]":
    """The networks a person works for, as roles."""
    return Officer.objects.filter(person=person).annotate(
        role_type=Value("reseau"),
        role_key=F("network__slug"),
        role_name=F("network__name"),
        role_scope=F("network_id"),
        role_accent=F("network__accent"),
    )


def coordination_of(person: Any) -> "QuerySet[Any, Any]":
    """The coordination, as a role."""
    return Coordinator.objects.filter(person=person).annotate(
        role_type=Value("coordination"),
        role_key=Value(""),
        role_name=Value("Coordination interrégionale"),
        role_scope=F("pk"),
        role_accent=Value(""),
    )


def name_of(slug: str) -> str:
    """The name of a network."""
    return Network.objects.get(slug=slug).name


def serving(postcode: str) -> Network | None:
    """The network that serves the département of a postcode, if one does."""
    department = department_of(postcode)
    return Network.objects.filter(departments__contains=[department]).first()


def officers_of(network: int) -> "QuerySet[Officer]":
    """Those who work for a network, with whom they stand in for."""
    return (
        Officer.objects.filter(network=network)
        .select_related("person", "replaced_by__person")
        .order_by("person__name")
    )


def addresses_of(network: Network) -> list[str]:
    """Where to write to a network: its officers, or its general address when it has none.

    Someone away is replaced by whoever stands in for them, when somebody does.
    """
    today = timezone.localdate()
    active = Officer.objects.filter(network=network, person__is_active=True).order_by("pk")
    present = active.exclude(away_until__gte=today, replaced_by__isnull=False)
    emails = present.values_list("person__email", flat=True)
    return list(emails) or [network.email]


def facts_of(network: Network) -> list[tuple[str, object]]:
    """How a network presents itself."""
    departments = [label("departments", code) for code in network.departments]
    return [
        ("Région", label("regions", network.region)),
        ("Départements", departments),
        ("Forme juridique", network.legal_form),
        ("Adresse électronique", network.email),
        ("Téléphone", network.phone),
        ("Adresse", network.address),
        ("Jours pour répondre (exemple)", network.answer_days),
    ]


def replaced_by(officer: int | None, network: int | None) -> "QuerySet[Officer]":
    """Those of a network who are away today and whom a person stands in for."""
    away = Officer.objects.filter(network=network, away_until__gte=timezone.localdate())
    found = away.filter(replaced_by__person=officer).select_related("person")
    return found.order_by("away_until", "pk")


def stand_in_panel(request: Request) -> Panel | None:
    """For the officer who stands in: for whom, and until when."""
    actor = request.actor
    officers = list(replaced_by(actor.person, actor.scope))
    if not officers:
        return None
    return Panel(
        title="Vous remplacez", template="networks/_stand_in.html", context={"officers": officers}
    )


def officers_list() -> "QuerySet[Officer]":
    """Everyone who works for a network, as rows of the list of roles."""
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
        .order_by("network__name", "person__name", "pk")
    )


def coordinators_list() -> "QuerySet[Coordinator]":
    """Everyone in the coordination, as rows of the list of roles."""
    return (
        Coordinator.objects.annotate(
            role_key=Value(""),
            role_name=Value("Coordination interrégionale"),
            position_name=Value(""),
        )
        .select_related("person")
        .order_by("person__name", "pk")
    )


def networks_list() -> "QuerySet[Any]":
    """Every network, with how many people work for it and how many direct it."""
    able = Q(officers__person__is_active=True)
    direction = able & Q(officers__position=Officer.Position.DIRECTION)
    return Network.objects.annotate(
        officers_count=Count("officers", filter=able),
        directions_count=Count("officers", filter=direction),
    ).order_by("name", "pk")
