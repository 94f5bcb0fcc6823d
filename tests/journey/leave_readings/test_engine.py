"""The bridge to the leave engine gives all its callers the same result on the same day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from explor.engines.leave import SCHEMES
from explor.ground.reference.selectors import terms
from explor.journey.leave_readings.engine import (
    FRANCE,
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
}
Answer = dict[str, tuple[Any, Any]]


def answer(readings: Any) -> Answer:
    return {each.code: (each.verdict, each.file_by) for each in readings}


def proposal(country: str, **employer: Any) -> Any:
    """Return a proposal on the only dates that the window of its need allows."""
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
    employment = "titulaire" if employer.get("is_public") else "salarie"
    expert = ExpertFactory(
        network=network,
        employer=EmployerFactory(network=network, **employer),
        employment=employment,
        employed_since=start - timedelta(days=900),
    )
    return ProposalFactory(
        need=need, decision=None, expert=expert, start=start, end=start + timedelta(days=9)
    )


@pytest.mark.parametrize("country", ["MG", "FR"])
@pytest.mark.parametrize("employer", sorted(EMPLOYERS))
def test_shortlist_plan_proposal_and_release_give_the_same_leave_verdicts(
    employer: str, country: str
) -> None:
    made = proposal(country, **EMPLOYERS[employer])
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
def test_a_mission_overseas_is_in_france(country: str) -> None:
    need = NeedFactory.build(country=country, **_window(30))
    assert not mission_dates(need, need.window_start, need.window_end).abroad


def test_the_reference_list_of_leave_schemes_equals_the_list_of_the_engine() -> None:
    listed = {term.code: term.label for term in terms("leave_schemes").values()}
    assert listed == {scheme.code: scheme.label for scheme in SCHEMES}


def test_mcf_leave_is_open_at_a_university_and_to_check_at_a_lycee() -> None:
    def mcf(structure_type: str) -> str:
        made = proposal("MG", is_public=True, structure_type=structure_type, schemes=["MCF"])
        made.need.association.general_interest = True
        made.start, made.end = (day + timedelta(days=40) for day in (made.start, made.end))
        return next(each.verdict for each in proposals.leave_of(made) if each.code == "MCF")

    assert (mcf("SUP"), mcf("SCOLAIRE"), mcf("EP")) == ("open", "to_check", "to_check")


def test_experts_without_an_employer_have_no_leave_verdicts() -> None:
    made = proposal("MG", headcount=40)
    alone = ExpertFactory(network=made.need.network, employer=None)
    dates = mission_dates(made.need, made.start, made.end)
    employers = {made.employer_id: made.employer}
    people = [alone, made.expert]
    read = dict(read_leave_of_all(people, employers, made.need, dates, on=timezone.localdate()))
    assert read == {
        made.expert_id: read_leave(
            made.expert, made.employer, made.need, dates, on=timezone.localdate()
        )
    }
    made.employer = None
    assert proposals.leave_of(made) == []


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
