"""Reading of a resume in a separate process with resource limits."""

import sys
from typing import Any

from explor.engines.formats.sheets import UnreadableSheet
from explor.engines.formats.tables import lines_apart

from ._resume import LARGEST, Experience, Language, Resume, Study, UnreadableResume

COMMAND = [sys.executable, "-m", "explor.engines.formats.resumes._process"]
SWOLLEN = "Ce CV est démesuré une fois ouvert : refusé."


def read_resume(data: bytes) -> Resume:
    """Return the contents of a resume: Europass XML or PDF, SkillsPassport XML, JSON Resume.

    Raises UnreadableResume, with a French message, when the file is none of these, is protected by
    a password, or is too large.
    """
    if len(data) > LARGEST:
        raise UnreadableResume(f"Ce fichier dépasse {LARGEST // 1_000_000} Mo.")
    try:
        answer = next(lines_apart(COMMAND, data, refusals={}, swollen=SWOLLEN))
    except UnreadableSheet as fault:
        raise UnreadableResume(str(fault)) from fault
    if "unreadable" in answer:
        raise UnreadableResume(answer["unreadable"])
    return _resume(answer["resume"])


def _resume(data: dict[str, Any]) -> Resume:
    makers = {
        "experiences": Experience,
        "volunteering": Experience,
        "studies": Study,
        "languages": Language,
    }
    made = {name: tuple(make(**each) for each in data[name]) for name, make in makers.items()}
    texts = {name: tuple(data[name]) for name in ("skills", "licences", "left_aside")}
    return Resume(headline=data["headline"], summary=data["summary"], **made, **texts)
