"""Incidents of a mission: withdrawn expert, refused release, red zone, new dates and others."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from explor.ground.mail.models import Message
from explor.journey.missions import tasks
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Proposal
from factories import DecisionFactory, ExpertFactory, NeedFactory

from . import chapters
from .chapters import Run, day
from .conftest import Scene
from .visitor import Visitor


@pytest.fixture
def selected(scene: Scene) -> object:
    """Return a need whose favourable decision is announced."""
    need = NeedFactory(
        network=scene.network, call=scene.call, association=scene.association,
        partner=scene.partner, state="admissible", title="Former les fontainières",
        filed_at=timezone.now(), project__association=scene.association,
    )  # fmt: skip
    DecisionFactory(need=need)
    return need


@pytest.fixture
def ready(scene: Scene, selected: object, run_jobs: Run) -> Mission:
    """Return a fully prepared mission, with current travel advice, that awaits its clearance."""
    proposal = chapters.introduce(scene, selected, run_jobs)
    chapters.say_yes(scene, proposal, run_jobs)
    mission = chapters.release_and_sign(scene, proposal, run_jobs)
    run_jobs()
    chapters.prepare(scene, mission)
    chapters.read_advice(scene, "V")
    return mission


def test_after_an_expert_withdraws_an_expert_in_reserve_can_be_proposed(
    scene: Scene, selected: object, run_jobs: Run
) -> None:
    spare = ExpertFactory(network=scene.network, employer=scene.employer)
    base = f"/reseau/{scene.network.slug}/recherches/{selected.pk}/"
    scene.officer.read(f"{base}reserve/{spare.pk}/").send(rank="1", until=day(60))
    proposal = chapters.introduce(scene, selected, run_jobs)
    chapters.say_yes(scene, proposal, run_jobs)
    scene.professional.read(f"/expert/propositions/{proposal.pk}/desistement/")
    scene.professional.send(reason="Un imprévu familial.")
    run_jobs()
    proposal.refresh_from_db()
    assert proposal.state == "lost"
    scene.officer.read(f"/reseau/{scene.network.slug}/")
    assert scene.officer.sees("Former les fontainières")
    scene.officer.read(base)
    assert scene.officer.sees(spare.person.name)
    scene.officer.read(f"{base}proposer/{spare.pk}/").send(
        start=day(125), end=day(134), override="En réserve depuis le début."
    )
    assert Proposal.objects.get(expert=spare).state == "proposed"


def test_refusing_a_release_ends_the_proposal_and_emails_only_the_network_its_reason(
    scene: Scene, selected: object, run_jobs: Run
) -> None:
    proposal = chapters.introduce(scene, selected, run_jobs)
    chapters.say_yes(scene, proposal, run_jobs)
    run_jobs()
    scene.resources.read(f"/employeur/{scene.employer.slug}/")
    scene.resources.follow("Donner l’accord pour").follow("Refuser")
    scene.resources.send(status=422)
    scene.resources.send(reason="Période de bilan comptable.")
    run_jobs()
    proposal.refresh_from_db()
    assert proposal.state == "lost"
    told = Message.objects.filter(kind="releases.refuse")
    with_reason = told.filter(body__contains="Période de bilan comptable.")
    assert [each.to for each in with_reason] == ["officer@amont.test"]
    assert told.filter(to=scene.expert.person.email).count() == 1


def test_a_red_travel_zone_three_days_before_departure_requires_a_named_override(
    scene: Scene, ready: Mission
) -> None:
    chapters.clear(scene, ready)
    with time_machine.travel(ready.start - timedelta(days=3), tick=False):
        chapters.read_advice(scene, "R")
        tasks.recheck(timestamp=0)
        ready.refresh_from_db()
        assert ready.state == "preparing"
        officer = Visitor(f"officer@{scene.network.slug}.test")
        url = f"/reseau/{scene.network.slug}/missions/{ready.pk}/feu-vert/"
        officer.read(url).send(status=409)
        assert officer.sees("formellement déconseillée", "déroger")
        officer.send(reason="Évacuation organisée, accord écrit.", override_by="Préfet, par lettre")
        ready.refresh_from_db()
        assert (ready.state, ready.override_by) == ("cleared", "Préfet, par lettre")
    assert Message.objects.filter(kind="missions.suspend", urgent=True).count() >= 3


def test_clearing_a_mission_in_an_orange_zone_requires_a_written_reason(
    scene: Scene, ready: Mission
) -> None:
    chapters.read_advice(scene, "O")
    url = f"/reseau/{scene.network.slug}/missions/{ready.pk}/feu-vert/"
    scene.officer.read(url).send(status=409)
    scene.officer.send(reason="Le site est à l’écart de la zone troublée.")
    ready.refresh_from_db()
    assert ready.state == "cleared"


def test_postponing_a_mission_moves_its_checklist_to_the_new_dates(
    scene: Scene, ready: Mission
) -> None:
    chapters.clear(scene, ready)
    base = f"/reseau/{scene.network.slug}/missions/{ready.pk}/"
    scene.officer.read(f"{base}reporter/")
    scene.officer.send(status=409, start=day(200), end=day(203), reason="Pluies.")
    assert scene.officer.sees("La mission dure de 7 à 15 jours sur place.", "Pluies.")
    scene.officer.send(status=409, start=day(200), end=day(209))
    assert scene.officer.sees("Les dates sortent de la fenêtre du besoin")
    scene.officer.send(status=422, window_agreement="Association et personne, au téléphone.")
    assert scene.officer.sees("Ce que ces dates changent")
    scene.officer.send()
    ready.refresh_from_db()
    assert (ready.state, ready.start.isoformat()) == ("preparing", day(200))
    left = [item.code for item in ready.checklist.filter(done_at=None)]
    # the amendment must be signed, and what was done for the former days is done again
    assert left == ["agreement", "tickets", "insurance", "ariane"]
    assert ready.checklist.get(code="tickets").due == ready.start - timedelta(days=30)


@pytest.mark.parametrize(("ending", "state"), [("annuler", "cancelled"), ("a-distance", "remote")])
def test_cancelling_a_mission_or_making_it_remote_records_its_cause_and_cost(
    scene: Scene, ready: Mission, run_jobs: Run, ending: str, state: str
) -> None:
    scene.officer.read(f"/reseau/{scene.network.slug}/missions/{ready.pk}/{ending}/")
    scene.officer.send(cause="ZONE", reason="La route est coupée.", sunk_cost="120,50")
    ready.refresh_from_db()
    assert (ready.state, ready.cause, str(ready.sunk_cost)) == (state, "ZONE", "120.50")
    run_jobs()
    assert hasattr(ready, "report") is (state == "remote")


def test_an_interrupted_mission_closes_without_a_report(scene: Scene, ready: Mission) -> None:
    chapters.clear(scene, ready)
    Mission.objects.filter(pk=ready.pk).update(state="away", start=day(-9), end=day(0))
    base = f"/reseau/{scene.network.slug}/missions/{ready.pk}/"
    scene.officer.read(f"{base}interrompre/")
    scene.officer.send(status=409, cause="SANTE", reason="Fièvre.", on=day(1))
    assert scene.officer.sees("Ce jour est à venir", "Fièvre.")
    scene.officer.send(on=day(-3))
    scene.officer.read(f"{base}clore/").send()
    ready.refresh_from_db()
    assert (ready.state, ready.cause, ready.sunk_cost) == ("closed", "SANTE", None)
    assert ready.returned_on.isoformat() == day(-3)


def test_a_stale_cancellation_of_a_mission_is_refused_and_shown_again_with_the_typed_text(
    scene: Scene, ready: Mission
) -> None:
    url = f"/reseau/{scene.network.slug}/missions/{ready.pk}/annuler/"
    first = Visitor(f"officer@{scene.network.slug}.test").read(url)
    second = Visitor(f"officer@{scene.network.slug}.test").read(url)
    chapters.clear(scene, ready)
    second.send(status=409, cause="ZONE", reason="Un texte long à ne pas perdre.")
    assert second.sees("a changé depuis", "Un texte long à ne pas perdre.")
    first.send(status=409, cause="ZONE", reason="Un autre.")
    ready.refresh_from_db()
    assert ready.state == "cleared"


def test_a_network_does_not_see_the_missions_or_experts_of_another_network(
    scene: Scene, neighbour: Scene, ready: Mission
) -> None:
    theirs = f"/reseau/{scene.network.slug}/"
    assert neighbour.officer.read(theirs, status=404).sees("n’existe pas")
    own = f"/reseau/{neighbour.network.slug}/"
    for page in (f"missions/{ready.pk}/", f"besoins/{ready.need_id}/"):
        neighbour.officer.read(own + page, status=404)
    neighbour.officer.read(f"{own}expertises/")
    assert not neighbour.officer.sees(scene.expert.person.name)
    scene.professional.read(f"/expert/profil/reseaux/{neighbour.network.slug}/autoriser/").send()
    neighbour.officer.read(f"{own}expertises/")
    assert neighbour.officer.sees(scene.expert.person.name)
