"""French prepositions before the names of countries: « en », « au », « aux », « à » and « de »."""

import pytest

from explor.engines.french.places import in_country, of_country
from explor.ground.reference.selectors import terms
from explor.ground.ui.elision import at, is_country, of

SAID = """
en Guinée / de la Guinée
au Honduras / du Honduras
aux Comores / des Comores
à Madagascar / de Madagascar
au Togo / du Togo
à Cuba / de Cuba
à Haïti / d’Haïti
en Israël / d’Israël
à la Barbade / de la Barbade
au Mexique / du Mexique
au Mozambique / du Mozambique
en Angola / de l’Angola
en Ouganda / de l’Ouganda
en Égypte / de l’Égypte
au Yémen / du Yémen
en RD Congo / de la RD Congo
en Côte d’Ivoire / de la Côte d’Ivoire
aux îles Marshall / des îles Marshall
à Sainte-Lucie / de Sainte-Lucie
en Corée du Sud / de la Corée du Sud
au Royaume-Uni / du Royaume-Uni
en Sierra Leone / de la Sierra Leone
à La Réunion / de La Réunion
à Maurice / de Maurice
à Oman / d’Oman
aux Philippines / des Philippines
en Macédoine du Nord / de la Macédoine du Nord
au Vietnam / du Vietnam
en Centrafrique / de la Centrafrique
en Palestine / de la Palestine
au Vatican / du Vatican
à Hong Kong / de Hong Kong
""".strip().splitlines()


def _name(said: str) -> str:
    bare = said.partition(" / ")[0].removeprefix("à la ").removeprefix("aux ")
    for before in ("en ", "au ", "à "):
        bare = bare.removeprefix(before)
    return bare[:1].upper() + bare[1:]


@pytest.mark.parametrize("said", SAID)
def test_the_name_of_a_country_gets_its_french_prepositions_in_and_of(said: str) -> None:
    name = _name(said)
    assert f"{in_country(name)} / {of_country(name)}" == said
    assert name in {term.label for term in terms("countries").values()}


def test_every_country_of_the_reference_list_is_recognised_as_a_country() -> None:
    assert [each.label for each in terms("countries").values() if not is_country(each.label)] == []


@pytest.mark.parametrize("said", SAID)
def test_the_page_functions_at_and_of_use_the_right_prepositions_before_countries(
    said: str,
) -> None:
    assert f"{at(_name(said))} / {of(_name(said))}" == said


def test_every_country_of_the_reference_list_has_its_french_prepositions() -> None:
    wrong = [
        name
        for name in (term.label for term in terms("countries").values())
        if of_country(name).startswith(("de I", "de É", "du A", "du I", "du É", "de La "))
        and name != "La Réunion"
    ]
    assert wrong == []
