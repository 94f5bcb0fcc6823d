"""The register of erasures, a file kept with the backups so that a restore can repeat them."""

import json
import os
from collections.abc import Iterable, Iterator

import structlog
from django.conf import settings

from explor.ground.accounts.models import Person

from .. import rules
from ..models import Erased

logger = structlog.get_logger(__name__)

Line = dict[str, str]


def append(marks: Iterable[Erased]) -> None:
    """Add lines to the register: when, the digest of the erased account, under which key."""
    _write(_line(mark, by=_newest()) for mark in marks)


def _newest() -> str:
    return rules.name_of_secret(rules.secrets_of_register()[0])


def _line(mark: Erased, *, by: str = "") -> Line:
    line = {"at": mark.at.isoformat(), "key": mark.key}
    return line | {"by": by} if by else line


def _write(lines: Iterable[Line]) -> int:
    """Add lines to the file, which a crash may have left without an end; return how many."""
    texts = [json.dumps(line) + "\n" for line in lines]
    if not texts:
        return 0
    settings.ERASURES.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.ERASURES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab+") as out:
        if out.seek(0, os.SEEK_END):
            out.seek(-1, os.SEEK_END)
            if out.read(1) != b"\n":  # a crash may have cut the last line
                out.write(b"\n")
        out.write("".join(texts).encode())
        out.flush()
        os.fsync(out.fileno())
    return len(texts)


def complete_register() -> int:
    """Add to the register the erasures that it does not hold under the newest key.

    Some are missing after a full disk or a killed process, all of them after a change of key. The
    digest under the newest key is computed from the blank account that the erased person leaves;
    without that account, the digest made at the erasure is written.

    Returns:
        The number of lines added.
    """
    lines = list(_lines())
    known = {line["key"] for line in lines}
    current = {line["key"] for line in lines if line.get("by") == _newest()}
    people = Person.objects.in_bulk(Erased.objects.values_list("person", flat=True))
    missing = []
    for mark in Erased.objects.order_by("at"):
        if (person := people.get(mark.person)) is None:
            missing += [] if mark.key in known else [_line(mark)]
            continue
        mark.key = rules.keys_of(person)[0]
        missing += [] if mark.key in current else [_line(mark, by=_newest())]
    return _write(missing)


def keys() -> Iterator[str]:
    """Yield the digests of the register.

    A line that cannot be read, such as one cut by a crash, is logged and left out.
    """
    for line in _lines():
        yield line["key"]


def unreadable() -> int:
    """Return how many erasures of the register are held only under keys not in the settings."""
    known = {rules.name_of_secret(secret) for secret in rules.secrets_of_register()}
    lines = [line for line in _lines() if "by" in line]
    readable = {line["at"] for line in lines if line["by"] in known}
    return len({line["at"] for line in lines} - readable)


def _lines() -> Iterator[Line]:
    try:
        text = settings.ERASURES.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            content = json.loads(line)
            yield {
                "at": str(content.get("at", "")),
                "key": str(content["key"]),
                **({"by": str(content["by"])} if "by" in content else {}),
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            logger.warning("erasure_unreadable", file=str(settings.ERASURES))
