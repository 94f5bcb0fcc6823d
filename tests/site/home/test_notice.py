"""The declaration of accessibility, its grid, and the legal notice."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from explor.ground.ui import accessibility
from explor.ground.ui import legal_notice as notice
from explor.ground.ui.accessibility import FINE, OFF, UNKNOWN, WRONG, Criterion, Results

ROOT = Path(__file__).parents[3]
BY_TOPIC = {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}
PAGE = "/accessibilite/"


def text_of(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).replace("&#x27;", "'").split())


def test_the_accessibility_grid_has_each_of_the_106_criteria_once() -> None:
    ids = [each.id for each in accessibility.criteria()]
    assert ids == [f"{topic}.{n}" for topic, count in BY_TOPIC.items() for n in range(1, count + 1)]
    assert len(ids) == 106
    assert {each.state for each in accessibility.criteria()} <= {OFF, FINE, WRONG, UNKNOWN}


@pytest.mark.parametrize("each", accessibility.criteria(), ids=lambda each: each.id)
def test_an_accessibility_criterion_is_met_or_excluded_only_with_evidence_that_exists(
    each: Criterion,
) -> None:
    assert bool(each.evidence) is (each.state in (FINE, OFF)) or each.state == WRONG
    if each.evidence == ("main",):
        assert each.note, "what was read?"
        return
    for cited in each.evidence:
        path, name = cited.split("::")
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), cited


def test_an_accessibility_criterion_that_nobody_examined_lowers_the_rate() -> None:
    count = Counter(each.state for each in accessibility.criteria())
    results = accessibility.results()
    assert results.applicable == 106 - count[OFF]
    assert results.rate == 100 * count[FINE] // (106 - count[OFF])


@pytest.mark.parametrize(
    ("fine", "unknown", "status"),
    [
        (80, 0, "totalement conforme"),
        (79, 1, "partiellement conforme"),
        (40, 40, "partiellement conforme"),
        (39, 41, "non conforme"),
    ],
)
def test_the_accessibility_status_follows_the_rate_rounded_down(
    fine: int, unknown: int, status: str
) -> None:
    results = Results(applicable=80, fine=fine, wrong=0, unknown=unknown)
    assert results.status == status
    assert (results.rate == 100) is (unknown == 0)


def test_the_accessibility_declaration_shows_the_rate_and_the_ways_to_complain(
    client: Client, db: None
) -> None:
    page, results = client.get(PAGE).content.decode(), accessibility.results()
    text = text_of(page)
    assert f"{results.fine} sont respectés, soit {results.rate} %" in text
    assert f"Ce site est {results.status} au référentiel" in text
    assert f"{results.unknown} ne sont pas encore vérifiés" in text
    assert "Défenseur des droits, Libre réponse 71120" in text
    assert "30 novembre 2026" in text
    for each in accessibility.criteria():
        assert f"{each.id} {each.words}" in text


def test_every_page_shows_the_accessibility_status_in_its_footer(client: Client, db: None) -> None:
    foot = f'<a href="{PAGE}">Accessibilité : {accessibility.results().status}</a>'
    for path in ("/", "/compte/login/", "/absent/", PAGE):
        assert foot in client.get(path).content.decode(), path


def test_the_legal_notice_shows_the_settings_and_marks_those_left_to_fill(
    client: Client, db: None, settings: Any
) -> None:
    page = client.get("/mentions-legales/").content.decode()
    assert page.count("À compléter") == len(notice.SETTINGS) == len(notice.missing())
    assert settings.EXAMPLE_PUBLISHER not in page
    settings.EXPLOR_PUBLISHER = "Réseau <Amont>"
    settings.EXPLOR_CONTACT = "bonjour@amont.test"
    page = client.get("/mentions-legales/").content.decode()
    assert "Réseau &lt;Amont&gt;" in page
    assert 'href="mailto:bonjour@amont.test"' in page
    assert page.count("À compléter") == len(notice.SETTINGS) - 2


def test_the_accessibility_declaration_names_the_publisher_the_contact_and_the_plan(
    client: Client, db: None, settings: Any
) -> None:
    text = text_of(client.get(PAGE).content.decode())
    assert "(à compléter) s’engage" in text
    assert "Contact : à compléter" in text
    settings.EXPLOR_PUBLISHER, settings.EXPLOR_CONTACT = "Réseau Amont", "bonjour@amont.test"
    settings.EXPLOR_ACCESSIBILITY_PLAN = "https://amont.test/plan"
    page = client.get(PAGE).content.decode()
    assert "Réseau Amont s’engage" in text_of(page)
    assert 'href="mailto:bonjour@amont.test"' in page
    assert 'href="https://amont.test/plan"' in page
