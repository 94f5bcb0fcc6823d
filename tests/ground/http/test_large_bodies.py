"""A request over a size limit gets a page 413, which shows the typed values back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from explor.ground.http import body
from factories import AssociationFactory, association_actor, wearing

pytestmark = pytest.mark.django_db
PAGE = "/association/rives/notre-organisation/justificatifs/ajouter/"
TOO_LARGE = "Cet envoi est trop gros"


@pytest.fixture
def member(settings) -> Client:
    settings.BODY_LIMIT = 5_000
    return wearing(association_actor(AssociationFactory(slug="rives")))


def form(size: int) -> dict[str, object]:
    return {"note": "Ce que j’ai écrit", "file": SimpleUploadedFile("a.pdf", b"x" * size)}


def test_a_request_body_over_the_limit_shows_back_the_typed_values_without_the_file(
    member, monkeypatch
):
    def unread(*args: object) -> None:
        raise AssertionError("the file is read")

    monkeypatch.setattr(body.NoFiles, "file_complete", unread)
    response = member.post(PAGE, form(6_000))
    assert response.status_code == 413
    assert TOO_LARGE in response.text
    assert "Ce que j’ai écrit" in response.text


def test_a_request_body_far_over_the_limit_is_not_read(member):
    response = member.post(PAGE, form(30_000))
    assert response.status_code == 413
    assert TOO_LARGE in response.text
    assert "Ce que j’ai écrit" not in response.text


def test_a_too_large_request_body_of_an_anonymous_visitor_is_not_read(settings):
    settings.BODY_LIMIT = 5_000
    response = Client().post("/verifier/", form(6_000))
    assert (response.status_code, "Ce que j’ai écrit" in response.text) == (413, False)


def test_a_request_body_within_the_limit_reaches_its_page(member):
    assert member.post(PAGE, form(100)).status_code == 422


@pytest.mark.parametrize(
    "sent",
    [
        {f"c{number}": "x" for number in range(2_001)},
        {"note": "x" * (2 * 2**20 + 1)},
        {f"f{n}": SimpleUploadedFile("a.pdf", b"x") for n in range(21)},
    ],
    ids=["fields", "text", "files"],
)
def test_too_many_fields_too_much_text_or_too_many_files_get_a_page_413(sent):
    member = wearing(association_actor(AssociationFactory(slug="rives")))
    response = member.post(PAGE, sent)
    assert response.status_code == 413
    assert "trop de texte, de cases ou de fichiers" in response.text
