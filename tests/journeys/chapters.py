"""Steps shared by the end-to-end tests, each done on the pages by the role concerned."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from explor.ground.travel_advice.actions import record_reading
from explor.ground.travel_advice.models import Advice
from explor.journey.missions.models import ChecklistItem, Mission
from explor.journey.needs.models import Need
from explor.journey.needs.rules import SCREENS
from explor.journey.proposals.models import Proposal
from explor.journey.releases.models import Release
from explor.journey.reports.models import Report
from explor.journey.sheets.models import ProjectSheet
from factories import officer_actor

from .conftest import Scene

Run = Callable[[], list[str]]


def day(count: int) -> str:
    """Return the date `count` days from today, as a form sends it."""
    return (timezone.localdate() + timedelta(days=count)).isoformat()


def describe_a_project(scene: Scene) -> None:
    scene.president.read(f"/association/{scene.association.slug}/projets/nouveau/").send(
        title="De l’eau pour Fenoarivo",
        start="mars 2026",
        locality="Fenoarivo",
        countries=["MG"],
        sectors=["EAU"],
        objectives="Douze fontaines entretenues.",
    )
    assert scene.president.sees("De l’eau pour Fenoarivo", "--")


def file_a_need(scene: Scene, **changes: Any) -> Need:
    """As the association, begin a need, read what is missing, complete and submit it."""
    president = scene.president
    president.read(f"/association/{scene.association.slug}/besoins/nouveau/").send(
        project=scene.association.projects.get().pk,
        call=scene.call.pk,
        title="Former les fontainières",
    )
    need = Need.objects.get(association=scene.association)
    president.read(f"/association/{scene.association.slug}/besoins/{need.pk}/")
    assert president.sees("Avant de déposer", "les objectifs")
    answers = {
        "purpose": "carry_out",
        "mission_type": "FORMATION",
        "objectives": "Former six personnes à l’entretien des fontaines.",
        "expected_results": "Six personnes réparent une pompe ; un carnet existe.",
        "skills": "Hydraulique villageoise",
        "languages": "français B2",
        "partner": scene.partner.pk,
        "window_start": day(120),
        "window_end": day(170),
        "days": 10,
        **changes,
    }
    president.follow("Compléter")
    president.read(f"/association/{scene.association.slug}/besoins/{need.pk}/ecrans/probleme/")
    for screen in SCREENS.values():
        assert president.sees(screen.title)
        president.send(**{name: answers[name] for name in screen.fields if name in answers})
    assert president.sees("Tout est là")
    president.send()
    need.refresh_from_db()
    assert need.state == "filed"
    return need


def declare_admissible(scene: Scene, need: Need, run_jobs: Run) -> None:
    officer = scene.officer.read(f"/reseau/{scene.network.slug}/")
    officer.follow(f"Dire si « {need.title} » est recevable").follow("Examiner la recevabilité")
    officer.send(rest="on", then="accept")
    need.refresh_from_db()
    assert need.state == "admissible"
    assert run_jobs() != []


def decide_and_announce(scene: Scene, need: Need, run_jobs: Run) -> None:
    """Give two members' opinions, then decide; check that nothing shows before the announcement."""
    for reader, score in ((scene.reader, "16"), (scene.second, "14,5")):
        reader.read(f"/comite/{scene.call.slug}/dossiers/{need.pk}/")
        reader.send(verdict="favourable", score=score, comment="Clair et utile.")
    url = f"/reseau/{scene.network.slug}/decisions/{need.pk}/"
    scene.officer.read(url).follow("Enregistrer la décision").send(
        verdict="favourable", letter="Un besoin clair, né du terrain."
    )
    scene.president.read(f"/association/{scene.association.slug}/besoins/{need.pk}/")
    assert not scene.president.sees("Un besoin clair")
    scene.officer.read(url).follow("Annoncer la décision").send()
    run_jobs()
    scene.president.read(f"/association/{scene.association.slug}/besoins/{need.pk}/")
    assert scene.president.sees("Un besoin clair, né du terrain.")


def introduce(scene: Scene, need: Need, run_jobs: Run) -> Proposal:
    """As the officer, read the ranking with its reasons and propose the expert for the need."""
    base = f"/reseau/{scene.network.slug}/recherches/{need.pk}/"
    scene.officer.read(base)
    assert scene.officer.sees(scene.expert.person.name)
    scene.officer.read(f"{base}proposer/{scene.expert.pk}/").send(
        start=day(125), end=day(134), message="Une belle rencontre en vue."
    )
    run_jobs()
    return Proposal.objects.get(need=need)


def say_yes(scene: Scene, proposal: Proposal, run_jobs: Run) -> None:
    """Accept the proposal as the expert, the association and the employer, each on their page."""
    for visitor, home in (
        (scene.professional, "/expert/"),
        (scene.president, f"/association/{scene.association.slug}/"),
        (scene.resources, f"/employeur/{scene.employer.slug}/"),
    ):
        visitor.read(f"{home}propositions/{proposal.pk}/repondre/").send(said="oui")
        run_jobs()
    proposal.refresh_from_db()
    assert proposal.state == "agreed"


