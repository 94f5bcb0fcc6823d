"""What changed between two texts, word by word. Pure."""

import re
from difflib import SequenceMatcher


def words_between(before: str, after: str) -> list[tuple[str, str]]:
    """("same" | "gone" | "new", text) in reading order; « gone » before « new ».

    Changes that only a blank separates are told as one, so that phrases are read whole.
    """
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    found: list[tuple[str, str]] = []
    gone = added = ""
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal" and (left.strip() or not (gone or added)):
            found += [("gone", gone)] * bool(gone) + [("new", added)] * bool(added)
            found.append(("same", left))
            gone = added = ""
        else:
            gone, added = gone + left, added + right
    return found + [("gone", gone)] * bool(gone) + [("new", added)] * bool(added)
