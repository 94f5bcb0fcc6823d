"""The forms of a person about their own data: erase the account, request a copy."""

from django import forms

from explor.ground.ui.forms import CreateForm

from .rules import WORD


class EraseForm(CreateForm):
    """Form with a word to type, which confirms an erasure that cannot be undone."""

    word = forms.CharField(
        label=f"Écrivez {WORD} pour confirmer", max_length=20, help_text="En majuscules."
    )

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if word != WORD:
            raise forms.ValidationError(f"Écrivez {WORD}, en majuscules.")
        return word


class CopyForm(CreateForm):
    """Form with a button that requests a copy of the person's own data."""
