"""A form sent again with another file is another form, even if the file has the same size."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from explor.ground.http.replay import idempotency_key_of

KEY = "6f1f8a55-7d0c-4f7e-9a51-1d6f0e3b2c4d"


def key_with(*contents: bytes) -> UUID | None:
    files = [SimpleUploadedFile("membres.csv", content) for content in contents]
    sent = {"idempotency_key": KEY, "title": "Membres", "file": files}
    request = RequestFactory().post("/", sent)
    request.resolver_match = None
    key = idempotency_key_of(request)
    assert [each.read() for each in request.FILES.getlist("file")] == [*contents]
    return key


def test_the_idempotency_key_of_a_form_depends_on_the_content_of_its_file() -> None:
    assert key_with(b"nom;ville\nA;Lyon\n") == key_with(b"nom;ville\nA;Lyon\n")
    assert key_with(b"nom;ville\nA;Lyon\n") != key_with(b"nom;ville\nA;Nice\n")


def test_the_idempotency_key_of_a_form_depends_on_the_content_of_each_of_its_files() -> None:
    assert key_with(b"a", b"b") != key_with(b"c", b"b")
