"""No-break spaces of French typography: no line begins with « : » or ends with a lone guillemet."""

import re

NO_BREAK = "\u00a0"
# A space is looked at first, then the mark: most spaces of a page are beside none.
_MARKS = r"{space}(?:(?=[;:!?»])(?<=\S{space})|(?<=«{space})(?!\s))"
_IN_TEXT = re.compile(_MARKS.format(space=" "))
# The text of these elements is typed, copied or run as it stands.
_VERBATIM = r"<(script|style|textarea|pre|code|kbd|samp)\b.*?</\1>|<!--.*?-->"
# Outside a tag, whose end would come before the next one; a line break is shown as a space.
_SPACE = _MARKS.format(space=r"[ \n]") + r"(?=[^<>]*(?:<|\Z))"
_IN_PAGE = re.compile(f"{_VERBATIM}|{_SPACE}", re.DOTALL)


def bind_marks(text: str) -> str:
    """Return a plain text with a no-break space after « and before ; : ! ? and »."""
    return _IN_TEXT.sub(NO_BREAK, text)


def bind_marks_of_page(page: str) -> str:
    """Return an HTML page with the same spaces in its text; tags and attributes are unchanged."""
    return _IN_PAGE.sub(lambda match: NO_BREAK if match[0].isspace() else match[0], page)
