"""Review the admissibility of needs in a browser, with the keyboard only, wide and on a phone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone
from journeys.conftest import Scene, scene_of
from playwright.sync_api import Browser

from explor.journey.admissibility.models import Note, Review, Supplement
from explor.journey.calls.models import Call, RequestedPaper
from explor.journey.needs.models import Need
from factories import CallFactory, NeedFactory, ProjectFactory

from .keys import Keys
from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

NEEDS = 20
PLACES = ("Fenoarivo", "Sikasso", "Thiès", "Cotonou")
HOME = "/reseau/amont/recevabilite/"


@pytest.fixture(params=["phone", "wide"])
def stage(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Scene]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    scene = scene_of("amont")
    Call.objects.update(needs_per_association=NEEDS, eligibility={"pays": ["MG", "SN"]})
    RequestedPaper.objects.create(call=scene.call, label="Rapport d’activité", needed=False)
    project = ProjectFactory(association=scene.association)
    for number in range(NEEDS):
        NeedFactory(
            network=scene.network,
            association=scene.association,
            project=project,
            partner=scene.partner,
            call=scene.call,
            state="filed",
            title=f"Former à {PLACES[number % 4]}, {number + 1:02d}",
            filed_at=timezone.now() - timedelta(days=NEEDS - number),
            country="TG" if number == NEEDS - 1 else "MG",
        )
    for role in ("officer", "president"):
        way = WAYS[request.param]
        visitor = BrowserVisitor(browser, live_server.url, f"{role}@amont.test", **way)
        setattr(scene, role, visitor)
    yield scene
    scene.officer.close()
    scene.president.close()


def path(visitor: BrowserVisitor) -> str:
    return urlsplit(visitor.url).path


def admit(keys: Keys) -> None:
    """Press « Oui à tout », then submit."""
    keys.over_the_menu().to("[name=rest]").press("Space")
    keys.to("main button[type=submit]").enter()


def test_an_officer_can_accept_twenty_needs_with_the_keyboard_only(stage: Scene) -> None:
    officer = stage.officer
    needs = list(Need.objects.order_by("filed_at"))
    officer.read(HOME)
    keys = Keys(officer)
    keys.over_the_menu().to(f"a[href='{needs[0].pk}/']").enter()
    for need in needs[:14]:
        assert path(officer) == f"{HOME}{need.pk}/"
        admit(keys)
    assert keys.pressed < 14 * 40
    assert Need.objects.filter(state="admissible").count() == 14

    officer.read(f"{HOME}{needs[14].pk}/")
    keys.over_the_menu().to("a[href$='/noter/']").enter()
    keys.over_the_menu().to("textarea[name=text]").type("Appeler lundi.")
    keys.to("main button[type=submit]").enter()
    assert Note.objects.count() == 1
    for need in needs[14:16]:
        keys.over_the_menu().to("a[href$='/demander/']").enter()
        keys.over_the_menu().to("textarea[name=message]").type("Tout est clair, sauf un point.")
        keys.to("[name=on_objectives]").type("Pour combien de personnes ?")
        keys.to("main button[type=submit]").enter()
        assert Supplement.objects.filter(need=need).exists()
    for _ in needs[16:19]:
        keys.over_the_menu().to("a[href$='/refuser/']").enter()
        keys.over_the_menu().to("[name=ground]").press("ArrowDown", "ArrowDown")
        keys.to("textarea[name=words]").type("Il faudrait six mois.")
        keys.to("main button[type=submit]").enter()
    assert Need.objects.filter(state="inadmissible").count() == 3

    assert path(officer) == f"{HOME}{needs[19].pk}/"
    admit(keys)
    assert officer.sees("Rien n’a été enregistré", "L’appel ne couvre pas ce pays : Togo.")
    keys.to("[name=waiver]").type("Accord de la coordination.")
    keys.to("main button[type=submit]").enter()
    assert officer.sees("Plus rien n’attend.", "Rien n’attend ici")
    assert Review.objects.get(need=needs[19]).answers != {}
    assert officer.faults == []


def test_an_association_answers_supplements_and_the_officer_reads_the_answers(stage: Scene) -> None:
    first = Need.objects.order_by("filed_at")[0]
    officer, president = stage.officer, stage.president
    officer.read(f"{HOME}{first.pk}/").follow("Demander des compléments")
    officer.send(message="Un point manque.", on_objectives="Pour combien de personnes ?")
    president.read("/association/rivages/", 404)
    home = f"/association/{stage.association.slug}/"
    president.read(home).follow("Donner les compléments de")
    item = Supplement.objects.get().items.get()
    president.send(**{f"text_{item.pk}": ""}, done="on")
    assert president.sees("mais pas encore rendu", "Objectifs")
    president.send(**{f"text_{item.pk}": "Six personnes."}, done="on")
    assert president.sees("Vos compléments sont rendus")
    president.read(f"{home}pieces/{first.pk}/")
    officer.read(f"{HOME}{first.pk}/")
    assert officer.sees("Six personnes.")
    officer.read(f"{HOME}repartition/").read(f"{HOME}tardifs/")
    assert officer.faults + president.faults == []


def test_several_needs_are_accepted_together_from_the_list(stage: Scene) -> None:
    officer = stage.officer
    ready = Need.objects.order_by("filed_at")[:3]
    for need in ready:
        answers = {q: {"verdict": "yes", "remark": ""} for q in need.call.questions}
        Review.objects.create(need=need, answers=answers)
    officer.read(HOME)
    for row in range(4):
        officer.page.locator("[name=lines]").nth(row).check()
    with officer.page.expect_navigation():
        officer.page.get_by_role("button", name="Faire").click()
    assert officer.sees("C’est fait", "Laissés en attente", "Répondez à :")
    officer._inspect()
    assert Need.objects.filter(state="admissible").count() == 3
    assert officer.faults == []


def test_an_officer_configures_a_call_for_projects(stage: Scene) -> None:
    call = CallFactory(network=stage.network, presentation="Pour toutes les associations.")
    base = f"/reseau/amont/appels/{call.pk}/"
    officer = stage.officer
    officer.read(f"{base}regles/age/").send(on="on", value=2)
    assert officer.sees("L’association existe depuis 2 ans au moins.")
    officer.read(f"{base}regles/pays/").read(f"{base}regles/regions/")
    officer.read(f"{base}documents/").send(papers="nécessaire ; Statuts ; Signés")
    officer.read(f"{base}calendrier/").send(milestones="12/01/2027 ; Réunion d’information")
    officer.read(f"{base}grille/").send(criteria="3 ; Utilité ; Le terrain\n- Aucune\n- Réelle")
    officer.read(f"{base}questions/").read(f"{base}copier/").read(f"{base}partager/")
    officer.read(f"/dispositif/appels/{call.slug}/")
    assert officer.sees("Statuts", "Réunion d’information", "Aucune", "en exemple")
    officer.read("/dispositif/appels/")
    assert officer.faults == []
