"""The register of erasures, a file kept with the backups so that a restore can repeat them."""

import json
import os
from collections.abc import Iterable, Iterator

import structlog
from django.conf import settings

from ..models import Erased

logger = structlog.get_logger(__name__)


def append(marks: Iterable[Erased]) -> None:
    """Add erasures to the register: the time, and a digest derived from the erased account."""
    lines = [json.dumps({"at": mark.at.isoformat(), "key": mark.key}) + "\n" for mark in marks]
    if not lines:
        return
    settings.ERASURES.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.ERASURES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab+") as out:
        if out.seek(0, os.SEEK_END):
            out.seek(-1, os.SEEK_END)
            if out.read(1) != b"\n":  # a crash may have cut the last line
                out.write(b"\n")
        out.write("".join(lines).encode())
        out.flush()
        os.fsync(out.fileno())


def complete_register() -> int:
    """Add the erasures missing from the register, for instance after a full disk or a crash.

    Returns:
        The number of lines added.
    """
    known = set(keys())
    missing = [mark for mark in Erased.objects.order_by("at") if mark.key not in known]
    append(missing)
    return len(missing)


def keys() -> Iterator[str]:
    """Yield the digests in the register; skip a last line cut by a crash."""
    try:
        text = settings.ERASURES.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            yield str(json.loads(line)["key"])
        except (ValueError, KeyError, TypeError):
            logger.warning("erasure_unreadable", file=str(settings.ERASURES))
