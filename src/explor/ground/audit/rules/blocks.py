"""Digests, texts and seals of blocks and heads (daily checkpoints), and parsing of heads."""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from ..engine import keys, merkle
from . import ORIGIN, keyed

if TYPE_CHECKING:
    from ..models import Block, Head

NUMBERS = ("number", "first", "last", "count", "horizon")
DIGESTS = ("root", "previous")
HEAD = re.compile(
    r"explor-head day=(\d{4}-\d\d-\d\d) block=(\d+) count=(\d+) digest=([0-9a-f]{64})"
    r" seal=([0-9a-f]{128})"
)


def root_of(digests: Iterable[str]) -> str:
    """Return the root of the hash tree whose leaves are the digests of lines, in hexadecimal."""
    return merkle.root_of([leaf_of(each) for each in digests]).hex()


def leaf_of(digest: str) -> bytes:
    """Return the leaf of a line in the hash tree of its block: the digest as bytes.

    A tampered digest may not be hexadecimal: its leaf is then the text itself.
    """
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return digest.encode()


def facts_of(block: "Block") -> dict[str, Any]:
    """Return the fields of a block that its seal covers, as JSON values.

    The keys are those of `NUMBERS` and `DIGESTS`, and `sealed_at`.
    """
    facts: dict[str, Any] = {name: getattr(block, name) for name in (*NUMBERS, *DIGESTS)}
    return facts | {"sealed_at": block.sealed_at.astimezone(UTC).isoformat()}


def statement_of(facts: dict[str, Any]) -> str:
    """Return the text to sign to seal a block, given the fields from `facts_of`."""
    return "explor-block|" + "|".join(f"{name}={facts[name]}" for name in sorted(facts))


def digest_of(block: "Block | None") -> str:
    """Return the digest of a block, which the next block contains; `ORIGIN` for None."""
    if block is None:
        return ORIGIN
    return hashlib.sha256(statement_of(facts_of(block)).encode()).hexdigest()


def seal_of(block: "Block") -> str:
    """Return the signature of a block; raise `JournalKeyError` without the private key."""
    return keys.sign(statement_of(facts_of(block)))


def is_sealed(block: "Block") -> bool:
    """Return whether a block matches its seal."""
    return keys.is_signed(statement_of(facts_of(block)), block.seal)


def statement_of_head(head: "Head") -> str:
    """Return the text to sign to seal a head (daily checkpoint)."""
    return f"explor-head day={head.day} block={head.block} count={head.count} digest={head.digest}"


def line_of(head: "Head") -> str:
    """Return a head (daily checkpoint) and its seal as one line of text, to keep outside."""
    return f"{statement_of_head(head)} seal={head.seal}"


def heads_in(text: str) -> list["Head"]:
    """Return the heads written in a text, for example a file or a message, in the same order.

    Raises:
        ValueError: the day of a head does not exist.
    """
    from ..models import Head

    return [
        Head(day=date.fromisoformat(day), block=int(block), count=int(count), digest=end, seal=seal)
        for day, block, count, end, seal in HEAD.findall(text)
    ]


def is_sealed_head(head: "Head") -> bool:
    """Return whether a head matches its seal, or its keyed digest if older than blocks."""
    if head.block is None:
        return head.seal == keyed(f"{head.day}|{head.last}|{head.count}|{head.digest}")
    return keys.is_signed(statement_of_head(head), head.seal)
