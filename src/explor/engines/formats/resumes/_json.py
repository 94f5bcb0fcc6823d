"""JSON Resume (schema 1.0.0, jsonresume.org): read a file, write an expert profile."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from ._languages import distinct, language
from ._resume import (
    BEYOND,
    DIMENSIONS,
    MOST,
    SKILL,
    Experience,
    Language,
    Resume,
    Study,
    UnreadableResume,
    line,
    once,
    partial,
    plain,
)

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
LONGEST = 50_000  # maximum characters of a text
NATIVE = re.compile(r"(?i)\b(native|mother tongue|maternelle|bilingual|bilingue)\b")
LEVEL = re.compile(r"(?i)\b([ABC][12])\b")
NEVER = {
    "image": "la photo",
    "location": "l’adresse",
    "phone": "le téléphone",
    "email": "l’adresse électronique",
    "birthDate": "la date de naissance",
    "nationality": "la nationalité",
    "url": "les liens et réseaux sociaux",
    "profiles": "les liens et réseaux sociaux",
}
ASIDE = {
    "references": "les références",
    "publications": "les publications",
    "awards": "les prix",
    "interests": "les centres d’intérêt",
    "projects": "les projets",
}


def read_json(data: bytes) -> Resume:
    """Return the contents of a JSON Resume file.

    Raises UnreadableResume when the file is not one.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise UnreadableResume("Ce fichier n’est pas du JSON lisible.") from fault
    basics = document.get("basics") if isinstance(document, dict) else None
    if not isinstance(basics, dict) and not _items(document, "work"):
        raise UnreadableResume("Ce JSON n’est pas un CV : il n’a ni « basics », ni « work ».")
    basics = basics if isinstance(basics, dict) else {}
    return Resume(
        headline=_text(basics.get("label"), 200),
        summary=_text(basics.get("summary"), LONGEST),
        experiences=tuple(_experience(each) for each in _items(document, "work")),
        volunteering=tuple(_experience(each) for each in _items(document, "volunteer")),
        studies=(
            *(_study(each) for each in _items(document, "education")),
            *(_certificate(each) for each in _items(document, "certificates")),
        ),
        languages=distinct([_language(each) for each in _items(document, "languages")]),
        skills=once([skill for each in _items(document, "skills") for skill in _skills(each)]),
        left_aside=once([
            *(remark for key, remark in NEVER.items() if basics.get(key)),
            *(remark for key, remark in ASIDE.items() if document.get(key)),
            *(BEYOND for rows in document.values() if type(rows) is list and len(rows) > MOST),
        ]),
    )  # fmt: skip


def _items(document: Any, key: str) -> list[dict[str, Any]]:
    rows = document.get(key) if isinstance(document, dict) else None
    return [each for each in rows if isinstance(each, dict)][:MOST] if type(rows) is list else []


def _text(value: Any, most: int) -> str:
    """Return a text without control characters; unlike XML formats, it never contains HTML."""
    text = value if isinstance(value, str) else ""
    return re.sub("[\x00\ud800-\udfff]", "", text).strip()[:most]


def _experience(item: dict[str, Any]) -> Experience:
    highlights = item.get("highlights")
    texts = [item.get("summary"), *(highlights if isinstance(highlights, list) else [])]
    return Experience(
        position=_text(item.get("position"), LONGEST),
        organisation=line(item.get("name") or item.get("organization") or item.get("company")),
        description="\n".join(filter(None, map(plain, texts)))[:2000],
        **_period(item),
    )


def _study(item: dict[str, Any]) -> Study:
    parts = [line(item.get("studyType")), line(item.get("area"))]
    title = ", ".join(filter(None, parts))
    return Study(title=title, organisation=line(item.get("institution")), **_period(item))


def _certificate(item: dict[str, Any]) -> Study:
    title, by = line(item.get("name")), line(item.get("issuer"))
    return Study(title=title, organisation=by, end=partial(item.get("date")))


def _period(item: dict[str, Any]) -> dict[str, Any]:
    start, end = partial(item.get("startDate")), partial(item.get("endDate"))
    return {"start": start, "end": end, "current": bool(start and not end)}


def _skills(item: dict[str, Any]) -> Iterable[str]:
    keywords = item.get("keywords")
    words = keywords if isinstance(keywords, list) else []
    return [_text(each, SKILL) for each in (item.get("name"), *words)]


def _language(item: dict[str, Any]) -> Language:
    name, fluency = line(item.get("language"), 100), line(item.get("fluency"), 100)
    match = LEVEL.search(fluency)
    levels = dict.fromkeys(DIMENSIONS, match[1].upper()) if match else {}
    return language(name, name, levels, mother=not match and bool(NATIVE.search(fluency)))


def write_json_resume(
    *,
    headline: str,
    summary: str,
    experiences: Sequence[str],
    skills: Sequence[str],
    languages: Sequence[tuple[str, str]],
) -> bytes:
    """Return a JSON Resume without the person's name, from the contents of an expert profile.

    Args:
        headline: the job.
        summary: the presentation.
        experiences: one line of text per experience.
        skills: the skills.
        languages: the name and the level (A1 to C2) of each language.
    """
    document = {
        "$schema": SCHEMA,
        "basics": {"label": headline, "summary": summary},
        "work": [{"position": each} for each in experiences],
        "skills": [{"name": each} for each in skills],
        "languages": [{"language": name, "fluency": level} for name, level in languages],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()
