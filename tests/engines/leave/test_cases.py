"""Eighty people and missions with their expected verdicts, reasons and articles."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from explor.engines.leave import (
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    schemes_for,
)

HERE = Path(__file__).parent
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


PEOPLE = {row["number"]: row for row in rows("people")}
EXPECTED = rows("verdicts")


def fact(text: str) -> Any:
    """Return the value written in a cell: yes, no, a number, a date or a word."""
    if text in ("yes", "no"):
        return text == "yes"
    if text.isdigit():
        return int(text)
    return date.fromisoformat(text) if text[:2] == "20" else text


def verdicts_of(row: Mapping[str, str]) -> dict[str, SchemeVerdict]:
    given: dict[str, dict[str, Any]] = {
        name: {} for name in ("person", "employer", "association", "mission")
    }
    for each in row["facts"].split():
        name, _, text = each.partition("=")
        who, what = name.split(".")
        keeps_text = what in ("department", "accepted")
        given[who][what] = text if keeps_text else fact(text)
    if "accepted" in given["employer"]:
        given["employer"]["accepted"] = frozenset(given["employer"]["accepted"].split("|"))
    read = schemes_for(
        Person(**given["person"]),
        Employer(**given["employer"]),
        Association(**given["association"]),
        Mission(
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]),
            **given["mission"],
        ),
        date.fromisoformat(row["on"]),
    )
    return {each.code: each for each in read}


def named(row: Row) -> str:
    return f"{row['number']}-{row['scheme']}"


def test_the_table_has_eighty_people_each_with_an_expected_verdict() -> None:
    assert len(PEOPLE) == 80
    assert {row["number"] for row in EXPECTED} == PEOPLE.keys()


@pytest.mark.parametrize("row", EXPECTED, ids=named)
def test_each_person_has_the_expected_verdict_reason_and_article(row: Row) -> None:
    read = verdicts_of(PEOPLE[row["number"]])[row["scheme"]]
    assert read.verdict == row["verdict"], (read.why, read.questions)
    says = read.questions if row["verdict"] == "to_check" else read.why
    assert any(row["says"] in line for line in says), says
    assert not row["article"] or row["article"] in {article.id for article in read.articles}
