"""Status and dates of an IATI activity. A stopped activity is never read as « en cours »."""

import re
from typing import Any, NamedTuple

from explor.engines.formats.sheets import PartialDate, Status

from ._remarks import Remarks

# Kinds of dates, the preferred one first; the words are those of the first draft of the standard.
START, END = ("2", "1", "start"), ("4", "3", "end")
WORDS = {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"}
NAMES = {"1": "début prévu : ", "2": "début réel : ", "3": "fin prévue : ", "4": "fin réelle : "}
STANDARD = re.compile(r"\d{4}-\d\d-\d\d")
STATUSES = {
    "1": Status.UPCOMING,
    "2": Status.ONGOING,
    "3": Status.FINISHED,
    "4": Status.FINISHED,
    "5": Status.TO_CONFIRM,
    "6": Status.TO_CONFIRM,
}
# Statuses in version 1 and in the first draft, when an activity gives no code.
STATUS_WORDS = {
    "on going": "2",
    "pipeline/identification": "1",
    "implementation": "2",
    "completion": "3",
    "post-completion": "4",
    "cancelled": "5",
}
# Statuses that a sheet cannot express.
STATUS_REMARKS = {
    "3": "Le fichier dit l’activité achevée, ses comptes restant à clore.",
    "5": "Le fichier dit l’activité annulée : la fiche est « à confirmer ».",
    "6": "Le fichier dit l’activité suspendue : la fiche est « à confirmer ».",
}


class _Day(NamedTuple):
    """A date of an activity, and its kind (codelist ActivityDateType)."""

    kind: str
    date: PartialDate


def status_of(activity: Any, remarks: Remarks) -> Status | None:
    """Return the status of an activity; None if missing or unknown. The first of several wins."""
    codes = dict.fromkeys(filter(None, map(_status_code, activity.findall("activity-status"))))
    code, *others = codes or [""]
    if code in STATUS_REMARKS:
        remarks.add(STATUS_REMARKS[code])
    elif code and code not in STATUSES:
        remarks.add(f"Statut inconnu : « {code[:40]} ».")
    for other in others:
        shown = str(STATUSES.get(other, other))
        remarks.count("autre statut", "autres statuts", 1, shown[:40])
    return STATUSES.get(code)


def _status_code(element: Any) -> str:
    text = " ".join("".join(element.itertext()).split()) or (element.get("ref") or "").strip()
    return (element.get("code") or "").strip() or STATUS_WORDS.get(text.lower(), text)


def days_of(activity: Any, remarks: Remarks) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the start and end dates of an activity; actual dates are preferred to planned ones.

    An end before the start is left out, with a remark; dates that differ from those returned are
    counted.
    """
    days = [day for each in activity.findall("activity-date") if (day := _day(each, remarks))]
    start, end = _preferred(days, START), _preferred(days, END)
    _count_others(days, start, end, remarks)
    if start and end and end.last_day() < start.first_day():
        remarks.add(f"La fin ({end}) précède le début ({start}) : fin non reprise.")
        end = None
    return start, end


def written_date(element: Any) -> str:
    """Return the date in an element, cut to its day when it is in ISO format; blank if missing.

    Version 1 allows the date in the text of the element, which is a comment when there is also an
    attribute.
    """
    text = (element.get("iso-date") or "").strip() or (element.text or "").strip()
    standard = STANDARD.match(text)
    return standard[0] if standard else text


def _day(element: Any, remarks: Remarks) -> _Day | None:
    """Return a date of an activity; None, with a remark, if it cannot be read."""
    text = written_date(element)
    if not text:
        return None
    try:
        date = PartialDate.parse(text)
    except ValueError as fault:
        remarks.add(str(fault))
        return None
    if not STANDARD.fullmatch(text):
        remarks.add(f"Date « {text[:40]} » lue comme le {date} : vérifiez.")
    kind = (element.get("type") or "").strip().lower()
    return _Day(WORDS.get(kind, kind), date)


def _preferred(days: list[_Day], kinds: tuple[str, ...]) -> PartialDate | None:
    return next((day.date for kind in kinds for day in days if day.kind == kind), None)


def _count_others(
    days: list[_Day], start: PartialDate | None, end: PartialDate | None, remarks: Remarks
) -> None:
    for kind, date in days:
        kept = start if kind in START else end if kind in END else None
        if date != kept:
            remarks.count("autre date", "autres dates", 1, f"{NAMES.get(kind, '')}{date}")
