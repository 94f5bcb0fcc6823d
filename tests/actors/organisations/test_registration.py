"""Registration of organisations: checked identifiers, deduced network, no duplicate."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from explor.actors.organisations import actions
from explor.actors.organisations.forms import AssociationRegistration
from explor.actors.organisations.models import Member, Organisation
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from factories import (
    AssociationFactory,
    NetworkFactory,
    PersonFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Rives et Sources", "postcode": "69007", "city": "Lyon"}
SIRET = "73282932000074"


@pytest.fixture(autouse=True)
def network():
    return NetworkFactory(slug="alizes", departments=["69", "2A", "2B", "974"])


def form(**given: object) -> AssociationRegistration:
    return AssociationRegistration({**GIVEN, **given})


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("siret", SIRET, SIRET),
        ("siret", "732 829 320 00074", SIRET),
        # A SIRET of La Poste: exceptionally, the sum of its digits must be a multiple of five.
        ("siret", "35600000049837", "35600000049837"),
        ("siren", "732 829 320", "732829320"),
        ("rna", "w691000001", "W691000001"),
        # Corsica and La Réunion.
        ("rna", "W2A1000123", "W2A1000123"),
        ("rna", "W2B1000123", "W2B1000123"),
        ("rna", "W9R1000123", "W9R1000123"),
    ],
)
def test_identifiers_of_an_organisation_are_stored_in_their_normalised_form(name, typed, kept):
    parsed = form(**{name: typed})
    assert parsed.is_valid(), parsed.errors
    assert parsed.cleaned_data[name] == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("siret", "73282932000075"),
        ("siret", "7328293200007"),
        ("siret", "00000000000000"),
        ("siret", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"),
        ("siren", "732829321"),
        ("siren", "73282932O"),
        ("rna", "X691000001"),
        ("rna", "W12"),
    ],
)
def test_invalid_identifiers_of_an_organisation_are_refused_with_a_reason(name, typed):
    parsed = form(**{name: typed})
    assert (parsed.is_valid(), list(parsed.errors)) == (False, [name])
    assert len(parsed.errors[name][0]) > 20


@pytest.mark.parametrize(
    ("postcode", "department"), [("69007", "69"), ("20000", "2A"), ("97410", "974")]
)
def test_the_network_and_departement_of_an_organisation_are_deduced_from_its_postcode(
    client, network, postcode, department
):
    client.force_login(PersonFactory())
    client.post("/compte/inscription/association/", GIVEN | {"siret": SIRET, "postcode": postcode})
    made = Organisation.objects.get()
    assert (made.network, made.department) == (network, department)


def test_the_network_must_be_chosen_at_registration_when_none_serves_the_postcode(network):
    refused = form(postcode="75001", siret=SIRET)
    assert (refused.is_valid(), list(refused.errors)) == (False, ["network"])
    assert form(postcode="75001", siret=SIRET, network=network.pk).is_valid()


def test_registering_an_organisation_without_any_identifier_is_refused():
    assert (form().is_valid(), list(form().errors)) == (False, ["siret"])


def test_a_registration_submitted_twice_creates_one_association_with_a_member(client, network):
    person = PersonFactory()
    client.force_login(person)
    url = "/compte/inscription/association/"
    assert client.get(url).status_code == 200
    given = GIVEN | {"siret": SIRET, "idempotency_key": str(uuid4())}
    there = "/association/rives-et-sources/notre-organisation/"
    assert [client.post(url, given).url for _ in range(2)] == [there, there]
    made = Organisation.objects.get()
    assert (made.kind, made.state, made.slug) == ("association", "registered", "rives-et-sources")
    assert [(m.person, m.position) for m in Member.objects.all()] == [(person, "contact")]
    assert [e.verb for e in Entry.objects.all()] == ["register"]
    assert [(m.to, m.urgent) for m in Message.objects.all()] == [("contact@alizes.test", False)]
    assert client.get(there).status_code == 200


def test_registering_an_employer_saves_its_leave_conditions_and_opens_its_page(client):
    client.force_login(PersonFactory())
    url = "/compte/inscription/employeur/"
    assert client.get(url).status_code == 200
    given = GIVEN | {"siret": SIRET, "headcount": 40, "schemes": ["CP"], "is_public": "on"}
    assert client.post(url, given).url == "/employeur/rives-et-sources/notre-organisation/"
    made = Organisation.objects.get()
    assert (made.headcount, made.schemes, made.is_public) == (40, ["CP"], True)


@pytest.mark.parametrize(
    ("identifier", "why"),
    [
        ({"siret": SIRET}, "Une organisation est déjà inscrite avec ce SIRET."),
        ({"rna": "W691000001"}, "Une association est déjà inscrite avec ce numéro RNA."),
    ],
)
def test_registering_an_identifier_already_registered_is_refused(client, identifier, why):
    AssociationFactory(**identifier)
    client.force_login(PersonFactory())
    answer = client.post("/compte/inscription/association/", GIVEN | identifier)
    assert (answer.status_code, why in answer.content.decode()) == (409, True)
    assert (Organisation.objects.count(), Message.objects.count()) == (1, 0)


def test_one_siret_may_register_both_as_an_association_and_an_employer(client):
    AssociationFactory(siret=SIRET)
    client.force_login(PersonFactory())
    assert (
        client.post("/compte/inscription/employeur/", GIVEN | {"siret": SIRET}).status_code == 302
    )


def test_a_second_organisation_of_the_same_name_gets_another_slug(client):
    AssociationFactory(slug="rives-et-sources")
    client.force_login(PersonFactory())
    client.post("/compte/inscription/association/", GIVEN | {"siret": SIRET})
    assert Organisation.objects.get(siret=SIRET).slug == "rives-et-sources-2"


def test_registering_an_unknown_kind_of_organisation_answers_404(client):
    client.force_login(PersonFactory())
    assert client.get("/compte/inscription/reseau/").status_code == 404


def test_the_registration_page_requires_a_signed_in_person(client):
    assert client.get("/compte/inscription/association/").status_code == 302


@pytest.mark.parametrize(
    ("identifier", "why"),
    [
        ({"siret": SIRET}, "Une organisation est déjà inscrite avec ce SIRET."),
        ({"rna": "W691000001"}, "Une association est déjà inscrite avec ce numéro RNA."),
    ],
)
def test_editing_an_organisation_with_an_identifier_already_registered_is_refused(identifier, why):
    AssociationFactory(**identifier)
    own = AssociationFactory()
    before = Organisation.objects.filter(pk=own.pk).values().get()
    with pytest.raises(ActionNotAllowed) as refusal:
        actions.describe(own, by=association_actor(own), changes=identifier)
    assert refusal.value.reasons == (why,)
    assert Organisation.objects.filter(pk=own.pk).values().get() == before
    assert Entry.objects.count() == 0


def test_editing_an_organisation_raises_the_integrity_errors_that_have_no_user_message():
    own, other = AssociationFactory(), AssociationFactory()
    with pytest.raises(IntegrityError, match="organisations_organisation_slug"):
        actions.describe(own, by=association_actor(own), changes={"slug": other.slug})
    assert Organisation.objects.get(pk=own.pk).version == 0


def test_a_person_can_register_at_most_five_organisations_a_day(client) -> None:
    person = PersonFactory()
    client.force_login(person)
    url, forms = "/compte/inscription/association/", GIVEN | {"siret": ""}
    for number in range(5):
        client.post(url, forms | {"name": f"Rives {number}", "rna": f"W69100000{number}"})
    page = client.post(url, forms | {"name": "Rives 6", "rna": "W691000006"})
    assert "Vous avez déjà inscrit cinq organisations" in page.content.decode()
    assert Organisation.objects.count() == 5
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        client.force_login(person)
        client.post(url, forms | {"name": "Rives 6", "rna": "W691000006"})
    assert Organisation.objects.count() == 6


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"name": "Les Grandes Rivières"}, "lapsed"),
        ({"rna": "W751000000"}, "lapsed"),
        ({"siret": "55210055400013"}, "lapsed"),
        ({"name": "Rives", "city": "Lyon", "purpose": "Des puits."}, "verified"),
    ],
)
def test_changing_the_name_or_identifier_of_a_verified_organisation_requires_verification(
    change: dict[str, str], state: str
) -> None:
    own = AssociationFactory(name="Rives", rna="W691234567")
    by, officer = association_actor(own), officer_actor(own.network)
    actions.describe(own, by=by, changes=change)
    assert [Organisation.objects.get().state, own.state] == [state, state]
    told = Message.objects.filter(kind="organisations.fall_due").order_by("to")
    assert {each.to for each in told} == ({by.email, officer.email} if state == "lapsed" else set())
    actions.describe(own, by=by, changes={"name": "Encore un nom"})
    assert Organisation.objects.get().state == "lapsed"


SHARED = {"postcode": "48250", "siret": SIRET}


def test_the_commune_of_a_shared_postcode_gives_the_departement_and_its_network(network):
    ardeche = NetworkFactory(slug="rhone-alpes", departments=["07"])
    NetworkFactory(slug="occitanie", departments=["48"])
    parsed = form(**SHARED, city="Laveyrune")
    assert "department" not in parsed.fields
    assert parsed.is_valid(), parsed.errors
    assert parsed.fields_given["network"] == ardeche


def test_a_shared_postcode_whose_commune_is_unknown_asks_for_the_departement(network):
    NetworkFactory(slug="rhone-alpes", departments=["07"])
    lozere = NetworkFactory(slug="occitanie", departments=["48"])
    parsed = form(**SHARED, city="Les Huttes")
    assert set(parsed.errors) == {"department"}
    assert parsed.fields["department"].choices[1:] == [
        ("07", "Ardèche (07)"),
        ("48", "Lozère (48)"),
    ]
    assert "department" in form(**SHARED, city="Les Huttes", department="69").errors
    chosen = form(**SHARED, city="Les Huttes", department="48")
    assert chosen.is_valid(), chosen.errors
    assert chosen.fields_given["network"] == lozere
    assert "department" not in form().fields


def test_the_registration_page_asks_for_an_unknown_departement_and_keeps_the_choice(network):
    lozere = NetworkFactory(slug="occitanie", departments=["48"])
    browser = wearing(association_actor(AssociationFactory(network=network)))
    url, typed = "/compte/inscription/association/", {**GIVEN, **SHARED, "city": "Les Huttes"}
    typed["idempotency_key"] = str(uuid4())
    page = browser.post(url, typed)
    assert page.status_code == 422
    assert "Lozère (48)" in page.content.decode()
    assert browser.post(url, {**typed, "department": "48"}).status_code == 302
    made = Organisation.objects.get(siret=SIRET)
    assert (made.department, made.network) == ("48", lozere)


@pytest.mark.parametrize(
    ("changes", "department"),
    [
        ({"city": "Laveyrune"}, "07"),
        ({"city": "Les Huttes"}, "48"),
        ({"city": "Les Huttes", "department": "07"}, "07"),
        ({"city": "Les Huttes", "department": "69"}, ""),
        ({"postcode": "69002"}, "69"),
    ],
)
def test_editing_the_place_of_an_organisation_deduces_its_departement_again(changes, department):
    organisation = AssociationFactory(postcode="48250", city="Luc", department="48")
    actions.describe(organisation, by=association_actor(organisation), changes=changes)
    assert Organisation.objects.get(pk=organisation.pk).department == department
