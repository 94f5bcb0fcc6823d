"""The outlines of the countries on the map."""

from explor.ground.reference.pages import outlines


def test_a_country_has_an_outline_and_a_point():
    madagascar = outlines()["MG"]
    assert (madagascar.path[0], madagascar.path[-1], madagascar.small) == ("M", "z", False)
    assert outlines()["KM"].small
    assert outlines()["TV"].path == ""
