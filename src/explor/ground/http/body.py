"""Middleware that refuses a request whose body is too large before any view reads it."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

from . import errors
from .headers import GetResponse

MEGABYTE = 1024 * 1024
READ_BEYOND = 4  # up to this multiple of the limit, the typed texts are read and shown back


class NoFiles(FileUploadHandler):
    """Upload handler that drops every file as it arrives; the texts of the form are kept."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class BodyMiddleware:
    """Middleware that answers 413 when the body exceeds `BODY_LIMIT`.

    The page shows to a signed-in person the texts they typed, if the body is not over four times
    the limit.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size, limit = _size(request), settings.BODY_LIMIT
        if size <= limit:
            return self.get_response(request)
        readable = size <= READ_BEYOND * limit and request.user.is_authenticated
        if readable:
            request.upload_handlers = [NoFiles(request)]
        return errors.too_large(request, limit=limit // MEGABYTE, readable=readable)


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # then the body is not read
