"""The form and page of an employer: its structure type, and the headcount of the establishment."""

from typing import Any

import pytest
from django.test import Client

from explor.actors.member_imports import engine
from explor.actors.organisations.forms import EmployerRegistration
from explor.actors.organisations.models import Organisation
from explor.actors.organisations.pages.rows import facts_of
from factories import EmployerFactory, NetworkFactory, PersonFactory

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Ville de Rives", "postcode": "69007", "city": "Lyon", "siret": "73282932000074"}


@pytest.fixture(autouse=True)
def network() -> Any:
    return NetworkFactory(slug="alizes", departments=["69"])


def test_the_form_of_an_employer_has_a_field_for_the_headcount_of_the_establishment() -> None:
    form = EmployerRegistration()
    assert form.fields["headcount"].label == "Effectif de l’établissement"
    assert "Celui du site où la personne travaille" in form.fields["headcount"].help_text


@pytest.mark.parametrize(
    ("structure", "ticked", "public"),
    [
        ("COMMUNE", False, True),
        ("EPIC", False, True),
        ("HOPITAL", False, False),
        ("HOPITAL", True, True),
        ("ENTREPRISE", False, False),
        ("", True, True),
    ],
)
def test_registering_an_employer_of_a_public_structure_type_marks_the_employer_as_public(
    structure: str, ticked: bool, public: bool, client: Client
) -> None:
    client.force_login(PersonFactory())
    typed = GIVEN | {"structure_type": structure} | ({"is_public": "on"} if ticked else {})
    assert client.post("/compte/inscription/employeur/", typed).status_code == 302
    made = Organisation.objects.get()
    assert (made.structure_type, made.is_public) == (structure, public)


def test_importing_an_employer_of_a_public_structure_type_marks_the_employer_as_public() -> None:
    content, faults = engine.understood("employeur", {"name": "Rives", "structure_type": "Mairie"})
    assert (content, faults) == (
        {"name": "Rives", "structure_type": "COMMUNE", "is_public": True},
        [],
    )


def test_the_page_of_an_employer_shows_its_structure_and_the_headcount_of_the_establishment() -> (
    None
):
    facts = dict(facts_of(EmployerFactory(structure_type="SYNDICAT", is_public=True, headcount=40)))
    assert facts["Type de structure"] == "Syndicat mixte ou intercommunal"
    assert facts["Effectif de l’établissement"] == 40
