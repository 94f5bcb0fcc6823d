"""Every page in every state in a browser: axe, focus, small screen, large or spaced text, print."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from trust.answers import Answer, every_answer, some_answers
from trust.world import Side, side

from support import accessible, rgaa
from support.shown import AnswerViewer
from support.sight import faults_of_sight
from support.soak import SOAK

SAMPLE = 3
SEED = 20261130


@pytest.fixture
def world(db: None, unlogged: None, monkeypatch: pytest.MonkeyPatch) -> Side:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    return side("Amont")


@pytest.fixture
def shown(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[AnswerViewer]:
    """Return a browser page; the faults of every page are gathered, none stops the sweep."""
    monkeypatch.setattr(accessible, "check", lambda body, path: None)
    made = AnswerViewer(browser)
    yield made
    made.close()


def different(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Yield one answer of each structure."""
    seen = set()
    for each in answers:
        if (digest := accessible.digest_of(each.response.content)) not in seen:
            seen.add(digest)
            yield each


@pytest.mark.soak
def test_every_page_in_every_state_has_no_accessibility_or_layout_fault_in_a_browser(
    world: Side, shown: AnswerViewer, record_property: Callable[[str, object], None]
) -> None:
    answers = every_answer(world) if SOAK else some_answers(world, SAMPLE, SEED)
    faults, states = [], Counter[int]()
    templates: set[str] = set()
    for each in different(answers):
        body = each.response.content
        found = [f"{criterion} {fault}" for criterion, fault in rgaa.faults(body)]
        if each.response.status_code == 500 and each.state != "error":
            found.append("500")
        found += faults_of_sight(shown.show(each.url, each.response))
        print(each, *found, sep="\n    ", flush=True)
        faults += [f"{each}: {fault}" for fault in found]
        states[each.response.status_code] += 1
        made = getattr(each.response, "templates", ())  # none on a page made without a client
        templates |= {template.name for template in made if template.name}
    figure = f"{states.total()} pages, {len(templates)} templates, {dict(sorted(states.items()))}"
    record_property("figure", figure)
    print(figure, flush=True)
    assert faults == []
