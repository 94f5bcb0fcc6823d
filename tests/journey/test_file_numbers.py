"""File numbers are shown on papers, on pages, in lists and on home pages."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.journey.calls.models import Envelope
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import url_of as mission_url
from explor.journey.needs.models import Need
from explor.journey.planning.models import MatchingPlan
from explor.journey.proposals import pages as proposals
from explor.journey.releases import actions as releases
from explor.journey.releases import pages as release_pages
from explor.journey.releases.models import Release
from explor.journey.reports import actions as reports
from factories import (
    AgreementFactory,
    DecisionFactory,
    FunderFactory,
    MissionFactory,
    NeedFactory,
    NetworkFactory,
    ProposalFactory,
    ReleaseFactory,
    ReportFactory,
    SheetFactory,
    employer_actor,
    expert_actor,
    officer_actor,
)
from support.papers import text_of

pytestmark = pytest.mark.django_db
Sessions = Callable[[Actor], Client]


def number(letter: str, row: Need | Release | Mission | MatchingPlan | Envelope) -> str:
    """Return the number that a row begun this year has."""
    return f"{letter}-{timezone.localdate():%Y}-{row.pk:04d}"


@pytest.fixture
def approved() -> Release:
    """A release granted by its employer, with its agreement."""
    release = ReleaseFactory()
    return releases.approve(release, by=employer_actor(release.employer), scheme="MCP")


def test_the_agreement_pdf_shows_its_number_in_its_facts_and_footer(approved: Release) -> None:
    agreed = number("C", approved)
    text = text_of(approved.agreement.document)  # type: ignore[union-attr]
    assert f"Convention {agreed}" in text.splitlines()
    assert f"{agreed} · Code de vérification" in " ".join(text.split())


def test_the_public_verification_page_of_an_agreement_shows_its_number(
    approved: Release, client: Client
) -> None:
    code = approved.agreement.document.seal.code  # type: ignore[union-attr]
    assert number("C", approved) in client.get(f"/verifier/{code}/").content.decode()


def test_the_certificate_pdf_shows_the_number_of_its_mission() -> None:
    mission = MissionFactory(state="returned")
    report = ReportFactory(mission=mission, state="submitted", done="Ateliers.", results="Six.")
    reports.accept(report, by=officer_actor(mission.network))
    text = text_of(report.certificate)  # type: ignore[arg-type]
    assert f"Numéro de la mission {number('M', mission)}" in text.splitlines()
    assert f"Attestation d’engagement, mission {number('M', mission)} ·" in text


def test_the_page_of_a_release_shows_the_release_and_agreement_numbers(
    approved: Release, session_of: Sessions
) -> None:
    actor = employer_actor(approved.employer)
    page = session_of(actor).get(release_pages.url_of(actor, approved)).content.decode()
    assert (number("D", approved) in page, number("C", approved) in page) == (True, True)


def test_the_page_of_a_release_without_agreement_shows_no_agreement_number(
    session_of: Sessions,
) -> None:
    release = ReleaseFactory()
    actor = employer_actor(release.employer)
    page = session_of(actor).get(release_pages.url_of(actor, release)).content.decode()
    assert (number("D", release) in page, number("C", release) in page) == (True, False)


def test_the_page_of_a_mission_shows_the_mission_and_agreement_numbers(
    session_of: Sessions,
) -> None:
    mission = MissionFactory()
    by = expert_actor(mission.expert)
    agreement = AgreementFactory(release=mission.release)
    Release.objects.filter(pk=mission.release_id).update(agreement=agreement)
    page = session_of(by).get(mission_url(by, mission)).content.decode()
    assert (number("M", mission) in page, number("C", mission.release) in page) == (True, True)


def test_the_page_of_a_plan_and_the_list_of_plans_show_plan_numbers(session_of: Sessions) -> None:
    network = NetworkFactory()
    plan = MatchingPlan.objects.create(network=network, title="Printemps")
    plan.scenarios.create(name="De base")
    by = officer_actor(network)
    client = session_of(by)
    for url in (
        reverse("planning:reseau_plans", args=[by.key]),
        reverse("planning:reseau_plan", args=[by.key, plan.pk]),
    ):
        assert number("P", plan) in client.get(url).content.decode(), url


def test_the_home_page_of_a_network_shows_its_envelope_numbers(session_of: Sessions) -> None:
    mission = MissionFactory()
    envelope = Envelope.objects.create(
        call=mission.need.call, funder=FunderFactory(), amount=Decimal(500)
    )
    home = f"/reseau/{mission.network.slug}/"
    page = session_of(officer_actor(mission.network)).get(home).content.decode()
    assert number("E", envelope) in page


def test_the_list_of_project_sheets_shows_sheet_numbers(session_of: Sessions) -> None:
    sheet = SheetFactory(network=NetworkFactory())
    by = officer_actor(sheet.network)
    page = session_of(by).get(reverse("sheets:reseau_sheets", args=[by.key])).content.decode()
    assert f'<span class="ref">{sheet.file_number}</span>' in page
    assert sheet.file_number[:2] == "F-"


def test_two_needs_with_the_same_title_have_distinct_tasks_on_the_home_page() -> None:
    network = NetworkFactory()
    needs = [
        DecisionFactory(need=NeedFactory(network=network, state="admissible", title="Eau")).need
        for _ in range(2)
    ]
    titles = {task.title for task in proposals.searches_to_do(officer_actor(network))}
    assert titles == {f"Chercher une expertise : Eau ({number('B', need)})" for need in needs}


def test_tasks_to_answer_a_proposal_or_release_show_the_number_of_the_need() -> None:
    proposal = ProposalFactory()
    need = proposal.need
    [task] = proposals.answers_to_give(expert_actor(proposal.expert))
    assert task.title == f"Répondre à une proposition : {need.title} ({number('B', need)})"
    release = ReleaseFactory()
    need = release.proposal.need
    [task] = release_pages.waiting_for(employer_actor(release.employer))
    assert task.why == f"{need.title} ({number('B', need)})"
