"""The pages of a mission book, for its expert and for the officers of its network."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explor.ground.audit.models import Access, Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.mission_book import actions
from explor.journey.mission_book.models import DiaryEntry
from explor.journey.missions.models import Mission
from factories import (
    ExpertFactory,
    NetworkFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.missions import on

from .conftest import Trip

pytestmark = pytest.mark.django_db
ONCE = "0b0d8a4e-2f5c-4a39-9a39-3c4f6f2f7a11"
OTHER = "1b0d8a4e-2f5c-4a39-9a39-3c4f6f2f7a12"


def posted(trip: Trip, key: str = ONCE, **changes: str) -> dict[str, str]:
    given = {"day": on(0).isoformat(), "done": "Relevé de l’eau.", "learned": "", "watch": ""}
    return {**given, "idempotency_key": key, **changes}


def test_an_expert_writes_a_day_of_the_mission_book_and_sees_it_on_the_page(trip: Trip) -> None:
    client = trip.session_of(trip.expert)
    page = client.get(trip.url).content.decode()
    assert "Le carnet est vide." in page
    assert "jour 3 sur 10" in page
    answer = client.post(trip.url, posted(trip, watch="La pompe nord."))
    assert (answer.status_code, answer["Location"]) == (302, trip.url)
    entry = DiaryEntry.objects.get()
    assert (entry.mission_id, entry.day, entry.answers) == (
        trip.mission.pk,
        on(0),
        {"done": "Relevé de l’eau.", "learned": "", "watch": "La pompe nord."},
    )
    page = client.get(trip.url).content.decode()
    assert [text in page for text in ("Relevé de l’eau.", "La pompe nord.")] == [True, True]
    line = Entry.objects.about(entry).get()
    assert (line.verb, line.role, line.person, line.details) == (
        "write_entry", "expert", trip.expert.person, {"mission": trip.mission.pk},
    )  # fmt: skip


def test_a_mission_book_form_sent_twice_saves_one_entry(trip: Trip) -> None:
    client = trip.session_of(trip.expert)
    assert [client.post(trip.url, posted(trip)).status_code for _ in range(2)] == [302, 302]
    assert DiaryEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"done": " "}, 409, "Répondez à une question au moins."),
        ({"day": on(2).isoformat()}, 422, "Donnez une date du"),
        ({"day": on(-3).isoformat()}, 422, "Donnez une date du"),
        ({"day": "hier"}, 422, "Jour"),
        ({"done": "x" * 4001}, 422, "4000"),
    ],
)
def test_a_blank_mission_book_entry_or_a_day_outside_the_mission_is_refused(
    trip: Trip, changes: dict[str, str], status: int, said: str
) -> None:
    answer = trip.session_of(trip.expert).post(trip.url, posted(trip, learned="", **changes))
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert DiaryEntry.objects.count() == 0


def test_a_second_mission_book_entry_on_the_same_day_is_refused_with_a_solution(trip: Trip) -> None:
    trip.note()
    answer = trip.session_of(trip.expert).post(trip.url, posted(trip))
    assert answer.status_code == 409
    assert "Ce jour a déjà une note : ouvrez-la pour la corriger." in answer.content.decode()
    assert DiaryEntry.objects.count() == 1


def test_mission_book_entries_are_listed_from_the_latest_day(trip: Trip) -> None:
    for days, text in ((-1, "Deuxième jour."), (-2, "Premier jour."), (0, "Troisième jour.")):
        trip.note(days, done=text)
    for actor, url in (
        (trip.expert, trip.url),
        (trip.officer, f"/reseau/{trip.mission.network.slug}/missions/{trip.mission.pk}/carnet/"),
    ):
        page = trip.session_of(actor).get(url).content.decode()
        places = [page.index(f"{rank} jour.") for rank in ("Troisième", "Deuxième", "Premier")]
        assert places == sorted(places)


def test_the_expert_corrects_a_mission_book_entry_and_a_stale_page_is_refused(trip: Trip) -> None:
    entry = trip.note()
    client, url = trip.session_of(trip.expert), f"{trip.url}{entry.pk}/"
    assert "Relevé de l’eau." in client.get(url).content.decode()
    change = {"done": "Relevé fait.", "learned": "", "watch": ""}
    first = client.post(url, {**change, "version": 0, "idempotency_key": ONCE})
    assert (first.status_code, first["Location"]) == (302, trip.url)
    stale = client.post(url, {**change, "done": "Autre.", "version": 0, "idempotency_key": OTHER})
    assert stale.status_code == 409
    entry = DiaryEntry.objects.get()
    assert (entry.done, entry.version, entry.day) == ("Relevé fait.", 1, on(0))
    verbs = list(Entry.objects.about(entry).order_by("rank").values_list("verb", flat=True))
    assert verbs == ["write_entry", "correct_entry"]


def test_correcting_a_mission_book_entry_to_a_blank_text_is_refused(trip: Trip) -> None:
    entry = trip.note()
    blank = {"done": "", "learned": " ", "watch": "", "version": 0, "idempotency_key": ONCE}
    answer = trip.session_of(trip.expert).post(f"{trip.url}{entry.pk}/", blank)
    assert answer.status_code == 409
    assert DiaryEntry.objects.get().done == "Relevé de l’eau."


def test_once_the_mission_is_closed_the_expert_can_read_but_not_write_the_mission_book(
    trip: Trip,
) -> None:
    entry = trip.note()
    trip.mission.state, trip.mission.closed_from = "closed", "returned"
    trip.mission.save()
    client = trip.session_of(trip.expert)
    page = client.get(trip.url)
    assert (page.status_code, "Ajouter au carnet" in page.content.decode()) == (200, False)
    assert f'href="{trip.url}{entry.pk}/"' not in page.content.decode()
    assert client.post(trip.url, posted(trip)).status_code == 403
    assert client.get(f"{trip.url}{entry.pk}/").status_code == 403


def test_a_mission_book_entry_is_not_saved_if_the_mission_was_closed_since_the_page_opened(
    trip: Trip,
) -> None:
    entry = trip.note(-1)
    Mission.objects.filter(pk=trip.mission.pk).update(state="closed")
    for act in (
        lambda: trip.note(),
        lambda: actions.correct_entry(entry, by=trip.expert, changes={"done": "Autre."}),
    ):
        with pytest.raises(ActionNotAllowed, match="Ce carnet ne s’écrit plus"):
            act()
    assert DiaryEntry.objects.get().done == "Relevé de l’eau."


def test_an_officer_reads_a_mission_book_without_form_and_the_view_is_recorded(
    trip: Trip,
) -> None:
    trip.note()
    url = f"/reseau/{trip.mission.network.slug}/missions/{trip.mission.pk}/carnet/"
    page = trip.session_of(trip.officer).get(url)
    shown = page.content.decode()
    assert page.status_code == 200
    assert ["Relevé de l’eau." in shown, "Corriger" in shown, "Ajouter" in shown] == [
        True, False, False,
    ]  # fmt: skip
    access = Access.objects.get(what="diary")
    assert (access.act, access.person) == ("reading", trip.officer.person)
    assert (access.subject, access.network) == (trip.mission.pk, trip.mission.network_id)


def test_the_mission_book_answers_others_like_an_absent_mission_and_redirects_visitors(
    trip: Trip,
) -> None:
    entry = trip.note()
    device, _ = trip.keep()
    mission = trip.mission
    own = f"missions/{mission.pk}/carnet/"
    pages = ["", "hors-ligne/", "veille.js", f"{entry.pk}/", f"telephones/{device.pk}/retirer/"]
    other, network = expert_actor(ExpertFactory()), NetworkFactory()
    for client, base in (
        (trip.session_of(other), "/expert/"),
        (trip.session_of(officer_actor(network)), f"/reseau/{network.slug}/"),
        (trip.session_of(officer_actor(network)), f"/reseau/{mission.network.slug}/"),
        (trip.session_of(association_actor(mission.association)),
         f"/association/{mission.association.slug}/"),
        (trip.session_of(employer_actor(mission.employer)),
         f"/employeur/{mission.employer.slug}/"),
    ):  # fmt: skip
        for page in pages:
            foreign = client.get(f"{base}{own}{page}")
            absent = client.get(f"{base}missions/987654/carnet/{page}")
            assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert Client().get(trip.url).status_code == 302


def test_the_page_of_a_mission_links_to_the_mission_book_for_its_readers_only(trip: Trip) -> None:
    trip.note()
    mission = trip.mission
    paths = {
        "/expert/": trip.expert,
        f"/reseau/{mission.network.slug}/": trip.officer,
        f"/association/{mission.association.slug}/": association_actor(mission.association),
        f"/employeur/{mission.employer.slug}/": employer_actor(mission.employer),
    }
    shown = {
        actor.role: f'href="{base}missions/{mission.pk}/carnet/"'
        in trip.session_of(actor).get(f"{base}missions/{mission.pk}/").content.decode()
        for base, actor in paths.items()
    }
    assert shown == {"expert": True, "reseau": True, "association": False, "employeur": False}


@pytest.mark.parametrize(("role", "count"), [("expert", 6), ("reseau", 7)])
def test_the_page_of_a_mission_book_runs_as_many_queries_with_ten_entries_as_with_one(
    trip: Trip, role: str, count: int
) -> None:
    mission = trip.mission
    mission.start = mission.departed_on = on(-12)
    mission.end, mission.max_days = on(1), 15
    mission.save()
    network = f"/reseau/{mission.network.slug}/missions/{mission.pk}/carnet/"
    client, url = {
        "expert": (trip.session_of(trip.expert), trip.url),
        "reseau": (trip.session_of(trip.officer), network),
    }[role]
    counts = []
    for days, devices in ((range(-1, 0), 1), (range(-10, -1), 4)):
        for day in days:
            trip.note(day)
        for _ in range(devices):
            trip.keep()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts == [count, count]


def test_the_home_of_an_expert_on_a_mission_links_to_the_mission_book(trip: Trip) -> None:
    page = trip.session_of(trip.expert).get("/expert/").content.decode()
    assert (page.count(f'href="{trip.url}"'), "Jour 3 sur 10" in page) == (1, True)


@pytest.mark.parametrize(
    ("days", "links"),
    [
        ({"state": "cleared", "start": on(0), "departed_on": None}, 1),
        ({"state": "cleared", "start": on(1), "departed_on": None}, 0),
        ({"state": "returned", "returned_on": on(0)}, 0),
    ],
)
def test_the_home_links_to_the_mission_book_from_the_first_day_until_the_return(
    trip: Trip, days: dict[str, object], links: int
) -> None:
    type(trip.mission).objects.filter(pk=trip.mission.pk).update(**days)
    page = trip.session_of(trip.expert).get("/expert/").content.decode()
    assert page.count(f'href="{trip.url}"') == links


def test_the_list_of_devices_says_when_a_device_has_not_sent_anything_yet(trip: Trip) -> None:
    trip.keep()
    page = trip.session_of(trip.expert).get(trip.url).content.decode()
    assert ("aucun</td>" in page, "non renseigné" in page) == (True, False)
