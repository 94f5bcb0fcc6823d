"""Computing the figures from rows: each row counts once per scope, nobody is identified."""

from datetime import date
from typing import Any

import pytest

from explor.oversight.indicators import rules
from explor.oversight.indicators.rules import (
    BANDS,
    LESS,
    OPEN,
    RECORD,
    Figures,
    MissionRow,
    NeedRow,
    SheetRow,
    count,
    opening,
)

AMONT, AVAL = 1, 2


def mission(expert: int = 1, **fields: Any) -> MissionRow:
    result: dict[str, Any] = {
        "network": AMONT, "start": date(2026, 3, 2), "over": True, "travels": True, "days": 10,
        "country": "MG", "association": 7, "employer": 9, "band": "small", "expert": expert,
        "sectors": ("EAU",), "sdgs": ("6",),
    }  # fmt: skip
    return MissionRow(**{**result, **fields})


def figures(
    *missions: MissionRow, settled: tuple[int, ...] = (2025, 2026), **more: Any
) -> dict[rules.Scope, Figures]:
    rows = {"needs": [], "sheets": [], "idle": {}, **more}
    return count(
        missions,
        rows["needs"],
        rows["sheets"],
        [AMONT, AVAL],
        settled={year: rules.settle(missions, year) for year in settled},
        stock=rules.round_stock(rows["idle"]),
    )


def test_a_mission_is_counted_in_the_figures_of_its_year_and_network() -> None:
    result = figures(mission(), mission(2, network=AVAL, start=date(2025, 12, 30), days=8))
    assert {scope: (each["missions"], each["days"]) for scope, each in result.items()} == {
        (None, None): (2, 18), (None, AMONT): (1, 10), (None, AVAL): (1, 8),
        (2025, None): (1, 8), (2025, AMONT): (0, 0), (2025, AVAL): (1, 8),
        (2026, None): (1, 10), (2026, AMONT): (1, 10), (2026, AVAL): (0, 0),
    }  # fmt: skip


def test_each_organisation_is_counted_only_once_in_the_figures() -> None:
    result = figures(mission(), mission(2), mission(3, association=8, employer=None, over=False))
    total = result[None, None]
    assert (total["associations"], total["employers"], total["over"]) == (2, 1, 2)


def test_a_remote_mission_is_not_counted_as_a_departure() -> None:
    result = figures(mission(), mission(2, travels=False, days=0))
    assert result[2026, None]["departures"] == {"2026": [0, 0, 1, *[0] * 9]}
    assert result[2026, None]["missions"] == 2


def test_missions_sheets_and_free_seats_of_a_country_are_in_the_same_row() -> None:
    result = figures(
        mission(),
        needs=[NeedRow(network=AMONT, year=2027, seats=2, country="TG", sectors=("EAU", "AGRI"))],
        sheets=[SheetRow(network=None, year=None, countries=("MG", "BF"), sdgs=("2",))],
    )
    assert result[None, None]["lists"]["countries"] == [
        {"code": "MG", "missions": 1, "sheets": 1, "seeking": 0},
        {"code": "BF", "missions": 0, "sheets": 1, "seeking": 0},
        {"code": "TG", "missions": 0, "sheets": 0, "seeking": 2},
    ]
    assert [row["code"] for row in result[None, None]["lists"]["sectors"]] == ["EAU", "AGRI"]
    assert result[2027, AMONT]["seeking"] == 2
    assert result[None, AMONT]["sheets"] == 0


def test_counts_of_fewer_than_five_people_are_hidden_in_the_figures() -> None:
    result = figures(*(mission(n) for n in range(4)))[None, None]
    assert result["people"] == {"count": None, "note": LESS}
    assert {(row["count"], row["note"]) for row in result["bands"]} == {(None, LESS)}


def test_a_count_of_five_people_is_shown_with_its_employer_bands() -> None:
    every = figures(*(mission(n) for n in range(5)))
    result = every[2026, None]
    assert result["people"] == {"count": 5, "note": ""}
    assert every[None, None]["people"] == {"count": 5, "note": "au moins 5"}
    assert [row["label"] for row in result["bands"]] == list(BANDS.values())
    assert {row["code"]: row["count"] for row in result["bands"] if row["count"]} == {"small": 5}


