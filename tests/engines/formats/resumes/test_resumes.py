"""Resumes read in four formats; the fixtures are invented, after the structure of real files."""

import json
import time
import zlib
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.formats.resumes import (
    LARGEST,
    Experience,
    Study,
    UnreadableResume,
    read_resume,
    write_json_resume,
)
from explor.engines.formats.resumes._json import read_json
from explor.engines.formats.resumes._languages import code_of

CANDIDATE = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9"
  xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">
 <CandidatePerson>
  <Communication><ChannelCode>Telephone</ChannelCode><oa:DialNumber>00</oa:DialNumber></Communication>
  <Communication><Address><oa:CityName>Ville</oa:CityName></Address></Communication>
  <NationalityCode>fr</NationalityCode><hr:BirthDate>1980-01-01</hr:BirthDate>
  <PrimaryLanguageCode name="NORMAL">fre</PrimaryLanguageCode>
 </CandidatePerson>
 <CandidateProfile languageCode="fr">
  <hr:ExecutiveSummary>&lt;p&gt;Vingt ans de r\u00e9seaux d\u2019eau.&lt;/p&gt;</hr:ExecutiveSummary>
  <EmploymentHistory><EmployerHistory><hr:OrganizationName>R\u00e9gie des eaux</hr:OrganizationName>
   <PositionHistory><PositionTitle>Hydraulicienne</PositionTitle>
    <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2021-10</hr:FormattedDateTime>
    </eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
    <oa:Description>&lt;ul&gt;&lt;li&gt;Forages&lt;/li&gt;&lt;li&gt;Pompes &amp;amp; vannes&lt;/li&gt;&lt;/ul&gt;</oa:Description>
   </PositionHistory></EmployerHistory></EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>\u00c9cole</hr:OrganizationName>
   <AttendancePeriod><StartDate><hr:FormattedDateTime>2003</hr:FormattedDateTime></StartDate>
   <EndDate><hr:FormattedDateTime>2006-06-30</hr:FormattedDateTime></EndDate><Ongoing>false</Ongoing>
   </AttendancePeriod><EducationDegree><hr:DegreeName>Ing\u00e9nieure</hr:DegreeName></EducationDegree>
  </EducationOrganizationAttendance></EducationHistory>
  <eures:Licenses><eures:License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></eures:License></eures:Licenses>
  <PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">por</CompetencyID>
   <hr:TaxonomyID>language</hr:TaxonomyID>
   <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode>
    <eures:Score><hr:ScoreText>C1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
   <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode>
    <eures:Score><hr:ScoreText>B1</hr:ScoreText></eures:Score></eures:CompetencyDimension>
   <eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Speaking-Production</hr:CompetencyDimensionTypeCode>
   </eures:CompetencyDimension>
  </PersonCompetency></PersonQualifications>
  <Skills><PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID>
   <hr:CompetencyName>QGIS</hr:CompetencyName></PersonCompetency></Skills>
  <VoluntaryWorks><VoluntaryWork><Title>Formatrice</Title><Date><StartDate>
   <hr:FormattedDateTime>2019</hr:FormattedDateTime></StartDate></Date></VoluntaryWork></VoluntaryWorks>
  <eures:Attachment><oa:EmbeddedData>AA</oa:EmbeddedData></eures:Attachment>
 </CandidateProfile>
</Candidate>""".encode()  # noqa: E501

PASSPORT = """<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
 <Identification><Photo/></Identification>
 <Headline><Type><Code>job_applied_for</Code></Type><Description><Label>Ma\u00e7on</Label></Description></Headline>
 <WorkExperienceList><WorkExperience><Period><From year="2013" month="--10" day="---05"/>
  <To year="2014" month="--02"/></Period><Position><Label>Chef d\u2019\u00e9quipe</Label></Position>
  <Employer><Name>B\u00e2tir</Name></Employer></WorkExperience></WorkExperienceList>
 <Skills><Linguistic><MotherTongueList><MotherTongue><Description><Code>fr</Code></Description></MotherTongue>
  </MotherTongueList><ForeignLanguageList><ForeignLanguage><Description><Label>English</Label></Description>
  <ProficiencyLevel><Listening>B2</Listening><SpokenInteraction>A2</SpokenInteraction></ProficiencyLevel>
  </ForeignLanguage></ForeignLanguageList></Linguistic>
  <Organisational><Description>Planning; conduite de chantier</Description></Organisational>
  <Driving><Description><Licence>B</Licence></Description></Driving></Skills>
