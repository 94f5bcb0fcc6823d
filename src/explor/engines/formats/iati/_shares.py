"""Shares of the sectors and places of an IATI activity, which a sheet cannot contain."""

from collections.abc import Iterator, Mapping
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


def note_shares(activity: Any, remarks: Remarks) -> None:
    """Count the shares in the remarks; add a remark for each total of shares that is far from 100.

    A single element at 100 % is not counted, since its share says nothing more.
    """
    sets: dict[tuple[str, str], list[Any]] = {}
    for each in activity.iterchildren(*KINDS):
        vocabulary = (each.get("vocabulary") or "1") if each.tag != "recipient-country" else ""
        sets.setdefault((each.tag, vocabulary), []).append(each)
    sums: dict[tuple[str, str], float] = {}
    for (tag, vocabulary), elements in sets.items():
        for each in elements:
            _note_share(each, alone=len(elements) == 1, remarks=remarks)
        shares = [share for each in elements if (share := _share(each)) is not None]
        if shares and (tag, vocabulary) not in GOALS:
            sums[tag, vocabulary] = sum(shares)
    for name, total in _totals(sums):
        if not abs(total - 100) <= ROUNDING:
            remarks.add(f"Les parts des {name} font {_shown(total)} % au lieu de 100.")


def _totals(sums: Mapping[tuple[str, str], float]) -> Iterator[tuple[str, float]]:
    """Yield (French name, total of the shares) for places, then for each vocabulary of sectors.

    `sums` gives the sum of each (tag, vocabulary). As in the rules of the standard, the regions of
    each vocabulary are added to the countries separately.
    """
    countries = [total for (tag, _), total in sums.items() if tag == "recipient-country"]
    regions = [total for (tag, _), total in sums.items() if tag == "recipient-region"]
    places = [sum(countries) + total for total in regions] or countries
    yield from (("pays et régions", total) for total in places)
    yield from (("secteurs", total) for (tag, _), total in sums.items() if tag == "sector")


def _note_share(element: Any, *, alone: bool, remarks: Remarks) -> None:
    text, share = (element.get("percentage") or "").strip(), _share(element)
    is_goal = (element.tag, element.get("vocabulary")) in GOALS
    one, several = GOAL if is_goal else KINDS[element.tag]
    if text and share is None:
        remarks.add(f"{one[:1].upper()}{one[1:]} incomprise : « {text[:20]} ».")
    elif share is not None and not (alone and share == 100):
        code = (element.get("code") or "").strip().upper()[:20]
        remarks.count(one, several, 1, f"{code} {_shown(share)} %".strip())


def _shown(share: float) -> str:
    return f"{share:g}".replace(".", ",")


def _share(element: Any) -> float | None:
    try:
        return float((element.get("percentage") or "").strip().removesuffix("%"))
    except ValueError:
        return None
