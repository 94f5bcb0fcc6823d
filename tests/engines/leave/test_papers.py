"""The papers of each leave scheme contain what the law requires and name their signers."""

import re

import pytest

from explor.engines.leave import FIELD, Paper, fields_of, papers_of
from explor.engines.leave.law import CODES
from explor.engines.leave.model import BRANCHES
from explor.engines.leave.tables import rows, split

PUBLIC = ("local", "state", "hospital")
PARTIES = {"association", "expert", "employeur", "centre", "accueil"}
# What each text requires: scheme, kinds of employer, paper, clause, article, fields of the clause.
# Copied from legal texts: L8241-1, L8241-2, R8241-2, R6222-66 and R6222-67 of the Code du travail,
# D3142-56, the decrees on secondment, 2022-1682 (art. 4), R6134-1 and R6134-3 of the Code de la
# santé publique.
DATES = {"début", "fin"}
BILLED = {"calcul des salaires", "calcul des charges", "calcul des frais"}
MOBILITY = (
    ("form", "CT-L6222-42", {"forme de la mobilité"}),
    ("parties", "CT-L6222-42", {"personne", "employeur", "centre de formation"}),
    ("duration", "CT-R6222-66", DATES),
    ("work", "CT-R6222-67", {"diplôme préparé", "objectifs"}),
    ("place", "CT-R6222-66", {"lieu", "pays"}),
    ("follow_up", "CT-R6222-67", {"suivi en France", "suivi sur place"}),
    ("equipment", "CT-R6222-66", {"équipements et produits", "prévention des risques"}),
    ("rhythm", "CT-R6222-67", {"rythme de travail et congés"}),
    ("costs", "CT-R6222-66", {"prise en charge des frais"}),
    ("assessment", "CT-R6222-67", {"évaluation des compétences"}),
    ("local_safety", "CT-R6222-66", {"règles de santé et de sécurité"}),
    ("liability", "CT-R6222-67", {"garanties de responsabilité civile"}),
)
SECONDMENT = {"local": "D2008-580", "state": "D85-986", "hospital": "D88-976"}
ORDER = {"local": "CGCT-D1617-19", "state": "D2006-781-2", "hospital": "D92-566"}
REQUIRED = [
    ("PMO", "private", "loan_agreement", "parties", "CT-L8241-2", {"employeur", "association"}),
    ("PMO", "private", "loan_agreement", "duration", "CT-L8241-2", DATES),
    ("PMO", "private", "loan_agreement", "person", "CT-L8241-2", {"personne", "qualification"}),
    ("PMO", "private", "loan_agreement", "billing", "CT-L8241-2", BILLED),
    ("PMO", "private", "loan_agreement", "billing", "CT-L8241-1", BILLED),
    ("PMO", "private", "loan_agreement", "consent", "CT-L8241-2", set()),
    ("PMO", "private", "loan_agreement", "probation", "CT-L8241-2", {"période probatoire"}),
    ("PMO", "private", "loan_agreement", "return", "CT-L8241-2", {"retour"}),
    ("PMO", "private", "contract_amendment", "work", "CT-L8241-2", {"objectifs"}),
    ("PMO", "private", "contract_amendment", "hours", "CT-L8241-2", {"horaires"}),
    ("PMO", "private", "contract_amendment", "place", "CT-L8241-2", {"lieu", "pays"}),
    (
        *("PMO", "private", "contract_amendment", "features", "CT-L8241-2"),
        {"caractéristiques du poste"},
    ),
    ("PMO", "private", "contract_amendment", "probation", "CT-L8241-2", {"période probatoire"}),
    ("PMO", "private", "contract_amendment", "return", "CT-L8241-2", {"retour"}),
    (
        "MCP",
        "private",
        "patronage_agreement",
        "person",
        "CT-R8241-2",
        {"personne", "qualification"},
    ),
    ("MCP", "private", "patronage_agreement", "billing", "CT-R8241-2", BILLED),
    ("MCP", "private", "patronage_agreement", "duration", "CT-R8241-2", DATES),
    ("MCP", "private", "patronage_agreement", "purpose", "CT-R8241-2", {"finalité"}),
    ("MCP", "private", "patronage_agreement", "work", "CT-R8241-2", {"objectifs", "mission"}),
    ("MCP", "private", "patronage_agreement", "consent", "CT-R8241-2", set()),
    ("MCP", "private", "patronage_agreement", "return", "CT-R8241-2", {"retour"}),
    ("MCP", "private", "written_consent", "consent", "CT-R8241-2", {"personne", "association"}),
    ("PSG", "private", "service_agreement", "direction", "CT-L8241-1", {"responsable du travail"}),
    *(
        ("MAD", branch, "secondment_agreement", clause, article, fields)
        for branch, article in SECONDMENT.items()
        for clause, fields in (
            ("activities", {"objectifs", "niveau des fonctions"}),
            ("conditions", {"conditions d’emploi"}),
            ("control", {"contrôle et évaluation"}),
            ("notice", {"préavis"}),
            ("reimbursement", {"remboursement"}),
            ("public_service", {"mission de service public"}),
        )
    ),
    *(
        ("MAD", branch, "secondment_agreement", "consent", "CGFP-L512-7", set())
        for branch in PUBLIC
    ),
    *(
        ("MAD", branch, "public_consent", "consent", "CGFP-L512-7", {"personne"})
        for branch in PUBLIC
    ),
    *(
        ("MAD", branch, "secondment_order", "host", article, {"part du temps de travail"})
        for branch, article in SECONDMENT.items()
    ),
    ("MAD", "local", "assembly_note", "information", "CGFP-L512-12", {"date de la séance"}),
    *(
        ("MCF", branch, "public_patronage_agreement", clause, article, fields)
        for branch in PUBLIC
        for clause, article, fields in (
            ("activities", "D2022-1682-4", {"objectifs"}),
            ("duration", "D2022-1682-4", DATES),
            ("conditions", "D2022-1682-4", {"lieu", "conditions d’emploi"}),
            ("reimbursement", "D2022-1682-4", {"remboursement"}),
            ("renewal", "D2022-1682-4", {"renouvellement", "préavis"}),
            ("duties", "CGFP-L121-1", set()),
            ("subsidy", "LOI2000-321-10", {"conditions d’utilisation"}),
            ("republican", "LOI2000-321-10-1", {"contrat d’engagement républicain"}),
            ("changes", "D2022-1682-4", set()),
            ("project", "LOI2022-217-209", {"missions statutaires"}),
        )
    ),
    *(
        ("MCI", "hospital", "hospital_agreement", clause, article, fields)
        for clause, article, fields in (
            ("cooperation", "CSP-L6134-1", {"objectifs"}),
            ("exchange", "CSP-R6134-1", {"échange et formation"}),
            ("continuity", "CSP-R6134-1", {"continuité du service"}),
            ("objectives_contract", "CSP-R6134-1", {"contrat d’objectifs"}),
            ("duration", "CSP-R6134-3", DATES | {"jours de coopération déjà pris"}),
            ("pay", "CSP-R6134-3", set()),
        )
    ),
    ("MCI", "hospital", "cooperation_request", "request", "CSP-R6134-3", {"personne"}),
    ("MCI", "hospital", "hospital_decision", "pay", "CSP-R6134-3", set()),
    *(
        ("OM", branch, "mission_order", clause, article, fields)
        for branch, article in ORDER.items()
        for clause, fields in (
            ("name", {"personne"}),
            ("object", {"mission", "objectifs"}),
            ("route", {"lieux de départ et de retour"}),
            ("dates", DATES),
            ("transport", {"transports et classe"}),
            ("other_costs", {"autres frais"}),
            ("cover", {"prise en charge des frais"}),
            ("place", {"lieu", "pays"}),
        )
    ),
    ("OM", "local", "mission_agreement", "support", "CGCT-L1115-1", {"délibération"}),
    ("OM", "local", "council_decision", "decision", "CGCT-L1115-1", {"mission"}),
    ("CSI", "private", "leave_request", "duration", "CT-D3142-56", DATES),
    ("CSI", "private", "leave_request", "association", "CT-D3142-56", {"association"}),
    (
        *("CSI", "private", "leave_request", "date", "CT-D3142-56"),
        {"date du papier", "moyen d’envoi"},
    ),
    ("CSI", "private", "leave_answer", "answer", "CT-L3142-69", {"réponse", "motifs et avis"}),
    ("CSI", "private", "mission_certificate", "certificate", "CT-L3142-72", {"personne"}),
    ("CSI", "private", "solidarity_agreement", "certificate", "CT-L3142-72", set()),
    ("CSI", "private", "solidarity_agreement", "no_loan", "CT-L8241-1", DATES),
    ("CP", "private", "volunteering_agreement", "no_loan", "CT-L8241-1", DATES),
    ("CP", "private", "leave_dates", "dates", "CT-L3141-16", DATES),
    ("CET", "private", "saved_days", "days", "CT-L3151-2", {"jours épargnés"}),
    *(
        (scheme, branch, "volunteering_agreement", "no_loan", "CGFP-R123-7", DATES)
        for scheme in ("CP", "CET", "CSS", "AUT")
        for branch in PUBLIC
    ),
    ("AUT", "local", "absence_decision", "decision", "DELIBERATION", {"délibération"}),
    *(("APP", "private", "mobility_agreement", *each) for each in MOBILITY),
]
LENT = ("employeur", "association", "expert")
SIGN = {
    "PMO": LENT,
    "MCP": LENT,
    "PSG": LENT,
    "MAD": LENT,
    "MCF": LENT,
    "MCI": LENT,
    "OM": LENT,
    "CSI": ("expert", "association", "employeur"),
    "CP": ("expert", "association", "employeur"),
    "CET": ("expert", "association", "employeur"),
    "CSS": ("expert", "association", "employeur"),
    "AUT": ("expert", "association", "employeur"),
    "APP": ("expert", "employeur", "centre", "accueil", "association"),
    "BSE": ("expert", "association"),
}
VOLUNTEERS = ("CSI", "CP", "CET", "CSS", "AUT", "BSE")
KINDS = ("private", *PUBLIC, None)
ONLY_PUBLIC = {"MAD": PUBLIC, "MCF": PUBLIC, "OM": PUBLIC, "AUT": ("local",), "MCI": ("hospital",)}
EACH = [
    (code, branch)
    for code in CODES
    for branch in KINDS
    if branch in (None, *ONLY_PUBLIC.get(code, KINDS))
]


