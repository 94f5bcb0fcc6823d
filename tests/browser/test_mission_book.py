"""The mission book on a telephone: kept, written without network, sent once, never lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect

from explor.ground.accounts.models import Session
from explor.journey.mission_book import actions
from explor.journey.mission_book.models import Device, DiaryEntry
from explor.journey.missions.models import Mission
from factories import MissionFactory, expert_actor, officer_actor
from support.missions import on

from .visitor import BrowserVisitor

PHONE = {"viewport": {"width": 360, "height": 740}}
BOOK_WEIGHT = 90_000  # bytes of the first load of the book
Opener = Callable[[], BrowserVisitor]


@pytest.fixture
def mission(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Mission:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return MissionFactory(state="away", start=on(-2), end=on(7), departed_on=on(-2))


@pytest.fixture
def phone(live_server: Any, browser: Browser, mission: Mission) -> Iterator[BrowserVisitor]:
    email = mission.expert.person.email
    visitor = BrowserVisitor(browser, live_server.url, email, **PHONE)
    yield visitor
    visitor.close()


def book_of(mission: Mission) -> str:
    return f"/expert/missions/{mission.pk}/carnet/"


def keep(phone: BrowserVisitor, mission: Mission) -> Page:
    """Keep the book on the phone, and wait until its service worker serves it."""
    phone.read(book_of(mission))
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Garder ce carnet sur ce téléphone").click()
    expect(phone.page.get_by_text("Ce téléphone garde le carnet.")).to_be_visible()
    phone.page.evaluate("navigator.serviceWorker.ready")
    phone.page.wait_for_function("navigator.serviceWorker.controller !== null")
    return phone.page


def write(page: Page, text: str, day: str = "") -> None:
    if day:
        page.get_by_label("Jour").fill(day)
    page.get_by_label("Qu’avez-vous fait ?").fill(text)
    page.get_by_role("button", name="Ajouter au carnet").click()


def waiting(page: Page) -> Any:
    return page.locator("[data-notes] > li")


def cut(phone: BrowserVisitor, *, offline: bool) -> None:
    phone.context.set_offline(offline)


def sent(page: Page) -> None:
    expect(waiting(page)).to_have_count(0)


def test_without_javascript_the_mission_book_is_written_with_an_ordinary_form(
    live_server: Any, browser: Browser, mission: Mission
) -> None:
    email = mission.expert.person.email
    visitor = BrowserVisitor(browser, live_server.url, email, java_script_enabled=False, **PHONE)
    page = visitor.read(book_of(mission)).page
    write(page, "Relevé de l’eau.")
    assert visitor.sees("Relevé de l’eau.", "La note est au carnet.")
    assert not page.get_by_role("button", name="Garder ce carnet").is_visible()
    visitor.follow("Corriger").send(done="Relevé fait.")
    assert (visitor.sees("Relevé fait."), DiaryEntry.objects.count()) == (True, 1)
    visitor.close()


def test_a_mission_book_note_written_offline_is_sent_once_after_reconnecting(
    phone: BrowserVisitor, mission: Mission
) -> None:
    actions.write_entry(mission, by=expert_actor(mission.expert), day=on(-1), done="Hier.")
    page = keep(phone, mission)
    cut(phone, offline=True)
    page.goto(book_of(mission))
    expect(page.get_by_text("Hors ligne. Vos notes partiront")).to_be_visible()
    expect(page.get_by_text("Hier.")).to_be_visible()
    write(page, "Sans réseau.")
    expect(waiting(page)).to_have_count(1)
    expect(waiting(page)).to_contain_text("Sans réseau.")
    expect(page.locator("[data-count]")).to_have_text("1")
    phone._inspect()
    page.close()

    page = phone.context.new_page()
    page.goto(book_of(mission))
    expect(waiting(page)).to_have_count(1)
    assert DiaryEntry.objects.count() == 1
    cut(phone, offline=False)
    sent(page)
    page.goto(book_of(mission))
    expect(page.locator("[data-entry]")).to_have_count(2)
    texts = list(DiaryEntry.objects.order_by("day").values_list("day", "version"))
    assert texts == [(on(-1), 0), (on(0), 0)]
    assert DiaryEntry.objects.get(day=on(0)).done == "Sans réseau."
    assert phone.faults == []


def test_a_note_is_sent_with_the_device_key_after_the_session_has_ended(
    phone: BrowserVisitor, mission: Mission
) -> None:
    page = keep(phone, mission)
    cut(phone, offline=True)
    page.goto(book_of(mission))
    write(page, "Session finie.")
    expect(waiting(page)).to_have_count(1)
    page.close()
    phone.context.clear_cookies()
    Session.objects.all().delete()

    cut(phone, offline=False)
    page = phone.context.new_page()
    page.goto(book_of(mission))  # the kept page, in place of the one that asks to sign in
    expect(page.locator("[data-diary]")).to_contain_text("Session finie.")
    sent(page)
    assert DiaryEntry.objects.get().done == "Session finie."
    expect(page.get_by_role("link", name="Se connecter pour ouvrir le carnet")).to_be_visible()
    write(page, "Encore un jour.", on(-1).isoformat())
    expect(page.locator("[data-diary]")).to_contain_text("Encore un jour.")
    assert DiaryEntry.objects.count() == 2


def test_sending_a_note_again_after_a_lost_answer_makes_no_second_entry(
    phone: BrowserVisitor, mission: Mission
) -> None:
    page = keep(phone, mission)
    # Stop the service worker from sending the same note: one sender, so one answer to lose.
    page.evaluate("delete ServiceWorkerRegistration.prototype.sync")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.context.route("**/envoi/", lose)
    with phone.context.expect_event("requestfailed"):
        write(page, "Réponse perdue.")
        expect(waiting(page)).to_have_count(1)  # before the answer too
    assert DiaryEntry.objects.count() == 1
    phone.context.unroute("**/envoi/")
    page.get_by_role("button", name="Envoyer maintenant").click()
    sent(page)
    assert list(DiaryEntry.objects.values_list("version", flat=True)) == [0]


def test_a_mission_book_entry_changed_on_another_device_is_shown_and_not_overwritten(
    phone: BrowserVisitor, mission: Mission
) -> None:
    actor = expert_actor(mission.expert)
    entry = actions.write_entry(mission, by=actor, day=on(0), done="Matin.")
    page = keep(phone, mission)
    cut(phone, offline=True)
    page.goto(book_of(mission))
    page.get_by_role("button", name="Corriger").click()
    write(page, "Matin, sur place.")
    expect(waiting(page)).to_have_count(1)
    actions.correct_entry(entry, by=actor, changes={"done": "Matin, au bureau."})
    cut(phone, offline=False)
    expect(waiting(page)).to_contain_text("Une autre version de cette note est au carnet.")
    assert DiaryEntry.objects.get().done == "Matin, au bureau."

    page.goto(book_of(mission))
    page.get_by_role("link", name="Ouvrir la note du carnet").click()
    page.get_by_role("button", name="Ajouter au formulaire").click()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**{book_of(mission)}")
    assert DiaryEntry.objects.get().done.split() == ("Matin, au bureau. Matin, sur place.".split())
    expect(waiting(page)).to_have_count(1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Retirer", exact=True).click()
    sent(page)


def test_a_phone_withdrawn_from_a_mission_book_keeps_its_notes_and_asks_to_sign_in(
    phone: BrowserVisitor, mission: Mission
) -> None:
    actions.write_entry(mission, by=expert_actor(mission.expert), day=on(-1), done="Hier.")
    page = keep(phone, mission)
    cut(phone, offline=True)
    page.goto(book_of(mission))
    write(page, "Gardée.")
    expect(waiting(page)).to_have_count(1)
    actions.withdraw_device(Device.objects.get(), by=officer_actor(mission.network))
    cut(phone, offline=False)
    expect(
        page.get_by_text("Ce téléphone a été retiré du carnet. Vos notes restent")
    ).to_be_visible()
    expect(waiting(page)).to_have_count(1)
    assert DiaryEntry.objects.count() == 1

    page.goto(
        book_of(mission)
    )  # once signed in: the copy is erased, the note stays, the key is requested again
    expect(waiting(page)).to_contain_text("Gardée.")
    page.get_by_role("button", name="Garder ce carnet sur ce téléphone").click()
    expect(page.locator("[data-entry]")).to_have_count(2)
    sent(page)
    assert DiaryEntry.objects.count() == 2


def test_signing_out_with_an_unsent_note_asks_for_confirmation(
    phone: BrowserVisitor, mission: Mission
) -> None:
    page = keep(phone, mission)
    phone.context.route("**/envoi/", lambda route: route.abort())
    write(page, "Pas encore partie.")
    expect(waiting(page)).to_have_count(1)
    page.goto("/compte/logout/")
    leave = page.locator("main").get_by_role("button", name="Se déconnecter")
    dialog = page.get_by_role("dialog", name="Une note n’est pas encore envoyée.")
    leave.click()
    expect(dialog).to_be_visible()
    phone._inspect()
    dialog.get_by_role("button", name="Rester et garder").click()
    expect(dialog).to_have_count(0)
    assert Session.objects.filter(person=mission.expert.person_id).count() == 1

    leave.click()
    phone.context.unroute("**/envoi/")
    dialog.get_by_role("button", name="Envoyer d’abord").click()
    page.wait_for_url(f"**{book_of(mission)}")
    expect(page.locator("[data-entry]")).to_have_count(1)
    assert DiaryEntry.objects.get().done == "Pas encore partie."

    page.goto("/compte/logout/")
    with page.expect_navigation():
        leave.click()  # nothing is left to send: nothing is asked
    assert Session.objects.filter(person=mission.expert.person_id).count() == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.evaluate("caches.keys().then((all) => all.length)") == 0
    assert [fault for fault in phone.faults if "ERR_FAILED" not in fault] == []


def test_confirming_the_sign_out_deletes_the_unsent_notes_and_the_data_on_the_phone(
    phone: BrowserVisitor, mission: Mission
) -> None:
    page = keep(phone, mission)
    phone.context.route("**/envoi/", lambda route: route.abort())
    write(page, "Perdue.")
    expect(waiting(page)).to_have_count(1)
    page.goto("/compte/logout/")
    page.locator("main").get_by_role("button", name="Se déconnecter").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Se déconnecter sans envoyer").click()
    assert Session.objects.filter(person=mission.expert.person_id).count() == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert DiaryEntry.objects.count() == 0


def test_the_notes_kept_on_the_phone_are_unreadable_in_its_storage(
    phone: BrowserVisitor, mission: Mission
) -> None:
    actions.write_entry(mission, by=expert_actor(mission.expert), day=on(-1), done="Sentinelle.")
    page = keep(phone, mission)
    phone.context.route("**/envoi/", lambda route: route.abort())
    write(page, "Sentinelle, elle aussi.")
    expect(waiting(page)).to_have_count(1)
    kept = page.evaluate(
        """async () => {
          const opened = await new Promise((resolve) => {
            const asked = indexedDB.open("explor-carnet");
            asked.onsuccess = () => resolve(asked.result);
          });
          const rows = [];
          for (const name of ["books", "notes", "secrets"]) {
            const all = opened.transaction(name).objectStore(name).getAll();
            await new Promise((resolve) => { all.onsuccess = resolve; });
            for (const row of all.result) {
              if (row instanceof CryptoKey) rows.push(`key:${row.extractable}`);
              else rows.push(Object.keys(row).sort().join() + new TextDecoder().decode(row.sealed));
            }
          }
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const file of await cache.keys()) {
              rows.push(await (await cache.match(file)).text());
            }
          }
          return rows;
        }"""
    )
    assert [row for row in kept if "Sentinelle" in row] == []
    assert [row.split("sealed")[0] for row in kept[:2]] == [
        "iv,mission,",
        "iv,mission,once,problem,",
    ]
    assert "key:false" in kept


def test_the_first_load_of_the_mission_book_stays_below_its_size_limit(
    phone: BrowserVisitor, mission: Mission, record_property: Callable[[str, object], None]
) -> None:
    weights: list[int] = []
    phone.page.on("requestfinished", lambda request: weights.append(
        sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
    ))  # fmt: skip
    phone.read(book_of(mission))
    phone.page.wait_for_load_state("networkidle")
    record_property("figure", f"{sum(weights)} bytes")
    assert 0 < sum(weights) <= BOOK_WEIGHT
