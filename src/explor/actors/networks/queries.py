"""Who works where, and which network serves a place."""

from typing import Any

from django.db.models import F, QuerySet, Value

from explor.ground.reference.queries import department_of, label

from .models import Coordinator, Network, Officer


def networks_of(person: Any) -> "QuerySet[Any, Any]":
    """The networks a person works for, as hats."""
    return Officer.objects.filter(person=person).annotate(
        hat_kind=Value("reseau"),
        hat_key=F("network__slug"),
        hat_name=F("network__name"),
        hat_scope=F("network_id"),
        hat_accent=F("network__accent"),
    )


def coordination_of(person: Any) -> "QuerySet[Any, Any]":
    """The coordination, as a hat."""
    return Coordinator.objects.filter(person=person).annotate(
        hat_kind=Value("coordination"),
        hat_key=Value(""),
        hat_name=Value("Coordination interrégionale"),
        hat_scope=F("pk"),
        hat_accent=Value(""),
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
    """Where to write to a network: its officers, or its general address when it has none."""
    found = Officer.objects.filter(network=network, person__is_active=True)
    return list(found.values_list("person__email", flat=True)) or [network.email]


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
