"""Verdicts on each leave scheme: the cases where it is open, closed or to check."""

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


def test_each_leave_scheme_has_one_verdict_in_the_order_of_schemes():
    verdicts = schemes_for(Person(), Employer(), Association(), MISSION, ON)
    assert [verdict.code for verdict in verdicts] == list(CODES)
    assert CODES == ("CSI", "CP", "PMO", "MCP", "MAD", "MCF", "OM", "CSS")


def test_a_leave_scheme_is_to_check_when_no_fact_is_known():
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
def test_the_verdict_on_csi_leave_in_each_case(given, verdict):
    assert read("CSI", **{"association": LISTED, **given}).verdict == verdict


def test_csi_leave_must_be_requested_thirty_days_before_the_absence():
    csi = read("CSI", association=LISTED)
    assert csi.file_by == date(2027, 3, 6)
    assert (csi.answer_days, csi.silence_is_consent) == (15, True)
    leaves_before = replace(MISSION, departure=date(2027, 4, 3))
    assert read("CSI", association=LISTED, mission=leaves_before).file_by == date(2027, 3, 4)


def test_open_csi_leave_lists_the_conditions_met_and_the_duties_of_the_employer():
    assert read("CSI", association=LISTED).why == (
        "La personne est salariée du privé.",
        "L’association figure sur la liste de l’arrêté du 16 juillet 1996.",
        "La mission a lieu hors de France.",
        "La personne a au moins 12 mois d’ancienneté au départ.",
        "La demande part au plus tard le 6 mars 2027.",
        "Un accord d’entreprise ou de branche peut fixer d’autres règles.",
        "L’employeur répond en 15 jours ; son silence vaut accord.",
        "Demandez-le si possible avant le 4 février 2027, pour garder le temps du visa.",
    )


def test_closed_csi_leave_lists_only_the_conditions_that_fail():
    employer = Employer(kind="private", leave_agreement=False)
    closed = read("CSI", employer=employer, association=Association(on_1996_list=False))
    assert closed.why == (
        "L’association ne figure pas sur la liste de l’arrêté du 16 juillet 1996.",
    )
    assert closed.questions == ()


def test_csi_leave_requested_too_late_is_closed_and_mentions_the_urgent_request():
    employer = Employer(kind="private", leave_agreement=False)
    late = read("CSI", employer=employer, association=LISTED, on=date(2027, 4, 1))
    assert late.verdict == "closed"
    assert late.why == (
        "La date limite de la demande est passée : 6 mars 2027.",
        "En urgence seulement, la demande se fait 48 heures avant le départ et l’employeur "
        "répond en 24 heures ; son silence ne vaut pas accord. Une mission ne se prévoit pas "
        "ainsi.",
    )


def test_csi_leave_closed_to_a_civil_servant_has_no_remark_on_employees():
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
def test_the_quota_of_csi_leave_depends_on_the_headcount(headcount, people):
    assert quota(headcount) == people


@pytest.mark.parametrize(
    ("left", "verdict"), [(None, "to_check"), (9, "closed"), (10, "open"), (25, "open")]
)
def test_paid_leave_needs_as_many_days_as_the_absence_has_working_days(left, verdict):
    assert read("CP", person=Person(leave_days=left)).verdict == verdict


def test_paid_leave_is_open_even_when_the_employer_accepts_only_another_scheme():
    agent = Person(status="contract", leave_days=20)
    employer = Employer(kind="public", accepted=frozenset({"OM"}))
    cp = read("CP", person=agent, employer=employer)
    assert (cp.verdict, cp.file_by) == ("open", None)
    assert cp.insurer == "L’association : la personne est bénévole pendant ses congés."


GENERAL = Association(general_interest=True)
PRIVATE_CASES = [
    ("PMO", EMPLOYEE, PRIVATE, Association(), "open"),
    ("PMO", Person(), PRIVATE, Association(), "to_check"),
    ("PMO", EMPLOYEE, Employer(), Association(), "to_check"),
    ("PMO", EMPLOYEE, Employer(kind="public"), Association(), "closed"),
    ("PMO", TENURED, PRIVATE, Association(), "closed"),
    ("MCP", EMPLOYEE, PRIVATE, GENERAL, "open"),
    ("MCP", EMPLOYEE, PRIVATE, Association(public_utility=True), "open"),
    ("MCP", EMPLOYEE, PRIVATE, Association(general_interest=False), "to_check"),
    (
        *("MCP", EMPLOYEE, PRIVATE),
        Association(general_interest=False, public_utility=False),
        "closed",
    ),
    ("MCP", EMPLOYEE, PRIVATE, Association(), "to_check"),
    ("MCP", EMPLOYEE, Employer(kind="public"), GENERAL, "closed"),
    ("MCP", Person(status="contract"), PRIVATE, GENERAL, "closed"),
]


