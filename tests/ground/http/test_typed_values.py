"""An error page shows the typed values back under the labels of the form, not technical names."""

import pytest
from django.test import Client

from explor.ground.http.typed import described
from factories import AssociationFactory, association_actor, wearing

PROJECT = "/association/rives/projets/nouveau/"
SCREEN = "/association/rives/besoins/1/ecrans/probleme/"
UNKNOWN = "/nulle-part/"


@pytest.mark.parametrize(
    ("path", "sent", "shown"),
    [
        (PROJECT, ("title", "Un puits"), [("Titre du projet", "Un puits")]),
        (PROJECT, ("objectives", "De l’eau."), [("Objectifs du projet", "De l’eau.")]),
        (PROJECT, ("other", "Un mot"), [("", "Un mot")]),
        (PROJECT, ("title", ""), []),
        (PROJECT, ("idempotency_key", "x"), []),
        (SCREEN, ("tab", "0b0e"), []),
        (UNKNOWN, ("title", "Un puits"), [("", "Un puits")]),
        (UNKNOWN, ("password", "secret"), []),
    ],
)
def test_a_value_shown_back_has_the_label_of_its_field_or_no_label(
    path: str, sent: tuple[str, str], shown: list[tuple[str, str]]
) -> None:
    assert described(path, [sent]) == shown


def test_all_chosen_options_are_shown_back_in_words() -> None:
    sent = [("countries", "ML"), ("title", "Un puits"), ("countries", "SN"), ("sdgs", "4")]
    assert described(PROJECT, sent) == [
        ("Pays d’intervention", "Mali, Sénégal"),
        ("Titre du projet", "Un puits"),
        ("Objectifs de développement durable", "Éducation de qualité"),
    ]


def test_values_of_a_screen_of_a_need_are_shown_back_with_the_labels_of_the_need() -> None:
    assert described(SCREEN, [("title", "Former"), ("days", "12")]) == [
        ("Titre", "Former"),
        ("Durée sur place (jours)", "12"),
    ]


@pytest.mark.django_db
def test_the_values_of_a_too_large_project_form_are_shown_back_with_their_labels(settings) -> None:
    settings.BODY_LIMIT = 5_000
    member: Client = wearing(association_actor(AssociationFactory(slug="rives")))
    page = member.post(PROJECT, {"title": "Un puits", "objectives": "x" * 6_000})
    assert page.status_code == 413
    assert ("Titre du projet" in page.text, "Objectifs" in page.text) == (True, True)
    assert ("objectives" in page.text, ">title<" in page.text) == (False, False)
