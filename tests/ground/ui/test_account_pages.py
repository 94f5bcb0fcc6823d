"""The sign-in and account pages, in the layout of the site and in French."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from factories import PersonFactory

OUTSIDE = {
    "/compte/login/": "Se connecter",
    "/compte/login/code/": "Recevoir un code de connexion",
    "/compte/signup/": "Ouvrir un compte",
    "/compte/password/reset/": "Réinitialisation du mot de passe",
}
INSIDE = {
    "/compte/email/": "Adresse électronique",
    "/compte/logout/": "Se déconnecter ?",
    "/compte/password/change/": "Modifier le mot de passe",
    "/compte/2fa/": "Authentification à deux facteurs",
    "/compte/2fa/totp/activate/": "Activer une application de codes",
}


def headings(page: str) -> list[str]:
    return [" ".join(each.split()) for each in re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)]


@pytest.fixture
def inside(db) -> Client:
    """Return the client of a person who has just authenticated."""
    person = PersonFactory(password="un long mot de passe")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client()
    client.force_login(person)
    session = client.session
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@pytest.mark.parametrize(("path", "title"), OUTSIDE.items())
def test_each_sign_in_page_has_its_heading(db, path, title):
    page = Client().get(path).content.decode()
    assert headings(page) == [title]
    assert page.count('<main id="contenu"') == 1


@pytest.mark.parametrize(("path", "title"), INSIDE.items())
def test_each_account_page_has_its_heading(inside, path, title):
    answer = inside.get(path)
    assert answer.status_code == 200
    assert headings(answer.content.decode()) == [title]


def test_the_form_to_change_address_is_labelled_adresse_electronique_like_other_forms(inside):
    page = inside.get("/compte/email/").content.decode()
    assert re.search(r"<label[^>]*>\s*Adresse électronique", page)
    assert re.search(r"<label[^>]*>\s*E-mail", page) is None


def test_an_email_address_that_cannot_be_written_is_refused_beside_its_field(inside):
    page = inside.post("/compte/email/", {"email": "pas une adresse", "action_add": ""})
    assert "Écrivez une adresse comme nom@exemple.fr." in page.content.decode()
    assert 'value="pas une adresse"' in page.content.decode()


def test_the_qr_code_of_the_second_factor_is_drawn_inside_the_page(inside):
    page = inside.get("/compte/2fa/totp/activate/").content.decode()
    assert page.count("data:image") == 0
    assert re.findall(r'<div class="qr"[^>]*>.*?<svg', page, re.DOTALL) != []


def test_requesting_a_code_for_an_unknown_address_shows_the_page_to_type_a_code(db):
    answer = Client().post("/compte/login/code/", {"email": "inconnue@exemple.fr"}, follow=True)
    assert headings(answer.content.decode()) == ["Recopiez le code reçu"]


def test_a_wrong_password_shows_an_error_in_the_open_password_form(db):
    answer = Client().post("/compte/login/", {"login": "x@exemple.fr", "password": "faux"})
    page = answer.content.decode()
    assert page.count('<details class="help" open>') == 1
    assert page.count('role="alert"') == 1


@pytest.mark.parametrize("path", OUTSIDE)
def test_axe_finds_no_accessibility_violation_on_account_pages(live_server, page, path):
    page.goto(live_server.url + path)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found] == []
