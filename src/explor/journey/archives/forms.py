"""Forms of a disposal list."""

from typing import Any

from django import forms

from explor.ground.files.forms import DocumentField
from explor.ground.ui.fields import DayField, column
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import EditForm

from .models import Disposal, DisposalLine


class PrepareForm(CreateForm):
    """The form that prepares a disposal list: a button only; Explor finds the papers."""


class EndorseForm(EditForm):
    """The approval of the archives: its reference, day and scan, and the lines that they keep."""

    reference = column(Disposal, "reference").formfield(required=True)
    on = DayField(label="Date du visa")
    file = DocumentField(label="Le visa reçu, numérisé", required=False)
    kept = forms.ModelMultipleChoiceField(
        label="Lignes que les archives gardent",
        help_text="Elles restent, à verser aux archives. Les autres s’effacent.",
        queryset=DisposalLine.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, subject: Disposal, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        field: Any = self.fields["kept"]
        field.queryset = subject.lines.all()
