"""The form of an emergency contact."""

import re
from typing import Any

from django import forms

from explor.ground.reference.selectors import choices
from explor.ground.ui.fields import column
from explor.ground.ui.forms import set_choices
from explor.ground.workflow.forms import ActionForm

from .models import EmergencyContact


class ContactForm(ActionForm):
    """The name, relationship, telephone number and language of the person to call."""

    name = column(EmergencyContact, "name").formfield()
    tie = column(EmergencyContact, "tie").formfield(
        help_text="Par exemple : ma sœur, un ami, une collègue."
    )
    phone = column(EmergencyContact, "phone").formfield(
        help_text="Avec l’indicatif du pays, par exemple +33 6 12 34 56 78."
    )
    language = forms.ChoiceField(label="Langue dans laquelle lui parler")

    def __init__(self, *args: Any, subject: EmergencyContact, **kwargs: Any) -> None:
        names = ("name", "tie", "phone", "language")
        initial = {name: getattr(subject, name) for name in names}
        initial["language"] = initial["language"] or "fr"
        super().__init__(*args, subject=subject, initial=initial, **kwargs)
        set_choices(self, "language", choices("languages"))

    def clean_phone(self) -> str:
        """Return the telephone number; refuse one with fewer than three digits."""
        phone = str(self.cleaned_data["phone"]).strip()
        if len(re.findall("[0-9]", phone)) < 3:
            raise forms.ValidationError("Écrivez un numéro de téléphone, avec ses chiffres.")
        return phone
