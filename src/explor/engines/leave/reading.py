"""Verdicts on the leave schemes, from the findings of the conditions of each scheme."""

from dataclasses import asdict, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

from explor.engines.french.dates import day_fr

from .conditions import ALWAYS, CONDITIONS, Case, Finding, seniority
from .law import Scheme, Wording, schemes, wording
from .model import Association, Employer, Mission, Person, SchemeVerdict, Verdict
from .tables import SOFTWARE, Article, Tables, cited


def schemes_for(
    person: Person,
    employer: Employer,
    association: Association,
    mission: Mission,
    on: date,
    tables: Tables = SOFTWARE,
) -> list[SchemeVerdict]:
    """Return the verdict on each leave scheme on the day `on`, in the order of `SCHEMES`.

    The verdict is "closed" when a condition fails, "to_check" when none fails and at least one is
    unknown, "open" when all hold. A verdict helps an officer to decide; it does not replace the
    decision.
    """
    without_seniority = replace(person, employed_since=None, earlier_months=None)
    common = _common(without_seniority, employer, association, mission, on, tables)
    return [
        common.get(scheme.code) or _read(scheme, person, employer, association, mission, on, tables)
        for scheme in schemes(tables)
    ]


@lru_cache(maxsize=4096)
def _common(
    person: Person,
    employer: Employer,
    association: Association,
    mission: Mission,
    on: date,
    tables: Tables,
) -> dict[str, SchemeVerdict]:
    """Return, by code, the verdicts on the schemes that do not depend on seniority.

    The result is cached, so that colleagues with the same other facts share it.
    """
    return {
        scheme.code: _read(scheme, person, employer, association, mission, on, tables)
        for scheme in schemes(tables)
        if seniority not in CONDITIONS[scheme.code]
    }


def _read(
    scheme: Scheme,
    person: Person,
    employer: Employer,
    association: Association,
    mission: Mission,
    on: date,
    tables: Tables,
) -> SchemeVerdict:
    case = Case(
        scheme=scheme,
        person=person,
        employer=employer,
        association=association,
        mission=mission,
        on=on,
        tables=tables,
    )
    return _verdict(case)


def _verdict(case: Case) -> SchemeVerdict:
    findings = [condition(case) for condition in (*ALWAYS, *CONDITIONS[case.scheme.code])]
    against = [finding for finding in findings if finding.holds is False]
    unknown = [] if against else [finding for finding in findings if finding.holds is None]
    holding = [] if against else [finding for finding in findings if finding.holds]
    verdict: Verdict = "closed" if against else "to_check" if unknown else "open"
    scheme, urgent = case.scheme, case.urgent
    words = _wording(case)
    why = [finding.sentence for finding in (*against, *holding) if finding.sentence]
    return SchemeVerdict(
        code=scheme.code,
        label=scheme.label,
        verdict=verdict,
        article=scheme.article,
        articles=_articles(case, (*against, *unknown, *holding), words.articles),
        legal_by=case.legal_by,
        advised_by=case.advised_by,
        is_urgent=urgent is not None,
        answer_days=None if urgent else scheme.answer_days,
        answer_hours=urgent.answer_hours if urgent else None,
        silence_is_consent=(urgent or scheme).silence_is_consent,
        why=(*dict.fromkeys(why), *_remarks(case, verdict)),
        questions=tuple(dict.fromkeys(finding.sentence for finding in unknown)),
        asks=tuple(dict.fromkeys(each.fact for each in (*unknown, *holding) if each.fact)),
        **_sentences(words),
    )


def _wording(case: Case) -> Wording:
    private = case.employer.sector == "private"
    branch = "private" if private else case.employer.branch
    words = wording(case.scheme.code, branch, case.tables)
    return replace(words, objection=words.urgent_objection) if case.urgent else words


@lru_cache(maxsize=512)
def _sentences(words: Wording) -> dict[str, Any]:
    """Return, by field of `SchemeVerdict`, the texts that a verdict copies from a `Wording`."""
    repeated = {field.name for field in fields(SchemeVerdict)} - {"articles"}
    return {name: text for name, text in asdict(words).items() if name in repeated}


def _articles(
    case: Case, findings: tuple[Finding, ...], keys: tuple[str, ...]
) -> tuple[Article, ...]:
    """Return the articles of the scheme, of the findings, then of the sentences, each once.

    `keys` are the keys of the articles of its `Wording`.
    """
    urgent = case.urgent.articles if case.urgent else ()
    justifying = (key for finding in findings for key in finding.articles)
    return cited((*case.scheme.articles, *urgent, *justifying, *keys), case.tables)


def _remarks(case: Case, verdict: Verdict) -> list[str]:
    return [*_end_of_scheme(case, verdict), *_csi_remarks(case, verdict)]


def _end_of_scheme(case: Case, verdict: Verdict) -> list[str]:
    """Return a list of one French warning when the legal end of the scheme is near, else empty."""
    end = case.scheme.valid_to
    if end is None or verdict == "closed" or not case.scheme.nears_its_end(case.mission.end):
        return []
    return [f"La fin légale de ce cadre approche : {day_fr(end)}. Vérifiez s’il est prolongé."]


def _csi_remarks(case: Case, verdict: Verdict) -> list[str]:
    if case.scheme.code != "CSI" or not _may_ask_csi(case):
        return []
    remarks = []
    if case.employer.leave_agreement is None:
        remarks.append("Un accord d’entreprise ou de branche peut fixer d’autres règles.")
    if case.urgent:
        return [*remarks, *_urgent_remarks(case)] if verdict != "closed" else remarks
    if verdict != "closed":
        remarks.append(
            f"L’employeur répond en {case.scheme.answer_days} jours ; son silence vaut accord."
        )
        remarks.append("Il peut refuser, par écrit et avec ses motifs, après avis du CSE.")
        remarks += _advice(case)
    elif case.legal_by is not None and case.legal_by < case.requested_on <= case.mission.leaves:
        remarks.append(_wording(case).urgent)
    return remarks


def _urgent_remarks(case: Case) -> list[str]:
    if case.urgent is None:
        return []
    hours = f"Demande urgente : l’employeur répond en {case.urgent.answer_hours} heures"
    silence = (
        "son silence vaut accord"
        if case.urgent.silence_is_consent
        else "son silence ne vaut pas accord"
    )
    return [f"{hours} ; {silence}.", _wording(case).objection]


def _may_ask_csi(case: Case) -> bool:
    return case.person.status in (None, "employee", "fixed_term", "apprentice", "on_disponibilite")


def _advice(case: Case) -> list[str]:
    advised = case.advised_by
    if advised is None or case.mission.requested_on or case.on > advised:
        return []
    return [f"Demandez-le si possible avant le {day_fr(advised)}, pour garder le temps du visa."]
