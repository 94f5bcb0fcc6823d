"""What goes on by the ordinary verbs after a mission was taken over."""

from typing import Any

import pytest
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.ground.mail.models import Message
from explor.journey.calls.models import Call
from explor.journey.decisions.models import Decision
from explor.journey.missions import actions as missions
from explor.journey.missions.models import Mission
from explor.journey.missions.rules import missing_to_close, unready
from explor.journey.needs.models import Need
from explor.journey.releases import actions as releases
from explor.journey.reports.models import Recommendation
from explor.journey.takeovers.rules import left_to_complete
from factories import (
    MemberFactory,
    NetworkFactory,
    association_actor,
    expert_actor,
    officer_actor,
    wearing,
)

from .support import Run, back, on, row, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes", name="Alizés")


def only(network: Any, run_jobs: Run, line: str) -> Mission:
    taken_over(network, run_jobs, line)
    return Mission.objects.get()


def test_a_mission_that_left_comes_back_is_reported_and_closed(network: Any, run_jobs: Run) -> None:
    mission = only(network, run_jobs, row(start=on(-9), end=on(2), state="partie"))
    officer = officer_actor(network)
    missions.come_back(mission, by=officer, on=on(-1))
    run_jobs()
    assert (mission.state, mission.report.state) == ("returned", "draft")
    assert Message.objects.filter(to="nora@val.test").exists()
    client = wearing(expert_actor(mission.expert))
    page = client.get(f"/expert/missions/{mission.pk}/")
    assert page.status_code == 200
    assert missing_to_close(mission) == ["Le compte rendu n’est pas encore accepté."]
    Recommendation.objects.create(mission=mission, text="Suivre", owner="Rives", due=on(90))
    mission.report.state = "accepted"
    mission.report.save()
    missions.close(mission, by=officer)
    assert (mission.state, mission.closed_from) == ("closed", "returned")


def test_a_prepared_mission_is_cleared_only_once_its_employer_agreed_here(
    network: Any, run_jobs: Run
) -> None:
    mission = only(network, run_jobs, row())
    today = timezone.localdate()
    assert "La convention n’est pas signée par toutes les parties." in unready(mission, today)
    assert "L’accord de l’employeur, avec le cadre du départ, puis la convention." in (
        left_to_complete(mission)
    )
    officer = officer_actor(network)
    page = wearing(officer).get(f"/reseau/alizes/mises-a-disposition/{mission.release_id}/")
    assert "repris, à compléter" in page.content.decode()
    releases.approve(mission.release, by=officer, scheme="CP")
    run_jobs()
    mission.release.refresh_from_db()
    assert (mission.release.state, mission.release.agreement.title) == ("approved", "Convention")
    assert Mission.objects.count() == 1


def test_a_mission_signed_before_is_postponed_with_a_first_agreement(
    network: Any, run_jobs: Run
) -> None:
    mission = only(network, run_jobs, row(signed="oui", scheme="CP"))
    assert (mission.release.state, mission.release.state_label) == (
        "agreed", "convention signée avant Explor",
    )  # fmt: skip
    assert mission.checklist.get(code="agreement").done_at is not None
    missions.postpone(
        mission, by=officer_actor(network), start=on(60), end=on(70), reason="Pluies.",
        window_agreement="Par téléphone.",
    )  # fmt: skip
    run_jobs()
    mission.release.refresh_from_db()
    assert mission.release.state == "approved"
    assert mission.release.agreement.title == "Convention"
    assert mission.checklist.get(code="agreement").done_at is None


def test_a_cancelled_mission_frees_its_seat_and_ends_its_release(
    network: Any, run_jobs: Run
) -> None:
    mission = only(network, run_jobs, row())
    missions.cancel(mission, by=officer_actor(network), cause="ZONE", reason="Zone fermée.")
    run_jobs()
    mission.refresh_from_db()
    assert (mission.state, mission.release.state, mission.release.proposal.state) == (
        "cancelled", "ended", "freed",
    )  # fmt: skip


def test_no_list_of_calls_nor_committee_knows_a_need_taken_over(
    network: Any, run_jobs: Run
) -> None:
    mission = only(network, run_jobs, back())
    officer = wearing(officer_actor(network))
    call = Call.objects.get()
    assert call.title not in officer.get("/reseau/alizes/appels/").content.decode()
    assert officer.get(f"/appels/{call.slug}/").status_code == 404
    assert (Need.objects.counted().count(), Decision.objects.count()) == (0, 0)
    page = officer.get(f"/reseau/alizes/besoins/{mission.need_id}/")
    text = page.content.decode()
    assert (page.status_code, "Repris de l’existant" in text, "Comité" in text) == (
        200, True, False,
    )  # fmt: skip
    assert Organisation.objects.get(kind="association").state == "registered"


@pytest.mark.parametrize("state", ["préparée", "partie", "revenue", "close"])
def test_each_state_has_its_page_for_each_party(network: Any, run_jobs: Run, state: str) -> None:
    days = {
        "préparée": (on(40), on(50)), "partie": (on(-3), on(9)), "revenue": (on(-30), on(-20)),
        "close": (on(-400), on(-390)),
    }[state]  # fmt: skip
    mission = only(network, run_jobs, row(start=days[0], end=days[1], state=state))
    proposal = mission.release.proposal
    officer = wearing(officer_actor(network))
    for url in (
        f"missions/{mission.pk}/",
        f"mises-a-disposition/{mission.release_id}/",
        f"propositions/{proposal.pk}/",
        f"besoins/{mission.need_id}/",
        "missions/",
        "",
    ):
        assert (url, officer.get(f"/reseau/alizes/{url}").status_code) == (url, 200)
    text = officer.get(f"/reseau/alizes/missions/{mission.pk}/").content.decode()
    assert ("Préparation</caption>" in text, "Mise en relation" in text) == (
        state == "préparée", False,
    )  # fmt: skip
    expert = wearing(expert_actor(mission.expert))
    for url in ("", "missions/", f"missions/{mission.pk}/", f"propositions/{proposal.pk}/"):
        page = expert.get(f"/expert/{url}")
        assert (url, page.status_code) == (url, 200)
        assert "acceptée par les trois" not in page.content.decode()


def test_no_page_of_a_need_taken_over_speaks_of_its_admissibility(
    network: Any, run_jobs: Run
) -> None:
    need = only(network, run_jobs, row()).need
    MemberFactory(organisation=need.association)
    association = association_actor(need.association)
    for actor, url in (
        (officer_actor(network), f"/reseau/alizes/besoins/{need.pk}/"),
        (association, f"/association/{need.association.slug}/besoins/{need.pk}/"),
    ):
        page = wearing(actor).get(url).content.decode()
        assert need.title in page
        assert "Dépôt dans les dates de l’appel" not in page
        assert "recevabilité" not in page
