"""The form that records a reading of travel advice."""

from typing import Any

from django import forms
from django.utils import timezone

from explor.ground.reference.selectors import choices, term, terms
from explor.ground.ui.fields import DayField
from explor.ground.ui.forms import CreateForm

from .models import Status
from .rules import blockers_of_reading


def countries() -> list[tuple[str, str]]:
    """Return the (code, name) choices of the countries on the map, after a blank choice."""
    shown = [
        pair for pair in choices("countries") if term("countries", pair[0]).extra["on_map"] == "1"
    ]
    return [("", "Choisissez un pays"), *shown]


def zones() -> list[tuple[str, str]]:
    """Return the (code, label) choices of risk zones; a label is a colour and its meaning."""
    return [
        (each.code, f"{each.extra['colour'].capitalize()} : {each.label}")
        for each in terms("travel_zones").values()
    ]


def statuses() -> list[tuple[str, str]]:
    """Return the (code, label) choices of the status of a country, such as closed."""
    return [(code, text.capitalize()) for code, text in choices("country_statuses")]


class ReadingForm(CreateForm):
    """Form that records a reading of the ministry's page."""

    country = forms.ChoiceField(label="Pays", choices=countries)
    place = forms.CharField(
        label="Lieu",
        required=False,
        max_length=120,
        help_text="Ville ou région. Laissez vide pour tout le pays.",
    )
    zone = forms.ChoiceField(label="Couleur de la zone", choices=zones, widget=forms.RadioSelect)
    country_status = forms.ChoiceField(
        label="Le pays est",
        choices=statuses,
        initial=Status.OPEN,
        widget=forms.RadioSelect,
        help_text="Fermé : aucune mission ne part, quelle que soit la couleur.",
    )
    read_on = DayField(
        label="Relevé le",
        initial=timezone.localdate,
        # The only format that a date input accepts, whatever the language of the page.
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    url = forms.URLField(
        label="Adresse de la page consultée",
        max_length=500,
        assume_scheme="https",
        help_text="La page du pays, dans les Conseils aux voyageurs du ministère.",
    )
    text = forms.CharField(
        label="Ce que dit la page",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Le passage utile, recopié tel quel.",
    )

    def clean(self) -> dict[str, Any]:
        """Return the cleaned values; show beside its field each reason why they are invalid."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if {"country", "place", "read_on"} <= set(values):
            today = timezone.localdate()
            reasons = blockers_of_reading(
                values["country"], values["place"], values["read_on"], today
            )
            for name, reason in reasons.items():
                self.add_error(name, reason)
        return values
