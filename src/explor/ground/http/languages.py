"""The languages in which people without account read their pages and messages.

To add a language: its line in `settings.LANGUAGES`, its catalogue
`src/explor/locale/<code>/LC_MESSAGES/django.po`, then `scripts/translate`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


def supported(language: str) -> str:
    """Return `language` if the site has it, else the language of the site."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@contextmanager
def written_in(language: str) -> Iterator[str]:
    """Translate what is written inside the block; give the language really used."""
    used = supported(language)
    with translation.override(used):
        yield used
