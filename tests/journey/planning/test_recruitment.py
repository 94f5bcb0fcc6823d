"""Recruitment needs of a network, computed soon after each change."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.ground.travel_advice.actions import record_reading
from explor.journey.needs.models import LanguageNeed
from explor.journey.planning import actions, pages, selectors
from explor.journey.planning.models import RecruitmentNeeds
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    expert_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
TASK = "planning.compute_recruitment_needs"


def test_the_recruitment_needs_list_unmet_needs_wanted_profiles_and_employers() -> None:
    network = NetworkFactory()
    need = DecisionFactory(need=NeedFactory(network=network, state="admissible")).need
    LanguageNeed.objects.create(need=need, language="es", level="B2")
    ExpertFactory(network=network)
    employer = EmployerFactory(network=network, job_families=["Gestion de l’eau"])
    actions.compute_recruitment_needs(network)
    context = pages.recruitment_for(officer_actor(network))
    assert [(each["need"], each["missing"], each["eligible"]) for each in context["unmet"]] == [
        (need, 1, 0)
    ]
    assert context["unmet"][0]["reasons"][1] == "Niveau de langue : 1 sur 1."
    assert "espagnol B2" in context["wanted"][0]["text"]
    assert employer in [each["employer"] for each in context["employers"]]


def test_recruitment_needs_are_empty_for_a_network_without_unfilled_needs() -> None:
    network = NetworkFactory()
    recruitment = actions.compute_recruitment_needs(network)
    assert (recruitment.needs, recruitment.unmet, recruitment.wanted) == (0, [], [])


def test_several_profile_changes_schedule_one_computation_of_recruitment_needs(
    run_jobs: Callable[[], list[str]],
) -> None:
    network = NetworkFactory()
    expert = ExpertFactory(network=network)
    by = expert_actor(expert)
    experts.rest(expert, by=by)
    experts.offer(expert, by=by)
    experts.rest(expert, by=by)
    run_jobs()
    waiting = ProcrastinateJob.objects.filter(
        task_name="planning.compute_recruitment_needs", status="todo"
    )
    assert [job.args for job in waiting] == [{"network": network.pk}]
    assert waiting[0].scheduled_at is not None


def test_the_recruitment_needs_of_a_network_are_hidden_from_other_networks() -> None:
    network, other = NetworkFactory(), NetworkFactory()
    DecisionFactory(need=NeedFactory(network=network, state="admissible"))
    actions.compute_recruitment_needs(network)
    assert pages.recruitment_for(officer_actor(other)) == {"recruitment": None}
    assert RecruitmentNeeds.objects.get().network == network


def test_new_travel_advice_recomputes_recruitment_needs_of_networks_with_a_need_there(
    run_jobs: Callable[[], list[str]],
) -> None:
    concerned = DecisionFactory().need
    DecisionFactory(need=NeedFactory(state="admissible", country="BJ"))
    record_reading(
        country=concerned.country, zone="R", read_on=timezone.localdate(),
        url="https://exemple.test/mg", by=officer_actor(concerned.network),
    )  # fmt: skip
    assert "planning.advice_read" in run_jobs()
    waiting = ProcrastinateJob.objects.filter(
        task_name="planning.compute_recruitment_needs", status="todo"
    )
    assert [job.args for job in waiting] == [{"network": concerned.network_id}]


def test_the_trades_of_an_employer_omit_the_skills_of_profiles_without_consent() -> None:
    employer = EmployerFactory(job_families=["Comptabilité"])
    for skill in ("Gestion de l’eau", "Topographie"):
        ExpertFactory(employer=employer, network=employer.network, skills=[skill])
    closed = Expert.objects.get(skills=["Topographie"])
    trades = {"Comptabilité", "Gestion de l’eau", "Topographie"}
    assert set(selectors.families_of(employer.network_id)[employer.pk]) == trades
    experts.withdraw_consent(closed, network=employer.network, by=expert_actor(closed))
    left = selectors.families_of(employer.network_id)[employer.pk]
    assert set(left) == trades - {"Topographie"}
