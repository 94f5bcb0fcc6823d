"""Form fields shared by several packages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from explor.actors.experts.forms import AvailabilityForm
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.ui.fields import (
    BIG,
    AmountField,
    DayField,
    EmailField,
    MomentField,
    NumberField,
    bounded,
    column,
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1200", Decimal(1200)),
        ("1 200,5", Decimal("1200.5")),
        ("1\u202f200,50 €", Decimal("1200.50")),
        ("1\xa0200.50€", Decimal("1200.50")),
        ("0", Decimal(0)),
        ("1.051.137 €", Decimal(1_051_137)),
        ("1,051,137.50", Decimal("1051137.50")),
        ("12'000", Decimal(12_000)),
        ("12,5 k€", Decimal(12_500)),
        ("1200 euros", Decimal(1200)),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert AmountField(max_digits=10, decimal_places=2).clean(typed) == amount


@pytest.mark.parametrize("typed", ["12.000", "1,051", "12 34", ".5", "douze"])
def test_an_ambiguous_or_unreadable_amount_is_refused(typed):
    with pytest.raises(ValidationError):
        AmountField(max_digits=10, decimal_places=2).clean(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12.345", "« 12.345 » se lit de deux façons : écrivez « 12\u202f345 » ou « 12,35 »."),
        ("50 000 XOF", "Écrivez un montant en euros, comme 1 200,50."),
        ("10 000 à 15 000 €", "Écrivez un montant, comme 1 200,50."),
        ("-3", "Un montant ne peut pas être négatif."),
    ],
)
def test_a_refused_amount_says_what_was_expected(typed, why):
    assert message_of(AmountField(max_digits=10, decimal_places=2), typed) == why


@pytest.mark.parametrize("typed", ["2027-03-31", "31/03/2027", "31 mars 2027", "le 31 mars 2027"])
def test_a_day_is_read_as_people_write_it(typed):
    assert DayField().clean(typed) == date(2027, 3, 31)


@pytest.mark.parametrize("typed", ["mars 2027", "03/31/2027", "fin mars 2027", "46112"])
def test_a_day_that_is_no_day_or_not_sure_is_refused(typed):
    assert message_of(DayField(), typed) == "Écrivez une date, comme 31/03/2027."


def message_of(field: forms.Field, typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize("typed", ["9999-12-31", "31/12/9999", "1999-12-31", "0001-01-01"])
def test_a_day_out_of_bounds_is_refused_with_the_bounds(typed):
    last = timezone.localdate() + timedelta(days=3653)
    assert message_of(DayField(), typed) == f"Donnez une date du 01/01/2000 au {last:%d/%m/%Y}."


@pytest.mark.parametrize("domain", ["\u05d0a.test", f"{'é' * 60}.test", "\u3002.test"])
@pytest.mark.parametrize("field", [EmailField(), bounded(column(Person, "email"))])
def test_an_address_to_which_no_message_can_leave_is_refused(field, domain):
    words = "Aucun courriel ne peut partir vers cette adresse : relisez ce qui suit le @."
    assert message_of(field, f"a@{domain}") == words
    assert field.clean("a@forêt.test") == "a@forêt.test"


def test_the_first_and_the_last_day_are_accepted_and_a_form_may_narrow_them():
    field = DayField(earliest=date(2026, 3, 1), latest=lambda: date(2026, 3, 31))
    assert field.clean("2026-03-01") == date(2026, 3, 1)
    assert field.clean("31/03/2026") == date(2026, 3, 31)
    assert message_of(field, "2026-04-01") == "Donnez une date du 01/03/2026 au 31/03/2026."
    assert DayField(required=False).clean("") is None


@pytest.mark.parametrize(
    "typed", ["9999-12-31T23:59", "0001-01-01T00:00+14:00", "1999-12-31T23:59"]
)
def test_a_moment_out_of_bounds_is_refused(typed):
    assert "01/01/2000" in message_of(MomentField(), typed)


@pytest.mark.parametrize("typed", ["\x00", "²", "1e400", "9" * 5000, "2026-02-30", "\ud800"])
@pytest.mark.parametrize("field", [DayField(), MomentField(), NumberField(), AmountField()])
def test_odd_texts_are_errors_of_the_field(field, typed):
    assert message_of(field, typed)


def test_a_number_fits_its_column():
    assert NumberField().clean("32767") == 32767
    assert "32767" in message_of(NumberField(), "32768")
    assert "0" in message_of(NumberField(), "-1")
    assert bounded(column(Organisation, "inhabitants")).clean(str(BIG)) == BIG
    assert str(BIG) in message_of(bounded(column(Organisation, "inhabitants")), str(BIG + 1))


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "-1", "1e30", "99999999999,00"])
def test_an_amount_that_is_no_sum_of_money_is_refused(typed):
    assert message_of(AmountField(), typed)


def test_an_availability_to_the_year_9999_is_an_error_of_the_form():
    form = AvailabilityForm({"start": "2026-12-01", "end": "9999-12-31"})
    assert not form.is_valid()
    assert form.errors["end"][0].startswith("Donnez une date du 01/01/2000 au ")


@pytest.mark.parametrize(
    ("field", "example"),
    [
        (DayField(), "31/03/2027"),
        (MomentField(), "31/03/2027 09:30"),
        (NumberField(), "12"),
        (AmountField(), "1 200,50"),
        (forms.EmailField(), "nom@exemple.fr"),
        (forms.URLField(assume_scheme="https"), "https://"),
    ],
)
def test_what_is_not_understood_is_refused_with_an_example(field, example):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("ceci n’est pas une valeur")
    assert [example in message for message in refused.value.messages] == [True]


@pytest.mark.parametrize("typed", ["14,5", "14.5", "14"])
def test_a_number_of_one_decimal_is_accepted_as_typed(typed: str) -> None:
    score = AmountField(max_digits=3, decimal_places=1).clean(typed)
    assert score == Decimal(typed.replace(",", "."))


@pytest.mark.parametrize("typed", ["2026-10-25T02:30", "2027-03-28T02:30"])
def test_an_hour_of_the_change_of_hour_is_refused_with_those_to_write(typed: str) -> None:
    assert message_of(MomentField(), typed) == (
        "Cette nuit-là on change d’heure : cette heure existe deux fois, ou pas du tout. "
        "Écrivez 01:59 ou 03:00."
    )
