"""New passwords: long, unlike the person, and more than words that anyone would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from explor.ground.accounts.models import Person
from explor.ground.accounts.rules import passwords
from explor.ground.mail.models import Message
from factories import NetworkFactory

pytestmark = pytest.mark.django_db
AWA = Person(name="Awa Ouedraogo", email="direction@grenier-rives.example")


def refusals(password: str, person: Person | None = None) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as refusal:
        return refusal.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "un-long-mot-de-passe",
        "cheval agrafe pile correct",
        "xk7-29!4Q_8z$2m",
        "84729$15-3920#17",
        "explor-vk8s2qz4w",
        "Une phrase que personne ne tape.",
        "v8" * 64,
    ],
)
def test_a_sentence_or_a_random_password_is_accepted_as_a_new_password(password: str) -> None:
    assert refusals(password, AWA) == []


@pytest.mark.parametrize(
    "password",
    [
        "Motdepasse2026!",
        "m0tdepasse-2026",
        "azertyuiop123",
        "SoleilSoleil!",
        "bienvenue1234567",
        "jetaimemaman1",
        "Explor-mission-12",
        "Réseau-Coopération",
        "marseille13013",
        "doudoudoudou",
    ],
)
def test_a_password_made_of_frequent_words_or_of_words_of_explor_is_refused(password: str) -> None:
    assert any("se devine" in each for each in refusals(password))


def test_a_password_made_of_the_name_of_a_network_is_refused() -> None:
    assert refusals("Zanskarine-2026") == []
    NetworkFactory(name="Réseau Zanskarine", slug="zanskarine")
    assert any("se devine" in each for each in refusals("Zanskarine-2026"))


@pytest.mark.parametrize("password", ["Ouedraogo2026", "awa.ouedraogo", "grenier-2026"])
def test_a_password_that_resembles_the_person_is_refused_in_french(password: str) -> None:
    [message] = refusals(password, AWA)
    assert message.startswith("Le mot de passe est trop semblable au champ")


def test_a_password_has_twelve_characters_at_least_and_128_at_most() -> None:
    assert "trop court" in refusals("vk8s2-qz4w")[0]
    assert refusals("v8" * 65) == ["Ce mot de passe est trop long : 128 caractères au plus."]


def test_the_list_of_frequent_words_is_long_and_holds_normalised_words_only() -> None:
    words = passwords.frequent_words()
    assert len(words) > 600
    assert [each for each in words if each != passwords.plain(each) or len(each) < 4] == []


@pytest.mark.parametrize("password", ["Ouedraogo2026", "Motdepasse2026!"])
def test_signing_up_applies_the_password_rules(password: str) -> None:
    given = {"email": "bo@exemple.test", "name": "Bo Ouedraogo", "password1": password}
    answer = Client().post("/compte/signup/", given)
    assert answer.status_code == 200
    assert Person.objects.count() == 0


def test_changing_a_password_applies_the_password_rules() -> None:
    person = Person.objects.create_user("bo@exemple.test", "vk8s2qz4wtr7", name="Bo Ouedraogo")
    client = Client()
    client.force_login(person)
    given = {"oldpassword": "vk8s2qz4wtr7", "password1": "Ouedraogo2026"}
    refused = client.post("/compte/password/change/", given | {"password2": "Ouedraogo2026"})
    assert refused.status_code == 200
    person.refresh_from_db()
    assert person.check_password("vk8s2qz4wtr7")
    new = {"password1": "cheval agrafe pile", "password2": "cheval agrafe pile"}
    wrong = client.post("/compte/password/change/", new | {"oldpassword": "vk8s2qz4wtr8"})
    assert wrong.status_code == 200
    elsewhere = Client()
    elsewhere.force_login(person)
    changed = client.post("/compte/password/change/", given | new)
    assert changed.status_code == 302
    person.refresh_from_db()
    assert person.check_password("cheval agrafe pile")
    assert [each.get("/compte/?rester").status_code for each in (client, elsewhere)] == [200, 302]
    assert Message.objects.get(to="bo@exemple.test").kind == "account.password_changed"
