"""Every page in every state is valid HTML according to the Nu checker.

`scripts/html_checker` fetches the checker, which needs Java; without them these tests are skipped.
"""

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from support import accessible
from support.soak import SOAK

from .answers import every_answer, some_answers
from .world import side

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
SAMPLE = 30
SEED = 20261201

needs_checker = pytest.mark.skipif(
    shutil.which("java") is None or not CHECKER.exists(),
    reason="le vérificateur Nu demande Java et `scripts/html_checker`",
)


def faults_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each error of the pages of a folder: the name of the file, the message."""
    command = ["java", "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--errors-only"]
    run = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    for each in json.loads(run.stderr)["messages"]:
        yield Path(each["url"]).name, f"{each['message']} {each.get('extract', '')[-200:]}"


def is_meant(fault: str, answer: str) -> bool:
    """Return whether an error is meant.

    The roles of a table keep its sense where the cards of a small screen undo it. A form that comes
    back shows what was typed, as it was. The page of components shows several refused forms.
    """
    if fault.startswith("The “role” attribute must not be used on a “t"):
        return True
    if fault.startswith("Bad value") and "for attribute “value” on element “input”" in fault:
        return " 422 " in answer or " accepted " in answer
    return "“autofocus”" in fault and answer.endswith(" /ui/")


@needs_checker
def test_the_html_checker_reports_a_fault_on_an_invalid_page(tmp_path: Path) -> None:
    page = '<!DOCTYPE html><html lang="fr"><title>x</title><p id="a"><b id="a">'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert any("Duplicate ID" in fault for _, fault in faults_of(tmp_path))


@needs_checker
@pytest.mark.soak
@pytest.mark.django_db
def test_every_page_in_every_state_is_valid_html(
    tmp_path: Path,
    unlogged: None,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    monkeypatch.setattr(accessible, "check", lambda body, path: None)
    world = side("Amont")
    answers: dict[str, str] = {}
    for each in every_answer(world) if SOAK else some_answers(world, SAMPLE, SEED):
        name = f"{accessible.digest_of(each.response.content).hex()}.html"
        if name not in answers:
            answers[name] = str(each)
            (tmp_path / name).write_bytes(each.response.content)
    faults = defaultdict(set)
    for name, fault in faults_of(tmp_path):
        if not is_meant(fault, answers[name]):
            faults[fault].add(answers[name])
    record_property("figure", f"{len(answers)} pages, {len(faults)} errors of HTML")
    assert {fault: sorted(pages)[:3] for fault, pages in faults.items()} == {}
