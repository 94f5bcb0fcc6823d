"""The bridge to the leave engine gives all its callers the same verdicts on the same day."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from django.utils import timezone

from explor.actors.experts.models import WITHOUT_EMPLOYER, Employment
from explor.engines.french.dates import day_fr
from explor.engines.leave import SCHEMES
from explor.engines.leave.model import Status
from explor.ground.reference.selectors import terms
from explor.journey.leave_readings.engine import (
    FRANCE,
    STATUSES,
    as_kept,
    latest_dates,
    mission_dates,
    read_leave,
    read_leave_of_all,
)
from explor.journey.leave_readings.models import KeptReading
from explor.journey.planning import engine as planning
from explor.journey.proposals import engine as proposals
from explor.journey.releases import actions as releases
from explor.journey.releases import engine as release_readings
from explor.journey.shortlists.engine import expert_id, pool_for, settings_for
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db

EMPLOYERS: dict[str, dict[str, Any]] = {
    "company": {"headcount": 40},
    "commune": {"is_public": True, "structure_type": "COMMUNE", "inhabitants": 900},
    "region": {"is_public": True, "structure_type": "REGION"},
    "choosy": {"schemes": ["CSI"]},
    "none": {},
}
Answer = dict[str, tuple[Any, Any]]


def answer(readings: Any) -> Answer:
    return {each.code: (each.verdict, each.file_by) for each in readings}


def proposal(country: str, *, agreed: bool = False, **employer: Any) -> Any:
    """Return a proposal on the only dates that the window of its need allows.

    Without facts about an employer, the expert has none.
    """
    network = NetworkFactory()
    start = timezone.localdate() + timedelta(days=40)
    need = NeedFactory(
        network=network,
        state="admissible",
        country=country,
        window_start=start,
        window_end=start + timedelta(days=9),
        days=10,
    )
    DecisionFactory(need=need)
    if employer:
        expert = ExpertFactory(
            network=network,
            employer=EmployerFactory(network=network, **employer),
            employment="titulaire" if employer.get("is_public") else "salarie",
            employed_since=start - timedelta(days=900),
        )
    else:
        expert = ExpertFactory(network=network, alone=True)
    return ProposalFactory(
        need=need,
        decision=None,
        expert=expert,
        start=start,
        end=start + timedelta(days=9),
        agreed=agreed,
    )


@pytest.mark.parametrize("country", ["MG", "FR"])
@pytest.mark.parametrize("employer", sorted(EMPLOYERS))
def test_shortlist_plan_proposal_and_release_give_the_same_leave_verdicts(
    employer: str, country: str
) -> None:
    made = proposal(country, agreed=True, **EMPLOYERS[employer])
    need, expert = made.need, expert_id(made.expert_id)
    expected = answer(proposals.leave_of(made))
    assert expected != {}

    years = frozenset({need.window_start.year})
    with pool_for(need.network_id, years, settings_for({}, {})) as loaded:
        assert answer(loaded.schemes(need)[expert]) == expected
    plan = planning.build_problem([need], need.network_id)
    assert answer(plan.needs[0].schemes[expert]) == expected
    release = releases.open_release(made)
    assert answer(release_readings.verdicts(release, timezone.localdate())) == expected
    kept = [(each["code"], each["verdict"]) for each in KeptReading.objects.get().verdicts]
    assert kept == [(code, verdict) for code, (verdict, _) in expected.items()]


def test_international_solidarity_leave_is_closed_for_a_mission_in_france() -> None:
    read = {
        country: answer(proposals.leave_of(proposal(country, **EMPLOYERS["company"])))["CSI"][0]
        for country in ("MG", "FR")
    }
    assert read["FR"] == "closed" != read["MG"]


@pytest.mark.parametrize("country", sorted(FRANCE))
def test_a_mission_in_an_overseas_territory_counts_as_a_mission_in_france(country: str) -> None:
    need = NeedFactory.build(country=country, **_window(30))
    assert not mission_dates(need, need.window_start, need.window_end).abroad


def test_the_reference_list_of_leave_schemes_equals_the_list_of_the_engine() -> None:
    listed = {term.code: term.label for term in terms("leave_schemes").values()}
    assert listed == {scheme.code: scheme.label for scheme in SCHEMES}


def verdict_of(code: str, made: Any) -> str:
    return next(each.verdict for each in proposals.leave_of(made) if each.code == code)


@pytest.mark.parametrize(
    ("structure_type", "verdict"),
    [
        ("REGION", "open"),
        ("DEPT", "open"),
        ("EPCI", "open"),
        ("ETAT", "open"),
        ("SCOLAIRE", "open"),
        ("SUP", "open"),
        ("EPE", "open"),
        ("COMMUNE", "to_check"),
        ("HOPITAL", "to_check"),
        ("AGENCE", "to_check"),
        ("CONSULAIRE", "to_check"),
        ("FORMATION", "to_check"),
        ("", "to_check"),
        ("EP", "closed"),
        ("CCAS", "closed"),
        ("SYNDICAT", "closed"),
    ],
)
def test_each_type_of_public_employer_maps_to_a_public_body_named_by_the_law(
    structure_type: str, verdict: str
) -> None:
    made = proposal("MG", is_public=True, structure_type=structure_type, schemes=["MCF"])
    made.need.association.general_interest = True
    made.start, made.end = (day + timedelta(days=40) for day in (made.start, made.end))
    assert verdict_of("MCF", made) == verdict


def test_the_staff_of_an_industrial_public_body_count_as_private_employees() -> None:
    made = proposal("MG", is_public=True, structure_type="EPIC", schemes=["PMO"])
    made.start, made.end = (day + timedelta(days=40) for day in (made.start, made.end))
    read = {}
    for employment in ("salarie", "titulaire"):
        made.expert.employment = employment
        read[employment] = verdict_of("PMO", made)
    assert read == {"salarie": "open", "titulaire": "closed"}


def test_the_leave_engine_knows_every_employment_status_of_a_profile() -> None:
    assert set(STATUSES) == set(Employment)
    assert set(STATUSES.values()) == set(get_args(Status))
    without = {STATUSES[each] for each in WITHOUT_EMPLOYER}
    assert without == {"self_employed", "retired", "job_seeker", "volunteer"}


@pytest.mark.parametrize(
    ("employment", "verdict"),
    [
        ("independant", "open"),
        ("retraite", "open"),
        ("recherche", "to_check"),
        ("benevole", "open"),
        ("salarie", "closed"),
    ],
)
def test_the_verdict_on_the_scheme_without_employer_depends_on_the_status(
    employment: str, verdict: str
) -> None:
    made = proposal("MG", **EMPLOYERS["company"])
    made.expert.employment = employment
    if employment != "salarie":
        made.employer = made.expert.employer = None
    made.start, made.end = (day + timedelta(days=40) for day in (made.start, made.end))
    assert verdict_of("BSE", made) == verdict


def test_a_contract_that_ends_before_the_return_closes_paid_leave() -> None:
    made = proposal("MG", **EMPLOYERS["company"])
    made.expert.employment = "cdd"
    read = {}
    for ends in (None, made.end - timedelta(days=1), made.end):
        made.expert.contract_ends = ends
        read[ends] = verdict_of("CP", made)
    assert list(read.values()) == ["to_check", "closed", "to_check"]


@pytest.mark.parametrize("days", [-1, 1])
def test_no_sentence_of_a_verdict_discloses_the_end_date_of_a_contract(days: int) -> None:
    made = proposal("MG", **EMPLOYERS["company"])
    made.expert.employment = "cdd"
    made.expert.contract_ends = made.end + timedelta(days=days)
    shown = [line for each in proposals.leave_of(made) for line in (*each.why, *each.questions)]
    assert "contrat" in " ".join(shown)
    assert [line for line in shown if day_fr(made.expert.contract_ends) in line] == []


def test_the_paid_leave_verdict_of_a_part_time_person_says_to_count_worked_days_only() -> None:
    made = proposal("MG", **EMPLOYERS["company"])
    made.expert.part_time = True
    asked = {each.code: " ".join(each.questions) for each in proposals.leave_of(made)}
    assert "à temps partiel, comptez ses seuls jours travaillés" in asked["CP"]


def test_experts_whose_employer_is_not_registered_have_no_leave_verdicts() -> None:
    made = proposal("MG", headcount=40)
    unknown = ExpertFactory(network=made.need.network, employer=None)
    alone = ExpertFactory(network=made.need.network, alone=True)
    dates = mission_dates(made.need, made.start, made.end)
    employers = {made.employer_id: made.employer}
    people = [unknown, alone, made.expert]
    need, today = made.need, timezone.localdate()
    read = dict(read_leave_of_all(people, employers, need, dates, on=today))
    assert read == {
        alone.pk: read_leave(alone, None, need, dates, on=today),
        made.expert_id: read_leave(made.expert, made.employer, need, dates, on=today),
    }
    made.employer = None
    assert proposals.leave_of(made) == []


@pytest.mark.parametrize(
    ("before_the_end", "earlier", "verdict"),
    [(5, 20, "to_check"), (5, 2, "closed"), (11, 20, "closed"), (-1, 20, "to_check")],
)
def test_dates_are_moved_earlier_to_end_with_the_contract_when_the_window_allows(
    before_the_end: int, earlier: int, verdict: str
) -> None:
    made = proposal("MG", **EMPLOYERS["company"])
    made.expert.employment = "cdd"
    made.expert.contract_ends = made.end - timedelta(days=before_the_end)
    read = dict(
        read_leave_of_all(
            [made.expert],
            {made.employer_id: made.employer},
            made.need,
            mission_dates(made.need, made.start, made.end),
            on=timezone.localdate(),
            earliest=made.start - timedelta(days=earlier),
        )
    )
    assert answer(read[made.expert_id])["CP"][0] == verdict


def test_the_latest_mission_dates_end_on_the_last_day_of_the_window() -> None:
    need = NeedFactory.build(days=10, country="MG", **_window(30))
    dates = latest_dates(need)
    assert dates is not None
    assert (dates.end, (dates.end - dates.start).days) == (need.window_end, 9)
    assert dates.abroad
    assert latest_dates(NeedFactory.build(days=None, **_window(30))) is None


def _window(length: int) -> dict[str, Any]:
    start = timezone.localdate() + timedelta(days=40)
    plain = {"call": None, "network": None, "association": None, "project": None, "partner": None}
    return {**plain, "window_start": start, "window_end": start + timedelta(days=length)}


def test_leave_verdicts_are_saved_as_json_values() -> None:
    kept = as_kept(proposals.leave_of(proposal("MG", headcount=40)))
    assert kept[0].keys() == {
        "code",
        "label",
        "verdict",
        "article",
        "file_by",
        "why",
        "questions",
    }
    assert all(isinstance(line, str) for each in kept for line in each["why"])
