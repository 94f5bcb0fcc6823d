"""The form renderer: label, help, error beside the field, summary of errors at the top."""

import re

from django import forms
from django.utils.html import format_html

from explor.ground.http.exceptions import EditConflict
from explor.ground.ui.forms import BaseForm, needed_if


class Ask(BaseForm):
    days = forms.IntegerField(label="Durée", help_text="En jours.", min_value=7)
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(label="Type", choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="D’accord", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def drawn(form: forms.Form) -> str:
    text = " ".join(str(form).split())
    return re.sub(r"(?<=>) | (?=[<>])", "", text)


def test_a_number_field_renders_its_label_help_and_attributes():
    assert drawn(Ask()).startswith(
        '<div class="field"><label for="id_days">Durée</label>'
        '<div class="help-text" id="id_days_helptext">En jours.</div>'
        '<input type="number" name="days" min="7" required aria-describedby="id_days_helptext"'
        ' id="id_days"></div>'
    )


def test_an_optional_field_is_marked_as_optional():
    html = drawn(Ask())
    assert html.count("(facultatif)") == 1
    assert html.count('<label for="id_note">Note<small>(facultatif)</small></label>') == 1


def test_a_field_required_only_in_one_case_says_in_which_case():
    form = Ask()
    needed_if(form, "note", "nécessaire pour un non")
    html = drawn(form)
    assert '<label for="id_note">Note<small>(nécessaire pour un non)</small></label>' in html
    assert "(facultatif)" not in html


def test_radio_choices_are_grouped_under_the_label_of_their_field():
    html = drawn(Ask())
    assert html.count('<fieldset class="field" id="id_kind"><legend>Type</legend>') == 1
    assert html.count('id="id_kind"') == 1


def test_hidden_fields_are_rendered_without_label():
    assert drawn(Ask()).endswith('<input type="hidden" name="token" id="id_token">')


def test_an_error_is_shown_beside_its_field_and_linked_from_the_summary():
    form = Ask({"days": "3", "kind": "a", "token": "x"})
    form.is_valid()
    html = drawn(form)
    message = form.errors["days"][0]
    assert html.startswith('<div class="notice bad" role="alert" tabindex="-1" autofocus>')
    assert html.count(f'<li><a href="#id_days">Durée</a>: {message}</li>') == 1
    assert html.count(f'<ul class="errors" id="id_days_error"><li>{message}</li></ul>') == 1
    assert html.count('aria-invalid="true"') == 1
    assert html.count('aria-describedby="id_days_helptext id_days_error"') == 1


def test_the_error_link_of_a_missing_choice_targets_its_group():
    form = Ask({"days": "9", "token": "x"})
    form.is_valid()
    assert drawn(form).count('<a href="#id_kind">Type</a>') == 1


def test_an_edit_conflict_is_shown_first_and_keeps_what_was_typed():
    form = Ask({"days": "9", "kind": "a", "note": "Lundi", "token": "x"})
    form.is_valid()
    form.refuse(EditConflict(4, "La date a changé."))
    html = drawn(form)
    assert html.count('<p class="notice-title">Rien n’a été enregistré</p>') == 1
    assert html.count("<li>La date a changé.</li>") == 1
    assert html.count('value="Lundi"') == 1


def test_a_help_text_that_quotes_a_user_is_escaped_and_one_of_the_code_keeps_its_html():
    form = Ask()
    form.fields["note"].help_text = 'Par exemple : <button formaction="/supprimer/">Suite</button>'
    form.fields["days"].help_text = format_html("<b>{}</b> jours", "<7>")
    html = drawn(form)
    assert html.count("<button") == 0
    assert html.count("Par exemple : &lt;button formaction=&quot;/supprimer/&quot;&gt;Suite") == 1
    assert html.count("<b>&lt;7&gt;</b>jours") == 1


def test_a_form_escapes_the_typed_values():
    form = Ask({"days": "<b>", "note": '"><script>', "token": "x"})
    form.is_valid()
    assert drawn(form).count("<script>") == 0
