"""Foreign keys point to lower layers, and constraints have French messages."""

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import models

ORDER = [name.rpartition(".")[2] for name in settings.CAPABILITIES]


def own_models() -> list[type[models.Model]]:
    """Return the models of Explor, without the tables of versions created by pghistory."""
    found = (model for model in apps.get_models() if model._meta.app_label in ORDER)
    return [model for model in found if not issubclass(model, pghistory.models.Event)]


def test_foreign_keys_point_to_the_same_or_an_earlier_capability() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label in ORDER
        if ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert wrong == []


def test_the_journal_and_the_messages_have_no_foreign_key() -> None:
    linked = [
        field
        for label in ("audit", "mail")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]
    assert linked == []


def test_every_constraint_has_its_own_error_message() -> None:
    silent = [
        constraint.name
        for model in own_models()
        for constraint in model._meta.constraints
        if str(constraint.violation_error_message)
        == str(models.BaseConstraint.default_violation_error_message)
    ]
    assert silent == []


def test_every_model_defines_its_own_str_method() -> None:
    anonymous = [m._meta.label for m in own_models() if m.__str__ is models.Model.__str__]
    assert anonymous == []
