"""The warning that no leave scheme is certainly open to an expert.

Leave schemes are evaluated for experts with a registered employer, or with none at all. While none
is open, the warning is among the reasons of the shortlist and of the proposal, as the employer must
be asked before the departure. Experts whose employer is not registered take personal leave: no
warning.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.journey.leave_readings.actions import answer
from explor.journey.leave_readings.engine import subjects_of
from explor.journey.leave_readings.models import LawAmendment
from explor.journey.needs.models import Need
from explor.journey.proposals import actions as proposals
from explor.journey.shortlists.engine import expert_id, line_of, pool_for, settings_for
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    association_actor,
    employer_actor,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]

TO_CHECK = "Le cadre de départ reste à vérifier avec l'employeur."
ALONE_TO_CHECK = "Le cadre de départ reste à vérifier."
REGION = {"is_public": True, "structure_type": "REGION", "schemes": ["MAD"]}


@pytest.fixture
def need() -> Need:
    association = {"association__general_interest": True}
    return DecisionFactory(need=NeedFactory(state="admissible", **association)).need


def reasons_for(need: Need, employer: dict[str, Any] | None, **values: Any) -> tuple[str, ...]:
    """Return the shortlist reasons of a new expert of the network, with this employer or none."""
    made = employer and EmployerFactory(network=need.network, **employer)
    expert = ExpertFactory(network=need.network, employer=made or None, **values)
    return line_of(need, expert).candidate.reasons


@pytest.mark.parametrize(
    ("employer", "values"),
    [
        pytest.param({"schemes": ["CSI"]}, {"employment": ""}, id="status not stated"),
        pytest.param({"schemes": []}, {"employment": ""}, id="nothing stated"),
        pytest.param(
            {"schemes": ["CSI"]}, {"employed_since": timezone.localdate()}, id="too recent"
        ),
        pytest.param(REGION, {"employment": "titulaire"}, id="public service not stated"),
    ],
)
def test_a_shortlist_warns_to_ask_the_employer_when_no_leave_scheme_is_open(
    need: Need, employer: dict[str, Any], values: dict[str, Any]
) -> None:
    assert TO_CHECK in reasons_for(need, employer, **values)


def test_a_shortlist_does_not_warn_when_a_leave_scheme_is_open(need: Need) -> None:
    assert TO_CHECK not in reasons_for(need, {"schemes": ["PMO"]})


@pytest.mark.parametrize("employment", ["", "salarie"])
def test_a_shortlist_does_not_warn_about_leave_without_a_registered_employer(
    need: Need, employment: str
) -> None:
    assert TO_CHECK not in reasons_for(need, None, employment=employment)


@pytest.mark.parametrize(
    ("employment", "warned"),
    [("retraite", False), ("independant", False), ("benevole", False), ("recherche", True)],
)
def test_an_expert_without_employer_is_ranked_and_warned_without_naming_an_employer(
    need: Need, employment: str, warned: bool
) -> None:
    expert = ExpertFactory(network=need.network, alone=True, employment=employment)
    candidate = line_of(need, expert).candidate
    assert (candidate.eligible, candidate.blocked_by) == (True, ())
    assert (ALONE_TO_CHECK in candidate.reasons) is warned
    assert [reason for reason in candidate.reasons if "employeur" in reason] == []


def test_an_expert_whose_contract_ends_during_every_possible_mission_is_not_eligible(
    need: Need,
) -> None:
    employer = EmployerFactory(network=need.network, schemes=["CP"])
    tie = {"employer": employer, "employment": "cdd"}
    ends = {
        "in the window": need.window_end - timedelta(days=3),
        "too early": need.window_end - timedelta(days=7),
        "long before": need.window_start - timedelta(days=30),
    }
    need.window_start = need.window_end - timedelta(days=need.days + 2)
    need.save()
    eligible = {
        case: line_of(
            need, ExpertFactory(network=need.network, contract_ends=day, **tie)
        ).candidate.eligible
        for case, day in ends.items()
    }
    assert eligible == {"in the window": True, "too early": False, "long before": True}


def test_all_parties_but_the_employer_see_the_leave_warning_of_a_proposal(
    need: Need, session_of: Sessions
) -> None:
    employer = EmployerFactory(network=need.network, schemes=["CSI"])
    expert = ExpertFactory(network=need.network, employer=employer, employment="")
    by = officer_actor(need.network)
    escaped = TO_CHECK.replace("'", "&#x27;")
    shortlist = reverse("shortlists:reseau_shortlist", args=[by.key, need.pk])
    assert escaped in session_of(by).get(shortlist).content.decode()
    line = line_of(need, expert)
    made = proposals.introduce(
        need=need,
        expert=expert,
        start=line.candidate.start,  # type: ignore[arg-type]
        end=line.candidate.end,  # type: ignore[arg-type]
        by=by,
    )
    readers = [by, expert_actor(expert), association_actor(need.association)]
    shown = {
        actor.role: escaped in session_of(actor).get(url_of(actor, made.pk)).content.decode()
        for actor in [*readers, employer_actor(employer)]
    }
    assert shown == {"reseau": True, "expert": True, "association": True, "employeur": False}


def url_of(actor: Actor, proposal: int) -> str:
    """Return the URL of the page of a proposal in the role of `actor`."""
    args = [proposal] if actor.role == "expert" else [actor.key, proposal]
    return reverse(f"proposals:{actor.role}_proposal", args=args)


def verdicts_of(need: Need, expert: Any) -> dict[str, str]:
    """Return the verdict on each leave scheme of an expert, as the ranking of a need reads it."""
    years = frozenset({need.window_start.year})
    with pool_for(need.network_id, years, settings_for({}, {})) as index:
        return {each.code: each.verdict for each in index.schemes(need)[expert_id(expert.pk)]}


def test_a_need_overseas_is_not_ranked_with_the_leave_schemes_of_a_need_abroad(need: Need) -> None:
    employer = EmployerFactory(network=need.network, schemes=["CSI"])
    expert = ExpertFactory(network=need.network, employer=employer)
    verdicts = []
    for country in ("MG", "GP"):
        Need.objects.filter(pk=need.pk).update(country=country)
        need.refresh_from_db()
        verdicts.append(verdicts_of(need, expert)["CSI"])
    assert verdicts == ["to_check", "closed"]


def test_an_answer_or_a_change_of_the_law_changes_the_next_shortlist(need: Need) -> None:
    expert = ExpertFactory(
        network=need.network, employer=EmployerFactory(network=need.network, schemes=["CP"])
    )
    before = verdicts_of(need, expert)["CP"]
    answer(subjects_of(expert, need), {"person.leave_days": 60}, by=expert_actor(expert))
    answered = verdicts_of(need, expert)["CP"]
    LawAmendment.objects.create(
        table="schemes",
        key="CP",
        field="valid_to",
        value=str(timezone.localdate() - timedelta(days=1)),
        source="Loi du jour",
        read_on=timezone.localdate(),
        state="approved",
        proposed_by=1,
        decided_by=2,
    )
    assert (before, answered, verdicts_of(need, expert)["CP"]) == ("to_check", "open", "closed")


def test_an_answer_about_one_need_does_not_change_the_shortlist_of_another(need: Need) -> None:
    region = {"is_public": True, "structure_type": "REGION", "schemes": ["OM"]}
    employer = EmployerFactory(network=need.network, **region)
    expert = ExpertFactory(network=need.network, employer=employer, employment="titulaire")
    same = {"association": need.association, "call": need.call, "network": need.network}
    other = DecisionFactory(need=NeedFactory(state="admissible", **same)).need
    answer(subjects_of(expert, need), {"mission.supported": False}, by=employer_actor(employer))
    verdicts = [verdicts_of(each, expert)["OM"] for each in (need, other)]
    assert verdicts == ["closed", "to_check"]
