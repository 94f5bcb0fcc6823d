"""`{{ code|named:"countries" }}`: the French label of a code."""

from django import template

from ..queries import label

register = template.Library()


@register.filter
def named(code: str, reference: str) -> str:
    """The label of `code` in a reference list; nothing for a blank."""
    return label(reference, code) if code else ""
