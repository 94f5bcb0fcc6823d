"""Equity pages: figures for officers and coordination, the optional question to experts."""

import csv
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from explor.actors.networks.models import Coordinator, Network
from explor.ground.http.actor import Actor
from explor.oversight.equity import actions
from explor.oversight.equity.models import EquityAnswer, EquitySwitch
from factories import ExpertFactory, NetworkFactory, PersonFactory, expert_actor, officer_actor
from support.equity import answered, asking, people, propose

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]


def seen(network: Network, size: int = 12) -> None:
    found = people(network, size, department="69")
    people(network, size, department="38")
    for each in found[: size // 2]:
        propose(each)


def url(by: Actor, name: str) -> str:
    return reverse(f"equity:reseau_{name}", args=[by.key])


def above() -> Actor:
    person = PersonFactory()
    row = Coordinator.objects.create(person=person)
    return Actor(person=person.pk, name=person.name, role="coordination", scope=row.pk)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_an_officer_sees_each_equity_rate_with_its_interval(session_of: Sessions) -> None:
    network = NetworkFactory()
    seen(network)
    by = officer_actor(network)
    page = text(session_of(by), url(by, "equity"))
    assert "6 sur 12 : entre 25 et 75 sur 100" in page
    assert "Moins souvent que l’ensemble, 25 de moins sur 100" in page
    assert 'data-label="Proposées"' in page
    assert f'href="{url(by, "equity")}" aria-current="page"' in page


def test_clear_gaps_between_groups_are_stated_in_sentences_on_the_equity_page(
    session_of: Sessions,
) -> None:
    network = NetworkFactory()
    seen(network)
    by = officer_actor(network)
    page = text(session_of(by), url(by, "equity"))
    counted = [
        "Rhône : proposées plus souvent que l’ensemble, 25 de plus sur 100.",
        "Isère : proposées moins souvent que l’ensemble, 25 de moins sur 100.",
        "Toutes les personnes sont dans un seul groupe : Première fois.",
    ]
    assert [each for each in counted if each not in page] == []
    assert "Rhône : acceptées" not in page


def test_a_network_without_experts_sees_that_too_few_people_are_counted(
    session_of: Sessions,
) -> None:
    by = officer_actor(NetworkFactory())
    page = text(session_of(by), url(by, "equity"))
    assert "Trop peu de personnes pour compter" in page
    assert "chiffres.csv" not in page


def test_an_equity_table_without_any_group_shows_a_notice(session_of: Sessions) -> None:
    network = NetworkFactory()
    for code in ("69", "38", "42"):
        people(network, 2, department=code)
    by = officer_actor(network)
    assert "rien ne peut être montré" in text(session_of(by), url(by, "equity"))


def test_an_invalid_period_in_the_url_of_equity_figures_is_replaced_by_the_default(
    session_of: Sessions,
) -> None:
    network = NetworkFactory()
    by = officer_actor(network)
    client = session_of(by)
    for typed, months in (("24", 24), ("13", 12), ("²", 12), ("", 12)):
        response = client.get(url(by, "equity"), {"mois": typed})
        assert response.context["months"] == months


def test_the_equity_figures_are_exported_as_csv(session_of: Sessions) -> None:
    network = NetworkFactory()
    seen(network)
    by = officer_actor(network)
    body = session_of(by).get(url(by, "export")).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(StringIO(body), delimiter=";"))
    rhone = next(row for row in rows if row["groupe"] == "Rhône")
    assert (rhone["personnes"], rhone["proposees"]) == ("12", "6")
    assert (rhone["proposees_bas"], rhone["proposees_haut"]) == ("25", "75")
    assert {row["critere"] for row in rows} == {
        *("Par département", "Par taille d’employeur"),
        *("Première fois ou non", "Par statut"),
    }


def test_the_coordination_sees_the_equity_figures_of_all_networks_side_by_side(
    session_of: Sessions,
) -> None:
    for name in ("Amont", "Aval"):
        seen(NetworkFactory(name=name))
    client = session_of(above())
    page = text(client, reverse("equity:coordination_equity"))
    assert "Par réseau" in page
    assert "12 sur 48" in page
    assert "Question facultative" not in page
    assert "Aval" in text(client, reverse("equity:coordination_export"))


