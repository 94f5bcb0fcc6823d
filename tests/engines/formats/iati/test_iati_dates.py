"""Dates and status of an IATI activity: what is kept, and the remarks on the others."""

import pytest
from engines.formats.iati.samples import notes, reading

from explor.engines.formats import PartialDate, Status


def day(kind, text):
    return f'<activity-date type="{kind}" iso-date="{text}"/>'


def test_a_date_written_as_text_as_in_version_1_is_read():
    inside = (
        '<activity-date type="start-actual">2019-03-01</activity-date>'
        '<activity-date type=" End-Planned ">2021-12-31</activity-date>'
    )
    read = reading(inside)
    assert (read.sheet.start, read.sheet.end) == (
        PartialDate(year=2019, month=3, day=1),
        PartialDate(year=2021, month=12, day=31),
    )
    assert notes(read) == []


def test_the_comment_of_a_date_with_an_attribute_is_not_read_as_a_date():
    inside = '<activity-date type="2" iso-date="2019-03-01">Signature en 2018</activity-date>'
    assert reading(inside).sheet.start == PartialDate(year=2019, month=3, day=1)


def test_planned_dates_that_differ_from_the_actual_ones_are_reported():
    read = reading(day(1, "2019-01-01") + day(2, "2019-03-01") + day(3, "2021-12-31"))
    assert read.sheet.start == PartialDate(year=2019, month=3, day=1)
    assert notes(read) == ["Non repris : 1 autre date (début prévu : 1er janvier 2019)."]


def test_a_planned_date_equal_to_the_actual_one_is_not_reported():
    assert notes(reading(day(1, "2019-03-01") + day(2, "2019-03-01"))) == []


def test_a_repeated_date_and_a_date_of_an_unknown_kind_are_reported():
    read = reading(day(2, "2019-03-01") + day(2, "2019-04-01") + day(9, "2020-05-01"))
    assert read.sheet.start == PartialDate(year=2019, month=3, day=1)
    assert notes(read) == [
        "Non repris : 2 autres dates (début réel : 1er avril 2019 ; 1er mai 2020)."
    ]


def test_a_date_not_in_iso_format_is_read_day_first_with_a_remark_to_check_it():
    read = reading(day(2, "03/04/2012"))
    assert read.sheet.start == PartialDate(year=2012, month=4, day=3)
    assert notes(read) == ["Date « 03/04/2012 » lue comme le 3 avril 2012 : vérifiez."]


def test_a_date_that_cannot_be_read_is_reported_and_the_planned_one_is_kept():
    read = reading(day(1, "2019-01-01") + day(2, "2019-1301"))
    assert read.sheet.start == PartialDate(year=2019, month=1, day=1)
    assert notes(read)[0].startswith("date incomprise : « 2019-1301 »")


@pytest.mark.parametrize(
    ("text", "status", "remarks"),
    [
        ("Implementation", Status.ONGOING, []),
        ("Post-completion", Status.FINISHED, []),
        ("Bientôt", None, ["Statut inconnu : « Bientôt »."]),
    ],
)
def test_a_status_written_as_text_without_a_code_is_read_or_reported(text, status, remarks):
    read = reading(f"<activity-status>{text}</activity-status>")
    assert (read.sheet.status, notes(read)) == (status, remarks)


def test_the_dates_of_the_first_draft_of_the_standard_are_read():
    read = reading(day("start", "2008-01-01") + day("end", "2009-12-31"))
    assert (read.sheet.start, read.sheet.end) == (
        PartialDate(year=2008, month=1, day=1),
        PartialDate(year=2009, month=12, day=31),
    )
    assert notes(read) == []


@pytest.mark.parametrize(
    ("ref", "status", "remarks"),
    [
        ("2", Status.ONGOING, []),
        ("On Going", Status.ONGOING, []),
        ("Bientôt", None, ["Statut inconnu : « Bientôt »."]),
    ],
)
def test_a_status_of_the_first_draft_of_the_standard_is_read_or_reported(ref, status, remarks):
    read = reading(f'<activity-status ref="{ref}"/>')
    assert (read.sheet.status, notes(read)) == (status, remarks)


def test_a_second_status_that_differs_is_reported():
    read = reading('<activity-status code="4"/><activity-status code="2"/>')
    assert read.sheet.status == Status.FINISHED
    assert notes(read) == ["Non repris : 1 autre statut (en cours)."]


def test_a_status_given_twice_is_not_reported():
    assert notes(reading('<activity-status code="2"/><activity-status code="2"/>')) == []