def release_and_sign(scene: Scene, proposal: Proposal, run_jobs: Run) -> Mission:
    """Grant the employer's release in a legal scheme, and sign the agreement as each party."""
    run_jobs()
    release = Release.objects.get(proposal=proposal)
    resources = scene.resources.read(f"/employeur/{scene.employer.slug}/")
    resources.follow("Donner l’accord pour")
    assert resources.sees("Mécénat de compétences d’une entreprise", "à vérifier")
    assert not resources.sees("(&#x27;")
    resources.follow("Donner l’accord").send(scheme="MCP")
    run_jobs()
    scene.officer.read(f"/reseau/{scene.network.slug}/mises-a-disposition/{release.pk}/cadre/")
    scene.officer.send()
    for visitor, home in (
        (scene.professional, "/expert/"),
        (scene.president, f"/association/{scene.association.slug}/"),
        (scene.resources, f"/employeur/{scene.employer.slug}/"),
    ):
        visitor.read(f"{home}mises-a-disposition/{release.pk}/signer/")
        visitor.send(agreed="on")
    pdf = scene.professional.client.get(f"/expert/mises-a-disposition/{release.pk}/convention/")
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"
    release.refresh_from_db()
    assert release.state == "agreed"
    return Mission.objects.get(release=release)


def prepare(scene: Scene, mission: Mission) -> None:
    """Tick the checklist as each role, read the travel advice and plan the budget."""
    for item in ChecklistItem.objects.filter(mission=mission).exclude(code="agreement"):
        scene.officer.read(f"/reseau/{scene.network.slug}/missions/points/{item.pk}/")
        extra = {"valid_until": day(900)} if item.code in ("passport", "visa", "insurance") else {}
        scene.officer.send(done="on", **extra)
    scene.officer.read(f"/reseau/{scene.network.slug}/budget/missions/{mission.pk}/")
    scene.officer.send(heading="TRANSPORT", planned="900", committed="850", paid="0")


def read_advice(scene: Scene, zone: str, status: str = "open") -> None:
    """As an officer, record today's travel advice."""
    record_reading(
        country="MG",
        place="Fenoarivo",
        zone=zone,
        country_status=status,
        read_on=timezone.localdate(),
        url="https://conseils.example/madagascar",
        text="Lu ce jour.",
        by=officer_actor(scene.network),
    )
    assert Advice.objects.filter(country="MG").exists()


def clear(scene: Scene, mission: Mission) -> None:
    scene.officer.read(f"/reseau/{scene.network.slug}/missions/{mission.pk}/feu-vert/").send()
    mission.refresh_from_db()
    assert mission.state == "cleared"


def leave_and_come_back(scene: Scene, mission: Mission, run_jobs: Run) -> Report:
    """As the expert, confirm the departure on its day, then the return."""
    with time_machine.travel(mission.start, tick=False):
        read_advice(scene, "V")
        fresh = type(scene.professional)(scene.expert.person.email)
        fresh.read(f"/expert/missions/{mission.pk}/depart/").send()
        mission.refresh_from_db()
        assert mission.state == "away"
    with time_machine.travel(mission.end + timedelta(days=1), tick=False):
        fresh = type(scene.professional)(scene.expert.person.email)
        fresh.read(f"/expert/missions/{mission.pk}/retour/").send()
    mission.refresh_from_db()
    assert mission.state == "returned"
    run_jobs()
    return Report.objects.get(mission=mission)


def report(scene: Scene, mission: Mission, run_jobs: Run) -> Report:
    """Submit the expert's report, collect the evaluations, and accept it as the network."""
    expert, base = scene.professional, f"/expert/missions/{mission.pk}/"
    expert.read(f"{base}recommander/").send(
        text="Tenir le carnet d’entretien chaque semaine.", owner="Le comité", due=day(200)
    )
    expert.read(f"{base}compte-rendu/").send(
        done="Six jours d’atelier.",
        results="Six personnes réparent une pompe.",
        public_summary="Six fontainières formées.",
        public_consent="on",
    )
    expert.read(f"{base}remettre/").send()
    for visitor, home in (
        (expert, "/expert/"),
        (scene.president, f"/association/{scene.association.slug}/"),
    ):
        visitor.read(f"{home}missions/{mission.pk}/evaluer/")
        visitor.send(objectives_met="4", usefulness="5", cooperation="5", comment="Utile.")
    officer = scene.officer.read(f"/reseau/{scene.network.slug}/missions/{mission.pk}/")
    officer.follow("Accepter le compte rendu").send()
    run_jobs()
    return Report.objects.get(mission=mission)


def close_and_publish(scene: Scene, mission: Mission) -> str:
    """Close the mission; the association validates the project sheet, the officer publishes it."""
    base = f"/reseau/{scene.network.slug}/"
    scene.officer.read(f"{base}missions/{mission.pk}/clore/").send()
    scene.officer.read(f"{base}fiches/ecrire/{mission.need.project_id}/").send()
    sheet = ProjectSheet.objects.get(project=mission.need.project_id)
    own = f"/association/{mission.association.slug}/fiches/{sheet.pk}/"
    scene.president.read(f"{own}valider/").send()
    scene.officer.read(f"{base}fiches/{sheet.pk}/").follow("Publier la fiche").send()
    return f"/projets/{sheet.slug}/"
