"""The languages of the pages and messages for people without an account.

To add a language: add it to `settings.LANGUAGES`, create its catalogue
`src/explor/locale/<code>/LC_MESSAGES/django.po`, then run `scripts/translate`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


def supported(language: str) -> str:
    """Return `language` if the site supports it, else the default language of the site."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@contextmanager
def written_in(language: str) -> Iterator[str]:
    """Activate a language in a `with` block, or the default one if unsupported; yield its code."""
    used = supported(language)
    with translation.override(used):
        yield used
