"""Processing of rows one by one in a job, so that an error on one row does not stop the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from django.db import transaction

from explor.ground.http.exceptions import ActionNotAllowed

logger = structlog.get_logger(__name__)

T = TypeVar("T")


def each_apart(rows: Iterable[T], action: Callable[[T], int], *, name: str) -> int:
    """Call `action` on each row in its own transaction; return the sum of what it returns.

    A refused action is logged but is not an error: the row changed since the job's query.

    Raises:
        ExceptionGroup: the errors, raised once all rows are processed, so that the job counts as
            failed; each error is logged with its row.
    """
    done, faults = 0, []
    for row in rows:
        try:
            with transaction.atomic():
                done += action(row)
        except ActionNotAllowed as refusal:
            row_key = str(getattr(row, "pk", row))
            logger.warning("row_of_job_refused", job=name, row=row_key, reasons=str(refusal))
        except Exception as fault:  # whatever the error, continue with the next row
            logger.exception("row_of_job_failed", job=name, row=str(getattr(row, "pk", row)))
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{name}: rows not done", faults)
    return done
