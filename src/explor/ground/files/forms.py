"""Form fields of uploaded files, the form of storage space, the public forms of verification."""

from typing import Any

from django import forms

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import (
    LIMIT,
    PAPERS,
    PHOTO,
    SCANS,
    ReceivedFile,
    SanitizedFile,
    SanitizedPhoto,
    sanitize,
    sanitize_photo,
)
from explor.ground.ui.fields import NumberField
from explor.ground.ui.forms import BaseForm, CreateForm

from .rules import ALPHABET, LENGTH, MOST_SPACE, normalised

HINTS = {
    PAPERS: "PDF, DOCX, ODT, XLSX, PNG ou JPEG, 10\u00a0Mo au plus.",
    SCANS: "PDF, PNG ou JPEG, 10\u00a0Mo au plus.",
    PHOTO: "JPEG ou PNG, 10\u00a0Mo au plus.",
}
SUFFIXES = {
    PAPERS: ".pdf,.docx,.odt,.xlsx,.png,.jpg,.jpeg",
    SCANS: ".pdf,.png,.jpg,.jpeg",
    PHOTO: ".png,.jpg,.jpeg",
}


class DocumentField(forms.FileField):
    """Form field for a supporting document; its value is a `SanitizedFile`, or None."""

    accepts: tuple[str, ...] = PAPERS

    def __init__(self, *, about: str = "", given: str = "", **options: Any) -> None:
        """Set the help text: `about`, then the accepted file types, then `given`."""
        texts = (about, HINTS[self.accepts], given)
        options.setdefault("help_text", " ".join(filter(None, texts)))
        options.setdefault(
            "widget", forms.ClearableFileInput(attrs={"accept": SUFFIXES[self.accepts]})
        )
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
            content = sent.read(LIMIT + 1) if sent.size > LIMIT else sent.read()
            return self.sanitized(content)
        except ActionNotAllowed as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def sanitized(self, content: bytes) -> SanitizedFile:
        return sanitize(content, self.accepts)


class PhotoField(DocumentField):
    """Form field for a picture for the web; its value is a `SanitizedPhoto`, or None."""

    accepts = PHOTO

    def sanitized(self, content: bytes) -> SanitizedPhoto:
        return sanitize_photo(content)


class ReceivedFileField(DocumentField):
    """Form field for a signed document; its value is a `ReceivedFile`, or None."""

    accepts = SCANS

    def clean(self, data: Any, initial: Any = None) -> ReceivedFile | None:  # type: ignore[override]
        """Return the original bytes with their sanitized copy; None when no file was sent.

        Raises:
            ValidationError: the file cannot be sanitized; the message gives the reason.
        """
        clean = super().clean(data, initial)
        if clean is None:
            return None
        data.seek(0)
        return ReceivedFile(content=data.read(), clean=clean)


class SpaceForm(CreateForm):
    """Form that changes the storage space of an organisation or a network."""

    megabytes = NumberField(
        label="Place, en Mo",
        help_text="1\u00a0000\u00a0Mo font 1 Go. Une pièce pèse 10\u00a0Mo au plus.",
        min_value=1,
        max_value=MOST_SPACE,
    )


class CodeForm(BaseForm):
    """Public form in which anyone types the code printed on a document to check it."""

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
    """Public form in which anyone uploads a document to check it."""

    file = forms.FileField(
        label="Fichier à vérifier",
        help_text="Le PDF tel que vous l’avez reçu, 10\u00a0Mo au plus. Il est lu, puis oublié : "
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
