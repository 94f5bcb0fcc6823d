"""`{{ code|named:"countries" }}`: the French label of a code."""

from django import template

from ..queries import label, terms

register = template.Library()


@register.filter
def named(code: str, reference: str) -> str:
    """The label of `code` in a reference list; nothing for a blank."""
    return label(reference, code) if code else ""


@register.filter
def told(verb: str) -> str:
    """A verb of the journal in the reader's words."""
    known = terms("verbs").get(verb)
    return known.label if known else verb.replace("_", " ")