def agreement(code: str, branch: str | None = None) -> Paper:
    return papers_of(code, branch)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "branch", "paper", "clause", "article", "fields"),
    REQUIRED,
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_paper_contains_the_clauses_and_fields_that_the_law_requires(
    code, branch, paper, clause, article, fields
):
    papers = {each.key: each for each in papers_of(code, branch)}
    clauses = {each.key: each for each in papers[paper].clauses}
    found = clauses[clause]
    assert found.compulsory
    assert article in {each.id for each in found.articles}
    assert fields - {*found.fields} == set()


@pytest.mark.parametrize(("code", "branch"), EACH)
def test_every_scheme_has_one_agreement_first_with_objectives_and_results(code, branch):
    papers = papers_of(code, branch)
    assert [each.is_agreement for each in papers] == [True, *[False] * (len(papers) - 1)]
    fields = {name for each in papers[0].clauses for name in each.fields}
    assert {"personne", "association", "objectifs", "résultats", *DATES} - fields == set()
    assert {"assureur", "sécurité", "payeur"} - fields == set()


@pytest.mark.parametrize(("code", "branch"), EACH)
def test_the_clauses_of_a_paper_have_different_keys_whatever_the_employer(code, branch):
    for paper in papers_of(code, branch):
        keys = [each.key for each in paper.clauses]
        assert keys == list(dict.fromkeys(keys))
        assert keys != []


