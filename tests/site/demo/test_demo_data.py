"""Patterns of the demonstration data are filled with names that agree."""

from explor.site.demo.demo_data import fill


def test_de_agrees_with_the_name_that_fills_a_pattern() -> None:
    assert fill("Musée de {place}, à {place}", place="Ilam") == "Musée d’Ilam, à Ilam"
    assert fill("Mutuelle de {town}", town="Le Mans") == "Mutuelle du Mans"


def test_a_field_without_its_name_is_kept_for_later() -> None:
    assert fill("Solidarité {town} {country}", town="Le Mans") == "Solidarité Le Mans {country}"
