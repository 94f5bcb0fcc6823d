"""Import two hundred members from a table in a browser, then undo the import."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser

from explor.actors.member_imports.models import MemberImport, MemberLine
from explor.actors.networks.models import Coordinator, Network
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.mail.models import Message
from factories import (
    AssociationFactory,
    DecisionFactory,
    NetworkFactory,
    OfficerFactory,
    PersonFactory,
)

from .test_from_need_to_clearance import WAYS
from .visitor import BrowserVisitor

MEMBERS = 200
HOME = "/reseau/amont/organisations/adhesions/"


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
    visitor = BrowserVisitor(browser, live_server.url, "officer@amont.test", **WAYS[request.param])
    yield visitor
    visitor.close()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table of 200 rows: ten invalid addresses, five duplicates, one without a name."""
    rows = ["Nom;CP;Commune;Mail;Numéro RNA;Divers"]
    for number in range(MEMBERS - 6):
        mail = "pas une adresse" if number % 20 == 3 else f"contact{number}@exemple.test"
        rows.append(f"Structure {number * 7919:x};69007;Lyon;{mail};;à nous")
    rows += ["Les jardins de Fénoarivo;69007;Lyon;;;"]
    rows += ["Structure 0;69007;Lyon;;;"] * 4 + [";69007;Lyon;;;"]
    path = tmp_path / "adherents.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def press(officer: BrowserVisitor, label: str) -> None:
    with officer.page.expect_navigation():
        officer.page.locator("main").get_by_role("button", name=label).first.click()
    officer._show(200, 200)


def test_two_hundred_members_are_imported_then_the_import_is_undone(
    officer: BrowserVisitor, table: Path, run_jobs: Callable[[], list[str]]
) -> None:
    officer.read("/reseau/amont/organisations/").follow("Importer un fichier")
    officer.follow("Importer un fichier")
    officer.page.set_input_files("[name=file]", str(table))
    officer.page.check("[name=what][value=association]")
    officer.send()
    assert officer.sees("Que contient chaque colonne", "Les premières lignes du fichier")
    officer.send()
    run_jobs()
    batch = MemberImport.objects.get()
    own = f"{HOME}fichiers/{batch.pk}/"
    officer.read(own)
    assert officer.sees("200 lignes lues : 194 à inscrire", "5 doubles probables", "1 refusée")
    officer.read(f"{own}?voir=fautes")
    assert officer.sees("Son adresse électronique", "pas une adresse")
    officer.read(f"{own}?voir=doubles")
    assert officer.sees("Ressemble à « Les Jardins de Fenoarivo »")
    press(officer, "L’inscrire quand même")
    assert MemberLine.objects.filter(keep=True).count() == 1
    officer.read(own).follow("Inscrire (195)")
    assert officer.sees("195 lignes à faire", "Chaque structure est inscrite")
    officer.send()
    run_jobs()
    officer.read(own)
    assert officer.sees("195 inscrites", "Inviter (")
    assert (Organisation.objects.count(), Message.objects.count()) == (196, 0)
    officer.read(f"{own}inviter/")
    officer.read(own).follow("Annuler tout l’import").send()
    run_jobs()
    officer.read(own)
    assert officer.sees("Tout ce qu’il avait créé est effacé")
    assert [each.name for each in Organisation.objects.all()] == ["Les Jardins de Fenoarivo"]
    assert officer.faults == []


def test_an_officer_adds_a_paper_cancels_a_transfer_and_merges_duplicates(
    officer: BrowserVisitor,
) -> None:
    network = Network.objects.get()
    one = AssociationFactory(network=network, name="Rives", state="registered")
    two = AssociationFactory(network=network, name="Rives")
    NetworkFactory(name="Aval")
    home = "/reseau/amont/organisations/"
    officer.read(f"{home}{one.pk}/").follow("Ajouter une pièce")
    officer.send(kind="statuts", dated="2025-01-10", valid_until="2028-01-10")
    assert officer.sees("vue sur papier", "en vigueur")
    officer.follow("Transférer à un autre réseau")
    aval = Network.objects.get(name="Aval")
    officer.send(receiver=aval.pk, message="Elle déménage.")
    assert officer.sees("Les trois accords", "on attend sa réponse")
    officer.follow("Abandonner la demande").send()
    officer.read(f"{home}transferts/").read(f"{home}doubles/").follow("Comparer")
    officer.send(sure="on")
    assert officer.sees("Les deux fiches n’en font plus qu’une")
    assert Organisation.objects.filter(pk__in=[one.pk, two.pk]).count() == 1
    assert officer.faults == []


def test_the_coordination_sees_the_decisions_on_needs_by_association_size(
    officer: BrowserVisitor,
) -> None:
    Coordinator.objects.create(person=Person.objects.get(email="officer@amont.test"))
    filed, network = timezone.now() - timedelta(days=60), Network.objects.get()
    for headcount in (0, 0, 0, 0, 0, 9, 9, 9, 9, 9):
        owner = AssociationFactory(network=network, headcount=headcount)
        DecisionFactory(need__association=owner, need__network=network, need__filed_at=filed)
    officer.read("/coordination/egalite/").follow("Ce que deviennent les dossiers")
    assert officer.sees("Sans salariée ni salarié", "10 sur 10")
    assert officer.faults == []
