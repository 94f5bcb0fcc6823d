"""Verdicts on the leave schemes: check every condition of each scheme, then give its verdict."""

from datetime import date, timedelta

from . import law
from .calendar import day_fr
from .conditions import ALWAYS, CONDITIONS, Case
from .law import SCHEMES
from .model import Association, Employer, Mission, Person, SchemeVerdict, Verdict


def schemes_for(
    person: Person, employer: Employer, association: Association, mission: Mission, on: date
) -> list[SchemeVerdict]:
    """Return the verdict on each leave scheme on the day `on`, in the order of `SCHEMES`.

    The verdict is "closed" when a condition fails, "to_check" when none fails and one is unknown,
    "open" when all hold. It helps an officer to decide, and never replaces the officer.
    """
    return [
        _read(
            Case(
                scheme=scheme,
                person=person,
                employer=employer,
                association=association,
                mission=mission,
                on=on,
            )
        )
        for scheme in SCHEMES
    ]


def _read(case: Case) -> SchemeVerdict:
    findings = [condition(case) for condition in (*ALWAYS, *CONDITIONS[case.scheme.code])]
    against = [finding.says for finding in findings if finding.holds is False]
    questions = list(dict.fromkeys(finding.says for finding in findings if finding.holds is None))
    holding = [finding.says for finding in findings if finding.holds and finding.says]
    verdict: Verdict = "closed" if against else "to_check" if questions else "open"
    scheme = case.scheme
    return SchemeVerdict(
        code=scheme.code,
        label=scheme.label,
        verdict=verdict,
        article=scheme.article,
        papers=scheme.papers,
        file_by=_file_by(case),
        answer_days=scheme.answer_days,
        silence_is_consent=scheme.silence_is_consent,
        payer=scheme.payer,
        insurer=scheme.insurer,
        why=(*against, *([] if against else holding), *_remarks(case, verdict)),
        questions=() if against else tuple(questions),
    )


def _file_by(case: Case) -> date | None:
    days = case.scheme.notice_days
    return None if days is None else case.mission.leaves - timedelta(days=days)


def _remarks(case: Case, verdict: Verdict) -> list[str]:
    if case.scheme is not law.CSI or case.person.status not in (None, "employee"):
        return []
    remarks = []
    if case.employer.leave_agreement is None:
        remarks.append("Un accord d’entreprise ou de branche peut fixer d’autres règles.")
    if verdict != "closed":
        remarks.append("L’employeur répond en 15 jours ; son silence vaut accord.")
        remarks += _advice(case)
    elif _file_by(case) < case.on:  # type: ignore[operator]
        remarks.append(
            "En urgence seulement, la demande se fait 48 heures avant le départ et l’employeur "
            "répond en 24 heures ; son silence ne vaut pas accord. Une mission ne se prévoit pas "
            "ainsi."
        )
    return remarks


def _advice(case: Case) -> list[str]:
    day = case.mission.leaves - timedelta(days=law.CSI_ADVISED_DAYS)
    if case.on > day:
        return []
    return [f"Demandez-le si possible avant le {day_fr(day)}, pour garder le temps du visa."]
