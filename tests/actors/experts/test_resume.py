"""An expert imports a resume into their profile, and exports their profile as JSON Resume."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from explor.actors.experts import actions, engine
from explor.actors.experts.forms import ResumeForm
from explor.actors.experts.models import Expert
from explor.ground.audit.models import Entry
from explor.ground.reference.selectors import find, terms
from factories import ExpertFactory, NetworkFactory, expert_actor, officer_actor, wearing

UPLOAD, REVIEW = "/expert/profil/cv/", "/expert/profil/cv/reprendre/"
RESUME = {
    "basics": {"label": "Hydraulicienne", "summary": "Vingt ans.", "phone": "01 02"},
    "work": [{"name": "Régie", "position": "Cheffe", "startDate": "2019-03", "endDate": "2021"}],
    "education": [{"institution": "École", "studyType": "Ingénieure", "endDate": "2006"}],
    "languages": [{"language": "English", "fluency": "B2"}, {"language": "elfique"}],
    "skills": [{"name": "Pompes"}],
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def expert() -> Expert:
    made = ExpertFactory(job="Maçonne", summary="", experiences="Un mur", skills=["Chaux"])
    by = expert_actor(made)
    return actions.describe(made, by=by, changes={}, languages=[{"code": "fr", "level": "C2"}])


@pytest.fixture
def client(expert: Expert) -> Client:
    return wearing(expert_actor(expert))


def sent(content: bytes, name: str = "cv.json") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def typed(expert: Expert, **texts: str) -> dict[str, Any]:
    return {"version": str(expert.version), **texts}


def test_the_review_page_shows_the_resume_beside_the_profile_and_saves_nothing(
    expert: Expert, client: Client
) -> None:
    entries = Entry.objects.count()
    page = client.post(UPLOAD, sent(json.dumps(RESUME).encode()))
    body = page.content.decode()
    assert page.status_code == 200
    for text in (
        "Cheffe, Régie (03/2019 – 2021)",
        "Formation : Ingénieure, École (2006)",
        "Un mur",
        "Pompes",
        "Rien n’est enregistré avant que vous validiez",
        "le téléphone",
        "elfique",
    ):
        assert text in body
    assert "01 02" not in body
    form = page.context["form"]
    ticked = {name: form.fields[name].initial for name in form.fields if name.startswith("take_")}
    assert ticked == {
        "take_job": False,
        "take_summary": True,
        "take_experiences_1": True,
        "take_experiences_2": True,
        "take_skills_1": True,
        "take_level_en": True,
    }
    version = expert.version
    expert.refresh_from_db()
    assert (expert.job, expert.version) == ("Maçonne", version)
    assert Entry.objects.count() == entries


def test_only_the_ticked_suggestions_of_a_resume_are_saved_in_one_journaled_action(
    expert: Expert, client: Client
) -> None:
    before = Entry.objects.filter(verb="describe").count()
    data = typed(
        expert,
        job="Hydraulicienne",
        take_summary="on",
        summary="Trente ans.",
        take_experiences_2="on",
        experiences_1="Non repris",
        experiences_2="Repris\net corrigé",
        take_skills_1="on",
        skills_1="Pompes",
        take_level_en="on",
        level_en="B1",
    )
    assert client.post(REVIEW, data).status_code == 302
    expert.refresh_from_db()
    assert (expert.job, expert.summary) == ("Maçonne", "Trente ans.")
    assert expert.experiences == "Un mur\nRepris et corrigé"
    assert expert.skills == ["Chaux", "Pompes"]
    assert {e.language: e.level for e in expert.languages.all()} == {"fr": "C2", "en": "B1"}
    assert Entry.objects.filter(verb="describe").count() == before + 1


def test_a_resume_review_of_a_profile_changed_since_is_a_conflict_that_keeps_the_input(
    expert: Expert, client: Client
) -> None:
    data = typed(expert, take_job="on", job="Hydraulicienne")
    actions.describe(expert, by=expert_actor(expert), changes={"summary": "Ailleurs."})
    page = client.post(REVIEW, data)
    assert page.status_code == 409
    assert "Hydraulicienne" in page.content.decode()
    assert "a changé depuis" in page.content.decode()
    assert Expert.objects.get(pk=expert.pk).job == "Maçonne"
    retried = data | {"version": str(page.context["form"]["version"].value())}
    assert client.post(REVIEW, retried).status_code == 302
    assert Expert.objects.get(pk=expert.pk).job == "Hydraulicienne"


@pytest.mark.parametrize(
    "texts",
    [
        {"job": "Rien de coché"},
        {"take_job": "on", "job": ""},
        {"take_level_en": "on", "level_en": ""},
        {"take_level_en": "on", "level_en": "Z9"},
        {"take_skills_1": "on", "skills_1": "x" * 81},
    ],
)
def test_a_resume_value_that_cannot_be_saved_shows_an_error_and_nothing_is_saved(
    expert: Expert, client: Client, texts: dict[str, str]
) -> None:
    page = client.post(REVIEW, typed(expert, **texts))
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert Expert.objects.get(pk=expert.pk).version == expert.version


def test_a_file_that_is_not_a_resume_is_refused_with_the_reason(client: Client) -> None:
    page = client.post(UPLOAD, sent(b"<html/>", "cv.xml"))
    assert page.status_code == 422
    assert "n’est pas un CV Europass" in page.content.decode()


def test_a_resume_file_of_more_than_ten_megabytes_is_refused_without_being_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "suggestions_from", lambda content: pytest.fail("it was read"))
    page = client.post(UPLOAD, sent(b" " * (engine.LARGEST + 1)))
    assert page.status_code == 422
    assert "dépasse 10" in page.content.decode()


def test_a_resume_file_is_refused_when_no_reader_becomes_free_in_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explor.ground.http.turns.PATIENCE", 0)
    monkeypatch.setattr("explor.ground.http.turns._turns.acquire", lambda timeout: False)
    page = client.post(UPLOAD, sent(b"{}"))
    assert page.status_code == 409
    assert "Beaucoup de fichiers" in page.content.decode()


def test_the_resume_pages_of_an_expert_are_not_found_for_a_network(expert: Expert) -> None:
    officer = wearing(officer_actor(NetworkFactory()))
    for url in (UPLOAD, REVIEW, "/expert/profil/cv.json"):
        assert officer.get(url).status_code == 404


def test_the_review_of_a_resume_runs_few_queries_whatever_the_resume_contains(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    many = RESUME | {"work": [{"position": f"Poste {n}"} for n in range(60)]}
    content = json.dumps(many).encode()
    client.get(UPLOAD)
    with django_assert_max_num_queries(12):
        assert client.post(UPLOAD, sent(content)).status_code == 200


def test_a_profile_exported_as_json_resume_and_read_back_suggests_no_change(
    expert: Expert, client: Client
) -> None:
    languages = [{"code": code, "level": "B1"} for code in list(terms("languages"))[:40]]
    changes = {"summary": "Deux\n\nparagraphes <b>", "experiences": "Un mur\nUn toit (2019)"}
    actions.describe(expert, by=expert_actor(expert), changes=changes, languages=languages)
    response = client.get("/expert/profil/cv.json")
    assert response["Content-Disposition"] == 'attachment; filename="mon-profil.json"'
    assert expert.person.name not in response.content.decode()
    offered = engine.suggestions_from(response.content)
    assert offered.languages == tuple((e["code"], e["level"]) for e in languages)
    assert ResumeForm(subject=expert, suggestions=offered).groups == []
    page = client.post(UPLOAD, sent(response.content))
    assert "Rien de nouveau" in page.content.decode()


def test_every_language_of_the_reference_list_is_recognised_by_its_label() -> None:
    assert {each.code: find("languages", each.label) for each in terms("languages").values()} == (
        dict(terms("languages"))
    )
