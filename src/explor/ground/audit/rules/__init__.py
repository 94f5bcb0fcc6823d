"""The keyed digests of the lines of the journal, which chain the entries of each subject."""

import hmac
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from ..models import Access, Entry

FIELDS = [
    "person",
    "name",
    "role",
    "key",
    "acting_for",
    "kind",
    "subject",
    "rank",
    "verb",
    "source",
    "target",
    "reason",
    "details",
    "previous",
]
ACCESS_FIELDS = ["person", "role", "key", "act", "what", "kind", "subject", "network"]
ORIGIN = "0" * 64
# A key in the details of the journal entry of a purge: older accesses may have been deleted.
ACCESSES_UNTIL = "accesses_until"
ACCESS_DAYS = 365  # the default retention of an access; `EXPLOR_TERM_ACCESSES` replaces it


def digest_of(entry: "Entry") -> str:
    """Return the keyed digest of an entry, which covers its fields and the previous digest."""
    return keyed(_text_of(entry))


def second_seal_of(entry: "Entry", *, intact: bool = True) -> str:
    """Return the keyed digest of an entry from which a person was erased.

    It covers what is left of the entry, and the digest of the entry as it was written.

    Args:
        intact: whether the entry was intact before the erasure; if not, the result is one that
            `is_intact` never accepts.
    """
    return keyed(f"{_text_of(entry)}|{entry.digest}{'' if intact else '|at fault'}")


def is_intact(entry: "Entry") -> bool:
    """Return whether an entry is unchanged, or changed only by the erasure of a person."""
    if entry.second_seal:
        return entry.second_seal == second_seal_of(entry)
    return entry.digest == digest_of(entry)


def rewritten(value: Any, rewrite: Callable[[str], str]) -> Any:
    """Return a JSON value with all its texts rewritten; dictionary keys are left as they are.

    Args:
        rewrite: returns the new text for a text.
    """
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, list):
        return [rewritten(each, rewrite) for each in value]
    if isinstance(value, dict):
        return {key: rewritten(each, rewrite) for key, each in value.items()}
    return value


def _text_of(entry: "Entry") -> str:
    content = {name: getattr(entry, name) for name in FIELDS} | {"at": entry.at.isoformat()}
    return _canonical(content)


def keyed(text: str) -> str:
    """Return the HMAC-SHA256 of `text` under the key of the journal, in hexadecimal."""
    return hmac.digest(settings.JOURNAL_KEY.encode(), text.encode(), "sha256").hex()


def digest_of_access(access: "Access") -> str:
    """Return the keyed digest of an access."""
    content = {name: getattr(access, name) for name in ACCESS_FIELDS}
    return keyed(_canonical(content | {"at": access.at.isoformat()}))


_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
