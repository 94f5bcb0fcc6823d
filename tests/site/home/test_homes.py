"""The home page of each role: its tasks in order, each with a link to the page of its action."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.actors.networks.models import Coordinator
from explor.ground.accounts.models import Person
from explor.journey.calls.models import FunderMember
from explor.journey.missions.models import ChecklistItem
from explor.journey.reports.models import Report
from explor.site.administration.models import Backup
from explor.site.home.views.roles import BEGIN
from factories import (
    AdministratorFactory,
    AssociationFactory,
    CallFactory,
    CommitteeMemberFactory,
    EmployerFactory,
    ExpertFactory,
    FunderFactory,
    MemberFactory,
    MissionFactory,
    NeedFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
    ReleaseFactory,
    ReportFactory,
)

ROLES = tuple(BEGIN)
TASK = re.compile(r'<p><a href="([^"]+)">([^<]+)</a></p>')


@pytest.fixture(autouse=True)
def without_second_factor(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not require the second factor, which has its own tests."""
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def holder_of(role: str) -> tuple[Person, str, Any]:
    """Return a person with this role, the URL of their home page, and the object of the role."""
    if role == "reseau":
        network = NetworkFactory()
        return OfficerFactory(network=network).person, f"/reseau/{network.slug}/", network
    if role in ("association", "employeur"):
        make = AssociationFactory if role == "association" else EmployerFactory
        member = MemberFactory(organisation=make())
        return member.person, f"/{role}/{member.organisation.slug}/", member.organisation
    if role == "expert":
        expert = ExpertFactory()
        return expert.person, "/expert/", expert
    if role == "comite":
        seat = CommitteeMemberFactory()
        return seat.person, f"/comite/{seat.call.slug}/", seat
    if role == "financeur":
        funder, person = FunderFactory(), PersonFactory()
        FunderMember.objects.create(funder=funder, person=person)
        return person, f"/financeur/{funder.slug}/", funder
    person = PersonFactory()
    if role == "administration":
        AdministratorFactory(person=person)
        Backup.objects.create(name="nuit.tar", size=1, files=1)  # otherwise a task requests one
    if role == "coordination":
        Coordinator.objects.create(person=person)
    return person, f"/{role}/", None


def tasks_on(person: Person, url: str) -> list[tuple[str, str]]:
    """Return the (title, URL) of each task of a home page, in order."""
    page = signed_in(person).get(url).content.decode()
    return [(words, address) for address, words in TASK.findall(page)]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administration"])
