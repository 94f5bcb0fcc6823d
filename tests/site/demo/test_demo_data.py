"""Patterns of the demonstration data are filled with names that agree."""

from explor.site.demo.demo_data import fill


def test_the_french_word_de_agrees_with_the_name_that_fills_a_pattern() -> None:
    assert fill("Musée de {place}, à {place}", place="Ilam") == "Musée d’Ilam, à Ilam"
    assert fill("Mutuelle de {town}", town="Le Mans") == "Mutuelle du Mans"


def test_a_placeholder_without_value_stays_in_a_pattern_of_demonstration_texts() -> None:
    assert fill("Solidarité {town} {country}", town="Le Mans") == "Solidarité Le Mans {country}"
