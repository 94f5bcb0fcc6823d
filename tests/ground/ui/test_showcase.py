"""The page `/ui/`: shows all components, absent in production, accessible, without overflow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from explor.ground.ui.components import ACCENTS, COMPONENTS
from explor.ground.ui.showcase import context


@pytest.fixture
def demo(settings):
    settings.EXPLOR_DEMO = True


@pytest.mark.parametrize("url", ["/ui/", "/demo/", "/demo/courrier/"])
def test_the_component_showcase_pages_answer_404_in_production(db, settings, url):
    settings.EXPLOR_DEMO = settings.DEBUG = False
    assert Client().get(url).status_code == 404


def test_the_showcase_shows_every_component(demo):
    page = Client().get("/ui/").content.decode()
    assert [name for name in COMPONENTS if page.count(f'id="{name}"') != 1] == []


def test_the_showcase_with_an_unknown_accent_uses_the_first():
    assert [context(key)["accent"] for key in ("lagon", "<x>")] == ["lagon", ACCENTS[0][0]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_accessibility_violation_in_the_showcase(
    demo, live_server, page, scheme, width
):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/ui/")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:160]) for each in found] == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_component_of_the_showcase_overflows(demo, live_server, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/ui/")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_showcase_violates_no_content_security_policy(demo, live_server, page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/ui/")
    assert said == []


def test_the_summary_of_form_errors_receives_the_keyboard_focus(demo, live_server, page):
    page.goto(f"{live_server.url}/ui/")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_text_typed_in_a_form_can_be_restored_after_leaving_the_page(demo, live_server, page):
    page.goto(f"{live_server.url}/ui/")
    page.fill("#id_new-context", "Le puits est à sec.")
    page.reload()
    page.get_by_role("button", name="Reprendre ma saisie").click()
    assert page.input_value("#id_new-context") == "Le puits est à sec."


def test_text_typed_in_a_form_excluded_from_drafts_is_not_kept_by_the_browser(
    demo, live_server, page
):
    page.goto(f"{live_server.url}/ui/")
    hide = "document.querySelectorAll('form').forEach((form) => form.dataset.undrafted = '')"
    page.add_init_script(f"document.addEventListener('readystatechange', () => {{ {hide} }})")
    page.reload()
    page.fill("#id_new-context", "Le puits est à sec.")
    kept = page.evaluate("Object.keys(sessionStorage)")
    assert [key for key in kept if key.startswith("explor:")] == []
    page.reload()
    assert page.get_by_role("button", name="Reprendre ma saisie").count() == 0