def test_a_home_page_without_any_task_explains_how_to_begin(
    monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    # The coordination is asked about the schemes of the law that end within a year.
    monkeypatch.setattr("explor.engines.leave.law.SCHEMES", ())
    person, url, _ = holder_of(role)
    response = signed_in(person).get(url)
    page = response.content.decode()
    assert response.status_code == 200
    assert TASK.findall(page) == []
    assert "Rien ne vous attend aujourd’hui." in page
    assert BEGIN[role] in page


@pytest.mark.parametrize("role", ROLES)
def test_the_home_page_of_another_role_is_not_found(role: str) -> None:
    _, url, _ = holder_of(role)
    other, _, _ = holder_of("association" if role == "expert" else "expert")
    assert signed_in(other).get(url).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_a_home_page_redirects_an_anonymous_visitor_to_sign_in(role: str) -> None:
    _, url, _ = holder_of(role)
    assert Client().get(url).headers["Location"].startswith("/compte/login/")


def test_a_draft_need_is_a_task_on_the_home_of_its_association() -> None:
    person, url, association = holder_of("association")
    need = NeedFactory(association=association, network=association.network, title="Un puits")
    expected = [("Compléter « Un puits »", f"{url}besoins/{need.pk}/")]
    assert tasks_on(person, url) == expected


def test_a_submitted_need_is_an_admissibility_task_of_its_network() -> None:
    person, url, network = holder_of("reseau")
    need = NeedFactory(network=network, title="Un puits", state="filed", filed_at=timezone.now())
    assert dict(tasks_on(person, url))["Dire si « Un puits » est recevable"].endswith(
        f"/{need.pk}/"
    )


def test_a_report_to_write_is_a_task_of_its_expert() -> None:
    person, url, expert = holder_of("expert")
    report = ReportFactory(
        mission__release__proposal__expert=expert, due=timezone.localdate() + timedelta(days=3)
    )
    address = f"/expert/missions/{report.mission_id}/compte-rendu/"
    assert ("Écrire le compte rendu", address) in tasks_on(person, url)


def test_a_requested_release_is_a_task_of_the_employer() -> None:
    person, url, employer = holder_of("employeur")
    release = ReleaseFactory(employer=employer)
    assert [address for _, address in tasks_on(person, url)] == [
        f"{url}mises-a-disposition/{release.pk}/"
    ]


def test_declaring_interests_is_the_first_task_of_a_committee_member() -> None:
    seat = CommitteeMemberFactory(declared_at=None)
    url = f"/comite/{seat.call.slug}/"
    words, address = tasks_on(seat.person, url)[0]
    assert words == "Dire vos liens avec les dossiers"
    assert signed_in(seat.person).get(address).status_code == 200


def test_a_missing_backup_is_a_task_of_the_administrator() -> None:
    person, url, _ = holder_of("administration")
    Backup.objects.all().delete()
    assert tasks_on(person, url) == [("Faire une sauvegarde", f"{url}etat/")]


def step(network: Any, label: str, *, due: int | None, at_risk: int) -> ChecklistItem:
    """Create a checklist item of a mission in preparation; dates are in days from today."""
    today = timezone.localdate()
    return ChecklistItem.objects.create(
        mission=MissionFactory(release__proposal__decision__need__network=network),
        code="agreement",
        label=label,
        party="reseau",
        due=None if due is None else today + timedelta(days=due),
        at_risk_from=today + timedelta(days=at_risk),
    )


def test_tasks_of_a_home_page_are_sorted_late_then_by_date_then_undated() -> None:
    person, url, network = holder_of("reseau")
    step(network, "Sans date", due=None, at_risk=9)
    step(network, "Dans vingt jours", due=20, at_risk=9)
    step(network, "Dans dix jours", due=10, at_risk=9)
    step(network, "En retard", due=30, at_risk=-1)
    shown = [words for words, _ in tasks_on(person, url)]
    expected = ["En retard", "Dans dix jours", "Dans vingt jours", "Sans date"]
    assert [words for words in shown if words in expected] == expected
    page = signed_in(person).get(url).content.decode()
    assert page.count('<li class="late">') == 1


def test_a_task_about_a_mission_shows_the_file_number_of_the_mission() -> None:
    person, url, network = holder_of("reseau")
    item = step(network, "Billets", due=10, at_risk=9)
    page = signed_in(person).get(url).content.decode()
    assert f"{item.mission.file_number} · {item.mission.need.title}" in page


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def fill_association(association: Any) -> None:
    NeedFactory(association=association, network=association.network)


def fill_network(network: Any) -> None:
    step(network, "Billets", due=10, at_risk=9)
    NeedFactory(network=network, state="filed", filed_at=timezone.now())


def fill_expert(expert: Any) -> None:
    """Create a report to write; the missions of one person follow each other."""
    start = timezone.localdate() + timedelta(days=60 + 14 * Report.objects.count())
    ReportFactory(
        mission__release__proposal__expert=expert,
        mission__release__proposal__start=start,
        mission__release__proposal__end=start + timedelta(days=9),
    )


def fill_employer(employer: Any) -> None:
    ReleaseFactory(employer=employer)


@pytest.mark.parametrize(
    ("role", "fill"),
    [
        ("association", fill_association),
        ("reseau", fill_network),
        ("expert", fill_expert),
        ("employeur", fill_employer),
    ],
)
def test_a_home_page_makes_the_same_number_of_queries_for_thirty_rows_as_for_one(
    role: str, fill: Callable[[Any], None]
) -> None:
    person, url, subject = holder_of(role)
    client = signed_in(person)
    fill(subject)
    client.get(url)  # fill the caches of the process
    one = queries_of(client, url)
    for _ in range(29):
        fill(subject)
    assert queries_of(client, url) == one


def test_the_coordination_home_makes_the_same_number_of_queries_for_30_networks() -> None:
    person, url, _ = holder_of("coordination")
    client = signed_in(person)
    CallFactory()
    client.get(url)
    one = queries_of(client, url)
    NetworkFactory.create_batch(29)
    assert queries_of(client, url) == one
