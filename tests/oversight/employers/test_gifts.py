"""Gifts of employers for missions: real days, values, totals, and who may read them."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from explor.actors.lending.models import LendingRules
from explor.journey.missions.models import Mission
from explor.journey.missions.states import Stay
from explor.oversight.employers import actions, pages, rules, selectors
from explor.oversight.employers.models import MissionGift
from factories import (
    AssociationFactory,
    EmployerFactory,
    MissionFactory,
    NetworkFactory,
    association_actor,
    employer_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


def lived(employer, start, end, **values):
    """Return a mission of the employer whose real days go from `start` to `end`."""
    mission = MissionFactory(release__proposal__expert__employer=employer, **values)
    days = {"start": start, "end": end, "departed_on": start, "returned_on": end}
    length = (end - start).days + 1
    Mission.objects.filter(pk=mission.pk).update(
        state="returned", min_days=1, max_days=length, **days
    )
    mission.refresh_from_db()
    return mission


@pytest.fixture
def employer():
    return EmployerFactory(slug="ateliers", network=NetworkFactory(slug="alizes"))


def line_of(employer, year):
    (line,) = selectors.gift_lines(employer_actor(employer), year)
    return line


@pytest.mark.parametrize(
    ("start", "end", "real", "year", "days"),
    [
        (date(2025, 3, 1), date(2025, 3, 10), True, 2025, 10),
        (date(2024, 2, 1), date(2024, 2, 29), True, 2024, 29),
        (date(2024, 1, 1), date(2024, 12, 31), True, 2024, 366),
        (date(2025, 12, 28), date(2026, 1, 5), True, 2025, 4),
        (date(2025, 12, 28), date(2026, 1, 5), True, 2026, 5),
        (date(2025, 12, 28), date(2026, 1, 5), True, 2024, 0),
        (
            date(2026, 11, 25),
            date(2026, 12, 20),
            False,
            2026,
            5,
        ),  # not ended: days count until today
        (date(2026, 12, 1), date(2026, 12, 20), False, 2026, 0),
    ],
)
def test_the_function_days_spent_counts_the_real_days_of_a_stay_in_the_year(
    start, end, real, year, days
):
    stay = Stay(start=start, end=end, start_is_real=True, end_is_real=real)
    assert rules.days_spent(stay, year, TODAY) == days


def test_the_function_days_spent_returns_zero_for_a_mission_without_travel():
    assert rules.days_spent(None, 2026, TODAY) == 0


def test_the_gift_value_of_a_mission_across_two_years_is_split_by_its_days(employer):
    LendingRules.objects.create(
        employer=employer, daily_value=Decimal("100.10"), gift_amount=500, gift_words="un billet"
    )
    lived(employer, date(2025, 12, 28), date(2026, 1, 5))
    first, second = line_of(employer, 2025), line_of(employer, 2026)
    assert (first.days, first.time, first.money, first.words) == (
        4,
        Decimal("400.40"),
        Decimal(500),
        "un billet",
    )
    assert (second.days, second.total, second.words) == (5, Decimal("500.50"), "")
    assert selectors.gift_lines(employer_actor(employer), 2024) == []


def test_the_gift_values_of_a_mission_replace_those_of_the_employer_rules(employer):
    LendingRules.objects.create(employer=employer, daily_value=100, gift_amount=500)
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    by = employer_actor(employer)
    given = {"daily_value": Decimal("250.50"), "amount": Decimal(0), "words": " un ordinateur "}
    actions.value_gift(selectors.gift_of(mission), by=by, **given)
    line = line_of(employer, 2025)
    assert (line.time, line.money, line.words) == (Decimal("2505.00"), 0, "un ordinateur")
    blank = {"daily_value": None, "amount": None, "words": ""}
    actions.value_gift(selectors.gift_of(mission), by=by, **blank)
    assert line_of(employer, 2025).total == Decimal(1500)


def test_a_gift_day_without_value_is_shown_as_such_and_counts_as_zero(employer):
    lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    line = line_of(employer, 2025)
    (row,) = pages.rows_of_gifts(employer_actor(employer), [line])
    assert (row["time"], row["daily"], row["total"]) == ("non chiffrée", "non chiffrée", "0,00 €")


def test_gifts_of_employers_exclude_missions_that_did_not_leave(employer):
    for state in ("preparing", "cleared", "cancelled", "remote"):
        mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10))
        days = {"departed_on": None, "returned_on": None}
        Mission.objects.filter(pk=mission.pk).update(state=state, cause="ZONE", **days)
    assert selectors.gift_lines(employer_actor(employer), 2025) == []


def test_totals_of_employer_gifts_are_given_by_association_then_for_all(employer):
    LendingRules.objects.create(employer=employer, daily_value=100)
    rives = AssociationFactory(name="Rives")
    for start in (date(2025, 3, 1), date(2025, 5, 1)):
        end = start.replace(day=10)
        lived(employer, start, end, release__proposal__decision__need__association=rives)
    lived(employer, date(2025, 7, 1), date(2025, 7, 1))
    lines = selectors.gift_lines(employer_actor(employer), 2025)
    rows = pages.totals(lines, by="association")
    assert [(total, size) for _, total, size in rows] == [
        ("100,00 €", 1),
        ("2\xa0000,00 €", 2),
        ("2\xa0100,00 €", 3),
    ]
    assert (rows[1][0], rows[2][0]) == ("Rives", "Ensemble")


def test_an_employer_sets_the_gift_values_of_a_mission_on_the_page(employer):
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    client = wearing(employer_actor(employer))
    url = f"/employeur/ateliers/missions/{mission.pk}/don/"
    answer = client.post(url, {"version": "0", "daily_value": "1 310,5", "words": "W" * 200})
    assert (answer.status_code, answer.url) == (302, "/employeur/ateliers/bilan/?annee=2025")
    assert MissionGift.objects.get().daily_value == Decimal("1310.50")
    page = client.get(answer.url)
    assert "13\xa0105,00 €" in page.text
    assert "W" * 200 in page.text
    assert client.post(url, {"version": "1", "amount": "-1"}).status_code == 422


def test_an_association_and_a_network_see_the_gifts_of_their_own_missions_only(employer):
    LendingRules.objects.create(employer=employer, daily_value=100)
    need = {"release__proposal__decision__need__network": employer.network}
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10), **need)
    lived(EmployerFactory(), date(2025, 4, 1), date(2025, 4, 10))
    association = mission.association
    for actor, prefix in (
        (association_actor(association), f"/association/{association.slug}"),
        (officer_actor(employer.network), "/reseau/alizes"),
    ):
        client = wearing(actor)
        page = client.get(f"{prefix}/dons/?annee=2025")
        assert [row["total"] for row in page.context["rows"]] == ["1\xa0000,00 €"]
        assert "/don/" not in page.text
        rows = list(
            csv.reader(
                StringIO(client.get(f"{prefix}/dons.csv?annee=2025").text[1:]), delimiter=";"
            )
        )
        assert (len(rows), rows[1][-1]) == (2, "1000,00")
    foreign = AssociationFactory(slug="autre")
    page = wearing(association_actor(foreign)).get("/association/autre/dons/?annee=2025")
    assert page.context["rows"] == []


def test_only_the_employer_of_a_mission_can_set_its_gift_values(employer):
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    other = wearing(employer_actor(EmployerFactory(slug="autre")))
    assert other.get(f"/employeur/autre/missions/{mission.pk}/don/").status_code == 404
    officer = wearing(officer_actor(mission.network))
    url = f"/reseau/{mission.network.slug}/missions/{mission.pk}/don/"
    assert officer.get(url).status_code == 404


def test_the_spreadsheet_of_gifts_contains_amounts_as_numbers(employer):
    LendingRules.objects.create(employer=employer, daily_value=Decimal("100.10"))
    lived(
        employer,
        date(2025, 3, 1),
        date(2025, 3, 10),
        release__proposal__decision__need__title="=1+1",
    )
    file = wearing(employer_actor(employer)).get("/employeur/ateliers/dons.xlsx?annee=2025")
    rows = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == pages.COLUMNS
    assert rows[1][4:8] == [10.0, 100.1, 1001.0, 0.0]
    assert rows[1][0].endswith("=1+1")


@pytest.mark.parametrize("typed", ["", "abc", "99999", "1999", "²026"])
def test_an_invalid_year_in_the_url_of_gifts_is_replaced_by_the_current_year(typed):
    assert rules.year_of(typed, TODAY) == 2026
    assert rules.year_of("2031", TODAY) == 2031


@pytest.mark.parametrize("count", [1, 30])
def test_the_table_of_gifts_runs_a_constant_number_of_queries(
    employer, count, django_assert_max_num_queries
):
    LendingRules.objects.create(employer=employer, daily_value=100)
    need = {"release__proposal__decision__need__network": employer.network}
    for _ in range(count):
        lived(employer, date(2025, 3, 1), date(2025, 3, 10), **need)
    officer, own = wearing(officer_actor(employer.network)), wearing(employer_actor(employer))
    with django_assert_max_num_queries(8):
        assert len(officer.get("/reseau/alizes/dons/?annee=2025").context["rows"]) == count
    with django_assert_max_num_queries(10):
        own.get("/employeur/ateliers/bilan/?annee=2025")


@pytest.mark.parametrize(
    ("scheme", "time"),
    [("MCP", Decimal(1000)), ("MCF", Decimal(1000)), ("MAD", None), ("PMO", None), ("CP", None)],
)
def test_the_usual_value_of_a_gift_day_counts_only_in_schemes_that_give_working_time(
    employer, scheme, time
):
    LendingRules.objects.create(employer=employer, daily_value=100)
    lived(employer, date(2025, 3, 1), date(2025, 3, 10), release__scheme=scheme)
    assert line_of(employer, 2025).time == time


def test_an_employer_can_set_the_value_of_a_day_for_one_loan_of_staff(employer):
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10), release__scheme="PMO")
    given = {"daily_value": Decimal(50), "amount": None, "words": ""}
    actions.value_gift(selectors.gift_of(mission), by=employer_actor(employer), **given)
    assert line_of(employer, 2025).time == Decimal(500)
