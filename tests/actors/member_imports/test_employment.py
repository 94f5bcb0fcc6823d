"""Imports of experts: their status, the end of their contract, their employer."""

from datetime import date
from typing import Any

import pytest

from explor.actors.experts.models import Employment, Expert
from explor.actors.member_imports import engine, pages
from explor.actors.member_imports.actions import describe_expert
from explor.actors.member_imports.models import MemberImport, MemberLine, What
from explor.ground.accounts.actions import open_account
from factories import EmployerFactory, NetworkFactory

PERSON = {"name": "Nora Exemple", "email": "nora@val.test"}


def read(**record: str) -> tuple[dict[str, Any], list[list[str]]]:
    """Return what a line says beside the name and the address, and its errors."""
    content, faults = engine.understood(What.EXPERTS, {**PERSON, **record})
    return {k: v for k, v in (content or {}).items() if k not in PERSON}, faults


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("CDI", Employment.EMPLOYEE),
        ("Salariée du privé", Employment.EMPLOYEE),
        ("salarié en CDD", Employment.FIXED_TERM),
        ("Apprentie", Employment.APPRENTICE),
        ("fonctionnaire", Employment.TENURED),
        ("fonctionnaire stagiaire", Employment.TRAINEE),
        ("agente contractuelle en CDD", Employment.CONTRACT),
        ("fonctionnaire en disponibilité", Employment.ON_DISPONIBILITE),
        ("profession libérale", Employment.SELF_EMPLOYED),
        ("fonctionnaire retraité", Employment.RETIRED),
        ("retraitée, bénévole", Employment.RETIRED),
        ("demandeur d’emploi", Employment.JOB_SEEKER),
        ("Bénévole", Employment.UNPAID),
        *((str(each.label), each) for each in Employment),
        *((each.value, each) for each in Employment),
    ],
)
def test_the_status_of_an_imported_expert_is_read_from_usual_words(text: str, status: str) -> None:
    assert read(employment=text) == ({"employment": status}, [])


def test_an_unknown_employment_status_in_an_import_is_left_out_with_its_reason() -> None:
    content, faults = read(employment="mercenaire")
    assert (content, [fault[:2] for fault in faults]) == ({}, [["Statut", "mercenaire"]])


@pytest.mark.parametrize(
    ("text", "expected"), [("oui", True), ("Mi-temps", True), ("Temps plein", False)]
)
def test_an_imported_part_time_is_read_from_words_and_shown_in_words(
    text: str, expected: bool
) -> None:
    assert read(part_time=text) == ({"part_time": expected}, [])
    line = MemberLine(content={"part_time": expected})
    batch = MemberImport(what=What.EXPERTS)
    assert pages.facts_of(batch, line) == [("À temps partiel", "oui" if expected else "non")]


def test_an_imported_part_time_that_is_neither_yes_nor_no_is_left_out_with_its_reason() -> None:
    assert read(part_time="parfois") == (
        {},
        [["À temps partiel", "parfois", "Écrivez oui ou non."]],
    )


def test_headings_about_status_and_contract_are_matched_to_their_fields() -> None:
    guessed = engine.guess(What.EXPERTS, ["Statut", "Fin de contrat", "Temps partiel"])
    assert list(guessed.values()) == ["employment", "contract_ends", "part_time"]


def test_the_end_of_a_contract_is_imported_only_with_a_fixed_term_status() -> None:
    assert read(employment="CDD", contract_ends="31/05/2030") == (
        {"employment": "cdd", "contract_ends": "2030-05-31"},
        [],
    )
    refused = "Ce statut n’a pas de fin de contrat : la case n’est pas reprise."
    assert read(employment="CDI", contract_ends="31/05/2030") == (
        {"employment": "salarie"},
        [["Fin du contrat", "31/05/2030", refused]],
    )


def test_the_employer_of_an_imported_person_without_employer_status_is_left_out_with_a_reason() -> (
    None
):
    refused = "Ce statut est sans employeur : la case n’est pas reprise."
    assert read(employment="retraitée", employer="Ateliers du Val") == (
        {"employment": "retraite"},
        [["Employeur", "Ateliers du Val", refused]],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"employment": "retraite"}, ("retraite", None, None)),
        (
            {"employment": "cdd", "employer": "Val", "contract_ends": "2030-05-31"},
            ("cdd", "Val", date(2030, 5, 31)),
        ),
    ],
)
def test_an_invited_expert_gets_the_status_and_contract_of_their_imported_line(
    content: dict[str, str], expected: tuple[Any, ...]
) -> None:
    network = NetworkFactory()
    EmployerFactory(network=network, name="Val")
    person = open_account(email=PERSON["email"], name=PERSON["name"])
    expert = Expert.objects.create(person=person, network=network)
    batch = MemberImport.objects.create(network=network, what=What.EXPERTS, name="a.csv")
    MemberLine.objects.create(
        batch=batch,
        number=2,
        title="Nora",
        email=person.email,
        content={**PERSON, **content},
        made=True,
        invited_at=batch.created_at,
    )
    describe_expert(expert)
    made = Expert.objects.get()
    employer = made.employer.name if made.employer else None
    assert (made.employment, employer, made.contract_ends) == expected
