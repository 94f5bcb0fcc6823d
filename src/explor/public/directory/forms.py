"""Bringing a sheet in from a file or from pasted text."""

from typing import Any

from django import forms

from explor.ground.common.forms import New

from . import engine

LARGEST = 1_000_000


class ImportForm(New):
    """A sheet in Markdown, as a file or pasted."""

    file = forms.FileField(
        label="Fichier Markdown (.md)", required=False, help_text="Un mégaoctet au plus."
    )
    text = forms.CharField(
        label="Ou texte collé", required=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload, pasted = data.get("file"), data.get("text", "")
        if not upload and not pasted.strip():
            raise forms.ValidationError("Choisissez un fichier ou collez le texte d’une fiche.")
        raw = upload.read(LARGEST + 1) if upload else pasted.encode()
        try:
            data["reading"] = engine.read_bytes(raw)
        except engine.UnreadableSheet as fault:
            raise forms.ValidationError(str(fault)) from fault
        return data
