"""A professional brings a resume into their profile, on two screens, with and without script."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from factories import ExpertFactory, PersonFactory

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

RESUME = {
    "basics": {
        "label": "Hydrogéologue",
        "summary": "Vingt ans d’études de nappes, puis de forages au Sénégal et au Bénin.",
        "phone": "x",
        "location": {"city": "x"},
    },
    "work": [
        {
            "name": "Bureau d’études des eaux",
            "position": "Cheffe de projet",
            "startDate": "2018-03",
            "summary": "Douze forages équipés, formation des comités d’usagers.",
        },
        {"name": "Syndicat", "position": "Ingénieure", "startDate": "2006", "endDate": "2018"},
    ],
    "education": [{"institution": "École des eaux", "studyType": "Ingénieure", "endDate": "2006"}],
    "languages": [
        {"language": "French", "fluency": "Native"},
        {"language": "Wolof", "fluency": "A2"},
    ],
    "skills": [{"name": "Pompage solaire"}, {"name": "Cartographie"}],
}


@pytest.fixture(params=sorted(WAYS))
def expert(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[BrowserVisitor]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    ExpertFactory(
        person=PersonFactory(email="nora@aval.test"),
        job="Ingénieure",
        summary="",
        experiences="Une adduction d’eau (2012)",
        skills=["Hydraulique"],
    )
    visitor = BrowserVisitor(browser, live_server.url, "nora@aval.test", **WAYS[request.param])
    yield visitor
    visitor.close()


def test_a_resume_is_read_reviewed_and_saved_in_the_profile(
    expert: BrowserVisitor, tmp_path: Path
) -> None:
    path = tmp_path / "cv.json"
    path.write_text(json.dumps(RESUME), encoding="utf-8")
    expert.read("/expert/profil/").follow("Reprendre mon CV")
    page = expert.page
    page.get_by_label("Votre CV").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="Lire ce CV").click()
    expert._show(200, 200)
    assert expert.sees("Laissé de côté", "Rien n’est enregistré", "Une adduction d’eau (2012)")
    if expert.scripts:
        expert._inspect()
    assert expert.faults == []
    page.get_by_label("Reprendre\N{NO-BREAK SPACE}: Expérience 3").uncheck()
    expert.send(summary="Vingt ans de forages.")
    assert expert.sees("Vingt ans de forages.", "Cheffe de projet", "wolof A2", "Pompage solaire")
    assert expert.sees("Ingénieure")
    assert not expert.sees("École des eaux")
