"""Status and dates of an IATI activity. A stopped activity is never read as « en cours »."""

from typing import Any

from explor.engines.formats.sheets import PartialDate, Status

from ._remarks import Remarks

START, END = ("2", "1", "start-actual", "start-planned"), ("4", "3", "end-actual", "end-planned")
STATUSES = {
    "1": Status.UPCOMING,
    "2": Status.ONGOING,
    "3": Status.FINISHED,
    "4": Status.FINISHED,
    "5": Status.TO_CONFIRM,
    "6": Status.TO_CONFIRM,
}
# Statuses that a sheet cannot express.
STATUS_REMARKS = {
    "3": "Le fichier dit l’activité achevée, ses comptes restant à clore.",
    "5": "Le fichier dit l’activité annulée : la fiche est « à confirmer ».",
    "6": "Le fichier dit l’activité suspendue : la fiche est « à confirmer ».",
}


def status_of(activity: Any, remarks: Remarks) -> Status | None:
    element = activity.find("activity-status")
    code = (element.get("code") or "").strip() if element is not None else ""
    if code in STATUS_REMARKS:
        remarks.add(STATUS_REMARKS[code])
    elif code and code not in STATUSES:
        remarks.add(f"Statut inconnu : « {code[:40]} ».")
    return STATUSES.get(code)


def days_of(activity: Any, remarks: Remarks) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the start and end dates of an activity; actual dates are preferred to planned ones.

    An end before the start is left out, with a remark.
    """
    start, end = _date(activity, START, remarks), _date(activity, END, remarks)
    if start and end and end.last_day() < start.first_day():
        remarks.add(f"La fin ({end}) précède le début ({start}) : fin non reprise.")
        end = None
    return start, end


def _date(activity: Any, kinds: tuple[str, ...], remarks: Remarks) -> PartialDate | None:
    dates = {each.get("type"): each.get("iso-date") for each in activity.findall("activity-date")}
    for kind in kinds:
        if text := (dates.get(kind) or "").strip():
            try:
                return PartialDate.parse(text[:10])
            except ValueError as fault:
                remarks.add(str(fault))
    return None
