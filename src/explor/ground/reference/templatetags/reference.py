"""The filter `{{ code|named:"countries" }}`, which returns the French label of a code."""

from django import template

from ..selectors import label, verb_label

register = template.Library()


@register.filter
def named(code: str, reference: str) -> str:
    """Return the label of `code` in a reference list; "" for a blank."""
    return label(reference, code) if code else ""


@register.filter
def verb_name(verb: str, kind: str = "") -> str:
    """Return the French name of a verb of the journal, possibly specific to the model `kind`."""
    return verb_label(verb, kind)
