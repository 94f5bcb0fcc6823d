"""Functions by which views record accesses in the log: data viewed, actions refused."""

from collections.abc import Iterable
from typing import Any, TypeVar

import structlog
from django.db import Error, models, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from explor.ground.http.actor import PUBLIC, Actor
from explor.ground.http.request import Request
from explor.ground.ui.export import FILES, Columns, rows_of

from .actions import accesses
from .models import Access

logger = structlog.get_logger(__name__)
R = TypeVar("R", bound=HttpResponseBase)


def reading(
    response: R,
    *,
    by: Actor,
    what: str,
    about: models.Model | None = None,
    network: int | None = None,
    always: bool = False,
) -> R:
    """Return `response`, changed so that the access log records, once it is sent, who viewed data.

    Nothing is written while the page is rendered. If the database fails at that moment, the view is
    written to the server logs.

    Args:
        what: the data viewed: "travel", the kind of a document, the name of an export.
        about: the row viewed.
        network: the primary key of the network concerned, by default that of the officer.
        always: record the view even if the network has switched off this recording.
    """
    close = response.close
    noted: dict[str, Any] = {"what": what, "about": about, "network": network, "always": always}

    def note_then_close() -> None:
        response.close = close  # type: ignore[method-assign]
        try:
            with transaction.atomic(savepoint=False):
                accesses.note(Access.Type.READING, by=by, **noted)
        except Error:
            row = f"{about._meta.label_lower}:{about.pk}" if about is not None else ""
            logger.exception("reading_not_noted", person=by.person, what=what, row=row)
        finally:
            close()

    response.close = note_then_close  # type: ignore[method-assign]
    return response


def refused(request: HttpRequest) -> None:
    """Record a refused action in the access log: the person, their role and the page, no input."""
    match = request.resolver_match
    actor = getattr(request, "actor", PUBLIC)
    user = getattr(request, "user", None)
    if actor.person is None and user and user.is_authenticated:
        actor = Actor(person=user.pk)
    accesses.note(
        Access.Type.REFUSAL,
        by=actor,
        what=match.view_name if match else "",
        subject=match.kwargs.get("pk") if match else None,
    )


def file_of_list(
    request: Request, name: str, columns: Columns, rows: Iterable[Any]
) -> HttpResponse | None:
    """Return a list as a file in the format named in the query string, and record who viewed it.

    Return None when the query string names no format: the caller then renders a page.

    Args:
        name: the name of the file without extension, also recorded as the data viewed.
        columns: the headings and the values of the file.
        rows: all rows that match the filters; evaluated only when a file is requested.
    """
    form = request.GET.get("format", "")
    if form not in FILES:
        return None
    file = FILES[form](name, columns, rows_of(columns, rows))
    return reading(file, by=request.actor, what=f"{name}.{form}")
