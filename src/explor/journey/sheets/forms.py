"""Forms of project sheets: publication, address, correction, photographs, imports."""

from typing import Any

from django import forms

from explor.ground.files.forms import PhotoField
from explor.ground.ui.fields import bounded, column
from explor.ground.ui.forms import CreateForm
from explor.ground.workflow.forms import ActionForm

from . import engine, rules
from .models import Photo, ProjectSheet

LARGEST = 20_000_000  # bytes of one file of sheets
LINE, TEXT = 1000, 50_000  # most characters of a single-line field, of a multi-line field
# Help text of a field of a sheet, by the type of the field.
HELP = {
    "date": "Une année, un mois ou un jour : « 2024 », « mars 2024 », « 3 mars 2024 ».",
    "money": "Avec sa monnaie : « 12 000 € ».",
    "names": "Un nom par ligne.",
    "goals": "Un numéro de 1 à 17 par ligne.",
    "types": "Un type par ligne, puis sa famille en capitales s’il en a une.",
    "links": "Une adresse par ligne, ou [texte](adresse).",
    "markdown": "Un tiret en début de ligne fait une liste.",
}


class PublishForm(ActionForm):
    """A reason, asked when the association of the sheet has not validated it."""

    def __init__(self, *args: Any, subject: ProjectSheet, **kwargs: Any) -> None:
        needed, ask = rules.lacks_approval(subject), "Pourquoi passer outre à sa validation"
        super().__init__(*args, subject=subject, needs_reason=needed, ask=ask, **kwargs)


class PlanForm(ActionForm):
    """The day on which a background job publishes the sheet."""

    publish_on = bounded(column(ProjectSheet, "publish_on"), label="Publier le", required=True)


class RenameForm(ActionForm):
    """The slug of a sheet, the end of its URL."""

    slug = ProjectSheet._meta.get_field("slug").formfield()


class SheetForm(ActionForm):
    """Every field of a sheet as text; `corrected` is the `Sheet` built from the input."""

    def __init__(self, *args: Any, subject: ProjectSheet, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.sheet = self.corrected = engine.sheet_of(subject.content)
        for name, text in engine.texts_of(self.sheet).items():
            self.fields[name.replace(".", "-")] = _field(name, text)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = {name.replace(".", "-"): name for name in engine.FIELD_KINDS}
        texts = {names[key]: text for key, text in data.items() if key in names}
        self.corrected, faults = engine.corrected(self.sheet, texts)
        for name, fault in faults.items():
            self.add_error(name.replace(".", "-"), fault[:1].upper() + fault[1:])
        start, end = self.corrected.start, self.corrected.end
        moved = (start, end) != (self.sheet.start, self.sheet.end)
        if moved and start and end and end.last_day() < start.first_day():
            self.add_error("end", "La fin précède le début.")
        return data


def _field(name: str, text: str) -> forms.Field:
    """Return the form field for the field `name` of a sheet, with `text` as initial value."""
    kind = engine.FIELD_KINDS[name]
    options: dict[str, Any] = {
        "label": engine.FIELD_LABELS[name],
        "required": name == "title",
        "initial": text,
        "help_text": HELP.get(kind, ""),
    }
    if kind == "status":
        choices = [("", "selon les dates"), *((each, each) for each in engine.Status)]
        return forms.ChoiceField(choices=choices, **options)
    if kind in ("line", "date", "money"):
        longest = ProjectSheet._meta.get_field("title").max_length if name == "title" else LINE
        return forms.CharField(max_length=longest, **options)
    rows = 8 if kind == "markdown" else 3
    return forms.CharField(max_length=TEXT, widget=forms.Textarea(attrs={"rows": rows}), **options)


class CorrectionForm(CreateForm):
    """The corrections that an association requests in a sheet."""

    words = forms.CharField(
        label="Que faut-il corriger ?", max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ConfirmForm(CreateForm):
    """A form without visible fields, to confirm an action on an object that has no version."""


class PhotoForm(forms.ModelForm, CreateForm):  # type: ignore[type-arg]
    """A photograph with alternative text, credit, and consent of the people shown."""

    file = PhotoField(
        label="Photographie",
        given="Le lieu et la date cachés dans le fichier sont effacés.",
    )
    consent = forms.BooleanField(
        label="Les personnes reconnaissables ont donné leur accord pour cette publication."
    )

    class Meta:
        model = Photo
        fields = ("alt", "credit")


class ImportForm(CreateForm):
    """A file of sheets, or the text of one."""

    file = forms.FileField(
        label="Fichier",
        required=False,
        help_text="Une fiche en Markdown (.md) ou une page web enregistrée (.html) ; un tableau "
        "(.csv, .xlsx, .ods, .json), une fiche par ligne ; le fichier projets.json d’un autre "
        "Explor ; un fichier IATI (.xml). 20\u00a0Mo au plus.",
    )
    text = forms.CharField(
        label="Ou texte collé d’une fiche en Markdown",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload, pasted = data.get("file"), data.get("text", "")
        if not upload and not pasted.strip():
            raise forms.ValidationError("Choisissez un fichier ou collez le texte d’une fiche.")
        if upload and upload.size > LARGEST:
            raise forms.ValidationError("Ce fichier dépasse 20 Mo. Partagez-le en plusieurs.")
        data["name"] = upload.name if upload else "texte collé.md"
        data["content"] = upload.read() if upload else pasted.encode()
        return data
