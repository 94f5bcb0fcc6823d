"""Middleware that puts the no-break spaces of French typography in the text of pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from explor.engines.french.typography import bind_marks_of_page


class TypographyMiddleware:
    """Middleware that joins « ; », « : », « ! », « ? » and guillemets to their word in HTML pages.

    A narrow screen would otherwise begin a line with them. It applies to what templates, forms and
    people wrote; values of fields, which people edit, are attributes and stay unchanged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return bind_marks_of_response(self.get_response(request))


def bind_marks_of_response(response: HttpResponseBase) -> HttpResponseBase:
    """Put the no-break spaces in a complete HTML page; return the response.

    A streamed or compressed response, or one that is not HTML, stays unchanged.
    """
    headers = response.headers
    is_page = headers.get("Content-Type", "").startswith("text/html")
    if is_page and "Content-Encoding" not in headers and isinstance(response, HttpResponse):
        response.content = bind_marks_of_page(response.content.decode())
    return response
