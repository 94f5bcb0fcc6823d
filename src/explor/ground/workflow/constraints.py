"""Refusals made from the breach of a named constraint of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction

from explor.ground.http.exceptions import ActionNotAllowed


@contextmanager
def integrity_errors_as(*kinds: type[models.Model]) -> Iterator[None]:
    """Turn the breach of a named constraint of `kinds` into `ActionNotAllowed` and its French text.

    Two people at once both pass a check made by reading; the constraint stops the second. Any
    other breach is a fault of ours and goes through.
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
