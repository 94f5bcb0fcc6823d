"""Comparison of two texts word by word."""

import re

from explor.ground.ui.comparison import steps_between


def words_between(before: str, after: str) -> list[tuple[str, str]]:
    """Return the (kind, text) pairs of two texts in reading order; kinds "same", "gone" and "new".

    A removed text comes before the text that replaces it. Changes separated only by a space are
    merged, so that a phrase is not cut.
    """
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    pairs: list[tuple[str, str]] = []
    gone = added = ""
    for kind, a, b, c, d in steps_between(old, new):
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal" and (left.strip() or not (gone or added)):
            pairs += [("gone", gone)] * bool(gone) + [("new", added)] * bool(added)
            pairs.append(("same", left))
            gone = added = ""
        else:
            gone, added = gone + left, added + right
    return pairs + [("gone", gone)] * bool(gone) + [("new", added)] * bool(added)
