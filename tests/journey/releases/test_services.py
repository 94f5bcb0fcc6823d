"""Services of an employer approve before the release is granted; lending rules only warn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.actors.lending.models import Approver, LendingRules
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.releases import actions, rules
from explor.journey.releases.models import ServiceApproval
from factories import (
    EmployerFactory,
    ReleaseFactory,
    employer_actor,
    expert_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def release():
    return ReleaseFactory(proposal__expert__employer__slug="ateliers")


@pytest.fixture
def lending(release):
    return LendingRules.objects.create(employer=release.employer)


def approver(lending, service="Eau", name="Sacha", rank=1):
    return Approver.objects.create(rules=lending, service=service, name=name, rank=rank)


def note(release, who, **given):
    by = employer_actor(release.employer)
    return actions.note_service_approval(release, by=by, approver=who, **{"on": TODAY(), **given})


def test_an_employer_without_service_approvers_can_grant_a_release_at_once(release):
    assert rules.missing_services(release) == []
    actions.approve(release, by=employer_actor(release.employer), scheme="MCP")
    assert release.state == "approved"


def test_a_release_cannot_be_granted_before_the_service_of_the_expert_approves(release, lending):
    who = approver(lending)
    approver(lending, service="Voirie", name="Noor")
    with pytest.raises(ActionNotAllowed, match=r"travaille la personne \(Eau, Voirie\)"):
        actions.approve(release, by=employer_actor(release.employer), scheme="MCP")
    with pytest.raises(ActionNotAllowed):
        officer = officer_actor(release.proposal.need.network)
        actions.approve(release, by=officer, scheme="MCP")
    note(release, who)
    assert rules.missing_services(release) == []
    actions.approve(release, by=employer_actor(release.employer), scheme="MCP")
    assert release.state == "approved"


def test_the_approvers_of_a_service_approve_in_the_order_of_their_rank(release, lending):
    first, second = approver(lending), approver(lending, name="Noor", rank=2)
    with pytest.raises(ActionNotAllowed, match="Dans ce service, Sacha répond d’abord"):
        note(release, second)
    note(release, first)
    assert rules.missing_services(release) == ["Il manque l’accord de Noor, pour le service Eau."]
    note(release, second)
    assert rules.missing_services(release) == []


def test_a_service_approval_is_recorded_only_once_and_not_for_a_future_day(release, lending):
    who = approver(lending)
    with pytest.raises(ActionNotAllowed, match="ce jour est à venir"):
        note(release, who, on=TODAY() + timedelta(days=1))
    note(release, who)
    with pytest.raises(ActionNotAllowed, match="n’est pas attendu"):
        note(release, who)
    assert ServiceApproval.objects.count() == 1


def test_the_approval_of_an_approver_of_another_employer_is_refused(release, lending):
    approver(lending)
    other = approver(LendingRules.objects.create(employer=EmployerFactory()))
    with pytest.raises(ActionNotAllowed, match="n’est pas attendu"):
        note(release, other)


def test_a_service_approval_of_former_dates_is_required_again_for_new_dates(release, lending):
    who = approver(lending)
    note(release, who)
    release.state_since = timezone.now() + timedelta(seconds=1)
    release.save()
    assert rules.missing_services(release) == [
        "Notez d’abord l’accord du service où travaille la personne (Eau)."
    ]


def test_an_employer_records_a_service_approval_on_the_page_and_then_grants(release, lending):
    who = approver(lending, name="Q" * 200)
    client = wearing(employer_actor(release.employer))
    url = f"/employeur/ateliers/mises-a-disposition/{release.pk}/"
    page = client.get(f"{url}accorder/")
    assert page.context["blockers"] == [
        "Notez d’abord l’accord du service où travaille la personne (Eau)."
    ]
    posted = {"version": release.version, "approver": who.pk, "on": TODAY().isoformat()}
    assert client.post(f"{url}accord-du-service/", posted).status_code == 302
    assert client.get(f"{url}accorder/").context["blockers"] == []
    assert f"{'Q' * 200} a dit oui le" in " ".join(client.get(url).text.split())


def test_only_the_employer_and_its_network_record_or_see_a_service_approval(release, lending):
    note(release, approver(lending))
    approver(lending, name="Noor", rank=2)
    expert = wearing(expert_actor(release.proposal.expert))
    url = f"mises-a-disposition/{release.pk}/"
    assert "services" not in expert.get(f"/expert/{url}").context
    assert expert.get(f"/expert/{url}accord-du-service/").status_code == 404
    network = release.proposal.need.network
    officer = wearing(officer_actor(network))
    page = officer.get(f"/reseau/{network.slug}/{url}accord-du-service/")
    assert (page.status_code, page.context["for_whom"]) == (200, release.employer.name)
    other = EmployerFactory(slug="autre")
    foreign = wearing(employer_actor(other)).get(f"/employeur/autre/{url}accord-du-service/")
    assert foreign.status_code == 404


def test_the_lending_rules_of_an_employer_cause_warnings_without_preventing_the_grant(
    release, lending
):
    LendingRules.objects.filter(pk=lending.pk).update(notice_days=300)
    client = wearing(employer_actor(release.employer))
    url = f"/employeur/ateliers/mises-a-disposition/{release.pk}/"
    notes = client.get(f"{url}accorder/").context["notes"]
    assert notes[0].startswith("Règle de l’employeur : 300 jours de préavis, il en reste ")
    assert client.get(url).context["house"] == notes[:1]
    posted = {"version": release.version, "scheme": "MCP"}
    assert client.post(f"{url}accorder/", posted).status_code == 302
