"""A file uploaded at /verifier/ is compared with the issued documents and never stored."""

import tracemalloc
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from explor.ground.audit.models import Entry
from explor.ground.files import actions
from explor.ground.files.engine.sealing import seal_pdf
from explor.ground.files.models import Document, Seal
from explor.ground.http.sanitize import LIMIT, SanitizedFile
from explor.ground.ui.pdf import render

from .conftest import AT, READER, issue

pytestmark = pytest.mark.django_db
FORM = "/verifier/"
ISSUED = "C’est exactement le document émis le 20 avril 2027"
UNKNOWN = "Ce fichier ne porte pas de sceau d’Explor"
ALTERED = "Ce fichier a été modifié après son émission"
UNRECORDED = "Ce fichier n’est pas à notre registre"


@pytest.fixture(autouse=True)
def no_former_tries():
    cache.clear()


@pytest.fixture
def content(issued) -> bytes:
    return issued.file.read()


def hand_over(client, content, name="document.pdf", **more):
    return client.post(FORM, {"file": SimpleUploadedFile(name, content), **more})


def verdict_of(response) -> tuple[int, str]:
    return response.status_code, response.text.split("<h1>")[1].split("</h1>")[0].strip()


def test_the_verification_page_has_an_upload_form_that_works_without_javascript(client):
    text = client.get(FORM).text
    assert '<form method="post"' in text
    assert 'action="/verifier/"' in text
    assert 'enctype="multipart/form-data"' in text
    assert 'name="csrfmiddlewaretoken"' in text
    assert '<input type="file" name="file" accept=".pdf"' in text


def test_the_file_of_an_issued_document_is_recognised_and_its_facts_are_shown(
    client, issued, content
):
    response = hand_over(client, content)
    assert verdict_of(response) == (200, ISSUED)
    for shown in ("Attestation d’engagement", "Réseau d’exemple", "Camille Exemple"):
        assert shown in response.text
    assert "toujours valable" in response.text
    assert "no-store" in response["Cache-Control"]


def test_the_file_of_a_revoked_document_is_recognised_and_shown_as_revoked(client, seal, content):
    actions.revoke(seal, reason="Erreur de nom.", by=READER)
    response = hand_over(client, content)
    assert verdict_of(response) == (200, ISSUED)
    assert "Erreur de nom." in response.text
    assert "toujours valable" not in response.text


def test_the_verdict_on_the_file_of_a_replaced_document_links_to_the_new_document(
    client, seal, content, owner
):
    new = issue(owner).seal
    actions.replace(seal, by=READER, with_=new)
    response = hand_over(client, content)
    assert verdict_of(response) == (200, ISSUED)
    assert f'href="/verifier/{new.code}/"' in response.text
    assert "toujours valable" not in response.text


@pytest.mark.parametrize("other", [b"%PDF-1.7 autre", b"texte", b"\0" * 5000])
def test_a_file_that_was_never_issued_is_not_recognised_by_the_verification_page(
    client, issued, other
):
    assert verdict_of(hand_over(client, other)) == (200, UNKNOWN)


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf.replace(b"/Reason", b"/Raison", 1),
        lambda pdf: b"%" + pdf,
    ],
)
def test_a_sealed_file_that_was_changed_is_reported_as_changed(client, content, change):
    response = hand_over(client, change(content))
    assert verdict_of(response) == (200, ALTERED)
    assert "Camille Exemple" not in response.text


def test_a_file_sealed_with_our_key_but_never_issued_is_not_trusted(client, issued):
    drawn = render("document.typ", {}, title="Attestation", at=AT)
    assert verdict_of(hand_over(client, seal_pdf(drawn, at=AT).content)) == (200, UNRECORDED)


def test_a_document_issued_by_an_older_version_without_signature_is_recognised(client, owner):
    drawn = render("document.typ", {}, title="Attestation", at=AT)
    document = actions.store(
        file=SanitizedFile(content=drawn, mime="application/pdf"),
        kind="certificate", title="Attestation", owner=owner, by=READER,
    )  # fmt: skip
    actions.seal(document, code="ABCDEFGHJKMN", facts=[], by=READER, at=AT)
    assert verdict_of(hand_over(client, drawn)) == (200, ISSUED)
    assert verdict_of(hand_over(client, drawn + b"\n")) == (200, UNKNOWN)


