"""Shares of the sectors and places of an IATI activity, which a sheet cannot contain."""

from typing import Any

from ._remarks import Remarks
from ._sectors import GOALS

ROUNDING = 0.5  # tolerance for rounded percentages such as thirds
KINDS = {
    "recipient-country": ("part de pays", "parts de pays"),
    "recipient-region": ("part de région", "parts de région"),
    "sector": ("part de secteur", "parts de secteur"),
}
GOAL = ("part d’ODD", "parts d’ODD")
TOTALS = {"recipient-country": "pays et régions", "recipient-region": "pays et régions"}


def note_shares(activity: Any, remarks: Remarks) -> None:
    """Count the shares, with a remark for each set of sectors or places that is far from 100.

    A single element at 100 % loses nothing.
    """
    sets: dict[tuple[str, str], list[Any]] = {}
    for each in activity.iterchildren(*KINDS):
        vocabulary = (each.get("vocabulary") or "1") if each.tag != "recipient-country" else ""
        sets.setdefault((each.tag, vocabulary), []).append(each)
    totals: dict[tuple[str, str], float] = {}
    for (tag, vocabulary), elements in sets.items():
        for each in elements:
            _note_share(each, alone=len(elements) == 1, remarks=remarks)
        shares = [share for each in elements if (share := _share(each)) is not None]
        if shares and (tag, vocabulary) not in GOALS:
            name = TOTALS.get(tag, "secteurs")
            key = (name, vocabulary if tag == "sector" else "")
            totals[key] = totals.get(key, 0) + sum(shares)
    for (name, _), total in totals.items():
        if not abs(total - 100) <= ROUNDING:
            remarks.add(f"Les parts des {name} font {total:g} % au lieu de 100.")


def _note_share(element: Any, *, alone: bool, remarks: Remarks) -> None:
    text, share = (element.get("percentage") or "").strip(), _share(element)
    is_goal = (element.tag, element.get("vocabulary")) in GOALS
    one, several = GOAL if is_goal else KINDS[element.tag]
    if text and share is None:
        remarks.add(f"{one[:1].upper()}{one[1:]} incomprise : « {text[:20]} ».")
    elif share is not None and not (alone and share == 100):
        code = (element.get("code") or "").strip().upper()[:20]
        shown = f"{share:g}".replace(".", ",")
        remarks.count(one, several, 1, f"{code} {shown} %".strip())


def _share(element: Any) -> float | None:
    try:
        return float((element.get("percentage") or "").strip().removesuffix("%"))
    except ValueError:
        return None
