"""Missions that began before Explor: read, tied, made, gone on with, undone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.mail.models import Message
from explor.journey.calls.models import Call
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Answer
from explor.journey.releases.models import Agreement, Signature
from explor.journey.takeovers import actions
from explor.journey.takeovers.models import Takeover
from factories import AssociationFactory, NetworkFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]
HEAD = (
    "N°;Titre de la mission;Association;SIREN;Pays;Lieu;Expert;Courriel;Statut;Employeur;Cadre;"
    "Date de départ;Date de retour;État;Convention\n"
)
ROOT = "/reseau/alizes/missions/reprises/"


def on(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def row(**said: Any) -> str:
    """Return a line of the file, of a mission in preparation that leaves in forty days."""
    given = {
        "number": "2026-7",
        "title": "Réparer les fontaines",
        "association": "Rives et Sources",
        "siren": "732829320",
        "country": "Madagascar",
        "place": "Fenoarivo",
        "expert": "Nora Exemple",
        "email": "nora@val.test",
        "employment": "titulaire",
        "employer": "Ville de Valbourg",
        "scheme": "MAD",
        "start": on(40),
        "end": on(50),
        "state": "préparée",
        "signed": "non",
    } | said
    days = {name: f"{day:%d/%m/%Y}" for name, day in given.items() if isinstance(day, date)}
    return ";".join(str(value) for value in (given | days).values()) + "\n"


RETURNED = {
    "number": "2026-3", "title": "Former les relais", "expert": "Léo Exemple",
    "email": "leo@val.test", "start": on(-30), "end": on(-20), "state": "revenue",
    "signed": "oui",
}  # fmt: skip


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes", name="Alizés")


def read(network: Any, run_jobs: Run, *rows: str, name: str = "missions.csv") -> Any:
    batch = actions.upload(
        network=network,
        what="missions",
        name=name,
        content=(HEAD + "".join(rows)).encode(),
        by=officer_actor(network),
    )
    actions.read(batch, by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    return batch


def taken_over(network: Any, run_jobs: Run, *rows: str) -> Any:
    batch = read(network, run_jobs, *rows)
    actions.make(batch, by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    return batch


def test_missions_in_two_states_are_taken_over_by_the_pages(network: Any, run_jobs: Run) -> None:
    known = AssociationFactory(network=network, name="Rives", siren="732829320", state="verified")
    client = wearing(officer_actor(network))
    assert "Reprendre l’existant" in client.get("/reseau/alizes/missions/").content.decode()
    content = (HEAD + row() + row(**RETURNED)).encode()
    sent = {"what": "missions", "file": SimpleUploadedFile("missions.csv", content)}
    assert "Fenoarivo" in client.post(f"{ROOT}importer/", sent, follow=True).content.decode()
    batch = Takeover.objects.get()
    own = f"{ROOT}{batch.pk}/"
    fields = [batch.chosen.get(column["name"], "") for column in batch.columns]
    form = {f"c{at}": name for at, name in enumerate(fields)} | {"version": 0}
    assert client.post(f"{own}colonnes/", form).url == own
    run_jobs()
    page = " ".join(client.get(own).content.decode().split())
    assert "2 lignes lues : 2 à reprendre" in page
    assert "« Rives », connue par son numéro" in page
    assert "« Ville de Valbourg », à inscrire, à vérifier ensuite" in page
    assert Mission.objects.count() == 0
    batch.refresh_from_db()
    assert client.post(f"{own}reprendre/", {"version": batch.version}).url == own
    run_jobs()
    first, second = Mission.objects.order_by("pk")
    assert (first.state, first.departed_on, first.release.state) == ("preparing", None, "taken_over")
    assert (second.state, second.departed_on, second.returned_on, second.release.state) == (
        "returned", on(-30), on(-20), "agreed",
    )  # fmt: skip
    assert first.association == second.association == known
    assert first.employer == second.employer == Organisation.objects.get(kind="employeur")
    assert first.employer.state == "registered"
    assert (first.checklist.exists(), second.checklist.exists()) == (True, False)
    assert second.report.due is None
    for mission in (first, second):
        shown = client.get(f"/reseau/alizes/missions/{mission.pk}/")
        text = " ".join(shown.content.decode().split())
        assert "Reprise de l’existant" in text
        assert "À compléter" in text
        assert "acceptée par les trois" not in text


def test_a_mission_taken_over_invents_no_act_and_writes_to_nobody(
    network: Any, run_jobs: Run
) -> None:
    taken_over(network, run_jobs, row(signed="oui"), row(**RETURNED))
    assert Message.objects.count() == 0
    for never in (Decision, Answer, Agreement, Signature):
        assert never.objects.count() == 0
    mission = Mission.objects.order_by("pk").first()
    assert mission is not None
    rows = [mission, mission.release, mission.release.proposal, mission.need, mission.expert]
    for subject in rows:
        assert [entry.verb for entry in Entry.objects.about(subject)] == ["take_over"]
    entry = Entry.objects.about(mission).get()
    assert (entry.name, entry.acting_for, entry.details["line"]) == ("Explor", "missions.csv", 2)
    call = Call.objects.get()
    assert (call.title, call.state, call.of_taken_over) == (
        "Missions d’avant Explor", "ended", True,
    )  # fmt: skip
    person = Person.objects.get(email="nora@val.test")
    expert = Expert.objects.get(person=person)
    assert (expert.state, expert.consents.count(), person.has_usable_password()) == (
        "draft", 0, False,
    )  # fmt: skip


def test_a_file_taken_over_twice_creates_nothing_twice(network: Any, run_jobs: Run) -> None:
    taken_over(network, run_jobs, row(), row(**RETURNED))
    again = read(network, run_jobs, row(), row(**RETURNED))
    assert [line.certain for line in again.lines.all()] == [True, True]
    assert again.lines.first().duplicate.startswith("Déjà reprise : M-")
    unnumbered = read(network, run_jobs, row(number=""), row(**RETURNED | {"number": ""}))
    assert [line.certain for line in unnumbered.lines.all()] == [True, True]
    counts = (Mission, 2), (Organisation, 2), (Expert, 2), (Call, 1)
    assert [(model, model.objects.count()) for model, _ in counts] == list(counts)


def test_undoing_a_takeover_erases_all_that_it_created(network: Any, run_jobs: Run) -> None:
    batch = taken_over(network, run_jobs, row(), row(**RETURNED))
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    left = (Mission, Organisation, Expert)
    assert [model.objects.count() for model in left] == [0, 0, 0]
    assert not Person.objects.filter(email__endswith="@val.test").exists()
