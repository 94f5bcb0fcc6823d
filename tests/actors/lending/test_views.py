"""Pages of the lending rules, for the employer, its network and other roles."""

from datetime import date

import pytest

from explor.actors.lending.models import Approver, ClosedPeriod, LendingRules
from factories import (
    AssociationFactory,
    EmployerFactory,
    NetworkFactory,
    association_actor,
    employer_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
URL = "/employeur/ateliers/regles/"


@pytest.fixture
def employer():
    network = NetworkFactory(slug="alizes")
    return EmployerFactory(slug="ateliers", network=network, name="Ateliers du Val")


@pytest.fixture
def client(employer):
    return wearing(employer_actor(employer))


def test_the_page_of_an_employer_without_lending_rules_says_that_there_are_none(client):
    page = client.get(URL)
    assert page.status_code == 200
    assert "Aucune : on peut partir toute l’année." in page.text
    assert LendingRules.objects.count() == 0


def test_an_employer_sets_its_lending_rules_on_the_page(client, employer):
    posted = {
        "version": "0",
        "days_a_year": "15",
        "notice_days": "30",
        "gift_amount": "1 200,50",
        "gift_words": "le billet d’avion",
        "daily_value": "310",
    }
    assert client.post(f"{URL}modifier/", posted).status_code == 302
    page = client.get(URL)
    assert dict(page.context["facts"]) == {
        "Jours par an et par personne": "15 jours",
        "Préavis": "30 jours",
        "Don par mission": "1\xa0200,50 € et le billet d’avion",
        "Valeur d’un jour de mission": "310,00 €",
        "En quelques mots": "",
    }


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("notice_days", "367", "Le préavis va de 1 à 366 jours."),
        ("days_a_year", "0", "Une année compte de 1 à 366 jours."),
        ("daily_value", "-1", "Un montant ne peut pas être négatif."),
    ],
)
def test_a_lending_rule_value_out_of_bounds_is_refused_with_a_message(
    client, field, value, message
):
    answer = client.post(f"{URL}modifier/", {"version": "0", field: value})
    assert (answer.status_code, LendingRules.objects.exists()) == (422, False)
    assert message in answer.text


def test_an_employer_adds_and_removes_a_closed_period(client):
    posted = {"start": "2027-08-01", "end": "2027-08-15", "words": "inventaire"}
    client.post(f"{URL}periodes/ajouter/", posted)
    period = ClosedPeriod.objects.get()
    assert [days for _, days in client.get(URL).context["periods"]] == ["du 1er au 15 août 2027"]
    client.post(f"{URL}periodes/{period.pk}/retirer/", {})
    assert ClosedPeriod.objects.count() == 0


def test_an_employer_adds_and_removes_an_approver_of_a_service(client):
    name = "Q" * 200
    client.post(f"{URL}services/ajouter/", {"service": "Eau", "name": name, "rank": "1"})
    assert name in client.get(URL).text
    client.post(f"{URL}services/{Approver.objects.get().pk}/retirer/", {})
    assert Approver.objects.count() == 0


def test_only_a_scheme_that_an_employer_may_exclude_and_did_not_accept_is_shown_disabled(client):
    closed = {each["label"]: each["closed"] for each in client.get(URL).context["schemes"]}
    assert closed["Prêt de main-d’œuvre à but non lucratif"] == (
        "L’employeur n’a pas retenu ce cadre."
    )
    assert closed["Mécénat de compétences d’une entreprise"] == ""
    assert closed["Congé de solidarité internationale"] == ""  # the law gives it to the person
    right = {each["label"] for each in client.get(URL).context["schemes"] if each["right"]}
    assert "Jours d’un compte épargne-temps" in right
    assert "Mécénat de compétences d’une entreprise" not in right


def test_the_network_can_read_the_lending_rules_of_an_employer_but_not_change_them(employer):
    LendingRules.objects.create(employer=employer, notice_days=30)
    officer = wearing(officer_actor(employer.network))
    page = officer.get(f"/reseau/alizes/organisations/{employer.pk}/regles/")
    assert dict(page.context["facts"])["Préavis"] == "30 jours"
    assert "modifier/" not in page.text
    assert officer.get(f"/reseau/alizes/organisations/{employer.pk}/").text.count("/regles/") == 1


def test_other_roles_and_networks_cannot_read_the_lending_rules_of_an_employer(employer):
    other = EmployerFactory(slug="autre")
    association = AssociationFactory(slug="rives", network=employer.network)
    elsewhere = officer_actor(NetworkFactory(slug="ailleurs"))
    assert wearing(employer_actor(other)).get(URL).status_code == 404
    assert wearing(association_actor(association)).get(URL).status_code == 404
    url = f"/reseau/ailleurs/organisations/{employer.pk}/regles/"
    assert wearing(elsewhere).get(url).status_code == 404
    url = f"/reseau/alizes/organisations/{association.pk}/regles/"
    assert wearing(officer_actor(employer.network)).get(url).status_code == 404


def test_an_employer_cannot_remove_a_closed_period_of_another_employer(employer, client):
    rules = LendingRules.objects.create(employer=EmployerFactory(slug="autre"))
    period = ClosedPeriod.objects.create(rules=rules, start=date(2027, 8, 1), end=date(2027, 8, 2))
    assert client.post(f"{URL}periodes/{period.pk}/retirer/").status_code == 404
    assert ClosedPeriod.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_the_lending_rules_runs_a_constant_number_of_queries(
    client, employer, count, django_assert_max_num_queries
):
    rules = LendingRules.objects.create(employer=employer)
    for rank in range(1, count + 1):
        Approver.objects.create(rules=rules, service="Eau", name="Sacha", rank=rank)
        ClosedPeriod.objects.create(
            rules=rules, start=date(2027 + rank, 8, 1), end=date(2027 + rank, 8, 9)
        )
    with django_assert_max_num_queries(8):
        assert len(client.get(URL).context["periods"]) == count
