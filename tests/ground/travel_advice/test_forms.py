"""The form of a reading of travel advice: accepted values and errors."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.ground.travel_advice.forms import ReadingForm, countries, zones


def data(**others):
    return {
        "country": "MG",
        "place": "",
        "zone": "J",
        "country_status": "open",
        "read_on": timezone.localdate().isoformat(),
        "url": "https://conseils.exemple.test/madagascar",
        "text": "",
    } | others


def test_the_travel_advice_form_of_a_complete_reading_is_valid():
    form = ReadingForm(data())
    assert form.errors == {}
    assert form.values == {
        "country": "MG",
        "place": "",
        "zone": "J",
        "country_status": "open",
        "read_on": timezone.localdate(),
        "url": "https://conseils.exemple.test/madagascar",
        "text": "",
    }


@pytest.mark.parametrize("name", ["country", "zone", "country_status", "read_on", "url"])
def test_a_travel_advice_reading_with_a_missing_field_is_refused(name):
    assert ReadingForm(data(**{name: ""})).errors == {name: ["Ce champ est obligatoire."]}


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("place", " - ", "Le lieu doit contenir des lettres ou des chiffres."),
        (
            "read_on",
            (timezone.localdate() + timedelta(days=1)).isoformat(),
            "La date du relevé est dans l’avenir.",
        ),
        ("url", "pas une adresse", "Écrivez une adresse qui commence par https://."),
        ("url", "javascript:alert(1)", "Écrivez une adresse qui commence par https://."),
    ],
)
def test_each_error_of_a_travel_advice_reading_is_shown_on_its_field(name, value, error):
    assert ReadingForm(data(**{name: value})).errors == {name: [error]}


@pytest.mark.parametrize(
    ("name", "value"), [("country", "ZZ"), ("country", "AQ"), ("zone", "X"), ("zone", "?")]
)
def test_a_travel_advice_reading_with_a_value_outside_the_lists_is_refused(name, value):
    assert list(ReadingForm(data(**{name: value})).errors) == [name]


def test_the_travel_advice_form_offers_the_countries_open_to_missions():
    assert countries()[:2] == [("", "Choisissez un pays"), ("AF", "Afghanistan")]
    assert len(countries()) == 244


def test_the_travel_advice_form_shows_the_official_wording_of_colours():
    assert zones() == [
        ("V", "Verte : vigilance normale"),
        ("J", "Jaune : vigilance renforcée"),
        ("O", "Orange : déconseillé sauf raison impérative"),
        ("R", "Rouge : formellement déconseillé"),
    ]


def test_the_date_field_of_the_travel_advice_form_uses_the_iso_format():
    today = timezone.localdate().isoformat()
    assert f'value="{today}"' in str(ReadingForm()["read_on"])
