"""Two accessibility defects, planted on purpose, that only the styles in a browser reveal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from trust.test_rgaa import PLANTED, SOUND, UNSEEN

from support.sight import unseen_stops, violations


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


def defects(page: Page) -> set[str]:
    found = {"3.2"} if violations(page, "color-contrast") else set()
    return found | ({"10.7"} if unseen_stops(page) else set())


def test_the_browser_checks_report_no_defect_on_a_correct_page(page: Page) -> None:
    page.set_content(SOUND)
    assert defects(page) == set()


@pytest.mark.parametrize("criterion", sorted(UNSEEN))
def test_the_browser_checks_detect_the_planted_defects_that_html_rules_miss(
    page: Page, criterion: str
) -> None:
    page.set_content(SOUND.replace(*PLANTED[criterion]))
    assert defects(page) == {criterion}
