"""The form that erases an account: the word to type."""

from django import forms

from explor.ground.ui.forms import CreateForm

from .rules import WORD


class EraseForm(CreateForm):
    """The word that confirms an erasure, which cannot be undone."""

    word = forms.CharField(
        label=f"Écrivez {WORD} pour confirmer", max_length=20, help_text="En majuscules."
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if word != WORD:
            raise forms.ValidationError(f"Écrivez {WORD}, en majuscules.")
        return word


class CopyForm(CreateForm):
    """The button that requests a copy."""