def test_in_the_figures_a_group_of_one_person_is_hidden_together_with_another_group() -> None:
    result = figures(*(mission(n) for n in range(9)), mission(9, band="public"))[2026, None]
    noted = {row["code"]: row["note"] for row in result["bands"] if row["note"]}
    assert "public" in noted
    assert len(noted) > 1
    assert set(noted.values()) == {rules.HIDDEN}


def test_a_second_mission_of_a_person_adds_nothing_to_the_counts_of_people() -> None:
    before = [mission(n, start=date(2025, 5, 1)) for n in range(6)]
    again = [mission(n) for n in range(6)] + [mission(n) for n in range(10, 17)]
    result = figures(*again, *before)
    assert result[None, None]["people"] == {"count": 13, "note": "au moins 13"}
    assert [(row["label"], row["count"]) for row in result[2026, None]["record"]] == [
        (RECORD["first"], 7),
        (RECORD["again"], 6),
    ]
    assert result[None, None]["record"] == []  # over all years it would equal the number of people


def test_the_figures_of_skill_families_are_rounded_down_to_a_multiple_of_five_people() -> None:
    result = figures(idle={AMONT: {"EAU": 6, "AGRI": 4}, AVAL: {"EAU": 5, "AGRI": 4}})
    assert result[None, None]["skills"] == [{"code": "EAU", "people": 10}]
    assert result[None, AMONT]["skills"] == [{"code": "EAU", "people": 5}]


def test_a_total_of_the_figures_does_not_reveal_that_a_network_has_at_least_one_person() -> None:
    """Nine and two: a total of ten would leave one person at least to the network that hides."""
    result = figures(idle={AMONT: {"EAU": 9}, AVAL: {"EAU": 2}})
    assert [result[None, network]["skills"] for network in (None, AMONT, AVAL)] == [
        [{"code": "EAU", "people": 5}],
        [{"code": "EAU", "people": 5}],
        [],
    ]


def test_a_year_that_is_not_settled_has_no_figures_about_people() -> None:
    result = figures(*(mission(n) for n in range(9)), settled=())
    for scope in ((2026, None), (None, None)):
        assert result[scope]["missions"] == 9
        assert result[scope]["people"] == {"count": None, "note": OPEN}
        assert {row["note"] for row in result[scope]["bands"]} == {OPEN}


@pytest.mark.parametrize(
    ("employer", "band"),
    [
        ({"employed": False}, "none"),
        ({"headcount": 249}, "small"),
        ({"headcount": 250}, "large"),
        ({}, "private"),
        ({"public": True, "headcount": 10}, "public"),
    ],
)
def test_an_employer_is_assigned_the_band_of_its_kind_and_size(
    employer: dict[str, Any], band: str
) -> None:
    known = {"employed": True, "public": False, "headcount": None}
    assert rules.band_of(**{**known, **employer}) == band


def test_the_opening_sentences_of_the_figures_state_the_main_counts() -> None:
    rows = [mission(n, association=n) for n in range(6)] + [mission(6, over=False, days=0)]
    needs = [NeedRow(network=AMONT, year=2026, seats=1, country="TG")]
    result = figures(*rows, needs=needs)
    assert opening(result[2026, AMONT], year=2026, network="Amont") == (
        "En 2026, avec Amont, 7 missions engagées dans 1 pays : 6 terminées, "
        "1 en préparation ou en cours. 7 personnes engagées, 60 jours d’expertise sur place, "
        "7 associations servies. 1 place reste à pourvoir."
    )


def test_the_opening_sentences_without_data_state_that_there_is_no_mission() -> None:
    result = figures()[None, None]
    assert opening(result, year=None) == "Aucune mission engagée encore."
    words = opening({**result, "sheets": 2}, year=None, network="Lianes")
    assert words == "Avec Lianes, aucune mission engagée. 2 fiches publiées."


def test_the_opening_sentences_of_the_figures_hide_counts_of_few_people() -> None:
    result = figures(mission())[None, None]
    assert opening(result, year=None) == (
        "1 mission engagée dans 1 pays : 1 terminée, 0 en préparation ou en cours. "
        "10 jours d’expertise sur place, 1 association servie."
    )
