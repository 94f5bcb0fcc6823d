"""Which legal frames are open to this person on these dates, as the frame engine reads them."""

from datetime import date
from typing import Any

from explor.engines.frames import Association, Employer, FrameVerdict, Mission, Person, frames_for

from .models import Release

STATUS = {
    "salarie": "employee",
    "titulaire": "tenured",
    "stagiaire": "probationary",
    "contractuel": "contract",
}
BODIES = {
    "REGION": "region",
    "DEPT": "department",
    "EPCI": "epci",
    "COMMUNE": "commune",
    "ETAT": "state",
    "HOPITAL": "hospital",
}


def verdicts(release: Release, on: date) -> list[FrameVerdict]:
    """Every frame, with its verdict, its papers, its latest filing date and why."""
    introduction = release.introduction
    expert, need = introduction.expert, introduction.need
    return frames_for(
        Person(status=STATUS.get(expert.employment), employed_since=expert.employed_since),  # type: ignore[arg-type]
        _employer(release.employer),
        Association(
            on_1996_list=need.association.on_1996_list,
            general_interest=need.association.general_interest,
        ),
        Mission(start=introduction.start, end=introduction.end, abroad=need.country != "FR"),
        on,
    )


def _employer(employer: Any) -> Employer:
    if employer is None:
        return Employer()
    public = employer.is_public
    return Employer(
        kind="public" if public else "private",
        body=BODIES.get(employer.structure_type, "other") if public else None,  # type: ignore[arg-type]
        inhabitants=employer.inhabitants,
        headcount=employer.headcount,
        accepted=frozenset(employer.frames) or None,
    )


def told(found: list[FrameVerdict]) -> list[dict[str, Any]]:
    """The verdicts of a day, to be kept with the release."""
    return [
        {
            "code": each.code,
            "label": each.label,
            "verdict": each.verdict,
            "article": each.article,
            "file_by": each.file_by.isoformat() if each.file_by else "",
            "why": list(each.why) if not isinstance(each.why, str) else [each.why],
        }
        for each in found
    ]
