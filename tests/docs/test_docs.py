"""The documentation agrees with the code."""

import re
import runpy
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
STATUS = r"Date: \d{4}-\d\d-\d\d\. Status: (accepted|superseded by \d{4})"


def test_the_glossary_lists_every_model_and_no_model_that_does_not_exist() -> None:
    own = {name.rpartition(".")[2] for name in settings.CAPABILITIES}
    models = {m.__name__ for m in apps.get_models() if m._meta.app_label in own}
    rows = re.findall(r"^\| (`.*?) \|", (ROOT / "docs/glossary.md").read_text(), flags=re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == models


def test_the_workflow_diagrams_agree_with_the_tables_of_states() -> None:
    drawn = runpy.run_path(str(ROOT / "scripts" / "draw_workflows"))["drawn"]()
    kept = {path.name: path.read_text() for path in (ROOT / "docs/workflows").glob("*.md")}
    assert kept == drawn


def test_every_setting_read_from_the_environment_is_documented() -> None:
    files = (ROOT / "src/explor/site/config").glob("*.py")
    source = "".join(path.read_text() for path in files)
    read = set(re.findall(r"ENV(?:\.get\(|\[|, )\"(\w+)\"", source))
    documented = (ROOT / "docs/settings.md").read_text()
    assert {name for name in read if f"`{name}`" not in documented} == set()


def test_documents_mention_no_path_outside_the_checkout() -> None:
    outside = [
        f"{page.name} -> {path}"
        for page in PAGES
        for path in re.findall(r"(?:\.\./)+[\w./-]*", page.read_text())
        if not (page.parent / path).resolve().is_relative_to(ROOT)
        or not (page.parent / path).exists()
    ]
    assert outside == []


def test_links_between_documents_point_to_existing_files() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!http|#)([^)]+)\)", page.read_text()):
            if not (page.parent / target.partition("#")[0]).exists():
                broken.append(f"{page.name} -> {target}")
    assert broken == []


def test_every_architecture_decision_has_a_date_and_a_status() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name for page in pages if not re.search(STATUS, page.read_text())] == []
