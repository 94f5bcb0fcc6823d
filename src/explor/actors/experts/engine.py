"""Read a resume into suggestions for a profile, and write a profile as a JSON Resume."""

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
LONGEST_DETAIL = 400  # maximum length of the description of a job, one line of a profile


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """The fields of a profile that a resume suggests.

    `languages` are (code, level) pairs; the level is "" when the resume gives none. `left_aside`
    lists in French the parts of the resume that fit no field of a profile.
    """

    job: str = ""
    summary: str = ""
    experiences: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    left_aside: tuple[str, ...] = ()


def suggestions_from(content: bytes) -> Suggestions:
    """Return the fields of a profile suggested by a resume, given the bytes of its file.

    The file is opened in a separate process with limits; only a few files are opened at a time.

    Raises:
        UnreadableResume: the file is not a resume in a known format.
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
    """Return the profile as a JSON Resume, without the name; `suggestions_from` can read it."""
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


def _experience(experience: Experience) -> str:
    text = _with_period(experience.position, experience)
    detail = " ".join(experience.description.split())
    if len(detail) > LONGEST_DETAIL:
        detail = detail[:LONGEST_DETAIL].rpartition(" ")[0] + "…"
    return ". ".join(filter(None, (text, detail)))


def _with_period(title: str, item: Experience | Study) -> str:
    text = ", ".join(filter(None, (title, item.organisation)))
    start, end = _day(item.start), _day(item.end)
    if item.current or (start and not end):
        period = f"depuis {start}" if start else "en cours"
    else:
        period = " – ".join(dict.fromkeys(filter(None, (start, end))))
    return f"{text} ({period})" if text and period else text


def _day(partial: str) -> str:
    """Return a full or partial ISO date in French notation: 2021, 10/2021 or 05/10/2021."""
    return "/".join(reversed(partial.split("-")))
