"""Forms of the directory: files of sheets brought in, searches followed by email."""

from typing import Any

from django import forms

from explor.ground.common.forms import Act, New, Parsed
from explor.journey.sheets import engine

from .models import SheetImport

LARGEST = 20_000_000


class ImportForm(New):
    """A file of sheets, or the text of one."""

    file = forms.FileField(
        label="Fichier",
        required=False,
        help_text="Une fiche en Markdown (.md) ou une page web enregistrée (.html) ; un tableau "
        "(.csv, .xlsx, .ods, .json), une fiche par ligne ; le fichier projets.json d’un autre "
        "Explor ; un fichier IATI (.xml). 20 Mo au plus.",
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


class MappingForm(Act):
    """What each column of a table holds."""

    def __init__(self, *args: Any, subject: SheetImport, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        choices = [("", "ne pas reprendre"), *engine.COLUMN_FIELDS.items()]
        self.columns = [column["name"] for column in subject.mapping.get("columns", [])]
        for at, column in enumerate(subject.mapping.get("columns", [])):
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=column["name"],
                choices=choices,
                required=False,
                initial=subject.chosen.get(column["name"], ""),
                help_text=f"Par exemple : {column['example']}" if column["example"] else "",
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [field for field in self.mapping.values() if field]
        if twice := {engine.COLUMN_FIELDS[f] for f in chosen if chosen.count(f) > 1}:
            raise forms.ValidationError(f"Choisi pour deux colonnes : {', '.join(sorted(twice))}.")
        return data

    @property
    def mapping(self) -> dict[str, str]:
        """The field of each column kept."""
        fields = (self.cleaned_data.get(f"c{at}", "") for at in range(len(self.columns)))
        return {name: field for name, field in zip(self.columns, fields, strict=True) if field}


class FollowForm(New):
    """Address that receives the news of a search."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Elle ne sert qu’à ces messages, et s’efface quand vous les arrêtez.",
    )


class ConfirmForm(Parsed):
    """Confirmation without any field."""
