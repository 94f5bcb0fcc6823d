"""Template loader that removes the indentation and line breaks of pages, to make them smaller."""

import re

from django.template import Origin
from django.template.loaders import app_directories

# Browsers ignore spaces at the edges of these elements.
BLOCKS = (
    "address|article|aside|blockquote|body|caption|col|colgroup|dd|details|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|head|header|html|hr|legend|li|link|main|meta|nav|ol"
    "|optgroup|option|p|script|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
INDENTATION = re.compile(r"\s*\n\s*")
AFTER_BLOCK = re.compile(rf"(</?(?:{BLOCKS})\b[^<>]*>)\n")
BEFORE_BLOCK = re.compile(rf"\n(?=</?(?:{BLOCKS})\b)")


class Loader(app_directories.Loader):
    """Template loader that removes indentation and line breaks around block elements.

    With these spaces, pages would be a third heavier. No template of the project has a `pre`
    element, whose spaces matter; the value of a `textarea` comes from a variable.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template with line breaks only where a space is visible.

        A plain text, such as a message, is returned unchanged.
        """
        if origin.name.endswith(".txt"):
            return super().get_contents(origin)
        source = INDENTATION.sub("\n", super().get_contents(origin)).strip()
        return BEFORE_BLOCK.sub("", AFTER_BLOCK.sub(r"\1", source))
