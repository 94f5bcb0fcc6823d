"""The columns and triggers shared by the tables of the journal."""

import pgtrigger
from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast


def transaction_column() -> "models.BigIntegerField[int, int]":
    """Return a column that PostgreSQL fills with the number of the inserting transaction.

    It is the 64-bit number of the outermost transaction, even inside a savepoint. It never wraps
    around, and updates or freezing do not change it, unlike the system column `xmin`. After a
    restoration on another server the numbers are meaningless: see `selectors.blocks.waiting`.
    """
    current = Func(function="pg_current_xact_id", output_field=models.TextField())
    number = Cast(Cast(current, models.TextField()), models.BigIntegerField())
    return models.BigIntegerField("transaction", db_default=number, editable=False, db_index=True)


def never_emptied() -> pgtrigger.Trigger:
    """Return the trigger that refuses to truncate a table of the journal."""
    return pgtrigger.Trigger(
        name="never_emptied",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'the journal is never emptied';",
    )


def append_only() -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse every change to the rows of a table."""
    operation = pgtrigger.Update | pgtrigger.Delete
    return [pgtrigger.Protect(name="append_only", operation=operation), never_emptied()]
