"""`{{ code|named:"countries" }}`: the French label of a code."""

from django import template

from ..queries import label, verb_label

register = template.Library()


@register.filter
def named(code: str, reference: str) -> str:
    """The label of `code` in a reference list; nothing for a blank."""
    return label(reference, code) if code else ""


@register.filter
def verb_words(verb: str, kind: str = "") -> str:
    """A verb of the journal in the reader's words, for a model when `kind` names one."""
    return verb_label(verb, kind)