@pytest.mark.parametrize(("code", "person", "employer", "association", "verdict"), PRIVATE_CASES)
def test_the_verdict_on_lending_by_a_private_employer_in_each_case(
    code, person, employer, association, verdict
):
    assert read(code, person, employer, association).verdict == verdict


ENTRUSTED = Association(public_service=True, general_interest=True)
REGION = Employer(body="region")
PUBLIC_CASES = [
    ("MAD", "tenured", "region", None, ENTRUSTED, "open"),
    ("MAD", "tenured", "commune", None, ENTRUSTED, "open"),
    ("MAD", "tenured", "other", None, ENTRUSTED, "to_check"),
    ("MAD", "tenured", "state", None, ENTRUSTED, "closed"),
    ("MAD", "tenured", "hospital", None, ENTRUSTED, "closed"),
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
    ("MCF", "tenured", "hospital", None, ENTRUSTED, "open"),
    ("MCF", "tenured", "other", None, ENTRUSTED, "closed"),
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
def test_the_verdict_on_lending_by_a_public_employer_in_each_case(
    code, status, body, inhabitants, association, verdict
):
    employer = Employer(kind="public", body=body, inhabitants=inhabitants)
    assert read(code, Person(status=status), employer, association).verdict == verdict


@pytest.mark.parametrize("code", ["MAD", "MCF", "OM"])
def test_the_schemes_of_public_employers_are_closed_to_a_private_employer(code):
    own = replace(MISSION, own_action=True)
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
def test_mcf_scheme_is_open_only_during_its_legal_experiment(start, end, verdict):
    mission = Mission(start=start, end=end)
    assert read("MCF", TENURED, REGION, ENTRUSTED, mission).verdict == verdict


@pytest.mark.parametrize("status", ["tenured", "probationary", "contract", "employee", None])
@pytest.mark.parametrize(
    ("employer", "own", "verdict"),
    [
        (REGION, True, "open"),
        (REGION, False, "closed"),
        (REGION, None, "to_check"),
        (Employer(body="other"), True, "to_check"),
        (Employer(body="hospital"), True, "closed"),
        (Employer(kind="public"), True, "to_check"),
        (Employer(), True, "to_check"),
    ],
)
def test_om_scheme_requires_that_the_mission_is_the_authority_s_own_action(
    status, employer, own, verdict
):
    mission = replace(MISSION, own_action=own)
    assert read("OM", Person(status=status), employer, mission=mission).verdict == verdict


@pytest.mark.parametrize("status", ["tenured", "probationary", "contract", "employee", None])
def test_unpaid_leave_is_always_to_check(status):
    css = read("CSS", Person(status=status), Employer(kind="public"))
    assert css.verdict == "to_check"
    assert len(css.questions) == 1


@pytest.mark.parametrize("code", ["PMO", "MCP", "MAD", "MCF", "OM", "CSS"])
def test_a_leave_scheme_excluded_by_the_employer_is_closed(code):
    verdict = read(code, employer=Employer(accepted=frozenset({"CP"})))
    assert verdict.verdict == "closed"
    assert verdict.why[0] == "L’employeur n’a pas retenu ce cadre."


def test_only_csi_leave_has_a_last_day_to_file_the_request():
    verdicts = schemes_for(EMPLOYEE, PRIVATE, LISTED, MISSION, ON)
    assert [v.code for v in verdicts if v.file_by] == ["CSI"]


def test_every_verdict_names_its_article_papers_payer_and_insurer():
    for verdict in schemes_for(EMPLOYEE, PRIVATE, LISTED, MISSION, ON):
        assert verdict.label
        assert verdict.article
        assert verdict.papers
        assert verdict.payer.endswith(".")
        assert verdict.insurer.endswith(".")


def test_a_mission_that_ends_before_it_starts_raises_an_error():
    with pytest.raises(ValueError, match="departs, starts, then ends"):
        Mission(start=ON, end=ON - timedelta(days=1))
    with pytest.raises(ValueError, match="departs, starts, then ends"):
        Mission(start=ON, end=ON, departure=ON + timedelta(days=1))


def test_a_private_employer_with_a_kind_of_public_body_raises_an_error():
    with pytest.raises(ValueError, match="no public body"):
        Employer(kind="private", body="region")
