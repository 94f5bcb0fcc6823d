"""Foreign keys point down the house, and constraints speak French."""

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import models

ORDER = [name.rpartition(".")[2] for name in settings.CAPABILITIES]


def own_models() -> list[type[models.Model]]:
    """Ours, without the tables of versions that a library makes."""
    found = (model for model in apps.get_models() if model._meta.app_label in ORDER)
    return [model for model in found if not issubclass(model, pghistory.models.Event)]


def test_foreign_keys_point_to_what_comes_before() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label in ORDER
        if ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert wrong == []


def test_journal_and_messages_keep_persons_without_foreign_key() -> None:
    linked = [
        field
        for label in ("audit", "mail")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]
    assert linked == []


def test_constraints_are_named_after_their_place_and_say_why() -> None:
    silent = [
        constraint.name
        for model in own_models()
        for constraint in model._meta.constraints
        if str(constraint.violation_error_message)
        == str(models.BaseConstraint.default_violation_error_message)
    ]
    assert silent == []


def test_every_model_shows_itself() -> None:
    anonymous = [m._meta.label for m in own_models() if m.__str__ is models.Model.__str__]
    assert anonymous == []
