"""Checks that every form makes, whatever its fields."""

import pytest
from django import forms

from explor.actors.projects.models import Project
from explor.ground.ui.fields import bounded, column
from explor.ground.ui.forms import LONGEST, BaseForm, ChangesForm


class SampleForm(BaseForm):
    key = forms.UUIDField(required=False)
    story = forms.CharField(widget=forms.Textarea, strip=False, required=False)
    short = forms.CharField(widget=forms.Textarea, max_length=10, required=False)
    context = bounded(column(Project, "context"), required=False)


@pytest.mark.parametrize("name", ["story", "context"])
def test_a_text_field_without_its_own_length_limit_has_a_default_limit(name: str) -> None:
    form = SampleForm({name: "é" * LONGEST})
    assert (form.errors, form.cleaned_data[name]) == ({}, "é" * LONGEST)
    words = "Ce texte compte 50\xa0001 caractères : raccourcissez-le à 50\xa0000 caractères."
    assert SampleForm({name: "é" * (LONGEST + 1)}).errors == {name: [words]}


def test_the_default_length_limit_does_not_apply_to_limited_text_fields_or_uuid_fields() -> None:
    form = SampleForm({"short": "é" * 11, "key": "6b1c0b5e-5d4c-4a53-9a4b-6f5f6c1d2e3f"})
    assert list(form.errors) == ["short"]
    assert "10" in form.errors["short"][0]


class Described(ChangesForm):
    name = forms.CharField(help_text="Le nom officiel.")


def test_the_hidden_initial_value_of_a_field_has_no_description_for_screen_readers() -> None:
    shown, hidden = str(Described(initial={"name": "Rivages"})["name"]).split("<input")[1:]
    assert "aria-describedby" in shown
    assert 'type="hidden"' in hidden
    assert "aria-" not in hidden
