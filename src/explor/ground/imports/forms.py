"""The form that assigns a field to each column of an imported file."""

from typing import Any

from django import forms

from explor.ground.ui.order import sort_key
from explor.ground.workflow.forms import ActionForm

from .models import ImportedFile, kind_of

IGNORED = "ne pas reprendre"


class ColumnsForm(ActionForm):
    """Form with one choice per column of the file: the field that the column holds, or none."""

    def __init__(self, *args: Any, subject: ImportedFile, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.labels = dict(kind_of(subject).fields_of(subject))
        self.columns = list(subject.columns)
        for at, column in enumerate(self.columns):
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=column["name"],
                choices=[("", IGNORED), *self.labels.items()],
                required=False,
                initial=subject.chosen.get(column["name"], ""),
                help_text=f"Par exemple : {column['example']}" if column["example"] else "",
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        taken = list(self.mapping.values())
        if repeated := {self.labels[name] for name in taken if taken.count(name) > 1}:
            raise forms.ValidationError(
                f"Choisi pour deux colonnes : {', '.join(sorted(repeated, key=sort_key))}."
            )
        return data

    @property
    def mapping(self) -> dict[str, str]:
        """Return the field chosen for each column, by column name; ignored columns are left out."""
        named = ((c["name"], self.cleaned_data.get(f"c{at}")) for at, c in enumerate(self.columns))
        return {name: field for name, field in named if field}
