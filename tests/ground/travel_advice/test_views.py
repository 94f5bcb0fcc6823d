"""The pages of travel advice, for a network and for other roles."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.travel_advice.actions import record_reading
from explor.ground.travel_advice.models import Advice
from factories import MemberFactory, OfficerFactory

pytestmark = pytest.mark.django_db
READER = Actor(person=7, name="Camille Exemple", role="reseau", scope=1)
PAGES = ["reseau_board", "reseau_read", "reseau_history"]


def url(page, network):
    args = [network.slug] if page != "reseau_history" else [network.slug, "MG"]
    return reverse(f"travel_advice:{page}", args=args)


def read(country="MG", place="", zone="V", age=0):
    return record_reading(
        country=country,
        place=place,
        zone=zone,
        read_on=timezone.localdate() - timedelta(days=age),
        url="https://conseils.exemple.test/",
        by=READER,
    )


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def signed_in(client, officer, settings):
    settings.EXPLOR_DEMO = True
    client.force_login(officer.person)
    return client


@pytest.mark.parametrize("route", PAGES)
def test_an_officer_gets_404_on_the_travel_advice_pages_of_another_network(
    signed_in, officer, route
):
    assert signed_in.get(url(route, officer.network)).status_code == 200
    assert signed_in.get(url(route, OfficerFactory().network)).status_code == 404


@pytest.mark.parametrize("route", PAGES)
def test_a_member_of_an_association_gets_404_on_travel_advice(client, officer, route):
    client.force_login(MemberFactory().person)
    assert client.get(url(route, officer.network)).status_code == 404


@pytest.mark.parametrize("route", PAGES)
def test_an_anonymous_visitor_of_travel_advice_is_redirected_to_the_sign_in_page(
    client, officer, route
):
    assert client.get(url(route, officer.network)).status_code == 302


def test_the_travel_advice_history_of_an_unknown_country_answers_404(signed_in, officer):
    page = reverse("travel_advice:reseau_history", args=[officer.network.slug, "ZZ"])
    assert signed_in.get(page).status_code == 404


def test_the_travel_advice_board_lists_stale_readings_first_with_a_mark(signed_in, officer):
    read("SN")
    read("MG", "Antsirabe", "O", age=40)
    answer = signed_in.get(url("reseau_board", officer.network))
    assert [(a.where, v.outcome.name) for a, v in answer.context["lines"]] == [
        ("Madagascar, Antsirabe", "TO_READ"),
        ("Sénégal", "CLEAR"),
    ]


def test_the_travel_advice_board_is_filtered_by_its_search_field(signed_in, officer):
    read("SN")
    read("MG")
    answer = signed_in.get(url("reseau_board", officer.network), {"q": "senegal"})
    assert [advice.country for advice, _ in answer.context["lines"]] == ["SN"]


def test_an_empty_travel_advice_board_explains_how_to_begin(signed_in, officer):
    text = signed_in.get(url("reseau_board", officer.network)).content.decode()
    assert text.count("Aucun relevé pour le moment") == 1
    text = signed_in.get(url("reseau_board", officer.network), {"q": "zz"}).content.decode()
    assert text.count("Aucun relevé ne correspond") == 1


def filled(**others):
    return {
        "country": "MG",
        "place": "Antsirabe",
        "zone": "J",
        "country_status": "open",
        "read_on": timezone.localdate().isoformat(),
        "url": "https://conseils.exemple.test/madagascar",
        "text": "",
    } | others


def test_an_officer_records_a_reading_of_travel_advice_on_the_page(signed_in, officer):
    page = url("reseau_read", officer.network)
    answer = signed_in.post(page, filled())
    assert (answer.status_code, answer["Location"]) == (302, url("reseau_board", officer.network))
    advice = Advice.objects.get()
    assert (advice.where, advice.read_by) == ("Madagascar, Antsirabe", officer.person.pk)
    assert advice.read_by_name == officer.person.name


def test_a_travel_advice_reading_submitted_twice_is_recorded_once(signed_in, officer):
    page = url("reseau_read", officer.network)
    sent = filled(idempotency_key="6f1d7a52-58c5-4d0e-8a42-33c2a4f1c001")
    assert [signed_in.post(page, sent).status_code for _ in range(2)] == [302, 302]
    assert Advice.objects.count() == 1


def test_the_form_of_an_invalid_travel_advice_reading_keeps_the_typed_values(signed_in, officer):
    answer = signed_in.post(url("reseau_read", officer.network), filled(zone="", place="Antsirabe"))
    assert answer.status_code == 422
    assert answer.context["form"]["place"].value() == "Antsirabe"
    assert Advice.objects.count() == 0


def test_the_link_to_read_the_travel_advice_of_a_place_again_prefills_the_form(signed_in, officer):
    page = url("reseau_read", officer.network)
    form = signed_in.get(page, {"country": "MG", "place": "Antsirabe"}).context["form"]
    assert (form["country"].value(), form["place"].value()) == ("MG", "Antsirabe")


@pytest.mark.parametrize("size", [3, 40])
@pytest.mark.parametrize("route", ["reseau_board", "reseau_history"])
def test_travel_advice_pages_stay_within_their_query_limits(
    signed_in, officer, route, size, django_assert_max_num_queries
):
    for n in range(size):
        read(place=f"Lieu {n}")
    with django_assert_max_num_queries(8):
        signed_in.get(url(route, officer.network))
