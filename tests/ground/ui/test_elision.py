"""« de » and « à » agree with the proper name that follows."""

import pytest

from explor.ground.ui.elision import at, of


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Marie Bell", "de Marie Bell"),
        ("Arnaud Petit", "d’Arnaud Petit"),
        ("Élodie", "d’Élodie"),
        ("Œuvres du Sud", "d’Œuvres du Sud"),
        ("Hélène Roy", "d’Hélène Roy"),
        ("Henri-Pierre", "d’Henri-Pierre"),
        ("Hakim", "de Hakim"),
        ("Hôpital du Nord", "d’Hôpital du Nord"),
        ("Yves", "d’Yves"),
        ("Yaoundé", "de Yaoundé"),
        ("Le Mans", "du Mans"),
        ("Les Abymes", "des Abymes"),
        ("La Rochelle", "de La Rochelle"),
        ("Lebrun", "de Lebrun"),
        ("Le", "de Le"),
        ("3 Rivières", "de 3 Rivières"),
        ("", "de "),
    ],
)
def test_the_french_word_de_agrees_with_the_name_that_follows(name: str, text: str) -> None:
    assert of(name) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("Arnaud", "à Arnaud"), ("Le Mans", "au Mans"), ("Les Abymes", "aux Abymes")],
)
def test_the_french_word_a_agrees_with_the_name_that_follows(name: str, text: str) -> None:
    assert at(name) == text


def test_an_object_that_is_not_a_string_is_named_by_its_str_method() -> None:
    class Place:
        def __str__(self) -> str:
            return "Ilam"

    assert of(Place()) == "d’Ilam"
