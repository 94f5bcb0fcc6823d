"""Signing up with the address of another person leaves no later access to their account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.accounts.actions import invite, open_account
from explor.ground.accounts.forms import InviteForm
from explor.ground.accounts.models import Invitation, Person
from explor.ground.audit.models import Entry
from explor.ground.mail.models import Message
from explor.ground.privacy.actions import purge
from factories import NetworkFactory, OfficerFactory, officer_actor

from .test_second_factor import by_code
from .test_sign_in import by_password, code_in, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "cheval agrafe pile"
TYPED = {"email": "awa@exemple.test", "name": "Awa Exemple", "password1": PASSWORD}


def sign_up(client: Client) -> Person:
    client.post("/compte/signup/", TYPED)
    return Person.objects.get(email="awa@exemple.test")


def test_a_password_set_by_a_stranger_stops_working_once_the_owner_signs_in_by_a_code() -> None:
    person, owner = sign_up(Client()), Client()
    by_code(owner, person)
    entered = owner.get("/compte/?rester")
    assert entered.status_code == 200
    assert "Le mot de passe choisi à l’inscription est effacé" in entered.content.decode()
    by_password(thief := Client(), person.email, PASSWORD)
    assert not signed_in(thief)
    [line] = Entry.objects.about(person).filter(verb="drop_password")
    assert line.person is None


def test_a_password_chosen_at_sign_up_works_once_that_sign_up_verified_the_address() -> None:
    client, elsewhere = Client(), Client()
    person = sign_up(client)
    client.post("/compte/confirm-email/", {"code": code_in(Message.objects.latest("pk"))})
    by_password(elsewhere, person.email, PASSWORD)
    assert (signed_in(client), signed_in(elsewhere)) == (True, True)
    by_code(Client(), person)
    by_password(later := Client(), person.email, PASSWORD)
    assert signed_in(later)


def test_a_password_stays_valid_when_its_owner_signed_in_by_a_code_changes_address() -> None:
    person = open_account(email="awa@exemple.test", name="Awa Exemple")
    by_code(client := Client(), person)
    client.post("/compte/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    by_code(client := Client(), person)
    given = {"email": "neuve@exemple.test", "action_add": ""}
    asked = client.post("/compte/email/", given)
    client.post(asked.url, {"password": PASSWORD, "next": "/compte/email/"})
    client.post("/compte/confirm-email/", {"code": code_in(Message.objects.latest("pk"))})
    person.refresh_from_db()
    assert person.email == "neuve@exemple.test"
    assert person.check_password(PASSWORD)


def test_an_unverified_account_is_erased_after_a_week_but_not_invitations_to_its_address() -> None:
    sign_up(Client())
    officer = officer_actor(NetworkFactory(slug="alizes"))
    invite(email=TYPED["email"], role_type="expert", role_key="alizes", by=officer)
    kept = open_account(email="bo@exemple.test", name="Bo")
    purge(now=timezone.now() + timedelta(days=6))
    assert Person.objects.filter(email=TYPED["email"]).exists()
    purge(now=timezone.now() + timedelta(days=8))
    assert not Person.objects.filter(email=TYPED["email"]).exists()
    assert Invitation.objects.filter(email=TYPED["email"]).exists()
    assert Person.objects.filter(pk=kept.pk).exists()


def test_an_unverified_account_that_was_given_a_role_is_not_erased() -> None:
    person = sign_up(Client())
    OfficerFactory(person=person)
    report = purge(now=timezone.now() + timedelta(days=8))
    line = next(each for each in report.lines if each["key"] == "accounts.people")
    assert line["kept"] == {"Cette personne tient un rôle.": 1}
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("mark", ["\n\n", "\r", "\x0b", "\x85", "\u2028", "\u202e", "\u2066"])
def test_a_name_with_line_breaks_cannot_forge_lines_of_an_email(mark: str) -> None:
    name = f"Awa{mark}Votre compte est bloqué : http://exemple.test"
    answer = Client().post("/compte/signup/", TYPED | {"name": name})
    assert "Écrivez ce texte sur une seule ligne." in answer.content.decode()
    assert Person.objects.count() == 0


def invited(name: str) -> InviteForm:
    given = {"email": "bo@exemple.test", "name": name, "position": "x"}
    return InviteForm(given, positions=[("x", "X")])


@pytest.mark.parametrize("mark", ["\n\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_single_line_field_refuses_a_second_line(mark: str) -> None:
    form = invited(f"Awa{mark}Votre compte est bloqué")
    assert dict(form.errors) == {"name": ["Écrivez ce texte sur une seule ligne."]}


def test_a_name_pasted_with_invisible_direction_marks_is_saved_without_these_marks() -> None:
    form = invited("\u202aAwa\u202e Diop\u2069")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Awa Diop"
