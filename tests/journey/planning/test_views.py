"""Pages of plans: an officer creates one, chooses experts, compares scenarios and adopts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from explor.ground.http.actor import Actor
from explor.journey.planning import actions
from explor.journey.planning.models import MatchingPlan, Scenario
from explor.journey.proposals.models import Proposal
from factories import (
    DecisionFactory,
    EmployerFactory,
    ExpertFactory,
    NeedFactory,
    NetworkFactory,
    employer_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]


def scene(needs: int = 2, experts: int = 4) -> Actor:
    network = NetworkFactory()
    for _ in range(needs):
        DecisionFactory(need=NeedFactory(network=network, state="admissible"))
    for _ in range(experts):
        ExpertFactory(network=network, employer=EmployerFactory(network=network))
    return officer_actor(network)


def url(by: Actor, name: str, *args: object) -> str:
    return reverse(f"planning:reseau_{name}", args=[by.key, *args])


def compute_all() -> None:
    for scenario in Scenario.objects.filter(status="queued"):
        actions.compute(scenario)


def test_an_officer_creates_a_plan_excludes_an_expert_then_adopts_the_plan(
    session_of: Sessions,
) -> None:
    by = scene()
    client = session_of(by)
    page = client.get(url(by, "open_plan"))
    assert "2 besoins retenus ont encore" in page.content.decode()
    done = client.post(url(by, "open_plan"), {"title": "Printemps"})
    made = MatchingPlan.objects.get()
    assert done.headers["Location"] == url(by, "plan", made.pk)
    assert "Calcul en cours" in client.get(url(by, "plan", made.pk)).content.decode()
    compute_all()
    place = made.scenarios.get().plan["places"][0]  # type: ignore[index]
    choice = {"need": place["need"], "expert": place["expert"], "kind": "ban"}
    assert client.post(url(by, "choose", made.pk), choice).status_code == 302
    compute_all()
    page = client.get(url(by, "plan", made.pk)).content.decode()
    assert "Ce qui a changé depuis le calcul d’avant" in page
    assert "meilleur plan possible, prouvé" in page
    scenario = made.scenarios.get()
    confirm = client.get(url(by, "adopt", scenario.pk)).content.decode()
    assert "2 propositions partiront en une fois" in confirm
    made.refresh_from_db()
    client.post(url(by, "adopt", scenario.pk), {"version": made.version})
    assert Proposal.objects.count() == 2


def test_imposing_or_excluding_an_expert_shows_effects_and_returns_to_the_scenario(
    session_of: Sessions,
) -> None:
    by = scene(needs=1, experts=2)
    client = session_of(by)
    client.post(url(by, "open_plan"), {"title": "Printemps"})
    compute_all()
    made = MatchingPlan.objects.get()
    page = client.get(url(by, "choose", made.pk))
    effects = page.context["effects"]
    assert [each.what for each in effects.happens] == [
        "Tous les scénarios se recalculent avec ce choix."
    ]
    assert effects.notified == ()
    scenario = made.scenarios.get()
    place = scenario.plan["places"][0]  # type: ignore[index]
    choice = {"need": place["need"], "expert": place["expert"], "kind": "ban"}
    done = client.post(url(by, "choose", made.pk), {**choice, "scenario": scenario.pk})
    assert done.headers["Location"] == f"{url(by, 'plan', made.pk)}?scenario={scenario.pk}"
    assert [each.kind for each in made.choices.all()] == ["ban"]


def test_the_page_of_a_what_if_scenario_shows_its_differences_from_the_first(
    session_of: Sessions,
) -> None:
    by = scene(needs=1, experts=2)
    client = session_of(by)
    client.post(url(by, "open_plan"), {"title": "Printemps"})
    compute_all()
    made = MatchingPlan.objects.get()
    place = made.scenarios.get().plan["places"][0]  # type: ignore[index]
    form = client.get(url(by, "what_if", made.pk)).context["form"]
    others = form.fields["expert"].queryset.exclude(pk=place["expert"])
    client.post(url(by, "what_if", made.pk), {"need": place["need"], "expert": others[0].pk})
    compute_all()
    variant = made.scenarios.last()
    page = client.get(f"{url(by, 'plan', made.pk)}?scenario={variant.pk}").content.decode()  # type: ignore[union-attr]
    assert f"→ {others[0].person.name}." in page


def test_an_invalid_form_of_a_plan_shows_its_errors_and_keeps_the_input(
    session_of: Sessions,
) -> None:
    by = scene(needs=1)
    client = session_of(by)
    assert client.post(url(by, "open_plan"), {"title": ""}).status_code == 422
    client.post(url(by, "open_plan"), {"title": "Printemps"})
    made = MatchingPlan.objects.get()
    typed = {"name": "De base", "extra_load": 0, "fairness": "none", "minimum": 0, "reserves": 2}
    answer = client.post(url(by, "add_scenario", made.pk), typed)
    assert answer.status_code == 409
    assert "porte déjà ce nom" in answer.content.decode()
    absurd = typed | {"name": "x", "minimum": 900}
    assert client.post(url(by, "add_scenario", made.pk), absurd).status_code == 422


def test_the_plans_of_another_network_are_not_found(session_of: Sessions) -> None:
    by, other = scene(), scene()
    session_of(by).post(url(by, "open_plan"), {"title": "Secret"})
    made = MatchingPlan.objects.get()
    client = session_of(other)
    assert client.get(url(other, "plan", made.pk)).status_code == 404
    assert client.get(url(other, "adopt", made.scenarios.get().pk)).status_code == 404
    assert "Secret" not in client.get(url(other, "plans")).content.decode()
    choice = {"need": 1, "expert": 1, "kind": "ban"}
    assert client.post(url(other, "choose", made.pk), choice).status_code == 404


@pytest.mark.parametrize("size", [2, 30])
def test_the_page_of_a_matching_plan_stays_within_its_query_limit_at_any_size(
    size: int,
    session_of: Sessions,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    by = scene(needs=size, experts=size)
    client = session_of(by)
    client.post(url(by, "open_plan"), {"title": "Printemps"})
    compute_all()
    with django_assert_max_num_queries(20):
        client.get(url(by, "plan", MatchingPlan.objects.get().pk))


def test_the_home_of_an_employer_shows_the_needs_that_its_job_families_would_fill(
    session_of: Sessions,
) -> None:
    by = scene(needs=1, experts=0)
    network = MatchingPlan._meta.get_field("network").related_model.objects.get(pk=by.scope)  # type: ignore[union-attr]
    employer = EmployerFactory(network=network, job_families=["Gestion de l’eau"])
    actions.compute_recruitment_needs(network)
    actor = employer_actor(employer)
    page = session_of(actor).get(f"/employeur/{actor.key}/").content.decode()
    assert "Vos métiers sont attendus" in page
