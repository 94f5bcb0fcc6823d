"""The filters `named`, which returns the label of a code, and `verb_name`, that of a verb."""

from django import template

from ..selectors import label, verb_label

register = template.Library()


@register.filter
def named(code: str, reference: str) -> str:
    """Return the label of `code` in a reference list; "" for a blank.

    Raise `UnknownTerm` for an unknown list or code.
    """
    return label(reference, code) if code else ""


@register.filter
def verb_name(verb: str, kind: str = "") -> str:
    """Return the French name of a verb of the journal, possibly specific to the model `kind`."""
    return verb_label(verb, kind)
