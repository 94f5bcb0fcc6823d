"""Organisations of an IATI activity: their names, and the roles of the lead."""

from engines.formats.iati.samples import notes, reading


def test_the_other_roles_of_the_lead_organisation_are_reported():
    party = (
        '<participating-org ref="A" role="{}"><narrative>Une ONG</narrative></participating-org>'
    )
    read = reading("".join(map(party.format, (2, 1, 4))))
    assert read.sheet.lead_organisation.name == "Une ONG"
    assert notes(read) == ["Non repris : 2 autres rôles du porteur (bailleur, exécutant)."]


def test_a_long_text_in_place_of_a_name_is_not_published_as_a_name():
    story = "Une présentation. " * 30
    inside = (
        f'<participating-org role="4"><narrative>{story}</narrative>'
        "<narrative>Une coopérative</narrative></participating-org>"
        f'<participating-org role="4" ref="XX-1"><narrative>{story}</narrative></participating-org>'
    )
    read = reading(inside)
    assert read.sheet.local_partners == "- Une coopérative\n- XX-1"
    assert notes(read) == ["Non repris : 2 présentations à la place d’un nom d’organisation."]


def test_an_organisation_without_a_role_of_the_standard_is_reported():
    party = '<participating-org role="{}"><narrative>Une ONG</narrative></participating-org>'
    for role in ("", "12", "5"):
        read = reading(party.format(role))
        assert notes(read) == ["Non repris : 1 organisation sans nom ou sans rôle (Une ONG)."]
