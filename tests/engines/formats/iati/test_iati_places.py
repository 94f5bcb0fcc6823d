"""Countries, regions and sectors of an IATI activity: their names, and the counts of shares."""

from engines.formats.iati.samples import notes, reading


def test_the_shares_of_countries_and_sectors_are_reported_by_kind():
    inside = (
        '<recipient-country code="SN" percentage="60"/>'
        '<recipient-country code="ml" percentage="40"/>'
        '<sector vocabulary="1" code="14030" percentage="50"/>'
        '<sector vocabulary="1" code="11220" percentage="50"/>'
    )
    assert notes(reading(inside)) == [
        "Non repris : 2 parts de pays (SN 60 % ; ML 40 %).",
        "Non repris : 2 parts de secteur (14030 50 % ; 11220 50 %).",
    ]


def test_the_regions_of_each_vocabulary_are_added_to_the_countries_separately():
    def totals(inside):
        return [note for note in notes(reading(inside)) if "au lieu" in note]

    country = '<recipient-country code="SN" percentage="60"/>'
    region = '<recipient-region vocabulary="{}" code="1030" percentage="{}"/>'
    assert totals(country + region.format(1, 40) + region.format(99, 40)) == []
    assert totals(region.format(1, 100) + region.format(99, 100)) == []
    assert totals(country + region.format(1, 40) + region.format(99, "20.5")) == [
        "Les parts des pays et régions font 80,5 % au lieu de 100."
    ]


def test_a_single_country_or_sector_at_one_hundred_per_cent_is_not_reported():
    inside = (
        '<recipient-country code="SN" percentage="100"/>'
        '<sector vocabulary="1" code="14030" percentage="100"/>'
        '<sector vocabulary="2" code="140" percentage="100.0"/>'
        '<recipient-region code="1030" percentage="0"/>'
    )
    assert notes(reading(inside)) == ["Non repris : 1 part de région (1030 0 %)."]


def test_the_shares_of_development_goals_are_reported_apart_from_those_of_sectors():
    inside = '<sector vocabulary="7" code="4" percentage="70"/><sector vocabulary="7" code="6" percentage="30"/>'  # noqa: E501
    assert notes(reading(inside)) == ["Non repris : 2 parts d’ODD (4 70 % ; 6 30 %)."]


def test_a_sector_of_another_vocabulary_is_named_by_a_code_made_of_words():
    inside = '<sector vocabulary="99" code="EMERGENCY RESPONSE – HEALTH"/><sector vocabulary="99" code="EP"/>'  # noqa: E501
    read = reading(inside)
    assert read.sheet.sectors == ("EMERGENCY RESPONSE – HEALTH",)
    assert notes(read) == ["Non repris : 1 secteur sans nom connu (code EP)."]


def test_several_unknown_sectors_are_reported_with_their_codes():
    inside = (
        '<sector vocabulary="10" code="11"/><sector vocabulary="10" code="12"/><sector code=""/>'
    )
    assert notes(reading(inside)) == [
        "Non repris : 3 secteurs sans nom connu (code 11 ; code 12 ; sans code)."
    ]


def test_a_country_without_code_or_name_is_reported():
    assert notes(reading("<recipient-country/>")) == ["Non repris : 1 pays sans code ni nom."]


def test_conditions_are_reported_unless_declared_absent():
    inside = (
        '<conditions attached="0"/><conditions attached="false"><condition type="1"/></conditions>'
    )
    conditions = '<conditions attached="1"><condition type="1"/><condition type="2"/></conditions>'
    assert notes(reading(inside)) == []
    assert notes(reading(conditions)) == ["Non repris : 2 conditions."]


def test_a_region_code_given_as_a_country_is_read_as_a_region():
    read = reading('<recipient-country code="1030"/><recipient-country code="SN"/>')
    assert (read.sheet.countries, read.sheet.zones) == (("SN",), ("Afrique de l’Ouest",))


def test_an_unknown_number_given_as_a_country_is_kept_unchanged():
    assert reading('<recipient-country code="123456"/>').sheet.countries == ("123456",)


def test_a_country_whose_name_is_that_of_another_code_is_reported_and_the_code_kept():
    read = reading(
        '<recipient-country code="AL"><narrative>ALGERIA</narrative></recipient-country>'
    )
    assert read.sheet.countries == ("AL",)
    assert notes(read) == ["Pays : le code AL est retenu, mais le nom écrit est « ALGERIA » (DZ)."]
    for code, name in (("DZ", "Algérie"), ("CD", "Congo"), ("SN", "Sénégal, Saint-Louis")):
        inside = (
            f'<recipient-country code="{code}"><narrative>{name}</narrative></recipient-country>'
        )
        assert notes(reading(inside)) == []
