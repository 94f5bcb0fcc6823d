"""Conversion of violated database constraints into refusals shown to the user."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from explor.ground.http.exceptions import ActionNotAllowed


@contextmanager
def integrity_errors_as(*kinds: type[models.Model]) -> Iterator[None]:
    """Convert the violation of a named constraint of `kinds` to `ActionNotAllowed`, in French.

    Two concurrent actions may both pass a check made by a query; the constraint stops the second
    one. The violation of any other constraint is a bug, and is raised unchanged.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
        for constraint in (each for kind in kinds for each in kind._meta.constraints):
            if constraint.name == name:
                raise ActionNotAllowed(str(constraint.violation_error_message)) from error
        raise
