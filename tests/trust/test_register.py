"""The register of processing names every column of the database and feeds the public pages."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from explor.ground.privacy.kinds import purges
from explor.ground.privacy.models import PurgeReport
from explor.ground.privacy.pages import data_of, durations_of, in_words
from explor.ground.privacy.selectors import NONE, columns, treatments
from explor.ground.privacy.terms import ENDS, TERMS, faults
from factories import administrator_actor, wearing

# Columns of every model: its number, its version, the dates of its row.
COMMON = {"id", "version", "created_at", "state_since"}
# The models of these packages hold no row of a person, or belong to the history of a tracked model.
FIELDS = {
    model._meta.label: {field.name for field in model._meta.concrete_fields}
    for model in apps.get_models()
    if not model._meta.proxy
}


def listed() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for each in columns():
        found.setdefault(each.model, Counter()).update(each.fields)
    return found


def test_each_column_of_the_database_is_in_the_register_of_processing_once() -> None:
    missing, unknown = [], []
    for model, names in FIELDS.items():
        fields = listed().get(model, Counter())
        if set(fields) == {"*"}:
            continue
        missing += [f"{model}.{name}" for name in sorted(names - COMMON - set(fields))]
        unknown += [f"{model}.{name}" for name in sorted(set(fields) - names)]
        assert [name for name, count in fields.items() if count > 1] == [], model
    assert missing == [], "list them in ground/privacy/data/columns.csv"
    assert unknown == []
    assert sorted(set(listed()) - set(FIELDS)) == []


def test_only_a_model_without_personal_data_is_registered_as_a_single_line_with_a_reason() -> None:
    known = {each.key for each in treatments()} | {NONE}
    for each in columns():
        assert each.treatment in known, each
        assert ("*" in each.fields) <= (each.treatment == NONE and each.fields == ("*",)), each
        assert bool(each.reason) == (each.treatment == NONE), each


# These end with the data of several treatments that they belong to.
OF_SEVERAL = {"files.Document", "privacy.Notice"}


def test_each_column_of_personal_data_has_an_end_that_its_treatment_also_states() -> None:
    shown = {each.key: {*each.terms, *ENDS} for each in treatments()}
    for each in columns():
        assert bool(each.ends) == (each.treatment != NONE), each
        assert set(each.ends) <= set(TERMS) | set(ENDS), each
    assert set(ENDS) <= {end for each in columns() for end in each.ends}
    assert {
        (each.model, end)
        for each in columns()
        for end in each.ends
        if end not in shown[each.treatment] and each.model not in OF_SEVERAL
    } == set()


FREE_TEXT = (models.TextField, models.JSONField)
# Texts of a person that no term ends, with the row that needs them.
WITHOUT_TERM = {
    "leave_readings.KeptReading.verdicts": "the law as it was read, on which a decision stands",
    "mfa.Authenticator.data": "the second factor of an account, deleted with it",
    "projects.Project.local_partners": "the partners of a project, which its association edits",
    "transfers.Transfer.message": "between legal persons, about one of them",
    "transfers.Transfer.reason": "between legal persons, about one of them",
}


def test_a_free_text_about_a_person_has_a_term_unless_it_is_a_proof_or_a_public_sheet() -> None:
    ended = {*TERMS, "public", "proof"}
    endless = {
        f"{each.model}.{name}"
        for each in columns()
        if each.treatment not in (NONE, "journal") and not ended & {*each.ends}
        for name in each.fields
        if isinstance(apps.get_model(each.model)._meta.get_field(name), FREE_TEXT)
    }
    assert endless == set(WITHOUT_TERM)


# What Explor never asks (trust, P1): the words of a column that would hold it.
FORBIDDEN = re.compile(
    r"passport_number|passport_scan|passeport_num|num_passeport|vaccin|vaccine|allerg|blood|"
    r"groupe_sanguin|health|medical|religion|ethnic|political|syndicat_|iban|bank|nir\b|"
    r"social_security|birth|naissance|nationality|nationalite|photo_id",
    re.IGNORECASE,
)


def test_no_database_column_stores_a_passport_number_a_vaccine_or_other_forbidden_data() -> None:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            words = f"{field.name} {getattr(field, 'verbose_name', '')}"
            assert not FORBIDDEN.search(words), f"{model._meta.label}.{field.name}"


def test_the_travel_data_are_only_paper_dates_notes_emergency_contacts_and_mission_books() -> None:
    held = {each.model: set(each.fields) for each in columns() if each.ends == ("travel",)}
    assert held == {
        "missions.ChecklistItem": {"done_by", "valid_until", "note"},
        "emergency_contacts.EmergencyContact": {"name", "tie", "phone", "language"},
        "mission_book.DiaryEntry": {"uuid", "day", "done", "learned", "watch"},
        "mission_book.Device": {"person", "label", "key_digest", "last_used_at", "revoked_at"},
    }


def test_each_treatment_of_the_register_is_complete_and_each_term_belongs_to_a_treatment() -> None:
    for each in treatments():
        filled = (each.label, each.purpose, each.basis, each.readers, each.source)
        assert all(filled), each.key
        assert set(each.terms) <= set(TERMS), each.key
        assert durations_of(each), each.key
        assert data_of(each), each.key
    assert {term for each in treatments() for term in each.terms} == set(TERMS)
    assert {each.term for each in purges()} <= set(TERMS)


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 jour"), (90, "90 jours"), (365, "1 an"), (730, "2 ans"), (1826, "5 ans")],
)
def test_a_retention_term_is_written_in_days_or_in_whole_years(count: int, words: str) -> None:
    assert in_words(count) == words


def test_a_term_setting_with_an_unknown_name_or_no_time_for_the_notice_is_refused(
    settings: Any,
) -> None:
    assert faults() == []
    settings.TERMS_IN_DAYS = {"profil": 3, "draft": 15, "alerts": 1}
    assert faults() == [
        "EXPLOR_TERM_PROFIL : aucune durée n’a ce nom.",
        "EXPLOR_TERM_DRAFT : il faut plus de 15 jours.",
    ]


def test_each_retention_term_is_documented_with_its_default() -> None:
    documented = (Path(__file__).parents[2] / "docs/settings.md").read_text()
    for key, term in TERMS.items():
        assert key == "address" or f"| `EXPLOR_TERM_{key.upper()}` | {term.days} |" in documented


@pytest.mark.django_db
def test_the_public_privacy_page_shows_each_treatment_with_its_terms(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        page = client.get("/confidentialite/")
    shown = page.content.decode()
    assert "<caption>Ce que nous gardons, pourquoi, pour qui et combien de temps</caption>" in shown
    for each in treatments():
        assert all(text in shown for text in (each.label, each.purpose, *durations_of(each)))
    assert len(page.content) < 150_000


@pytest.mark.django_db
def test_an_administrator_downloads_the_register_of_processing_and_the_impact_assessment() -> None:
    admin = wearing(administrator_actor())
    page = admin.get("/administration/registre/").content.decode()
    table = admin.get("/administration/registre/registre.csv").content.decode("utf-8-sig")
    for each in treatments():
        assert each.label in page
        assert each.label in table
    for name in ("registre", "analyse-d-impact"):
        file = admin.get(f"/administration/registre/{name}.docx")
        assert file.content.startswith(b"PK")
        assert name.split("-")[0] in file["Content-Disposition"]


@pytest.mark.django_db
def test_the_page_about_the_installation_shows_the_last_purge_of_personal_data() -> None:
    admin = wearing(administrator_actor())
    assert (
        "Aucun effacement n’a encore eu lieu" in admin.get("/administration/etat/").content.decode()
    )
    line = {"key": "a", "label": "profils", "erased": 3, "warned": 1, "kept": {"préavis": 2}}
    report = PurgeReport.objects.create(lines=[line])
    assert "n’est pas fini" in admin.get("/administration/etat/").content.decode()
    report.ended_at = report.started_at
    report.save()
    shown = admin.get("/administration/etat/").content.decode()
    assert "Dernier effacement le" in shown
    assert "2 : préavis" in shown
