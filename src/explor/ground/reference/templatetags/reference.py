"""`{{ code|named:"countries" }}`: the French label of a code."""

from django import template

from ..selectors import label, verb_label

register = template.Library()


@register.filter
def named(code: str, reference: str) -> str:
    """Return the label of `code` in a reference list; "" for a blank."""
    return label(reference, code) if code else ""


@register.filter
def verb_name(verb: str, kind: str = "") -> str:
    """Return the French name of a verb of the journal, for the model `kind` when it is given."""
    return verb_label(verb, kind)
