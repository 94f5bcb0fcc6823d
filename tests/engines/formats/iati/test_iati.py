"""IATI activities written from sheets: valid in the schema, with true dates and amounts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from engines.formats.strategies import budgets
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from explor.engines.formats import Goal, Money, PartialDate
from explor.engines.formats.iati import (
    Activity,
    Document,
    Party,
    Publisher,
    Role,
    Stage,
    Theme,
    activities_xml,
    check_iati,
)
from explor.engines.formats.iati._records import Flow, Payment, shares, yearly

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
PUBLISHER = Publisher(
    ref="FR-RCS-732829320",
    name="Réseau exemple",
    vocabulary_uri="https://explor.example/donnees/secteurs",
)
WATER = Theme(code="EAU", label="Eau, assainissement", dac="14030")
FARMS = Theme(code="AGRI", label="Agriculture", dac="31120")
HEALTH = Theme(code="SANTE", label="Santé", dac="12220")
PARTIES = (
    Party(name="Fonjep", role=Role.FUNDER, type="10"),
    Party(name="Réseau exemple", role=Role.ACCOUNTABLE, ref="FR-RCS-732829320"),
    Party(name="Des puits <pour> demain", role=Role.IMPLEMENTING, type="22"),
)
PROGRAMME = Activity(
    number="PROGRAMME",
    hierarchy=1,
    title="EXPLOR",
    description="Des missions d'expertise.",
    stage=Stage.UNDER_WAY,
    countries=("TG", "MG", "SN"),
    themes=(WATER, FARMS, HEALTH),
    parties=PARTIES,
    start=PartialDate(year=2024, month=12),
    end=PartialDate(year=2026, month=11),
    budget=Money(amount=Decimal("100000.01")),
    payments=(Payment(flow=Flow.INCOMING, on=date(2025, 2, 1), money=Money.parse("40 000 €")),),
    children=("M1",),
)
MISSION = Activity(
    number="M1",
    title="Un forage à Sakal",
    objectives="Former deux équipes.",
    audiences="Les familles.",
    stage=Stage.CLOSED,
    countries=("SN",),
    localities=("Sakal",),
    themes=(WATER,),
    goals=(Goal(number=6, weight=2), Goal(number=17)),
    parties=PARTIES,
    start=PartialDate(year=2026, month=3),
    end=PartialDate(year=2026, month=3),
    started=date(2026, 3, 2),
    ended=date(2026, 3, 12),
    budget=Money.parse("4 200,50 €"),
    payments=(
        Payment(
            flow=Flow.EXPENDITURE,
            on=date(2026, 3, 5),
            money=Money.parse("900 €"),
            description="Transport",
        ),
    ),
    documents=(Document(url="https://explor.example/projets/sakal/", title="La fiche"),),
    results=("Deux équipes formées",),
    parent="PROGRAMME",
    updated=date(2026, 11, 1),
)


def _xml(*activities, now=NOW):
    return activities_xml(activities, publisher=PUBLISHER, now=now)


def test_a_programme_and_a_mission_satisfy_the_schema_rules_and_codelists(shared):
    check = check_iati(_xml(PROGRAMME, MISSION), today=TODAY, schemas=shared("data/iati/iati-2.03"))
    assert check.findings == ()
    assert (check.schema, check.codelists, check.activities) == (True, True, 2)


def test_check_iati_without_a_schema_folder_checks_only_the_rules():
    check = check_iati(_xml(PROGRAMME, MISSION), today=TODAY)
    assert (check.findings, check.schema, check.codelists) == ((), False, False)


def test_a_programme_and_its_mission_refer_to_each_other():
    root = etree.fromstring(_xml(PROGRAMME, MISSION))
    programme, mission = root
    assert programme.find("related-activity").attrib == {
        "type": "2",
        "ref": mission.findtext("iati-identifier"),
    }
    assert mission.find("related-activity").attrib == {
        "type": "1",
        "ref": programme.findtext("iati-identifier"),
    }
    assert [activity.get("hierarchy") for activity in root] == ["1", "2"]


def test_a_date_known_only_to_the_month_is_written_as_planned_not_as_actual():
    (programme,) = etree.fromstring(_xml(PROGRAMME))
    dates = [(e.get("type"), e.get("iso-date")) for e in programme.findall("activity-date")]
    assert dates == [("1", "2024-12-01"), ("3", "2026-11-30")]


def test_a_future_date_is_not_written_as_an_actual_date_in_iati():
    (mission,) = etree.fromstring(_xml(MISSION, now=datetime(2026, 3, 4, tzinfo=UTC)))
    assert [e.get("type") for e in mission.findall("activity-date")] == ["1", "2", "3"]
    assert mission.findall("transaction") == []


def test_a_budget_of_unknown_amount_is_not_written_in_iati():
    blank = Activity(**{**MISSION.__dict__, "budget": None})
    (mission,) = etree.fromstring(_xml(blank))
    assert mission.findall("budget") == []


def test_an_activity_with_missing_required_elements_raises_an_error():
    bare = Activity(
        number="M2", title="", stage=Stage.PIPELINE, countries=(), themes=(), parties=PARTIES
    )
    with pytest.raises(ValueError, match="M2 : il manque un titre") as refusal:
        _xml(bare)
    assert str(refusal.value).count("il manque") == 5


def test_the_percentages_in_an_iati_activity_are_integers_that_add_up_to_100():
    assert [shares(n) for n in (1, 2, 3)] == [(100,), (50, 50), (34, 33, 33)]
    assert {sum(shares(n)) for n in range(1, 101)} == {100}


@given(budgets, st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_an_iati_budget_is_split_into_years_without_losing_a_cent(money, start, days):
    end = date.fromordinal(start.toordinal() + days)
    periods = yearly(money, start, end)
    assert sum(amount for _, _, amount in periods) == money.amount
    assert (periods[0][0], periods[-1][1]) == (start, end)
    assert all((stop - begin).days <= 365 for begin, stop, _ in periods)
    assert all(amount >= 0 for _, _, amount in periods)
    gaps = [(after[0] - before[1]).days for before, after in pairwise(periods)]
    assert set(gaps) <= {1}


def test_xml_markup_in_a_text_is_escaped_in_an_iati_file():
    hostile = Activity(**{**MISSION.__dict__, "title": "<script>&\x00\u202e]]>"})
    (mission,) = etree.fromstring(_xml(hostile))
    assert mission.findtext("title/narrative") == "<script>&]]>"


def test_a_budget_year_from_29_february_ends_on_27_february():
    periods = yearly(Money.parse("10 €"), date(2024, 2, 29), date(2026, 1, 1))
    assert [(str(begin), str(stop)) for begin, stop, _ in periods] == [
        ("2024-02-29", "2025-02-27"),
        ("2025-02-28", "2026-01-01"),
    ]


def test_the_last_update_is_the_start_of_its_day_in_paris():
    """Midnight in UTC would be in the future for two hours of a summer night in Paris."""
    night = datetime(2026, 7, 2, 0, 30, tzinfo=ZoneInfo("Europe/Paris"))
    root = etree.fromstring(_xml(replace(MISSION, updated=date(2026, 7, 2)), now=night))
    stamp = datetime.fromisoformat(root[0].get("last-updated-datetime"))
    assert stamp == datetime(2026, 7, 2, tzinfo=ZoneInfo("Europe/Paris"))
    assert stamp <= night