def test_the_equity_question_that_an_officer_switches_on_appears_to_experts(
    session_of: Sessions,
) -> None:
    expert = ExpertFactory()
    by, own = officer_actor(expert.network), expert_actor(expert)
    asked = reverse("equity:expert_question", args=[expert.network.slug])
    client, officer = session_of(own), session_of(by)
    assert client.get(asked).status_code == 404
    assert "Question facultative" not in text(client, "/expert/")
    assert "registre" in text(officer, url(by, "switch_on"))
    assert officer.post(url(by, "switch_on"), {"version": 0}).status_code == 302
    assert "Retirer la question" in text(officer, url(by, "equity"))
    assert asked in text(client, "/expert/")
    assert "Effacer ma réponse" not in text(client, asked)
    assert client.post(asked, {"gender": "woman", "age": "forties"}).status_code == 302
    page = text(client, asked)
    assert "Effacer ma réponse" in page
    assert page.count(" checked") == 2
    assert "Changer ou effacer ma réponse" in text(client, "/expert/")
    erase = reverse("equity:expert_erase", args=[expert.network.slug])
    assert client.get(erase).status_code == 405
    assert client.post(erase).status_code == 302
    assert EquityAnswer.objects.count() == 0


def test_switching_the_equity_question_off_erases_its_answers(session_of: Sessions) -> None:
    network = NetworkFactory()
    by = officer_actor(network)
    answered(asking(network), people(network, 3), "woman")
    officer = session_of(by)
    assert "sans retour" in text(officer, url(by, "switch_off"))
    stale = officer.post(url(by, "switch_off"), {"version": 7})
    assert (stale.status_code, EquityAnswer.objects.count()) == (409, 3)
    assert officer.post(url(by, "switch_off"), {"version": 0}).status_code == 302
    assert EquityAnswer.objects.count() == 0


def test_an_answer_that_the_equity_question_does_not_offer_is_refused(session_of: Sessions) -> None:
    expert = ExpertFactory()
    asking(expert.network)
    asked = reverse("equity:expert_question", args=[expert.network.slug])
    answer = session_of(expert_actor(expert)).post(asked, {"gender": "x", "age": "forties"})
    assert (answer.status_code, EquityAnswer.objects.count()) == (422, 0)


def test_the_equity_question_of_a_network_without_the_expert_consent_is_not_found(
    session_of: Sessions,
) -> None:
    expert, other = ExpertFactory(), asking(NetworkFactory())
    client = session_of(expert_actor(expert))
    asked = reverse("equity:expert_question", args=[other.network.slug])
    assert client.get(asked).status_code == 404
    assert client.post(asked, {"gender": "woman", "age": "forties"}).status_code == 404


def test_an_equity_answer_changes_no_page_or_file_of_an_officer(session_of: Sessions) -> None:
    """The pages and files of an officer are identical before and after an answer."""
    network = NetworkFactory()
    seen(network, 20)
    switch, by = asking(network), officer_actor(network)
    client = session_of(by)
    expert = ExpertFactory(network=network)
    addresses = [
        f"/reseau/{by.key}/",
        f"/reseau/{by.key}/expertises/",
        f"/reseau/{by.key}/expertises/{expert.pk}/",
        url(by, "equity"),
        url(by, "export"),
    ]

    def read() -> list[str]:
        """Return the pages without what changes at each request: tokens, seconds left."""
        token = r'name="(?:csrfmiddlewaretoken|idempotency_key)" value="[^"]*"|data-left="\d+"'
        return [re.sub(token, "", text(client, each)) for each in addresses]

    before = read()
    own = expert_actor(expert)
    actions.answer(switch, expert=expert, by=own, gender="other", age="over_60")
    assert read() == before


def test_an_officer_sees_counted_equity_answers_of_their_own_network_only(
    session_of: Sessions,
) -> None:
    network, other = NetworkFactory(), NetworkFactory()
    switch = asking(network)
    answered(switch, people(network, 22), "woman")
    by, foreign = officer_actor(network), officer_actor(other)
    assert "Le premier relevé" in text(session_of(by), url(by, "equity"))
    assert actions.save_reading(switch, today=timezone.localdate()) is not None
    page = text(session_of(by), url(by, "equity"))
    assert "Relevé du" in page
    assert "environ 20" in page
    assert "Relevé du" not in text(session_of(foreign), url(foreign, "equity"))


@pytest.mark.parametrize("size", [6, 40])
def test_the_number_of_queries_of_the_equity_page_does_not_grow_with_experts(
    size: int, session_of: Sessions, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    network = NetworkFactory()
    seen(network, size)
    asking(network)
    by = officer_actor(network)
    client = session_of(by)
    text(client, url(by, "equity"))
    with django_assert_num_queries(8):
        client.get(url(by, "equity"))
    assert EquitySwitch.objects.count() == 1
