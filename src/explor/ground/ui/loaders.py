"""Load templates without their indentation, which is for those who read the source."""

import re

from django.template import Origin
from django.template.loaders import app_directories

INDENTATION = re.compile(r"\s*\n\s*")


class Loader(app_directories.Loader):
    """Read the templates of the applications with one line break wherever lines are cut.

    Pages written one tag a line would weigh a third more on a phone. No template of the project has
    text whose inner spaces count (`pre`); the value of a `textarea` comes from its variable.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return the source of a template, indentation and blank lines left out."""
        return INDENTATION.sub("\n", super().get_contents(origin)).strip()
