"""Notes that a device sends with its key; how the key is given, withdrawn and refused."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Access, Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.rights.pages import erasure
from explor.journey.mission_book import actions
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.mission_book.rules import digest_of_key
from explor.journey.missions.models import Mission
from factories import ExpertFactory, MissionFactory, officer_actor
from support.missions import on

from .conftest import Trip

pytestmark = pytest.mark.django_db
ONCE = "0b0d8a4e-2f5c-4a39-9a39-3c4f6f2f7a11"


@pytest.fixture
def phone() -> Client:
    """Return a telephone on which nobody is signed in, and that checks CSRF tokens."""
    return Client(enforce_csrf_checks=True)


def note(**changes: Any) -> dict[str, Any]:
    given = {"uuid": str(uuid4()), "base": None, "day": on(0).isoformat()}
    return {**given, "done": "Relevé.", "learned": "", "watch": "La pompe.", **changes}


def send(phone: Client, mission: int, key: str, body: Any, *, once: str = "", **given: Any) -> Any:
    """Send a note as the service worker does; return the answer."""
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": once or str(uuid4())}
    given.setdefault("content_type", "application/json")
    return phone.post(f"/missions/{mission}/carnet/envoi/", data, headers=headers, **given)


def detail_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["detail"]


def test_a_mission_book_note_sent_with_a_device_key_is_saved_without_being_signed_in(
    trip: Trip, phone: Client
) -> None:
    device, key = trip.keep()
    sent = note()
    answer = send(phone, trip.mission.pk, key, sent)
    assert (answer.status_code, json.loads(answer.content)) == (
        200, {"uuid": sent["uuid"], "version": 0},
    )  # fmt: skip
    assert answer.cookies == {}
    entry = DiaryEntry.objects.get()
    assert (str(entry.uuid), entry.day, entry.answers) == (
        sent["uuid"], on(0), {"done": "Relevé.", "learned": "", "watch": "La pompe."},
    )  # fmt: skip
    device.refresh_from_db()
    assert device.last_used_at is not None
    line = Entry.objects.about(entry).get()
    assert (line.verb, line.person, line.role, line.details) == (
        "write_entry", trip.expert.person, "expert",
        {"mission": trip.mission.pk, "device": device.pk},
    )  # fmt: skip


@pytest.mark.parametrize("same_key", [True, False])
def test_a_mission_book_note_sent_twenty_times_makes_one_entry_and_gets_one_answer(
    trip: Trip, phone: Client, same_key: bool
) -> None:
    _, key = trip.keep()
    sent = note()
    answers = {
        (answer.status_code, answer.content)
        for _ in range(20)
        for answer in [send(phone, trip.mission.pk, key, sent, once=ONCE if same_key else "")]
    }
    assert len(answers) == 1
    assert {status for status, _ in answers} == {200}
    assert DiaryEntry.objects.count() == 1
    assert Entry.objects.filter(verb="write_entry").count() == 1


def test_a_note_sent_again_after_a_lost_answer_and_a_correction_elsewhere_is_not_a_conflict(
    trip: Trip, phone: Client
) -> None:
    _, key = trip.keep()
    sent = note()
    send(phone, trip.mission.pk, key, sent, once=ONCE)
    actions.correct_entry(DiaryEntry.objects.get(), by=trip.expert, changes={"done": "Ailleurs."})
    again = send(phone, trip.mission.pk, key, sent, once=ONCE)
    assert (again.status_code, DiaryEntry.objects.get().done) == (200, "Ailleurs.")


def test_a_note_changed_on_the_phone_before_the_answer_came_is_saved_with_the_change(
    trip: Trip, phone: Client
) -> None:
    _, key = trip.keep()
    sent = note()
    send(phone, trip.mission.pk, key, sent, once=ONCE)
    changed = send(phone, trip.mission.pk, key, {**sent, "done": "Relevé, bis."}, once=ONCE)
    assert json.loads(changed.content) == {"uuid": sent["uuid"], "version": 1}
    assert DiaryEntry.objects.get().done == "Relevé, bis."


def test_a_correction_of_a_mission_book_entry_made_offline_is_saved_once(
    trip: Trip, phone: Client
) -> None:
    entry = trip.note()
    _, key = trip.keep()
    sent = note(uuid=str(entry.uuid), base=0, done="Corrigé.")
    answers = {send(phone, trip.mission.pk, key, sent).content for _ in range(3)}
    assert [json.loads(each) for each in answers] == [{"uuid": str(entry.uuid), "version": 1}]
    verbs = list(Entry.objects.about(entry).order_by("rank").values_list("verb", flat=True))
    assert verbs == ["write_entry", "correct_entry"]


def test_a_mission_book_entry_corrected_elsewhere_is_never_overwritten_by_a_device(
    trip: Trip, phone: Client
) -> None:
    entry = trip.note()
    _, key = trip.keep()
    actions.correct_entry(entry, by=trip.expert, changes={"done": "Corrigé au bureau."})
    status, detail = detail_of(
        send(phone, trip.mission.pk, key, note(uuid=str(entry.uuid), base=0, done="Corrigé ici."))
    )
    assert (status, detail.startswith("Une autre version")) == (409, True)
    assert DiaryEntry.objects.get().done == "Corrigé au bureau."


def test_a_device_that_changes_the_day_of_a_note_gets_an_error_message(
    trip: Trip, phone: Client
) -> None:
    entry = trip.note()
    _, key = trip.keep()
    moved = note(uuid=str(entry.uuid), base=0, day=on(-1).isoformat(), done="Autre.")
    answer = send(phone, trip.mission.pk, key, moved)
    words = f"Le jour d’une note ne change pas : remettez le {on(0):%d/%m/%Y}."
    assert detail_of(answer) == (422, words)
    assert (DiaryEntry.objects.get().day, DiaryEntry.objects.get().version) == (on(0), 0)


def test_a_note_for_a_day_already_written_elsewhere_is_a_conflict_that_shows_no_text(
    trip: Trip, phone: Client
) -> None:
    trip.note(done="Secret du carnet.")
    _, key = trip.keep()
    answer = send(phone, trip.mission.pk, key, note())
    assert answer.status_code == 409
    assert b"Secret" not in answer.content
    assert DiaryEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("done=Relev%C3%A9.", "application/x-www-form-urlencoded", 415),
        ("x", "text/plain", 415),
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("[" * 100_000, "application/json", 413),
        ("[" * 50_000, "application/json", 400),
        (json.dumps({"done": "x" * 70_000}), "application/json", 413),
        (json.dumps({"done": "x"}), "application/json", 422),
        (json.dumps(note(uuid="1")), "application/json", 422),
        (json.dumps(note(day=["x"])), "application/json", 400),
        (json.dumps(note(done={"a": 1})), "application/json", 400),
        (json.dumps(note(done="x" * 4001)), "application/json", 422),
        (json.dumps(note(done=" ", watch="")), "application/json", 422),
        (json.dumps(note(day=on(3).isoformat())), "application/json", 422),
        (json.dumps(note(base=-1)), "application/json", 422),
        (json.dumps(note(done="a\x00b")), "application/json", 422),
        (json.dumps(note(done="a\ud800b")), "application/json", 400),
        (json.dumps(note(day=5)), "application/json", 422),
        (json.dumps(note(uuid=5)), "application/json", 422),
        (json.dumps(note(base=True)), "application/json", 422),
    ],
)
def test_a_device_request_that_is_not_a_valid_note_is_refused_with_a_message(
    trip: Trip, phone: Client, body: Any, content_type: str, status: int
) -> None:
    _, key = trip.keep()
    answer = send(phone, trip.mission.pk, key, body, content_type=content_type)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["detail"] != ""
    assert DiaryEntry.objects.count() == 0


def test_a_device_key_gives_access_only_to_its_own_mission(trip: Trip, phone: Client) -> None:
    _, key = trip.keep()
    own = MissionFactory(
        state="away", start=on(-1), end=on(8), departed_on=on(-1),
        release__proposal__expert=ExpertFactory(),
    )  # fmt: skip
    for mission in (own.pk, 987_654):
        answer = send(phone, mission, key, note())
        assert detail_of(answer)[0] == 401
        assert detail_of(answer)[1].startswith("Ce téléphone n’est pas connu")
    assert DiaryEntry.objects.count() == 0


@pytest.mark.parametrize("given", ["", "absent", "Ünknown"])
def test_an_unknown_device_key_is_refused(trip: Trip, phone: Client, given: str) -> None:
    trip.keep()
    assert detail_of(send(phone, trip.mission.pk, given, note()))[0] == 401


def test_a_signed_in_session_without_device_key_cannot_send_notes(trip: Trip) -> None:
    """Check that no other site can have the browser of the expert write in the book."""
    client = trip.session_of(trip.expert)
    answer = client.post(
        f"/missions/{trip.mission.pk}/carnet/envoi/",
        json.dumps(note()),
        content_type="application/json",
        headers={"Idempotency-Key": ONCE},
    )
    assert (answer.status_code, DiaryEntry.objects.count()) == (401, 0)


def test_another_site_may_not_send_the_header_of_a_device_key(trip: Trip, phone: Client) -> None:
    answer = phone.options(
        f"/missions/{trip.mission.pk}/carnet/envoi/",
        headers={
            "Origin": "https://ailleurs.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    assert answer.status_code == 405
    assert [name for name in answer.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize("end", ["withdrawn", "locked", "role", "closed", "over", "cancelled"])
def test_a_device_key_that_has_ended_is_refused_with_the_reason_and_the_refusal_is_recorded(
    trip: Trip, phone: Client, end: str
) -> None:
    device, key = trip.keep()
    mission, person = trip.mission, trip.mission.expert.person
    rows = Mission.objects.filter(pk=mission.pk)
    if end == "withdrawn":
        actions.withdraw_device(device, by=trip.officer)
    elif end == "locked":
        person.is_active = False
        person.save()
    elif end == "role":
        rows.update(expert=ExpertFactory())
    elif end == "closed":
        rows.update(state="closed", closed_from="returned")
    elif end == "over":
        rows.update(start=on(-20), end=on(-9), departed_on=on(-20), max_days=15)
    else:
        rows.update(state="cancelled", cause="ZONE", departed_on=None)
    status, detail = detail_of(send(phone, mission.pk, key, note(day=on(-9).isoformat())))
    assert (status, "notes rest" in detail) == (401, True)
    assert DiaryEntry.objects.count() == 0
    assert Access.objects.filter(act="refusal", what="mission_book:receive").count() == 1


def test_a_device_that_sends_more_often_than_its_limit_is_refused(
    trip: Trip, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, key = trip.keep()
    _, other = trip.keep()
    monkeypatch.setattr(settings, "REQUEST_LIMITS", {"diary": (2, 0)})
    sent = note()
    answers = [send(phone, trip.mission.pk, key, sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert send(phone, trip.mission.pk, other, sent).status_code == 200


def test_an_expert_keeps_the_mission_book_on_a_device_whose_key_is_stored_only_as_a_digest(
    trip: Trip,
) -> None:
    client = trip.session_of(trip.expert)
    agent = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/128.0 Mobile Safari/537.36"}
    data = {"idempotency_key": ONCE}
    answer = client.post(f"{trip.url}telephones/", data, headers=agent)
    given = json.loads(answer.content)
    device = Device.objects.get()
    assert (answer.status_code, sorted(given)) == (200, ["device", "key"])
    assert (given["device"], device.label) == (device.pk, "Chrome sous Android")
    assert (device.key_digest, len(given["key"])) == (digest_of_key(given["key"]), 43)
    assert answer["Cache-Control"] == "private, no-store"
    assert Entry.objects.about(device).get().verb == "keep_book"
    again = client.post(f"{trip.url}telephones/", data, headers=agent)
    assert (again.status_code, Device.objects.count()) == (409, 1)


def test_at_most_five_devices_can_keep_one_mission_book(trip: Trip) -> None:
    for _ in range(5):
        trip.keep()
    client = trip.session_of(trip.expert)
    answer = client.post(f"{trip.url}telephones/", {"idempotency_key": ONCE})
    assert detail_of(answer) == (
        409,
        "5 téléphones gardent déjà ce carnet : retirez-en un d’abord.",
    )
    assert Device.objects.count() == 5


def test_the_expert_and_an_officer_withdraw_a_mission_book_device_by_a_button(trip: Trip) -> None:
    network = trip.mission.network
    bases = {
        trip.url: trip.expert,
        f"/reseau/{network.slug}/missions/{trip.mission.pk}/carnet/": trip.officer,
    }
    for base, actor in bases.items():
        device, _ = trip.keep()
        client, url = trip.session_of(actor), f"{base}telephones/{device.pk}/retirer/"
        assert f'href="{url}"' in client.get(base).content.decode()
        assert "n’envoie plus rien au carnet" in client.get(url).content.decode()
        done = client.post(url, {"version": 0, "idempotency_key": str(uuid4())})
        assert (done.status_code, done["Location"]) == (302, base)
        device.refresh_from_db()
        assert device.revoked_at is not None
        assert f'href="{url}"' not in client.get(base).content.decode()
        late = client.post(url, {"version": 1, "idempotency_key": str(uuid4())})
        assert late.status_code == 409


def test_a_device_withdrawn_while_it_sends_a_note_saves_no_entry(trip: Trip) -> None:
    device, _ = trip.keep()
    actions.withdraw_device(Device.objects.get(), by=trip.officer)
    with pytest.raises(ActionNotAllowed, match="a été retiré du carnet"):
        actions.receive_entry(
            device,
            by=trip.expert,
            uuid=uuid4(),
            day=on(0),
            answers={"done": "Trop tard."},
            base=None,
        )
    assert not DiaryEntry.objects.exists()


def test_an_officer_of_another_network_cannot_withdraw_a_mission_book_device(trip: Trip) -> None:
    device, _ = trip.keep()
    other = officer_actor(MissionFactory().network)
    client = trip.session_of(other)
    for key in (other.key, trip.mission.network.slug):
        url = f"/reseau/{key}/missions/{trip.mission.pk}/carnet/telephones/{device.pk}/retirer/"
        data = {"version": 0, "idempotency_key": str(uuid4())}
        assert client.post(url, data).status_code == 404
    device.refresh_from_db()
    assert device.revoked_at is None


def test_the_mission_book_page_that_a_device_caches_contains_no_entry(trip: Trip) -> None:
    trip.note(done="Secret du carnet.")
    page = trip.session_of(trip.expert).get(f"{trip.url}hors-ligne/").content.decode()
    assert "Secret" not in page
    assert trip.mission.expert.person.name not in page


def test_the_service_worker_of_the_mission_book_is_one_script_limited_to_the_book(
    trip: Trip,
) -> None:
    answer = trip.session_of(trip.expert).get(f"{trip.url}veille.js")
    script = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert ["missionBook" in script, 'addEventListener("fetch"' in script] == [True, True]
    assert "Service-Worker-Allowed" not in answer


def test_erasing_a_mission_book_adds_an_entry_to_the_journal_of_its_mission(trip: Trip) -> None:
    trip.note()
    trip.keep()
    actions.erase_book(trip.mission, timezone.now())
    assert (DiaryEntry.objects.count(), Device.objects.count()) == (0, 0)
    line = Entry.objects.about(trip.mission).get(verb="erase_book")
    assert line.details == {"entries": 1, "devices": 1}
    actions.erase_book(trip.mission, timezone.now())
    assert Entry.objects.about(trip.mission).filter(verb="erase_book").count() == 1


def test_the_erasure_page_announces_the_deletion_of_mission_books_and_their_devices(
    trip: Trip,
) -> None:
    gone = "Les notes de vos carnets, et la liste des appareils qui les gardent."
    assert ("carnets de mission", gone) in erasure(trip.mission.expert.person)["goes"]