def test_a_verified_file_is_neither_stored_nor_journaled(
    client, issued, content, media, monkeypatch
):
    def refuse(*args, **kwargs):
        raise AssertionError("a temporary file")

    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", refuse)
    before = sorted(media.rglob("*")), Document.objects.count(), Seal.objects.count()
    entries = Entry.objects.count()
    hand_over(client, b"x" * (LIMIT - 10))
    hand_over(client, content)
    assert (sorted(media.rglob("*")), Document.objects.count(), Seal.objects.count()) == before
    assert Entry.objects.count() == entries


def test_verifying_no_file_or_an_empty_file_shows_an_error_on_the_form(client):
    missing, empty = client.post(FORM, {}), hand_over(client, b"")
    assert (missing.status_code, empty.status_code) == (422, 422)
    assert "Choisissez le fichier à vérifier." in missing.text
    assert "Ce fichier est vide." in empty.text


def test_a_file_to_verify_above_the_size_limit_is_refused_with_a_message(client):
    assert hand_over(client, b"x" * LIMIT).status_code == 200
    response = hand_over(client, b"x" * (LIMIT + 1))
    assert response.status_code == 422
    assert "Ce fichier dépasse 10 Mo : nous ne l’avons pas lu." in response.text


def test_a_file_to_verify_above_the_size_limit_is_not_kept_in_memory(client):
    class Endless(BytesIO):
        """A form body of twenty-four megabytes, generated as it is read."""

        def __init__(self, head: bytes, size: int, tail: bytes) -> None:
            super().__init__()
            self.parts = [head, *[b"x" * 65536] * (size // 65536), tail]
            self.left = b""

        def read(self, size: int = -1) -> bytes:
            while self.parts and len(self.left) < max(size, 1):
                self.left += self.parts.pop(0)
            taken, self.left = self.left[:size], self.left[size:]
            return taken

    mark = "frontiere"
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="gros.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    tail, size = f"\r\n--{mark}--\r\n".encode(), 24 * 1024 * 1024
    body = Endless(head, size, tail)
    tracemalloc.start()
    try:
        response = client.generic(
            "POST", FORM, b"", f"multipart/form-data; boundary={mark}",
            **{"wsgi.input": body, "CONTENT_LENGTH": str(len(head) + size + len(tail))},
        )  # fmt: skip
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert response.status_code == 422
    assert peak < 2.5 * LIMIT


@pytest.mark.parametrize(
    ("order", "said"),
    [(slice(None), ISSUED), (slice(None, None, -1), UNKNOWN)],
)
def test_only_the_first_of_several_uploaded_files_is_verified(client, content, order, said):
    files = [SimpleUploadedFile("a.pdf", content), SimpleUploadedFile("b.pdf", b"autre")]
    assert verdict_of(client.post(FORM, {"file": files[order]})) == (200, said)


def test_a_file_to_verify_posted_without_csrf_token_is_refused(content):
    assert hand_over(Client(enforce_csrf_checks=True), content).status_code == 403


def test_a_file_to_verify_posted_with_the_csrf_token_of_the_form_is_accepted(content):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(FORM).text
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    response = hand_over(browser, content, csrfmiddlewaretoken=token)
    assert verdict_of(response) == (200, ISSUED)


def test_one_ip_address_can_verify_at_most_twenty_files_a_minute(client, content):
    for _ in range(20):
        assert hand_over(client, b"autre").status_code == 200
    response = hand_over(client, content)
    assert (response.status_code, "Attendez une minute" in response.text) == (429, True)
    assert client.get(FORM).status_code == 200
    elsewhere = client.post(
        FORM, {"file": SimpleUploadedFile("a.pdf", b"autre")}, REMOTE_ADDR="192.0.2.7"
    )
    assert elsewhere.status_code == 200


def test_verifying_a_known_file_takes_one_query_and_an_unknown_file_at_most_two(
    client, content, django_assert_max_num_queries, settings
):
    settings.ACCOUNT_RATE_LIMITS = False
    with django_assert_max_num_queries(1):
        hand_over(client, content)
    with django_assert_max_num_queries(2):
        hand_over(client, content + b"\n")
