"""What the views of other capabilities call to have an access noted in the journal."""

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
    """Have a reading noted once `response` is sent, and return it.

    A page that is only read writes nothing while it is made. If the database is away by then, the
    reading is in the logs of the server.

    Args:
        what: the data read: « travel », the kind of a document, the name of an export.
        about: the row read.
        network: the primary key of the network concerned; that of an officer by default.
        always: note it even when that network has switched its readings off.
    """
    close = response.close
    noted: dict[str, Any] = {"what": what, "about": about, "network": network, "always": always}

    def note_then_close() -> None:
        response.close = close  # type: ignore[method-assign]
        try:
            with transaction.atomic(savepoint=False):
                accesses.note(Access.Act.READING, by=by, **noted)
        except Error:
            row = f"{about._meta.label_lower}:{about.pk}" if about is not None else ""
            logger.exception("reading_not_noted", person=by.person, what=what, row=row)
        finally:
            close()

    response.close = note_then_close  # type: ignore[method-assign]
    return response


def refused(request: HttpRequest) -> None:
    """Note a refused act: who, in which role, and the name of its page; nothing that was typed."""
    match = request.resolver_match
    actor = getattr(request, "actor", PUBLIC)
    user = getattr(request, "user", None)
    if actor.person is None and user and user.is_authenticated:
        actor = Actor(person=user.pk)
    accesses.note(
        Access.Act.REFUSAL,
        by=actor,
        what=match.view_name if match else "",
        subject=match.kwargs.get("pk") if match else None,
    )


def file_of_list(
    request: Request, name: str, columns: Columns, rows: Iterable[Any]
) -> HttpResponse | None:
    """Return a list as the file that the query string asks for, noted as read; None for a page.

    Args:
        name: the name of the file, without its extension, and of the reading.
        rows: every row that matches the filters; read only when a file is asked for.
    """
    form = request.GET.get("format", "")
    if form not in FILES:
        return None
    file = FILES[form](name, columns, rows_of(columns, rows))
    return reading(file, by=request.actor, what=f"{name}.{form}")
