"""Lists of organisations and field partners, and addresses to which emails bounce."""

import csv
from io import StringIO

import pytest

from explor.actors.organisations import pages
from explor.actors.organisations.models import FieldPartner
from explor.ground.mail.models import BadAddress
from factories import (
    AssociationFactory,
    EmployerFactory,
    FieldPartnerFactory,
    MemberFactory,
    NetworkFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return NetworkFactory(slug="alizes")


@pytest.mark.parametrize("count", [10, 60])
def test_the_list_of_organisations_and_the_home_run_a_constant_number_of_queries(
    network, django_assert_max_num_queries, count
):
    for each in AssociationFactory.create_batch(count, network=network, state="registered"):
        MemberFactory(organisation=each)
    client = wearing(officer_actor(network))
    with django_assert_max_num_queries(10):
        page = client.get("/reseau/alizes/organisations/")
    assert len(page.context["rows"]) == min(count, 30)
    with django_assert_max_num_queries(25):
        client.get("/reseau/alizes/")
    with django_assert_max_num_queries(8):
        client.get("/reseau/alizes/organisations/?format=csv")


def test_verifying_organisations_without_members_is_a_single_task_of_the_network(network):
    AssociationFactory.create_batch(60, network=network, state="registered")
    for each in AssociationFactory.create_batch(3, network=network, state="registered"):
        MemberFactory(organisation=each)
    AssociationFactory(network=network, state="lapsed", name="Rives")
    titles = [each.title for each in pages.tasks_of_network(officer_actor(network))]
    assert titles[0] == "Vérifier 60 organisations de votre fichier"
    assert (len(titles), "Vérifier Rives de nouveau" in titles) == (5, True)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=echirolles", ["Éveil"]),
        ("q=EVEIL", ["Éveil"]),
        ("q=732829320", ["Ateliers"]),
        ("q=eveil+lyon", []),
        ("kind=employeur", ["Ateliers"]),
        ("state=refused", ["Éveil"]),
        ("q=%25", []),
        ("page=999", ["Ateliers", "Éveil"]),
        ("page=-1&state=nulle", []),
    ],
)
def test_the_list_of_organisations_can_be_searched_and_filtered(network, query, names):
    AssociationFactory(network=network, name="Éveil", city="Échirolles", state="refused")
    EmployerFactory(network=network, name="Ateliers", city="Lyon", siret="73282932000074")
    page = wearing(officer_actor(network)).get(f"/reseau/alizes/organisations/?{query}")
    assert [row.name for row in page.context["rows"]] == names


def test_the_csv_of_organisations_applies_the_filters_and_contains_no_formula(network):
    AssociationFactory(network=network, name="=CMD()", city="Lyon")
    EmployerFactory(network=network, name="Ateliers", siret="73282932000074")
    AssociationFactory(name="Ailleurs")
    client = wearing(officer_actor(network))
    assert (
        "?q=lyon&amp;format=csv"
        in client.get("/reseau/alizes/organisations/?q=lyon").content.decode()
    )
    answer = client.get("/reseau/alizes/organisations/?format=csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert sorted((row["Nom"], row["Sorte"], row["État"]) for row in rows) == [
        ("'=CMD()", "association", "vérifiée"),
        ("Ateliers", "employeur", "vérifiée"),
    ]
    only = client.get("/reseau/alizes/organisations/?kind=employeur&format=csv").content.decode()
    assert ("Ateliers" in only, "CMD" in only) == (True, False)


def test_an_officer_sees_which_email_addresses_of_an_organisation_bounce(network):
    member = MemberFactory(organisation=AssociationFactory(network=network))
    partner = FieldPartnerFactory(association=member.organisation)
    client = wearing(officer_actor(network))
    url = f"/reseau/alizes/organisations/{member.organisation_id}/"
    assert "Des courriels ne parviennent pas" not in client.get(url).content.decode()
    BadAddress.objects.create(email=member.person.email, reason="Boîte pleine")
    BadAddress.objects.create(email=partner.email, reason="Inconnue")
    page = client.get(url)
    assert page.context["bad"] == {member.person.email: "Boîte pleine", partner.email: "Inconnue"}
    assert page.content.decode().count("adresse qui ne répond pas") == 2


def test_an_association_can_add_field_partners_and_edit_only_its_own(network):
    association = AssociationFactory(slug="rives", network=network)
    client = wearing(association_actor(association))
    url = "/association/rives/partenaires/"
    given = {"name": "Union de Fenoarivo", "country": "MG", "language": "fr"}
    assert client.get(f"{url}ajouter/").status_code == 200
    assert client.post(f"{url}ajouter/", given | {"country": "ZZ"}).status_code == 422
    client.post(f"{url}ajouter/", given)
    partner = FieldPartner.objects.get()
    edit = f"{url}{partner.pk}/"
    assert "Union de Fenoarivo" in client.get(edit).content.decode()
    client.post(edit, given | {"name": "Autre nom", "version": 0})
    assert client.post(edit, given | {"name": "Tard", "version": 0}).status_code == 409
    assert FieldPartner.objects.get().name == "Autre nom"
    foreign = FieldPartnerFactory()
    assert client.get(f"{url}{foreign.pk}/").status_code == 404
    own = client.get("/association/rives/notre-organisation/")
    assert "Autre nom" in own.content.decode()


def test_a_search_of_organisations_with_a_null_character_answers_400(network):
    client = wearing(officer_actor(network))
    assert client.get("/reseau/alizes/organisations/?q=%00").status_code == 400
