"""Pages attach French punctuation to its word with no-break spaces."""

import gzip
import re

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from lxml import html

from explor.ground.http.typography import TypographyMiddleware
from support.typography import TypographicClient

SENT = "Qui ? <b>é</b>"


def answered(response: HttpResponse | StreamingHttpResponse) -> bytes:
    """Return the content of a response once it has passed the middleware."""

    def view(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        return response

    return b"".join(TypographyMiddleware(view)(RequestFactory().get("/")))  # type: ignore[arg-type]


def test_a_page_joins_french_marks_to_their_word_with_no_break_spaces() -> None:
    assert answered(HttpResponse(SENT)).decode() == "Qui\u00a0? <b>é</b>"


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/csv", "image/svg+xml"])
def test_a_response_that_is_not_html_or_is_streamed_is_unchanged(kind: str) -> None:
    assert answered(HttpResponse(SENT, content_type=kind)).decode() == SENT
    assert answered(StreamingHttpResponse([SENT.encode()])).decode() == SENT


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/projets/", "/accessibilite/", "/confidentialite/", "/x/"])
def test_no_public_page_has_a_plain_space_before_a_french_punctuation_mark(path: str) -> None:
    page = html.fromstring(TypographicClient().get(path).content)
    for verbatim in page.xpath("//script|//style|//textarea|//code"):
        verbatim.drop_tree()
    text = page.text_content()
    assert re.search("\u00a0[;:!?»]", text)
    assert re.findall(r".{20}\S [;:!?»]|« .{20}", text) == []


@pytest.mark.django_db
def test_a_compressed_page_also_joins_french_marks_with_no_break_spaces() -> None:
    response = TypographicClient().get("/", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "\u00a0:" in gzip.decompress(response.content).decode()
