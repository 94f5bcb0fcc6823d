"""A form without idempotency key is shown back; impossible identifiers give 404."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from trust.world import routes

from explor.actors.projects.models import Project
from explor.ground.http import gate, replay
from explor.ground.http.models import IdempotencyKey
from factories import AssociationFactory, association_actor, wearing
from support.keys import KeylessClient

# Views whose forms have no idempotency key, with the reason that they declare.
REPEATABLE = {
    "explor.actors.experts.views.resume.upload",
    "explor.ground.accounts.views.account.extend_session",
    "explor.ground.accounts.views.account.unsent",
    "explor.ground.files.views.public.verify",
    "explor.ground.proconnect.views.callback",
    "explor.ground.proconnect.views.login",
    "explor.journey.needs.views.builder.keep",
    "explor.journey.needs.views.together.presence",
    "explor.journey.nominations.views.public.answer",
    "explor.site.demo.views.public.demo",
}


def keyless(client: Client) -> KeylessClient:
    """Return a client of the same session, which adds no idempotency key."""
    other = KeylessClient()
    other.cookies = client.cookies
    return other


@pytest.fixture
def page(db: None) -> tuple[Client, str]:
    association = AssociationFactory()
    client = keyless(wearing(association_actor(association)))
    return client, f"/association/{association.slug}/projets/nouveau/"


def test_the_forms_without_idempotency_key_are_exactly_those_of_the_list() -> None:
    views = [chain[-1].callback for _, chain in routes()]
    found = {f"{v.__module__}.{v.__qualname__}": v for v in views if not gate.needs_key(v)}
    assert set(found) == REPEATABLE
    assert all(len(view.repeatable) > 20 for view in found.values())


@pytest.mark.parametrize("key", [None, "", "x", "\x00"])
def test_a_form_without_a_valid_idempotency_key_changes_nothing_and_is_shown_back(
    page: tuple[Client, str], key: str | None
) -> None:
    client, url = page
    typed = {"title": "Un <puits>", "sectors": ["140", "310"]}
    answer = client.post(url, typed if key is None else {**typed, "idempotency_key": key})
    text = answer.content.decode()
    assert (answer.status_code, Project.objects.count()) == (422, 0)
    assert "Rien n’est encore enregistré" in text
    assert 'name="title" value="Un &lt;puits&gt;"' in text
    assert text.count('type="hidden" name="sectors"') == 2


def test_a_form_shown_back_with_a_new_idempotency_key_is_accepted_when_sent(
    page: tuple[Client, str],
) -> None:
    client, url = page
    text = client.post(url, {"title": "Un puits"}).content.decode()
    key = text.split('name="idempotency_key" value="')[1].split('"')[0]
    assert client.post(url, {"title": "Un puits", "idempotency_key": key}).status_code == 302
    assert Project.objects.get().title == "Un puits"


def test_the_page_that_shows_a_form_back_says_that_files_and_passwords_are_not_kept(
    page: tuple[Client, str],
) -> None:
    client, url = page
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    text = client.post(url, {"title": "x", "file": file, "password": "pas-à-montrer"})
    shown = text.content.decode()
    assert "Les fichiers joints n’ont pas été gardés" in shown
    assert "Un mot de passe ou un code n’est jamais gardé" in shown
    assert "pas-à-montrer" not in shown


def test_a_program_can_send_the_idempotency_key_in_a_header(page: tuple[Client, str]) -> None:
    client, url = page
    key = {"Idempotency-Key": str(uuid4())}
    answers = [client.post(url, {"title": "Un puits"}, headers=key) for _ in range(3)]
    assert {(each.status_code, each["Location"]) for each in answers} == {
        (302, answers[0]["Location"])
    }
    assert Project.objects.count() == 1


def test_a_form_corrected_after_going_back_in_the_browser_is_accepted_as_another_form(
    page: tuple[Client, str],
) -> None:
    client, url = page
    key = str(uuid4())
    for title in ("Un puits", "Deux puits", "Un puits"):
        client.post(url, {"title": title, "idempotency_key": key})
    assert sorted(each.title for each in Project.objects.all()) == ["Deux puits", "Un puits"]


def test_a_personal_link_is_never_stored_with_an_idempotency_key(db: None) -> None:
    assert replay.storable("/projets/suivre/secret/") == ""
    assert replay.storable("/personne-proposee/secret/") == ""
    assert replay.storable("/compte/") == "/compte/"
    assert replay.storable("/nulle/part/") == ""
    assert replay.storable(f"/projets/?q={'x' * 600}") == "/projets/"
    assert IdempotencyKey.objects.count() == 0


@pytest.mark.parametrize("number", ["9" * 19, "9" * 40, "9" * 5000])
def test_a_url_identifier_that_no_row_can_have_answers_404(
    page: tuple[Client, str], number: str
) -> None:
    client, url = page
    listed = url.removesuffix("nouveau/")
    assert client.get(f"{listed}{number}/").status_code == 404
    assert client.get(reverse("directory:photo", args=[1]).replace("1", number)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "ANY"])
@pytest.mark.parametrize("url", ["/", "/.well-known/security.txt", "/api/v1/projets", "/absent/"])
def test_pages_refuse_http_methods_that_browsers_do_not_send(
    client: Client, method: str, url: str
) -> None:
    answer = client.generic(method, url)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert answer.content == b""
