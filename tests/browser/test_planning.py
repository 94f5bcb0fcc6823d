"""A matching plan in a browser: choose pairs, compare scenarios, adopt the plan."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from journeys.conftest import scene_of
from playwright.sync_api import Browser

from explor.journey.planning import actions
from explor.journey.planning.models import MatchingPlan, Scenario
from explor.journey.proposals.models import Proposal
from factories import DecisionFactory, EmployerFactory, ExpertFactory, NeedFactory

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

NEEDS = 12


@pytest.fixture(params=sorted(WAYS))
def officer(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[BrowserVisitor]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    network = scene_of("amont").network
    for number in range(NEEDS):
        DecisionFactory(need=NeedFactory(network=network, state="admissible"))
        if number % 3:
            ExpertFactory(network=network, employer=EmployerFactory(network=network))
    way = WAYS[request.param]
    visitor = BrowserVisitor(browser, live_server.url, "officer@amont.test", **way)
    yield visitor
    visitor.close()


def compute() -> None:
    """Run the job of the worker."""
    for scenario in Scenario.objects.filter(status="queued").select_related("matching_plan"):
        actions.compute(scenario)


def click(officer: BrowserVisitor, name: str, which: int = 0) -> None:
    with officer.page.expect_navigation():
        officer.page.get_by_role("button", name=name).nth(which).click()


def test_a_matching_plan_is_computed_compared_and_adopted(officer: BrowserVisitor) -> None:
    officer.read("/reseau/amont/plans/").follow("Préparer un plan").send(title="Printemps")
    made = MatchingPlan.objects.get()
    base = f"/reseau/amont/plans/{made.pk}/"
    assert officer.sees("Calcul en cours")
    compute()
    if officer.scripts:
        officer.page.wait_for_selector("text=meilleur plan possible")  # the page refreshes itself
    officer.read(base)
    assert officer.sees("meilleur plan possible, prouvé")
    click(officer, "imposer")
    compute()
    officer.read(base)
    click(officer, "écarter", -1)
    compute()
    officer.read(base)
    assert officer.sees("imposé", "Vos choix")
    assert made.choices.count() == 2
    officer.follow("Ajouter un scénario").send(name="Deux missions", extra_load=1)
    compute()
    more = made.scenarios.order_by("pk").last()
    assert more is not None and more.plan is not None
    officer.read(f"{base}?scenario={more.pk}")
    assert officer.sees("Ce qui change par rapport au premier scénario")
    officer.follow("Adopter ce plan").send()
    assert officer.sees("propositions envoyées")
    assert Proposal.objects.count() == len(more.plan["places"]) > 0
    officer.read("/reseau/amont/a-recruter/")
    assert officer.faults == []
