"""Responses that send the content of a document, used by the views of other capabilities."""

from pathlib import PurePath

import structlog
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from explor.ground.audit.views import reading
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import EXTENSIONS

from ..models import Document
from ..rules import blockers_of_reading

logger = structlog.get_logger(__name__)

PICTURES = ("image/png", "image/jpeg")


def download(document: Document, *, by: Actor) -> FileResponse:
    """Return `document` as a download that browsers never execute; record who downloads it.

    The access log records nothing when the person who uploaded the document downloads it.

    Raises:
        Http404: the file of the document is missing.
        ActionNotAllowed: the antivirus has not scanned the document yet, or refused it.
    """
    return _attached(document, by, document.mime, f".{EXTENSIONS[document.mime]}")


def _attached(document: Document, by: Actor, mime: str, suffix: str) -> FileResponse:
    if reasons := blockers_of_reading(document):
        raise ActionNotAllowed(*reasons)
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        logger.error("document_missing", document=document.pk, name=document.file.name)
        raise Http404 from None
    logger.info("document_read", document=document.pk, person=by.person, role=by.role)
    name = f"{slugify(document.title) or 'document'}{suffix}"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=mime)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if by.person is not None and by.person == document.uploaded_by:
        return response
    network = document.network
    return reading(response, by=by, what=document.kind, about=document, network=network)


def download_original(document: Document, *, by: Actor) -> FileResponse:
    """Return the original bytes of a file as a download; record who downloads it.

    These bytes were not sanitized, so the content type is neutral and no browser opens them.

    Raises:
        Http404: the file of the document is missing.
        ActionNotAllowed: the antivirus has not scanned the document yet, or refused it.
    """
    return _attached(
        document, by, "application/octet-stream", PurePath(str(document.file.name)).suffix
    )


def show(request: HttpRequest, document: Document) -> HttpResponseBase:
    """Return the public picture `document`, or 304 when the browser already has it.

    Browsers must revalidate at each use, since the picture may be removed.

    Raises:
        Http404: the document is not a picture, its file is missing, or the antivirus has not
            accepted it.
    """
    if document.mime not in PICTURES or blockers_of_reading(document):
        raise Http404
    etag = f'"{document.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        logger.error("document_missing", document=document.pk, name=document.file.name)
        raise Http404 from None
    response = FileResponse(content, content_type=document.mime)
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
