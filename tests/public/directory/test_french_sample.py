"""A sample of the benchmark of the search in French; the whole: `python -m benchmarks.french`."""

from importlib import import_module
from pathlib import Path

import pytest

from explor.public.directory import selectors

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[3]
# The first notions of each kind: 24 make a few dozen sheets.
EACH = 4


@pytest.fixture(autouse=True)
def _benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def test_a_sample_of_searches_has_97_percent_recall_and_the_precision_of_postgresql() -> None:
    invented = import_module("benchmarks.french.invented")
    searching = import_module("benchmarks.french.searching")
    measured = import_module("benchmarks.french.__main__").measured
    known = [
        notion
        for kind in ("gender", "number", "family", "compound", "apart")
        for notion in [each for each in invented.notions() if each.kind == kind][:EACH]
    ]
    made = invented.sheets(known)
    every = invented.searches(known, made)
    keys = searching.publish(made)
    selectors.forget()
    ours, peer = (measured(every, keys, find) for find in (searching.ours, searching.peer))
    assert ours["all"]["searches"] > 60
    assert ours["all"]["recall"] >= 0.97 > peer["all"]["recall"]
    assert ours["all"]["precision"] >= peer["all"]["precision"]
