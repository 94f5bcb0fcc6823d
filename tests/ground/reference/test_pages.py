"""The outlines of the countries on the map."""

from explor.ground.reference.pages import outlines


def test_outlines_mark_small_countries_and_may_have_an_empty_path():
    madagascar = outlines()["MG"]
    assert (madagascar.path[0], madagascar.path[-1], madagascar.small) == ("M", "z", False)
    assert outlines()["KM"].small
    assert outlines()["TV"].path == ""
