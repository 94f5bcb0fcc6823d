"""Take over missions and lines of budget from tables in a browser, then go on with a mission."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser

from explor.journey.budgets.models import BudgetLine
from explor.journey.missions.models import Mission
from explor.journey.takeovers.models import Takeover
from factories import (
    AssociationFactory,
    FunderFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
)

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

HOME = "/reseau/amont/missions/reprises/"


@pytest.fixture(params=sorted(WAYS))
def officer(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[BrowserVisitor]:
    monkeypatch.setattr(settings, "EXPLOR_DEMO", True)
    network = NetworkFactory(name="Réseau amont", slug="amont")
    OfficerFactory(network=network, person=PersonFactory(email="officer@amont.test"))
    AssociationFactory(network=network, name="Les Jardins de Fenoarivo")
    FunderFactory(name="Région")
    visitor = BrowserVisitor(browser, live_server.url, "officer@amont.test", **WAYS[request.param])
    yield visitor
    visitor.close()


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, str]:
    """Return a table of four missions and one of three lines of budget, some to refuse."""
    missions = (
        "Titre;Association;Pays;Expert;Courriel;Statut;Départ;Retour;État\n"
        f"Réparer;Les Jardins de Fenoarivo;Madagascar;Nora Exemple;nora@val.test;retraitée;"
        f"{day(-9)};{day(4)};partie\n"
        f"Former;Les jardins de Fénoarivos;Mali;Léo Exemple;leo@val.test;retraité;"
        f"{day(40)};{day(50)};préparée\n"
        f"Compter;Rives;Mali;Ida Exemple;ida@val.test;retraitée;{day(50)};{day(40)};préparée\n"
    )
    budgets = (
        "Mission;Financeur;Poste;Prévu\nRéparer;Région;Visa;1 200,50 €\n"
        "Réparer;Région;Visa;12.345\nAutre;Région;Visa;80\n"
    )
    paths = {}
    for what, text in (("missions", missions), ("budgets", budgets)):
        path = tmp_path / f"{what}.csv"
        path.write_text(text, encoding="utf-8")
        paths[what] = str(path)
    return paths


def brought_in(
    officer: BrowserVisitor, what: str, path: str, run_jobs: Callable[[], list[str]]
) -> str:
    officer.read(f"{HOME}importer/")
    officer.page.set_input_files("[name=file]", path)
    officer.page.check(f"[name=what][value={what}]")
    officer.send()
    assert officer.sees("Que contient chaque colonne", "Les premières lignes du fichier")
    officer.send()
    run_jobs()
    return f"{HOME}{Takeover.objects.latest('pk').pk}/"


def test_missions_and_budgets_of_before_are_taken_over(
    officer: BrowserVisitor, tables: dict[str, str], run_jobs: Callable[[], list[str]]
) -> None:
    officer.read("/reseau/amont/missions/").follow("Reprendre l’existant")
    own = brought_in(officer, "missions", tables["missions"], run_jobs)
    officer.read(own)
    assert officer.sees("3 lignes lues : 1 à reprendre", "1 double probable", "1 refusée")
    officer.read(f"{own}?voir=refusees")
    assert officer.sees("Le retour précède le départ.")
    officer.read(own).follow("Reprendre (1)")
    assert officer.sees("Chaque ligne entre dans Explor", "Personne ne reçoit de message")
    officer.send()
    run_jobs()
    mission = Mission.objects.get()
    own = brought_in(officer, "budgets", tables["budgets"], run_jobs)
    officer.read(own)
    assert officer.sees("Total à reprendre", "se lit de deux façons", "Aucune mission du réseau")
    officer.follow("Reprendre (1)").send()
    run_jobs()
    assert BudgetLine.objects.get().mission == mission
    officer.read(f"/reseau/amont/missions/{mission.pk}/")
    assert officer.sees("Reprise de l’existant", "À compléter", "reprise de l’existant")
    assert officer.faults == []


def test_a_wide_table_scrolls_without_widening_the_page(
    officer: BrowserVisitor, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    heads = [f"Une colonne de plus, numéro {n}" for n in range(30)]
    path.write_text(";".join(heads) + "\n" + "Oui" + 29 * ";" + "\n", encoding="utf-8")
    officer.read(f"{HOME}importer/")
    officer.page.set_input_files("[name=file]", str(path))
    officer.page.check("[name=what][value=missions]")
    officer.send()
    assert officer.sees("Les premières lignes du fichier")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert officer.page.evaluate(wide) == 0
