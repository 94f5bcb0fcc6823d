"""Adapter to the reader and writer of resumes of `engines.formats.resumes`."""

from dataclasses import dataclass

from explor.engines.formats.resumes import (
    LARGEST,
    Experience,
    Resume,
    Study,
    UnreadableResume,
    read_resume,
    write_json_resume,
)
from explor.ground.http.turns import turn
from explor.ground.reference.selectors import find, terms

from .models import Expert

__all__ = ["LARGEST", "Suggestions", "UnreadableResume", "resume_of", "suggestions_from"]
LONGEST_DETAIL = 400  # characters of what was done in a job: a profile has one line for it


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """What a resume says, in the shape of a profile.

    `languages` are (code, level) pairs, whose level is "" when the resume gives none. `left_aside`
    says in French what the profile has no place for.
    """

    job: str = ""
    summary: str = ""
    experiences: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    left_aside: tuple[str, ...] = ()


def suggestions_from(content: bytes) -> Suggestions:
    """Return what the file of a resume suggests for a profile.

    The file is opened in a separate process with limits, when it is its turn.

    Raises:
        UnreadableResume: the file is not a resume that Explor reads.
        ActionNotAllowed: too many files are being opened.
    """
    with turn():
        resume = read_resume(content)
    languages: dict[str, str] = {}
    unknown = []
    for each in resume.languages:
        if term := find("languages", each.name) or terms("languages").get(each.code):
            languages.setdefault(term.code, each.level)
        else:
            unknown.append(f"une langue absente de la liste d’Explor : {each.name}")
    return Suggestions(
        job=resume.headline,
        summary=resume.summary,
        experiences=tuple(dict.fromkeys(filter(None, _lines(resume)))),
        skills=(*resume.skills, *(f"Permis {each}" for each in resume.licences)),
        languages=tuple(languages.items()),
        left_aside=(*resume.left_aside, *unknown),
    )


def resume_of(expert: Expert) -> bytes:
    """Return the JSON Resume of a profile: what `suggestions_from` reads back, and no name."""
    labels = terms("languages")
    return write_json_resume(
        headline=expert.job,
        summary=expert.summary,
        experiences=[each for each in map(str.strip, expert.experiences.splitlines()) if each],
        skills=expert.skills,
        languages=[(labels[each.language].label, each.level) for each in expert.languages.all()],
    )


def _lines(resume: Resume) -> list[str]:
    return [
        *map(_experience, resume.experiences),
        *(_titled("Bénévolat", _experience(each)) for each in resume.volunteering),
        *(_titled("Formation", _with_period(each.title, each)) for each in resume.studies),
    ]


def _titled(title: str, text: str) -> str:
    return f"{title}\N{NO-BREAK SPACE}: {text}" if text else ""


def _experience(each: Experience) -> str:
    text = _with_period(each.position, each)
    detail = " ".join(each.description.split())
    if len(detail) > LONGEST_DETAIL:
        detail = detail[:LONGEST_DETAIL].rpartition(" ")[0] + "…"
    return ". ".join(filter(None, (text, detail)))


def _with_period(title: str, each: Experience | Study) -> str:
    text = ", ".join(filter(None, (title, each.organisation)))
    start, end = _day(each.start), _day(each.end)
    if each.current or (start and not end):
        period = f"depuis {start}" if start else "en cours"
    else:
        period = " – ".join(dict.fromkeys(filter(None, (start, end))))
    return f"{text} ({period})" if text and period else text


def _day(partial: str) -> str:
    """Return a date, as far as it is known, as French writes it: 2021, 10/2021, 05/10/2021."""
    return "/".join(reversed(partial.split("-")))
