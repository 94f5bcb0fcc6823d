"""Who is who."""

from typing import Any

from django.db.models import F, QuerySet, Value

from .models import Person


def administrators(person: Any) -> "QuerySet[Any, Any]":
    """The administration hat, worn by the technical staff."""
    return Person.objects.filter(pk=person.pk, is_staff=True).annotate(
        hat_kind=Value("administration"),
        hat_key=Value(""),
        hat_name=Value("Administration"),
        hat_scope=F("pk"),
        hat_accent=Value(""),
    )
