"""Names of countries, sectors and zones, recognised as people write them."""

import pytest

from explor.ground.reference.selectors import labels_of, terms


@pytest.mark.parametrize(
    ("texts", "labels", "remarks"),
    [
        (("RDC",), ("RD Congo",), ()),
        (("Congo (RDC)",), ("RD Congo",), ()),
        (("R.D. Congo",), ("RD Congo",), ()),
        (("COD",), ("RD Congo",), ()),
        (("CD",), ("RD Congo",), ()),
        (("Cote d'Ivoire",), ("Côte d’Ivoire",), ()),
        (("Burkina",), ("Burkina Faso",), ()),
        (("Mali et Niger",), ("Mali", "Niger"), ()),
        (("Sénégal; Mali",), ("Sénégal", "Mali"), ()),
        (("Togo / Bénin",), ("Togo", "Bénin"), ()),
        (("Madagascar (Diana)",), ("Madagascar",), ("« Diana » non gardé",)),
        (("MDG", "SEN"), ("Madagascar", "Sénégal"), ()),
        (("Ivory Coast",), ("Côte d’Ivoire",), ()),
        (("Trinité-et-Tobago",), ("Trinité-et-Tobago",), ()),
        (("Atlantide",), ("Atlantide",), ("« Atlantide » n’est pas dans nos listes",)),
        (
            ("Dakar et Thiès",),
            ("Dakar et Thiès",),
            ("« Dakar et Thiès » n’est pas dans nos listes",),
        ),
    ],
)
def test_countries_are_recognised_under_the_names_that_people_write(
    texts: tuple[str, ...], labels: tuple[str, ...], remarks: tuple[str, ...]
) -> None:
    assert labels_of("countries", texts) == (labels, remarks)


@pytest.mark.parametrize("name", ["countries", "sectors", "zones", "structure_types"])
def test_a_label_that_was_split_at_its_commas_is_recognised_again(name: str) -> None:
    for term in terms(name).values():
        parts = tuple(part.strip() for part in term.label.split(","))
        assert labels_of(name, parts) == ((term.label,), ())
        assert labels_of(name, (*parts, "Zzz"))[0] == (term.label, "Zzz")


def test_each_country_has_one_code_of_three_letters() -> None:
    codes = [term.extra["iso3"] for term in terms("countries").values()]
    assert len(set(codes)) == len(codes) == 250
    assert {len(code) for code in codes} == {3}
    assert terms("countries")["FR"].extra["iso3"] == "FRA"
