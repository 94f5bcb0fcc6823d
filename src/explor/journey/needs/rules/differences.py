"""What changed between two texts, word by word. Pure."""

import re
from difflib import SequenceMatcher


def words_between(before: str, after: str) -> list[tuple[str, str]]:
    """("same" | "gone" | "new", text) in reading order; « gone » before « new »."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(("gone", "".join(old[a:b])))
        if d > c:
            found.append(("new", "".join(new[c:d])))
    return found
