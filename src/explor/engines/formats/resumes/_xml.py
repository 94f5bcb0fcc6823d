"""Reading of Europass XML: the `Candidate` format (since 2020) and `SkillsPassport` 3 (before)."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from ._languages import distinct, language
from ._resume import (
    BEYOND,
    DIMENSIONS,
    MOST,
    SKILL,
    Experience,
    Resume,
    Study,
    UnreadableResume,
    line,
    once,
    partial,
    plain,
    skills_of,
)

Element = Any
CEF = {
    "CEF-Understanding-Listening": "listening",
    "CEF-Understanding-Reading": "reading",
    "CEF-Speaking-Interaction": "spoken_interaction",
    "CEF-Speaking-Production": "spoken_production",
    "CEF-Writing-Production": "writing",
}
PARTS = dict(
    zip(
        ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing"),
        DIMENSIONS,
        strict=True,
    )
)
ASIDE = {
    "la photo": (".//{*}Photo", ".//{*}Attachment/{*}EmbeddedData"),
    "l’adresse": (
        "./{*}CandidatePerson//{*}Address",
        ".//{*}Identification/{*}ContactInfo/{*}Address",
    ),
    "la date de naissance": (".//{*}BirthDate", ".//{*}Birthdate"),
    "la nationalité": (".//{*}NationalityCode", ".//{*}NationalityList"),
    "le genre": (".//{*}GenderCode", ".//{*}Gender"),
    "le téléphone": ("./{*}CandidatePerson//{*}DialNumber", ".//{*}TelephoneList"),
    "l’adresse électronique et les liens": (
        "./{*}CandidatePerson//{*}URI",
        ".//{*}Identification//{*}Email",
        ".//{*}WebsiteList",
    ),
    "la signature": (".//{*}Signature",),
    "les références": (".//{*}EmploymentReferences/*", ".//{*}ReferenceList"),
    "la lettre de motivation": (".//{*}CoverLetter",),
    "les pièces jointes": (".//{*}AttachmentList",),
    "les publications": (".//{*}PublicationHistory/*",),
    "les projets": (".//{*}Projects/*",),
    "les conférences": (".//{*}ConferencesAndSeminars/*",),
    "les rubriques libres": (".//{*}Others", ".//{*}AchievementList"),
}


def read_xml(data: bytes) -> Resume:
    """Return the contents of a Europass XML file.

    Raises UnreadableResume for a file that is not one, or that declares a document type.
    """
    if b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper():
        raise UnreadableResume("Ce fichier déclare un type de document (DOCTYPE) : refusé.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise UnreadableResume("Ce fichier n’est pas du XML lisible.") from fault
    if root.getroottree().docinfo.doctype:  # in UTF-16, which the check of bytes does not detect
        raise UnreadableResume("Ce fichier déclare un type de document (DOCTYPE) : refusé.")
    readers = {"Candidate": _candidate, "SkillsPassport": _passport}
    reader = readers.get(etree.QName(root).localname)
    if reader is None:
        raise UnreadableResume("Ce fichier XML n’est pas un CV Europass.")
    return reader(root)


def _candidate(root: Element) -> Resume:
    jobs = [job for employer in _all(root, "EmployerHistory") for job in _positions(employer)]
    return Resume(
        headline=next((job.position for job in jobs if job.current), "")[:200],
        summary=plain(_raw(root, ".//{*}ExecutiveSummary")),
        experiences=tuple(jobs[:MOST]),
        studies=tuple(map(_attendance, _all(root, "EducationOrganizationAttendance"))),
        volunteering=tuple(map(_voluntary, _all(root, "VoluntaryWork"))),
        languages=distinct([
            *(language(each.text or "", "", {}, mother=True)
              for each in _all(root, "PrimaryLanguageCode")),
            *map(_competency, root.iterfind(".//{*}PersonQualifications/{*}PersonCompetency")),
        ]),
        skills=once([line(each.text, SKILL) for each in
                     root.iterfind(".//{*}Skills//{*}CompetencyName")]),
        licences=once([line(each.text, 5) for each in _all(root, "LicenseTypeCode")]),
        left_aside=_aside(root),
    )  # fmt: skip


def _positions(employer: Element) -> Iterator[Experience]:
    name = line(_raw(employer, "{*}OrganizationName"))
    for each in employer.iterfind("{*}PositionHistory"):
        period = each.find("{*}EmploymentPeriod")
        yield Experience(
            position=line(_raw(each, "{*}PositionTitle")),
            organisation=name,
            description=plain(_raw(each, "{*}Description"))[:2000],
            **_period(period if period is not None else each),
        )


def _attendance(each: Element) -> Study:
    period = each.find("{*}AttendancePeriod")
    return Study(
        title=line(_raw(each, ".//{*}DegreeName")),
        organisation=line(_raw(each, "{*}OrganizationName")),
        **_period(period if period is not None else each),
    )


def _voluntary(each: Element) -> Experience:
    return Experience(
        position=line(_raw(each, "{*}Title")),
        description=plain(_raw(each, "{*}Description"))[:2000],
        **_period(each),
    )


def _period(each: Element) -> dict[str, Any]:
    flags = [_raw(each, f".//{{*}}{name}") for name in ("CurrentIndicator", "Ongoing")]
    return {
        "start": partial(_raw(each, ".//{*}StartDate/{*}FormattedDateTime")),
        "end": partial(_raw(each, ".//{*}EndDate/{*}FormattedDateTime")),
        "current": "true" in flags,
    }


def _competency(each: Element) -> Any:
    levels = {
        CEF.get(_raw(part, "{*}CompetencyDimensionTypeCode"), ""): _raw(part, ".//{*}ScoreText")
        for part in each.iterfind("{*}CompetencyDimension")
    }
    return language(_raw(each, "{*}CompetencyID"), "", levels)


def _passport(root: Element) -> Resume:
    jobs = [_job(each) for each in _all(root, "WorkExperience")]
    headline = line(_raw(root, ".//{*}Headline/{*}Description/{*}Label"), 200)
    kind = _raw(root, ".//{*}Headline/{*}Type/{*}Code")
    statement = kind == "personal_statement"
    return Resume(
        headline="" if statement else headline,
        summary=plain(_raw(root, ".//{*}Headline/{*}Description/{*}Label")) if statement else "",
        experiences=tuple(jobs),
        studies=tuple(map(_education, _all(root, "Education"))),
        languages=distinct([
            *(_spoken(each, mother=True) for each in _all(root, "MotherTongue")),
            *(_spoken(each, mother=False) for each in _all(root, "ForeignLanguage")),
        ]),
        skills=once([
            skill for name in ("Communication", "Organisational", "JobRelated", "Computer", "Other")
            for each in root.iterfind(f".//{{*}}Skills/{{*}}{name}")
            for skill in skills_of(_raw(each, "{*}Description"))
        ]),
        licences=once([line(each.text, 5) for each in _all(root, "Licence")]),
        left_aside=_aside(root),
    )  # fmt: skip


def _job(each: Element) -> Experience:
    return Experience(
        position=line(_raw(each, "{*}Position/{*}Label")),
        organisation=line(_raw(each, "{*}Employer/{*}Name")),
        description=plain(_raw(each, "{*}Activities"))[:2000],
        **_years(each),
    )


def _education(each: Element) -> Study:
    title, name = _raw(each, "{*}Title"), _raw(each, "{*}Organisation/{*}Name")
    return Study(title=line(title), organisation=line(name), **_years(each))


def _years(each: Element) -> dict[str, Any]:
    current = _raw(each, "{*}Period/{*}Current") == "true"
    start, end = (_passport_date(each.find(f"{{*}}Period/{{*}}{side}")) for side in ("From", "To"))
    return {"start": start, "end": end, "current": current}


def _passport_date(each: Element) -> str:
    """Return the ISO date of an element such as `year="2013" month="--10" day="---15"`."""
    if each is None:
        return ""
    parts = (each.get("year", ""), each.get("month", "").strip("-"), each.get("day", "").strip("-"))
    return partial("-".join(filter(None, parts)))


def _spoken(each: Element, *, mother: bool) -> Any:
    code, name = (_raw(each, f"{{*}}Description/{{*}}{part}") for part in ("Code", "Label"))
    levels = {
        dimension: _raw(each, f"{{*}}ProficiencyLevel/{{*}}{part}")
        for part, dimension in PARTS.items()
    }
    return language(code or name, line(name, 100), levels, mother=mother)


def _aside(root: Element) -> tuple[str, ...]:
    aside = [
        remark
        for remark, paths in ASIDE.items()
        if any(root.find(path) is not None for path in paths)
    ]
    if any(len(list(root.iterfind(f".//{{*}}{name}"))) > MOST for name in REPEATED):
        aside.append(BEYOND)
    return tuple(aside)


# The elements of which only the first entries are read.
REPEATED = (
    *("EmployerHistory", "PositionHistory", "EducationOrganizationAttendance", "VoluntaryWork"),
    *("WorkExperience", "Education", "MotherTongue", "ForeignLanguage"),
)


def _all(root: Element, name: str) -> list[Element]:
    return list(root.iterfind(f".//{{*}}{name}"))[:MOST]


def _raw(each: Element, path: str) -> str:
    return (each.findtext(path) or "").strip()
