"""Checks of the content security policy of an answer, and of inline code in a page."""

import re

# Directives of pages; files have a sandbox instead.
NOTHING = ("default-src", "base-uri", "frame-ancestors", "object-src")
SELF = ("script-src", "style-src", "img-src", "font-src", "connect-src")
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|javascript:"
    r"|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.IGNORECASE,
)


def faults_of(policy: str | None) -> list[str]:
    """Return what makes a Content-Security-Policy header lax, [] when it is strict."""
    if policy is None:
        return ["no policy"]
    parts = [each.split() for each in policy.split(";") if each.strip()]
    given = {name: values for name, *values in parts}
    if given == {"default-src": ["'none'"], "sandbox": []}:
        return []
    faults = [name for name in NOTHING if given.pop(name, None) != ["'none'"]]
    faults += [name for name in SELF if given.pop(name, None) != ["'self'"]]
    # A form may also be sent to the origins of the settings.
    faults += [] if given.pop("form-action", [""])[0] == "'self'" else ["form-action"]
    return faults + sorted(given)
