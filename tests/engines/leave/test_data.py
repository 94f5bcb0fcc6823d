"""The data files of the law: sources, columns, articles, and facts are complete."""

import ast
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from explor.engines import leave
from explor.engines.leave.law import CODES, SCHEMES, wording
from explor.engines.leave.model import BRANCHES
from explor.engines.leave.tables import articles, french_countries, rows, split, territories

CITING = ("schemes", "urgent", "facts", "thresholds", "territories", "papers", "clauses")
FILES = (*CITING, "laws")
FACTS = {
    *("paper", "payer", "insurer", "safety", "posting_paper"),
    *("consultation", "probation", "objection", "return_right", "urgent"),
    *("urgent_objection", "accident"),
}
OVERSEAS = {"RE", "YT", "GP", "MQ", "GF", "PM", "BL", "MF", "WF", "PF", "NC", "TF"}
LAWS = {
    *("id", "text", "article", "title", "legal_id", "source", "read_on", "digest", "version"),
}
SOURCES = Path(leave.__file__).parent


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_data_gives_its_source_and_the_day_it_was_read(name: str) -> None:
    assert rows(name)
    assert [row for row in rows(name) if not (row["source"] or "").strip()] == []
    assert all(date.fromisoformat(row["read_on"]) <= date.today() for row in rows(name))  # noqa: DTZ011


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_the_law_data_has_as_many_cells_as_its_file_has_columns(name: str) -> None:
    columns = rows(name)[0].keys()
    assert [row for row in rows(name) if row.keys() != columns or None in row.values()] == []


def test_the_file_of_laws_has_the_columns_that_the_law_watch_script_writes() -> None:
    assert rows("laws")[0].keys() == LAWS


def test_every_article_has_the_digest_of_its_text_or_is_marked_as_not_covered() -> None:
    recorded = re.compile(r"LEGIARTI\d{12} [0-9a-f]{64} \d+\.\d+\.\d+;\d{4}-\d\d-\d\d")
    covered = [row for row in rows("laws") if row["version"] != "non couvert"]
    kept = {row["id"]: f"{row['legal_id']} {row['digest']} {row['version']}" for row in covered}
    assert [key for key, texts in kept.items() if not recorded.fullmatch(texts)] == []
    assert [row["id"] for row in rows("laws") if row not in covered and row["digest"]] == []
    assert len(covered) >= 36


@pytest.mark.parametrize("name", CITING)
def test_every_article_cited_by_the_data_is_in_the_file_of_laws(name: str) -> None:
    cited = {key for row in rows(name) for key in split(row["articles"])}
    assert cited - articles().keys() == set()


def test_every_article_cited_by_a_condition_is_in_the_file_of_laws() -> None:
    words = {
        node.value
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    texts = ("CT-", "CSS-", "CSP-", "CGFP-", "CGCT-", "CGI-", "BOI-", "QE-", "ARR", "LOI", "D19")
    cited = {word for word in words if word.startswith(texts) and " " not in word}
    assert cited - articles().keys() == set()
    assert len(cited) > 20


def test_the_file_of_laws_has_only_one_row_for_each_article() -> None:
    assert [key for key, n in Counter(row["id"] for row in rows("laws")).items() if n > 1] == []


def test_every_fact_of_the_data_has_a_known_name_schemes_and_branches() -> None:
    for row in rows("facts"):
        assert row["fact"] in FACTS
        assert set(split(row["schemes"])) <= set(CODES)
        assert set(split(row["branches"])) <= {"private", *BRANCHES.values()}


@pytest.mark.parametrize("code", CODES)
def test_every_scheme_describes_payer_insurer_safety_papers_objection_and_return(code: str) -> None:
    said = wording(code, None)
    for text in (said.payer, said.insurer, said.safety, said.posting_paper):
        assert text.endswith(".")
    assert said.objection.endswith(".")
    assert said.return_right.endswith(".")
    assert said.papers


def test_no_text_of_the_law_data_uses_a_registered_trademark() -> None:
    texts = [*(scheme.label for scheme in SCHEMES), *(row["text"] for row in rows("facts"))]
    assert [text for text in texts if "congé solidaire" in text.lower()] == []


def test_every_overseas_territory_counts_as_france() -> None:
    assert french_countries() == OVERSEAS | {"FR"}
    assert {each.country for each in territories().values()} == OVERSEAS | {"FR"}


def test_no_number_above_one_is_written_in_the_code_of_the_conditions() -> None:
    large = {
        f"{path.name}: {node.value}"
        for path in (SOURCES / "conditions").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value > 1
    }
    assert large == set()


@pytest.mark.parametrize("code", CODES)
def test_every_leave_scheme_says_who_declares_an_accident(code: str) -> None:
    said = wording(code, None).accident
    assert said
    assert [text for text in said if not text.endswith(".")] == []


def test_the_association_that_uses_a_lent_employee_declares_the_accident_within_a_day() -> None:
    for code in ("PMO", "MCP"):
        (text,) = wording(code, "private").accident
        assert "L’association le déclare à l’employeur dans les vingt-quatre heures" in text
    (volunteer,) = wording("CSI", "private").accident
    assert "ce n’est pas un accident du travail" in volunteer


def test_the_declaration_of_a_public_officer_is_that_of_their_branch() -> None:
    (local,) = wording("MAD", "local").accident
    assert local.startswith("Fonctionnaire territorial")
    assert len(wording("OM", "hospital").accident) == 2
    assert len(wording("MAD", None).accident) == 3
