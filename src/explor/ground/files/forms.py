"""The form field of an uploaded file, and the forms by which anyone verifies a document."""

from typing import Any

from django import forms

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import LIMIT, ReceivedFile, SanitizedFile, sanitize
from explor.ground.ui.forms import BaseForm

from .rules import ALPHABET, LENGTH, normalised


class DocumentField(forms.FileField):
    """A PDF or a picture; its value is a `SanitizedFile`, ready for `actions.store`, or None."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "PDF, PNG ou JPEG, 10 Mo au plus.")
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> SanitizedFile | None:
        """Return the sanitized file, None when no file was sent.

        Raises:
            ValidationError: the file cannot be sanitized; the message gives the reason.
        """
        sent = super().clean(data, initial)
        if not sent:
            return None
        try:
            return sanitize(sent.read(LIMIT + 1) if sent.size > LIMIT else sent.read())
        except ActionNotAllowed as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ReceivedFileField(DocumentField):
    """A PDF or a picture whose bytes are kept unchanged; its value is a `ReceivedFile`, or None."""

    def clean(self, data: Any, initial: Any = None) -> ReceivedFile | None:  # type: ignore[override]
        """Return the bytes sent, with their sanitized copy; None when no file was sent."""
        clean = super().clean(data, initial)
        if clean is None:
            return None
        data.seek(0)
        return ReceivedFile(content=data.read(), clean=clean)


class CodeForm(BaseForm):
    """Form in which anyone types the code printed at the foot of a document to verify it."""

    code = forms.CharField(
        label="Code de vérification",
        help_text="Il est imprimé au bas du document, par exemple ABCD-EFGH-JKMN.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        code = normalised(self.cleaned_data["code"])
        if len(code) != LENGTH or set(code) - set(ALPHABET):
            raise forms.ValidationError(
                "Ce code n’est pas complet ou contient une erreur : il compte 12 lettres et "
                "chiffres, sans 0, 1, I, L, O ni U."
            )
        return code


class FileForm(BaseForm):
    """Form to which anyone uploads the file of a document to verify it."""

    file = forms.FileField(
        label="Fichier à vérifier",
        help_text="Le PDF tel que vous l’avez reçu, 10 Mo au plus. Il est lu, puis oublié : "
        "rien n’en est gardé.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={
            "required": "Choisissez le fichier à vérifier.",
            "empty": "Ce fichier est vide.",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMIT:
            raise forms.ValidationError(
                "Ce fichier dépasse 10 Mo : nous ne l’avons pas lu. Les documents émis par Explor "
                "sont bien plus petits ; vérifiez que c’est le bon fichier."
            )
        return file
