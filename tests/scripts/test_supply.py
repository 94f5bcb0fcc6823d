"""The bill of materials lists all locked packages; an audit without network says so."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from audit_report import Report, report_of

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.fixture(scope="module")
def bills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sbom")
    subprocess.run([ROOT / "scripts/sbom", folder], check=True)
    return folder


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_the_bill_of_materials_lists_every_locked_package_with_its_digests(
    bills: Path, lock: Path
) -> None:
    text = lock.read_text().replace("\\\n", " ")
    locked = {
        (name, version, frozenset(re.findall(r"sha256:([0-9a-f]{64})", rest)))
        for name, version, rest in re.findall(r"^([a-z0-9.-]+)==(\S+)(.*)$", text, flags=re.M)
    }
    bill = json.loads((bills / f"{lock.stem}.cdx.json").read_text())
    listed = {
        (
            each["name"],
            each["version"],
            frozenset(digest["content"] for digest in each["externalReferences"][0]["hashes"]),
        )
        for each in bill["components"]
    }
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "explor")
    assert listed == locked
    assert len(locked) == len(re.findall(r"^[a-z0-9]", text, flags=re.M))


@pytest.mark.parametrize(
    ("rows", "status", "said"),
    [
        ([("a", [])], 0, "1 paquets, aucune faiblesse publiée."),
        ([("a", ["CVE-1"]), ("b", None)], 1, "1 faiblesse(s) publiée(s)\n  a 1 : CVE-1"),
        ([("a", []), ("b", None)], 2, "1 paquets sans faiblesse, non vérifiés : b"),
        ([("a", None)], 3, "NON VÉRIFIÉ, aucune source d’avis ne répond d’ici"),
    ],
)
def test_a_dependency_audit_reports_the_checked_skipped_and_vulnerable_packages(
    rows: list[tuple[str, list[str] | None]], status: int, said: str
) -> None:
    answer = {
        "dependencies": [
            {"name": name, "skip_reason": "absent"}
            if weak is None
            else {
                "name": name,
                "version": "1",
                "vulns": [{"id": each, "fix_versions": []} for each in weak],
            }
            for name, weak in rows
        ]
    }
    report = report_of(answer)
    assert report.status == status
    assert report.sentence.startswith(said)


def test_a_dependency_audit_without_network_is_not_a_success() -> None:
    report = Report(checked=0, skipped=(), weak=(), fault="hors ligne")
    assert (report.status, report.sentence[:11]) == (3, "NON VÉRIFIÉ")
