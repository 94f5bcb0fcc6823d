"""Verdicts on each scheme: the cases that open it, close it or leave a question."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from explor.engines.leave import (
    CODES,
    Association,
    Employer,
    Mission,
    Person,
    SchemeVerdict,
    quota,
    schemes_for,
)

ON = date(2027, 1, 10)
MISSION = Mission(start=date(2027, 4, 5), end=date(2027, 4, 16))
PRIVATE = Employer(kind="private")
EMPLOYEE = Person(status="employee", employed_since=date(2020, 1, 1))
TENURED = Person(status="tenured")


def read(
    code: str,
    person: Person = EMPLOYEE,
    employer: Employer = PRIVATE,
    association: Association | None = None,
    mission: Mission = MISSION,
    on: date = ON,
) -> SchemeVerdict:
    verdicts = schemes_for(person, employer, association or Association(), mission, on)
    return next(verdict for verdict in verdicts if verdict.code == code)


def test_the_function_schemes_for_returns_one_verdict_for_each_leave_scheme_in_order():
    verdicts = schemes_for(Person(), Employer(), Association(), MISSION, ON)
    assert [verdict.code for verdict in verdicts] == list(CODES)
    assert (
        *("CSI", "CP", "CET", "PMO", "MCP", "PSG"),
        *("MAD", "MCF", "MCI", "OM", "AUT", "CSS", "APP", "BSE"),
    ) == CODES


def test_without_any_known_fact_every_leave_scheme_is_to_check():
    verdicts = schemes_for(Person(), Employer(), Association(), MISSION, ON)
    assert {verdict.verdict for verdict in verdicts} == {"to_check"}
    assert all(verdict.questions for verdict in verdicts)


LISTED = Association(on_1996_list=True)
CSI_CASES = [
    ("a listed association", {}, "open"),
    ("not listed", {"association": Association(on_1996_list=False)}, "closed"),
    ("unknown list", {"association": Association()}, "to_check"),
    ("tenured", {"person": TENURED}, "closed"),
    ("probationary", {"person": Person(status="probationary")}, "closed"),
    ("contract agent", {"person": Person(status="contract")}, "closed"),
    ("unknown status", {"person": replace(EMPLOYEE, status=None)}, "to_check"),
    ("private contract, public employer", {"employer": Employer(kind="public")}, "to_check"),
    ("unknown employer", {"employer": Employer()}, "to_check"),
    ("unknown seniority", {"person": Person(status="employee")}, "to_check"),
    (
        "twelve months on the day of departure",
        {"person": replace(EMPLOYEE, employed_since=date(2026, 4, 5))},
        "open",
    ),
    (
        "one day short, earlier months unknown",
        {"person": replace(EMPLOYEE, employed_since=date(2026, 4, 6))},
        "to_check",
    ),
    (
        "one day short, none before",
        {"person": Person(status="employee", employed_since=date(2026, 4, 6), earlier_months=0)},
        "closed",
    ),
    (
        "twelve months in two runs",
        {"person": Person(status="employee", employed_since=date(2026, 10, 5), earlier_months=6)},
        "open",
    ),
    (
        "years before, but hired after the departure",
        {"person": Person(status="employee", employed_since=date(2027, 5, 1), earlier_months=40)},
        "closed",
    ),
    ("asked thirty days before", {"on": date(2027, 3, 6)}, "open"),
    ("asked twenty-nine days before", {"on": date(2027, 3, 7)}, "closed"),
    (
        "an agreement, unread",
        {"employer": Employer(kind="private", leave_agreement=True)},
        "to_check",
    ),
    (
        "an agreement may shorten the notice",
        {"employer": Employer(kind="private", leave_agreement=True), "on": date(2027, 3, 20)},
        "to_check",
    ),
    ("quota not reached", {"employer": Employer(kind="private", headcount=60, on_leave=1)}, "open"),
    ("quota reached", {"employer": Employer(kind="private", headcount=60, on_leave=2)}, "to_check"),
    ("in France", {"mission": replace(MISSION, abroad=False)}, "closed"),
    ("unknown country", {"mission": replace(MISSION, abroad=None)}, "to_check"),
    ("six months less a day", {"mission": replace(MISSION, end=date(2027, 10, 4))}, "open"),
    ("six months and a day", {"mission": replace(MISSION, end=date(2027, 10, 5))}, "closed"),
    (
        "a right: the employer's list does not close it",
        {"employer": Employer(kind="private", accepted=frozenset({"MCP"}))},
        "open",
    ),
]


@pytest.mark.parametrize(
    ("given", "verdict"), [c[1:] for c in CSI_CASES], ids=[c[0] for c in CSI_CASES]
)
def test_csi_leave_has_the_expected_verdict_for_each_set_of_facts(given, verdict):
    assert read("CSI", **{"association": LISTED, **given}).verdict == verdict


def test_csi_leave_must_be_requested_thirty_days_before_the_absence_begins():
    csi = read("CSI", association=LISTED)
    assert csi.file_by == date(2027, 3, 6)
    assert (csi.answer_days, csi.silence_is_consent) == (15, True)
    leaves_before = replace(MISSION, departure=date(2027, 4, 3))
    assert read("CSI", association=LISTED, mission=leaves_before).file_by == date(2027, 3, 4)


def test_an_open_csi_verdict_lists_the_conditions_met_and_the_duties_of_the_employer():
    assert read("CSI", association=LISTED).why == (
        "La personne est salariée du privé.",
        "L’association figure sur la liste de l’arrêté du 16 juillet 1996.",
        "La mission a lieu hors de France.",
        "La personne a au moins 12 mois d’ancienneté au départ.",
        "La demande part au plus tard le 6 mars 2027.",
        "Un accord d’entreprise ou de branche peut fixer d’autres règles.",
        "L’employeur répond en 15 jours ; son silence vaut accord.",
        "Il peut refuser, par écrit et avec ses motifs, après avis du CSE.",
        "Demandez-le si possible avant le 4 février 2027, pour garder le temps du visa.",
    )


def test_a_closed_csi_verdict_lists_only_the_conditions_not_met():
    employer = Employer(kind="private", leave_agreement=False)
    closed = read("CSI", employer=employer, association=Association(on_1996_list=False))
    assert closed.why == (
        "L’association ne figure pas sur la liste de l’arrêté du 16 juillet 1996.",
    )
    assert closed.questions == ()


def test_a_csi_verdict_after_the_deadline_is_closed_and_mentions_the_urgent_request():
    employer = Employer(kind="private", leave_agreement=False)
    late = read("CSI", employer=employer, association=LISTED, on=date(2027, 4, 1))
    assert late.verdict == "closed"
    assert late.why == (
        "La date limite de la demande est passée : 6 mars 2027.",
        "En urgence seulement, la demande se fait 48 heures avant le départ et l’employeur "
        "répond en 24 heures ; son silence ne vaut pas accord. Une mission ne se prévoit pas "
        "ainsi.",
    )


def test_csi_leave_for_a_civil_servant_states_only_that_it_is_not_available():
    assert read("CSI", person=TENURED, association=LISTED).why == (
        "Les agents publics n’ont pas accès à ce cadre.",
    )


@pytest.mark.parametrize(
    ("headcount", "people"),
    [
        *((1, 1), (49, 1), (50, 2), (99, 2), (100, 3), (199, 3), (200, 4), (499, 4)),
        *((500, 5), (999, 5), (1000, 6), (1999, 6), (2000, 7), (2999, 7), (3000, 8)),
    ],
)
def test_the_quota_of_employees_on_csi_leave_depends_on_the_headcount(headcount, people):
    assert quota(headcount) == people


@pytest.mark.parametrize(
    ("left", "verdict"),
    [(None, "to_check"), (0, "to_check"), (9, "to_check"), (10, "open"), (25, "open")],
)
def test_the_verdict_on_paid_leave_is_open_with_enough_days_left_else_to_check(left, verdict):
    assert read("CP", person=Person(leave_days=left)).verdict == verdict


def test_paid_leave_is_open_even_if_the_employer_accepts_only_another_scheme():
    agent = Person(status="contract", leave_days=20)
    employer = Employer(kind="public", accepted=frozenset({"OM"}))
    cp = read("CP", person=agent, employer=employer)
    assert (cp.verdict, cp.file_by) == ("open", None)
    assert cp.insurer == "L’association : la personne est bénévole pendant ses congés."


GENERAL = Association(general_interest=True)
TAXED = Employer(kind="private", taxed_on_profit=True)
FROM_FRANCE = replace(MISSION, programme_from_france=True)
PRIVATE_CASES = [
    ("PMO", EMPLOYEE, PRIVATE, Association(), "open"),
    ("PMO", Person(), PRIVATE, Association(), "to_check"),
    ("PMO", EMPLOYEE, Employer(), Association(), "to_check"),
    ("PMO", EMPLOYEE, Employer(kind="public"), Association(), "to_check"),
    ("PMO", EMPLOYEE, Employer(kind="public", industrial=True), Association(), "open"),
    ("PMO", EMPLOYEE, Employer(kind="public", industrial=False), Association(), "closed"),
    ("PMO", TENURED, PRIVATE, Association(), "closed"),
    ("MCP", EMPLOYEE, TAXED, GENERAL, "open"),
    ("MCP", EMPLOYEE, PRIVATE, GENERAL, "to_check"),
    ("MCP", EMPLOYEE, replace(TAXED, taxed_on_profit=False), GENERAL, "closed"),
    ("MCP", EMPLOYEE, TAXED, replace(GENERAL, same_group=True), "closed"),
    ("MCP", EMPLOYEE, TAXED, Association(public_utility=True), "to_check"),
    ("MCP", EMPLOYEE, TAXED, Association(general_interest=False), "closed"),
    (
        *("MCP", EMPLOYEE, TAXED),
        Association(general_interest=False, public_utility=True),
        "closed",
    ),
    ("MCP", EMPLOYEE, PRIVATE, Association(), "to_check"),
    ("MCP", EMPLOYEE, Employer(kind="public"), GENERAL, "to_check"),
    ("MCP", EMPLOYEE, Employer(kind="public", industrial=False), GENERAL, "closed"),
    ("MCP", Person(status="contract"), PRIVATE, GENERAL, "closed"),
]


@pytest.mark.parametrize(("code", "person", "employer", "association", "verdict"), PRIVATE_CASES)
def test_lending_by_a_private_employer_has_the_verdict_expected_for_each_case(
    code, person, employer, association, verdict
):
    assert read(code, person, employer, association, FROM_FRANCE).verdict == verdict


@pytest.mark.parametrize(
    ("mission", "verdict"),
    [
        (MISSION, "to_check"),
        (FROM_FRANCE, "open"),
        (replace(MISSION, programme_from_france=False), "closed"),
        (replace(MISSION, abroad=False), "open"),
    ],
)
def test_mcp_sponsorship_abroad_requires_a_programme_run_from_france(mission, verdict):
    assert read("MCP", EMPLOYEE, TAXED, GENERAL, mission).verdict == verdict


ENTRUSTED = Association(public_service=True, general_interest=True)
REGION = Employer(body="region")
PUBLIC_CASES = [
    ("MAD", "tenured", "region", None, ENTRUSTED, "open"),
    ("MAD", "tenured", "commune", None, ENTRUSTED, "open"),
    ("MAD", "tenured", "other", None, ENTRUSTED, "to_check"),
    ("MAD", "tenured", "state", None, ENTRUSTED, "open"),
    ("MAD", "tenured", "state_establishment", None, ENTRUSTED, "open"),
    ("MAD", "tenured", "hospital", None, ENTRUSTED, "open"),
    ("MAD", "contract", "state", None, ENTRUSTED, "to_check"),
    ("MAD", "contract", "hospital", None, ENTRUSTED, "to_check"),
    ("MAD", "tenured", None, None, ENTRUSTED, "to_check"),
    ("MAD", "probationary", "region", None, ENTRUSTED, "to_check"),
    ("MAD", "contract", "region", None, ENTRUSTED, "closed"),
    ("MAD", "employee", "region", None, ENTRUSTED, "closed"),
    ("MAD", None, "region", None, ENTRUSTED, "to_check"),
    ("MAD", "tenured", "region", None, Association(public_service=False), "closed"),
    ("MAD", "tenured", "region", None, Association(), "to_check"),
    ("MCF", "tenured", "commune", 3500, ENTRUSTED, "closed"),
    ("MCF", "tenured", "commune", 3501, ENTRUSTED, "open"),
    ("MCF", "tenured", "commune", None, ENTRUSTED, "to_check"),
    ("MCF", "tenured", "department", None, ENTRUSTED, "open"),
    ("MCF", "tenured", "region", None, ENTRUSTED, "open"),
    ("MCF", "tenured", "epci", None, ENTRUSTED, "open"),
    ("MCF", "tenured", "state", None, ENTRUSTED, "open"),
    ("MCF", "tenured", "state_establishment", None, ENTRUSTED, "open"),
    ("MCF", "tenured", "local_establishment", None, ENTRUSTED, "closed"),
    ("MCF", "tenured", "hospital", None, ENTRUSTED, "to_check"),
    ("MCF", "tenured", "other", None, ENTRUSTED, "to_check"),
    ("MCF", "tenured", None, None, ENTRUSTED, "to_check"),
    ("MCF", "probationary", "region", None, ENTRUSTED, "to_check"),
    ("MCF", "contract", "region", None, ENTRUSTED, "closed"),
    ("MCF", "tenured", "region", None, Association(), "to_check"),
    (
        *("MCF", "tenured", "region", None),
        Association(general_interest=False, public_utility=False),
        "closed",
    ),
]


@pytest.mark.parametrize(
    ("code", "status", "body", "inhabitants", "association", "verdict"), PUBLIC_CASES
)
def test_lending_by_a_public_employer_has_the_verdict_expected_for_each_case(
    code, status, body, inhabitants, association, verdict
):
    employer = Employer(kind="public", body=body, inhabitants=inhabitants)
    assert read(code, Person(status=status), employer, association).verdict == verdict


@pytest.mark.parametrize("code", ["MAD", "MCF", "OM"])
def test_schemes_of_the_public_service_are_closed_for_a_private_employer(code):
    own = replace(MISSION, supported=True)
    assert read(code, TENURED, PRIVATE, ENTRUSTED, own).verdict == "closed"


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        (date(2022, 12, 27), date(2023, 1, 5), "closed"),
        (date(2022, 12, 28), date(2023, 1, 5), "open"),
        (date(2027, 12, 13), date(2027, 12, 27), "open"),
        (date(2027, 12, 13), date(2027, 12, 28), "to_check"),
        (date(2027, 12, 28), date(2028, 1, 6), "to_check"),
        (date(2027, 12, 29), date(2028, 1, 6), "closed"),
    ],
)
def test_mcf_sponsorship_is_open_only_for_missions_within_its_legal_trial_period(
    start, end, verdict
):
    mission = Mission(start=start, end=end)
    asked = start - timedelta(days=120)
    assert read("MCF", TENURED, REGION, ENTRUSTED, mission, asked).verdict == verdict


def test_the_end_of_the_mcf_trial_period_is_mentioned_in_its_last_year():
    def recalled(start: date) -> bool:
        mission = Mission(start=start, end=start + timedelta(days=9))
        mcf = read("MCF", TENURED, REGION, ENTRUSTED, mission, start - timedelta(days=120))
        return any("fin légale" in line for line in mcf.why)

    assert not recalled(date(2026, 11, 1))
    assert recalled(date(2027, 3, 1))


@pytest.mark.parametrize("status", ["tenured", "probationary", "contract", "employee"])
@pytest.mark.parametrize(
    ("employer", "own", "verdict"),
    [
        (REGION, True, "open"),
        (REGION, False, "closed"),
        (REGION, None, "to_check"),
        (Employer(body="other"), True, "to_check"),
        (Employer(body="hospital"), True, "open"),
        (Employer(body="state"), True, "open"),
        (Employer(body="state_establishment"), None, "to_check"),
        (Employer(kind="public"), True, "to_check"),
        (Employer(), True, "to_check"),
    ],
)
def test_a_mission_order_requires_an_action_that_the_employer_leads_or_supports(
    status, employer, own, verdict
):
    mission = replace(MISSION, supported=own)
    assert read("OM", Person(status=status), employer, mission=mission).verdict == verdict


def test_a_mission_order_verdict_asks_for_the_status_of_the_person_if_unknown():
    mission = replace(MISSION, supported=True)
    om = read("OM", Person(), REGION, mission=mission)
    assert (om.verdict, om.questions) == ("to_check", ("Quel est le statut de la personne ?",))


@pytest.mark.parametrize("status", ["tenured", "probationary", "contract", "employee", None])
def test_unpaid_leave_is_always_to_check(status):
    css = read("CSS", Person(status=status), Employer(kind="public"))
    assert css.verdict == "to_check"
    assert len(css.questions) == 1


@pytest.mark.parametrize("code", ["PMO", "MCP", "MAD", "MCF", "OM", "CSS"])
def test_a_scheme_that_the_employer_does_not_accept_is_closed(code):
    verdict = read(code, employer=Employer(accepted=frozenset({"CP"})))
    assert verdict.verdict == "closed"
    assert verdict.why[0] == "L’employeur n’a pas retenu ce cadre."


def test_only_csi_leave_has_a_filing_deadline():
    verdicts = schemes_for(EMPLOYEE, PRIVATE, LISTED, MISSION, ON)
    assert [v.code for v in verdicts if v.file_by] == ["CSI"]
    assert [v.code for v in verdicts if v.legal_by] == ["CSI"]


def test_every_scheme_has_an_advised_request_date_before_the_absence():
    verdicts = schemes_for(EMPLOYEE, PRIVATE, LISTED, MISSION, ON)
    assert all(v.advised_by and v.advised_by < MISSION.leaves for v in verdicts)


@pytest.mark.parametrize("code", ["PMO", "MCP", "MAD", "MCF", "OM"])
def test_a_scheme_with_papers_is_to_check_after_its_advised_request_date(code):
    late = MISSION.leaves - timedelta(days=10)
    person = EMPLOYEE if code in ("PMO", "MCP") else TENURED
    employer = TAXED if code in ("PMO", "MCP") else REGION
    mission = replace(FROM_FRANCE, supported=True)
    given = (person, employer, ENTRUSTED, mission)
    assert read(code, *given).verdict == "open"
    assert read(code, *given, late).verdict == "to_check"
    assert "date conseillée" in read(code, *given, late).questions[0]


def test_the_verdict_on_a_loan_of_staff_mentions_the_a1_certificate_and_works_council():
    pmo = read("PMO")
    assert any("A1" in paper for paper in pmo.papers)
    assert "Urssaf" in pmo.posting_paper
    assert "le CSE de l’association" in pmo.consultation
    assert "obligatoire" in pmo.probation
    assert pmo.safety.startswith("L’association répond des conditions de travail")
    assert {"CT-L1251-21", "CSS-L412-6", "CSS-R761-2"} <= {each.id for each in pmo.articles}


def test_mcp_sponsorship_requires_no_contract_amendment_and_states_its_purpose():
    mcp = read("MCP")
    assert not any("Avenant" in paper for paper in mcp.papers)
    assert any("finalité" in paper for paper in mcp.papers)
    assert "CT-R8241-2" in {each.id for each in mcp.articles}
    assert "CT-L8241-2" not in {each.id for each in mcp.articles}


def test_csi_leave_states_the_right_to_contest_a_refusal_and_to_return_to_the_job():
    csi = read("CSI")
    assert "prud’hommes" in csi.objection
    assert "retrouve son emploi" in csi.return_right


def test_the_papers_to_lend_a_civil_servant_depend_on_the_branch_of_the_public_service():
    def papers(body) -> str:
        return " ".join(read("MAD", TENURED, Employer(body=body)).papers)

    assert "assemblée" in papers("region")
    assert "préfet" in papers("region")
    assert "assemblée" not in papers("state")
    assert "assemblée" in papers("other")


def test_the_texts_for_a_private_employer_do_not_mention_the_public_service():
    said = [
        *read("MAD", TENURED, PRIVATE).papers,
        read("CP").objection,
        read("CSS").return_right,
    ]
    assert not any("préfet" in text or text.endswith("payé.") for text in said)
    assert "bénévolat" in read("CP", TENURED, REGION).objection


def test_unpaid_leave_of_a_local_civil_servant_warns_that_the_post_may_be_lost():
    local, state = (read("CSS", TENURED, Employer(body=body)) for body in ("region", "state"))
    assert "trois premiers postes vacants" in local.return_right
    assert "trois premiers postes vacants" not in state.return_right


def test_every_verdict_names_its_article_papers_payer_and_insurer():
    for verdict in schemes_for(EMPLOYEE, PRIVATE, LISTED, MISSION, ON):
        assert verdict.label
        assert verdict.article
        assert verdict.papers
        assert verdict.payer.endswith(".")
        assert verdict.insurer.endswith(".")


def test_a_mission_that_ends_before_it_starts_or_departs_after_it_raises_an_error():
    with pytest.raises(ValueError, match="departs, starts, then ends"):
        Mission(start=ON, end=ON - timedelta(days=1))
    with pytest.raises(ValueError, match="departs, starts, then ends"):
        Mission(start=ON, end=ON, departure=ON + timedelta(days=1))


def test_a_private_employer_with_a_public_body_raises_an_error():
    with pytest.raises(ValueError, match="no public body"):
        Employer(kind="private", body="region")
