"""Process rows of a job separately, so that an error on one row does not stop the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog
from django.db import transaction

from explor.ground.http.exceptions import ActionNotAllowed

logger = structlog.get_logger(__name__)

T = TypeVar("T")


def each_apart(rows: Iterable[T], act: Callable[[T], int], *, name: str) -> int:
    """Call `act` on each row in its own transaction; return the sum of what it returns.

    An act that is refused is logged and is no fault: the row changed since the query of the job.

    Raises:
        ExceptionGroup: the errors, each in the logs with its row, once every other row is done:
            the queue then knows that the job failed.
    """
    done, faults = 0, []
    for row in rows:
        try:
            with transaction.atomic():
                done += act(row)
        except ActionNotAllowed as refusal:
            row_key = str(getattr(row, "pk", row))
            logger.warning("row_of_job_refused", job=name, row=row_key, reasons=str(refusal))
        except Exception as fault:  # whatever it is, the next row has its turn
            logger.exception("row_of_job_failed", job=name, row=str(getattr(row, "pk", row)))
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{name}: rows not done", faults)
    return done