@pytest.mark.parametrize("code", CODES)
def test_every_agreement_names_the_parties_that_sign_it(code):
    found = agreement(code)
    assert (*found.signers, *found.consenting) == SIGN[code]
    assert bool(found.consenting) == bool(found.consent)


@pytest.mark.parametrize("code", ["CSI", "CP", "CET", "CSS", "AUT"])
def test_an_employer_signs_a_volunteering_agreement_only_for_its_dates(code):
    found = agreement(code)
    assert (found.signers, found.consenting) == (("expert", "association"), ("employeur",))
    assert found.consent == "pour son accord sur les dates, seulement"


@pytest.mark.parametrize("branch", KINDS)
@pytest.mark.parametrize("code", VOLUNTEERS)
def test_no_volunteering_scheme_requires_a_mission_order_or_a_loan_agreement(code, branch):
    orders = {"mission_order", "company_order", "loan_agreement", "contract_amendment"}
    assert {each.key for each in papers_of(code, branch)} & orders == set()


def test_a_person_without_employer_has_one_paper_that_no_employer_signs():
    (only,) = papers_of("BSE", None)
    assert only.concerned == {"expert", "association"}


def test_for_an_unknown_branch_each_clause_appears_once_with_the_articles_of_all_branches():
    clauses = {each.key: each for each in agreement("MAD").clauses}
    cited = {each.id for each in clauses["control"].articles}
    assert cited == {"CGFP-L512-7", *SECONDMENT.values()}
    local = {each.key: each for each in agreement("MAD", "local").clauses}
    assert {each.id for each in local["control"].articles} == {"CGFP-L512-7", "D2008-580"}


def test_a_compulsory_clause_cites_a_legal_text_and_a_mere_practice_is_optional():
    compulsory = [row for row in rows("clauses") if row["compulsory"] == "yes"]
    assert [row["clause"] for row in compulsory if row["articles"] in ("", "PRATIQUE")] == []
    assert {row["compulsory"] for row in rows("clauses")} == {"yes", "no"}


def test_every_clause_belongs_to_a_paper_and_every_paper_has_known_parties_and_schemes():
    papers = {row["key"] for row in rows("papers")}
    assert {key for row in rows("clauses") for key in split(row["papers"])} == papers
    for row in rows("papers"):
        people = {*split(row["signers"]), *split(row["consenting"]), *split(row["recipients"])}
        assert people <= PARTIES
        assert set(split(row["schemes"])) <= set(CODES)
        assert row["kind"] in ("agreement", "other")
    for row in (*rows("papers"), *rows("clauses")):
        assert set(split(row["branches"])) <= {"private", *BRANCHES.values()}


@pytest.mark.parametrize(("code", "branch"), EACH)
def test_the_papers_of_a_leave_scheme_have_different_titles(code, branch):
    titles = [each.title for each in papers_of(code, branch)]
    assert titles == list(dict.fromkeys(titles))


def test_every_bracket_in_a_clause_of_a_leave_paper_is_a_field():
    for row in rows("clauses"):
        assert not set("[]") & set(re.sub(FIELD, "", row["text"]))
        assert fields_of(row["text"]) == tuple(dict.fromkeys(FIELD.findall(row["text"])))
