"""Every HTTP error has its page, which explains what to do."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from explor.ground.http import errors
from explor.ground.http.actor import PUBLIC
from explor.ground.http.exceptions import ActionNotAllowed


def ask(path: str = "/reseau/centre/besoins/1/", **typed: str):
    """Return a request as the middleware prepares it, a POST when `typed` has data."""
    request = RequestFactory().post(path, typed) if typed else RequestFactory().get(path)
    request.role, request.actor, request.roles = None, PUBLIC, []
    request.user = AnonymousUser()
    return request


ANSWERS = [
    (errors.bad_request(ask()), 400, "Cette demande n’a pas de sens pour nous"),
    (errors.permission_denied(ask()), 403, "Cet acte ne vous est pas ouvert"),
    (errors.page_not_found(ask()), 404, "Cette page n’existe pas"),
    (errors.csrf_failure(ask()), 403, "Votre session a expiré"),
    (
        errors.conflict(ask(), ActionNotAllowed("Le comité a tranché.")),
        409,
        "Ce n’est pas possible",
    ),
    (errors.key_missing(ask(title="Un puits")), 422, "Votre envoi est à confirmer"),
    (errors.too_many(ask(title="Un puits"), 12), 429, "Trop de demandes en peu de temps"),
    (errors.too_many(ask(), 1), 429, "Trop de demandes en peu de temps"),
    (errors.server_error(ask()), 500, "Explor a rencontré une panne"),
    (errors.unavailable(ask(), OSError("away")), 503, "Explor revient dans un instant"),
]


@pytest.mark.parametrize(("answer", "status", "title"), ANSWERS, ids=lambda value: str(value)[:30])
def test_each_error_page_is_rendered_with_its_status_and_title_without_a_database(
    answer, status, title
):
    assert answer.status_code == status
    heading = re.findall(r"<h1>\s*(.*?)\s*</h1>", answer.content.decode(), re.DOTALL)
    assert [each.startswith(title) for each in heading] == [True]


def test_a_page_that_is_absent_and_one_hidden_from_the_role_give_the_same_404():
    one = errors.page_not_found(ask("/reseau/centre/besoins/1/"), Exception("Need 1"))
    other = errors.page_not_found(ask("/association/nulle-part/"), Exception("no route"))
    assert one.content == other.content


def test_each_server_error_has_its_own_incident_number():
    numbers = [
        re.findall(
            r"le\s+numéro\s+<b>\s*([0-9a-f]{10})\s*</b>",
            errors.server_error(ask()).content.decode(),
        )
        for _ in range(2)
    ]
    assert [len(found) for found in numbers] == [1, 1]
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: errors.csrf_failure(request),
        lambda request: errors.conflict(request, ActionNotAllowed("Déjà clos.")),
    ],
)
def test_an_error_page_shows_the_typed_values_escaped(answer):
    page = answer(ask(note="Lundi <b>", csrfmiddlewaretoken="secret", version="3")).content.decode()
    assert page.count("Lundi &lt;b&gt;") == 1
    assert page.count("secret") == 0


def test_the_409_page_shows_the_reasons_of_the_refusal():
    page = errors.conflict(ask(), ActionNotAllowed("Le comité a tranché.", "")).content.decode()
    assert page.count("<p>Le comité a tranché.</p>") == 1
    assert page.count("<p></p>") == 0


def test_an_unreachable_database_answers_503_with_retry_after():
    assert errors.unavailable(ask(), OSError("away"))["Retry-After"] == "10"


def test_a_request_to_an_unknown_url_answers_404(db):
    assert Client().get("/nulle-part/").status_code == 404