</LearnerInfo></SkillsPassport>""".encode()


def pdf(attached: bytes | None = None, **saved: object) -> bytes:
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    if attached is not None:
        made.attachments["attachment.xml"] = attached
    made.save(out, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def check_candidate(data: bytes) -> None:
    resume = read_resume(data)
    job = Experience(
        position="Hydraulicienne",
        organisation="Régie des eaux",
        start="2021-10",
        current=True,
        description="Forages\nPompes & vannes",
    )
    study = Study(title="Ingénieure", organisation="École", start="2003", end="2006-06-30")
    assert resume.experiences == (job,)
    assert resume.studies == (study,)
    assert resume.volunteering == (Experience(position="Formatrice", start="2019"),)
    assert (resume.headline, resume.summary) == ("Hydraulicienne", "Vingt ans de réseaux d’eau.")
    assert (resume.skills, resume.licences) == (("QGIS",), ("B",))
    assert [(each.code, each.level) for each in resume.languages] == [("fr", "C2"), ("pt", "B1")]
    assert resume.languages[1].levels == {"listening": "C1", "writing": "B1"}
    assert resume.left_aside == (
        "la photo",
        "l’adresse",
        "la date de naissance",
        "la nationalité",
        "le téléphone",
    )


def test_a_europass_candidate_is_read_and_its_omitted_parts_are_listed() -> None:
    check_candidate(CANDIDATE)


def test_the_xml_inside_a_europass_pdf_is_read() -> None:
    check_candidate(pdf(CANDIDATE))


def test_a_skills_passport_is_read_with_partial_dates_and_levels() -> None:
    resume = read_resume(PASSPORT)
    assert resume.headline == "Maçon"
    assert [(e.position, e.organisation, e.start, e.end) for e in resume.experiences] == [
        ("Chef d’équipe", "Bâtir", "2013-10-05", "2014-02")
    ]
    assert [(each.code, each.level) for each in resume.languages] == [("fr", "C2"), ("en", "A2")]
    assert resume.skills == ("Planning", "conduite de chantier")
    assert (resume.licences, resume.left_aside) == (("B",), ("la photo",))


def test_a_json_resume_is_read_and_its_omitted_parts_are_listed() -> None:
    whole = {
        "basics": {"label": "Agronome", "phone": "00", "image": "x", "location": {"city": "x"}},
        "work": [{"name": "Ferme", "position": "Conseil", "startDate": "2020-01-05"}],
        "volunteer": [{"organization": "Club", "endDate": "2011"}],
        "education": [{"institution": "Lycée", "studyType": "BTS", "area": "Eau"}],
        "languages": [{"language": "French", "fluency": "Native speaker"}, {"language": "wolof"}],
        "skills": [{"name": "Sols", "keywords": ["Compost"]}],
        "references": [{"name": "x"}],
    }
    resume = read_resume(json.dumps(whole).encode())
    assert resume.experiences[0].current
    assert resume.volunteering == (Experience(organisation="Club", end="2011"),)
    assert resume.studies == (Study(title="BTS, Eau", organisation="Lycée"),)
    assert [(e.code, e.level) for e in resume.languages] == [("fr", "C2"), ("wo", "")]
    assert resume.skills == ("Sols", "Compost")
    assert resume.left_aside == ("la photo", "l’adresse", "le téléphone", "les références")


@pytest.mark.parametrize("text", ["fre", "fra", "fr", "FR", "fr-CA", "French", "français"])
def test_every_code_and_name_of_a_language_gives_the_same_language_code(text: str) -> None:
    assert code_of(text) == "fr"


def test_an_unknown_language_of_a_resume_has_no_code() -> None:
    assert code_of("elfique") == ""


BOMB = b'<!DOCTYPE a [<!ENTITY b "bb">]><Candidate>&b;</Candidate>'
DEEP = b"<Candidate>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Candidate>"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "DOCTYPE"),
        (BOMB.decode().encode("utf-16"), "DOCTYPE"),
        (DEEP, "lisible"),
        (b"<html/>", "n’est pas un CV Europass"),
        (b"<Candidate>", "lisible"),
        (b"[" * 1_000_000, "lisible"),
        (b"{}", "n’est pas un CV"),
        (b"", "n’est ni"),
        (b"\x00\x01", "n’est ni"),
        (b"%PDF-1.7 nothing", "abîmé"),
        (b"x" * (LARGEST + 1), "dépasse 10 Mo"),
    ],
)
def test_a_hostile_resume_file_is_refused_with_an_error_message(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableResume, match=reason):
        read_resume(data)


def test_a_pdf_resume_without_xml_is_refused_with_instructions_to_export_another() -> None:
    with pytest.raises(UnreadableResume, match=r"europass\.europa\.eu"):
        read_resume(pdf())


def test_an_encrypted_pdf_resume_is_refused_with_an_error_message() -> None:
    locked = pdf(CANDIDATE, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnreadableResume, match="mot de passe"):
        read_resume(locked)


def test_a_pdf_resume_with_a_decompression_bomb_attached_is_refused_at_little_cost() -> None:
    packer, parts = zlib.compressobj(9), [b"<a>"]
    packed = packer.compress(b"<Candidate>")
    for _ in range(400):
        parts.append(packer.compress(b" " * 1_000_000))
    packed += b"".join(parts[1:]) + packer.flush()
    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.attachments["cv.xml"] = b"<a/>"
    stream = made.attachments["cv.xml"].get_file().obj
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    made.save(out)
    assert len(out.getvalue()) < 1_000_000
    before = time.process_time()
    with pytest.raises(UnreadableResume, match=r"démesuré|une fois ouvert|abîmé"):
        read_resume(out.getvalue())
    assert time.process_time() - before < 5


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80).map(
    str.strip
).filter(bool)  # fmt: skip


@given(
    headline=texts,
    summary=texts,
    experiences=st.lists(texts, max_size=20),
    skills=st.lists(texts, max_size=20, unique=True),
    languages=st.dictionaries(
        st.sampled_from(["français", "wolof", "portugais", "arabe"]),
        st.sampled_from(["A1", "B2", "C2"]),
    ),
)
def test_the_fields_of_a_profile_are_read_back_unchanged_from_its_json_resume(
    headline: str,
    summary: str,
    experiences: list[str],
    skills: list[str],
    languages: dict[str, str],
) -> None:
    written = write_json_resume(
        headline=headline,
        summary=summary,
        experiences=experiences,
        skills=skills,
        languages=list(languages.items()),
    )
    resume = read_json(written)
    assert (resume.headline, resume.summary) == (headline, summary)
    assert [each.position for each in resume.experiences] == experiences
    assert list(resume.skills) == skills
    assert {each.name: each.level for each in resume.languages} == languages
    assert resume.left_aside == ()


@pytest.mark.parametrize(("count", "said"), [(100, False), (101, True)])
def test_entries_of_a_resume_beyond_the_hundredth_of_one_kind_are_reported(
    count: int, said: bool
) -> None:
    jobs = [{"position": f"Poste {n}"} for n in range(count)]
    histories = "".join(
        f"<WorkExperience><Position><Label>Poste {n}</Label></Position></WorkExperience>"
        for n in range(count)
    )
    files = (
        json.dumps({"basics": {"label": "Hydraulicienne"}, "work": jobs}),
        f"<SkillsPassport><LearnerInfo>{histories}</LearnerInfo></SkillsPassport>",
    )
    for file in files:
        resume = read_resume(file.encode())
        assert len(resume.experiences) == 100
        assert any("100 premières" in each for each in resume.left_aside) == said
