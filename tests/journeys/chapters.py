"""The chapters that stories share, each played through the pages by whoever plays it in life."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from explor.journey.introductions.models import Introduction
from explor.journey.needs.models import Need

from .conftest import Scene

Run = Callable[[], list[str]]


def day(count: int) -> str:
    """A day counted from today, as a form sends it."""
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
    """The association begins a need, is told what is missing, completes it and files it."""
    president = scene.president
    president.read(f"/association/{scene.association.slug}/besoins/nouveau/").send(
        project=scene.association.projects.get().pk,
        call=scene.call.pk,
        title="Former les fontainières",
    )
    need = Need.objects.get(association=scene.association)
    president.read(f"/association/{scene.association.slug}/besoins/{need.pk}/")
    assert president.sees("Avant de déposer", "les objectifs")
    president.follow("Compléter").send(
        **{
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
    )
    president.follow("Déposer le besoin").send()
    need.refresh_from_db()
    assert need.state == "filed"
    return need


def declare_admissible(scene: Scene, need: Need, run_jobs: Run) -> None:
    officer = scene.officer.read(f"/reseau/{scene.network.slug}/")
    officer.follow(f"Dire si « {need.title} » est recevable").follow("Déclarer recevable").send()
    need.refresh_from_db()
    assert need.state == "admissible"
    assert run_jobs() != []


def decide_and_announce(scene: Scene, need: Need, run_jobs: Run) -> None:
    """Two members opine; the network decides; nobody knows until it announces."""
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


def introduce(scene: Scene, need: Need, run_jobs: Run) -> Introduction:
    """The officer reads the ranking and its reasons, and introduces the expert."""
    base = f"/reseau/{scene.network.slug}/recherches/{need.pk}/"
    scene.officer.read(base)
    assert scene.officer.sees(scene.expert.person.name)
    scene.officer.read(f"{base}proposer/{scene.expert.pk}/").send(
        start=day(125), end=day(134), message="Une belle rencontre en vue."
    )
    run_jobs()
    return Introduction.objects.get(need=need)


def say_yes(scene: Scene, introduction: Introduction, run_jobs: Run) -> None:
    """The three say yes, each on their own page."""
    for visitor, home in (
        (scene.professional, "/expert/"),
        (scene.president, f"/association/{scene.association.slug}/"),
        (scene.resources, f"/employeur/{scene.employer.slug}/"),
    ):
        visitor.read(f"{home}propositions/{introduction.pk}/repondre/").send(said="oui")
        run_jobs()
    introduction.refresh_from_db()
    assert introduction.state == "agreed"
