"""Dates as people write them, as a year, a month or a day; durations and ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.french.dates import Part, end_after, months_of, read_day, read_period


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2024-03-01", (2024, 3, 1)),
        ("1er mars 2024", (2024, 3, 1)),
        ("1ᵉʳ mars 2024", (2024, 3, 1)),
        ("vendredi 1er mars 2024", (2024, 3, 1)),
        ("13/03/2024", (2024, 3, 13)),
        ("1.3.2024", (2024, 3, 1)),
        ("13/03/24", (2024, 3, 13)),
        ("mars-24", (2024, 3)),
        ("mars 2024", (2024, 3)),
        ("mars-2024", (2024, 3)),
        ("March 5, 2024", (2024, 3, 5)),
        ("sept. 2023", (2023, 9)),
        ("03/2024", (2024, 3)),
        ("03/24", (2024, 3)),
        ("2024/02/01", (2024, 2, 1)),
        ("2024", (2024,)),
        ("depuis 2019", (2019,)),
        ("à partir de mars 2024", (2024, 3)),
        ("2024-03-01 00:00:00", (2024, 3, 1)),
        ("2024-03-01T10:00:00+01:00", (2024, 3, 1)),
    ],
)
def test_a_date_is_read_in_each_usual_french_spelling(text, start):
    period = read_period(text)
    assert (period.start, period.end) == (Part(*start), None)
    assert [each for each in period.remarks if "ordre français" not in each] == []


@pytest.mark.parametrize(
    ("text", "start", "remark"),
    [
        (
            "01/03/2024",
            (2024, 3, 1),
            "« 01/03/2024 » compris dans l’ordre français, jour puis mois",
        ),
        (
            "03/25/2024",
            (2024, 3, 25),
            "« 03/25/2024 » compris dans l’ordre américain, mois puis jour : vérifiez",
        ),
        ("printemps 2024", (2024,), "« printemps » non gardé : 2024 seulement, vérifiez"),
        ("début mars 2024", (2024, 3), "« début » non gardé : mars 2024 seulement, vérifiez"),
        (
            "45352",
            (2024, 3, 1),
            "« 45352 », nombre d’un tableur, compris comme 1er mars 2024 : vérifiez",
        ),
        (
            "2024-03-01T23:30:00Z",
            (2024, 3, 2),
            "« 2024-03-01 23:30:00 z » compris comme 2 mars 2024 à Paris",
        ),
    ],
)
def test_an_ambiguous_date_is_read_with_a_remark_that_states_the_choice(text, start, remark):
    period = read_period(text)
    assert (period.start, period.remarks) == (Part(*start), (remark,))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("T1 2024", (2024, 1), (2024, 3)),
        ("1er trimestre 2024", (2024, 1), (2024, 3)),
        ("2024-T4", (2024, 10), (2024, 12)),
        ("S2 2023", (2023, 7), (2023, 12)),
        ("second semestre 2023", (2023, 7), (2023, 12)),
        ("2022-2024", (2022,), (2024,)),
        ("2022-23", (2022,), (2023,)),
        ("de mars à juin 2024", (2024, 3), (2024, 6)),
        ("de novembre à février 2024", (2023, 11), (2024, 2)),
        ("mars 2024 - juin 2025", (2024, 3), (2025, 6)),
        ("2-13 mars 2027", (2027, 3, 2), (2027, 3, 13)),
        ("du 2 au 13 mars 2027", (2027, 3, 2), (2027, 3, 13)),
        ("du 28 février au 3 mars 2027", (2027, 2, 28), (2027, 3, 3)),
        ("du 28 décembre au 3 janvier 2027", (2026, 12, 28), (2027, 1, 3)),
        ("du 01/03/2024 au 30/06/2024", (2024, 3, 1), (2024, 6, 30)),
        ("2024-03-01/2024-05-01", (2024, 3, 1), (2024, 5, 1)),
        ("18 mois à partir de mars 2024", (2024, 3), (2025, 8)),
        ("mars 2024 (18 mois)", (2024, 3), (2025, 8)),
        ("1er mars 2024, pour 6 mois", (2024, 3, 1), (2024, 8, 31)),
        ("3 ans à compter du 1er janvier 2024", (2024, 1, 1), (2026, 12, 31)),
    ],
)
def test_a_range_or_a_duration_gives_a_start_date_and_an_end_date(text, start, end):
    period = read_period(text)
    assert (period.start, period.end) == (Part(*start), Part(*end))


@pytest.mark.parametrize(
    "text",
    ["", "bientôt", "31/02/2024", "13/2022", "03/04", "0", "99999", "1899", "31/12/9999", "mars",
     "30 fructidor 2024", "12 mois", "1er semestre", "29 février 2023", "²/2026", "T5 2024"],
)  # fmt: skip
def test_a_text_that_is_not_a_date_is_refused_with_a_message_in_french(text):
    with pytest.raises(ValueError, match=r"^date incomprise : "):
        read_period(text)


def test_a_range_of_dates_whose_end_comes_before_its_start_is_refused():
    with pytest.raises(ValueError, match="la fin précède le début"):
        read_period("juin 2025 - mars 2024")


def test_a_quarter_is_read_as_its_first_or_last_month_and_a_range_is_not_read_as_one_day():
    assert read_day("T1 2024")[0] == Part(2024, 1)
    assert read_day("T1 2024", last=True)[0] == Part(2024, 3)
    with pytest.raises(ValueError, match="date incomprise"):
        read_day("2022-2024")


@pytest.mark.parametrize(
    ("text", "months"),
    [("18 mois", 18), ("2 ans", 24), ("un an et demi", 18), ("12", 12), ("dix-huit mois", 18),
     ("1,5 an", 18), ("2 semestres", 12), ("0", None), ("longtemps", None)],
)  # fmt: skip
def test_a_french_duration_is_read_as_a_number_of_months(text, months):
    assert months_of(text) == months


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ((2019,), 12, (2019,)),
        ((2024, 3), 18, (2025, 8)),
        ((2024, 8, 31), 6, (2025, 2, 28)),
        ((2024, 3, 1), 6, (2024, 8, 31)),
        ((2024, 1, 15), 12, (2025, 1, 14)),
    ],
)
def test_the_end_date_computed_from_a_duration_is_as_precise_as_the_start_date(start, months, end):
    assert end_after(Part(*start), months) == Part(*end)


@given(st.dates(min_value=Part(1900).first(), max_value=Part(2100).last()))
def test_every_day_is_read_in_each_spelling_of_a_date(day):
    part = Part(day.year, day.month, day.day)
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", f"{day:%Y/%m/%d}"):
        assert read_day(text)[0] == part


@given(st.text(max_size=30))
def test_any_text_is_read_as_a_date_or_refused_with_a_french_message(text):
    try:
        assert read_period(text).start is not None
    except ValueError as fault:
        assert "date incomprise" in str(fault) or "précède" in str(fault)
