"""The form that confirms a merge."""

from django import forms

from explor.ground.workflow.forms import ActionForm


class MergeForm(ActionForm):
    """A form with a check box to confirm, since a merge cannot be undone."""

    sure = forms.BooleanField(label="J’ai lu ce qui change ; cet acte ne se défait pas.")
