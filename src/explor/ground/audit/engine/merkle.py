"""Hash trees and audit paths as in RFC 6962 (Certificate Transparency), section 2.1."""

from collections.abc import Iterator, Sequence
from hashlib import sha256


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash of the leaves: `MTH(D[n])` of the RFC."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return _leaf(leaves[0])
    split = _split(len(leaves))
    return _node(root_of(leaves[:split]), root_of(leaves[split:]))


def path_of(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of a leaf, from its sibling up to a child of the root.

    Raises:
        IndexError: no leaf has this index.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*path_of(leaves[:split], index), root_of(leaves[split:])]
    return [*path_of(leaves[split:], index - split), root_of(leaves[:split])]


def root_from(leaf: bytes, *, index: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root computed from a leaf and its audit path; None if the path has a wrong length.

    Args:
        leaf: the leaf whose presence is proved.
        index: its index among the leaves.
        count: the number of leaves of the tree.
    """
    sides = list(_sides(index, count))
    if not 0 <= index < count or len(sides) != len(path):
        return None
    reached = _leaf(leaf)
    for is_left, sibling in zip(sides, path, strict=True):
        reached = _node(reached, sibling) if is_left else _node(sibling, reached)
    return reached


def _sides(index: int, count: int) -> Iterator[bool]:
    """Yield, from the leaf up to the root, whether the node is the left one of its pair.

    `index` is the index of the leaf and `count` the number of leaves.
    """
    if count <= 1:
        return
    split = _split(count)
    left = index < split
    yield from _sides(index, split) if left else _sides(index - split, count - split)
    yield left


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _leaf(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
