"""Every promise is listed with the tests that prove it, and the trust page shows the same list."""

from datetime import UTC, datetime
from pathlib import Path

import promises
import pytest
from promises import Promise, Verdict

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
NUMBERS = {"S": 14, "R": 11, "P": 6, "A": 4, "E": 1, "D": 1}


def test_each_of_the_thirty_seven_promises_is_listed_once_in_order() -> None:
    expected = [f"{kind}{n}" for kind, count in NUMBERS.items() for n in range(1, count + 1)]
    assert [each.id for each in promises.promises()] == expected
    assert len(expected) == 37


@pytest.mark.parametrize("promise", promises.promises(), ids=lambda each: each.id)
def test_each_promise_names_existing_tests_and_is_on_the_trust_page(promise: Promise) -> None:
    assert promise.state in promises.STATES
    assert [name for name in promise.tests if not (ROOT / name.partition("::")[0]).exists()] == []
    assert bool(promise.tests) == (promise.state != "non tenu")
    assert bool(promise.left) == (promise.state != "tenu")
    row = next(each for each in PAGE.splitlines() if each.startswith(f"| {promise.id} |"))
    assert (promise.promise in row, f"| {promise.state} |" in row) == (True, True)


def test_a_promise_without_proof_is_printed_as_not_proved(tmp_path: Path) -> None:
    promise = Promise(id="S1", promise="Rien", state="non tenu", tests=(), left="tout")
    assert promises.line(promise, Verdict()) == (
        "S1   NON PROUVÉ [non tenu] Rien : 0 tests ; reste : tout"
    )


def test_the_verdict_on_a_promise_counts_its_tests_and_keeps_their_figures(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    figure = '<properties><property name="figure" value="1000 sur 1000"/></properties>'
    report.write_text(
        f"<testsuites><testsuite><testcase>{figure}</testcase><testcase><skipped/></testcase>"
        "<testcase><failure/></testcase></testsuite></testsuites>"
    )
    assert promises.verdict_of(report) == Verdict(
        passed=1, failed=1, skipped=1, figures=("1000 sur 1000",)
    )
    assert Verdict(passed=2).label == "prouvé"
    assert Verdict(skipped=2).label == "NON PROUVÉ"


def test_a_resumed_soak_run_skips_the_proofs_already_made_at_this_commit_and_size() -> None:
    now = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)

    def ran(name: str, verdict: Verdict, commit: str = "abc", size: str = "1") -> str:
        promise = Promise(id=name, promise="Rien", state="tenu", tests=("x",), left="")
        return promises.kept(promise, verdict, now=now, commit=commit, size=size)

    good, bad = Verdict(passed=1, figures=("1000 sur 1000",)), Verdict(failed=1)
    assert ran("S1", good) == "2026-11-30 09:05 abc x1 S1   prouvé     [tenu] Rien : 1000 sur 1000"
    text = "\n".join(
        [
            ran("S1", bad), ran("S1", good), ran("S2", good), ran("S2", bad), ran("S3", Verdict()),
            ran("S4", good, commit="abd"), ran("S5", good, size="0.1"), ran("S10", good),
        ]
    )  # fmt: skip
    assert promises.proved(text, "abc", "1") == {"S1", "S10"}
    assert promises.proved(text, "abc", "0.1") == {"S5"}
    assert promises.proved("", "abc", "1") == set()
