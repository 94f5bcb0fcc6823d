"""Missions that began before Explor: read, resolved, created, continued, undone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from explor.actors.experts.models import Expert
from explor.actors.member_imports import actions as members
from explor.actors.member_imports.engine import fields_of as member_fields
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.mail.models import Message
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.models import Call
from explor.journey.decisions.models import Decision
from explor.journey.missions.models import Mission
from explor.journey.proposals.models import Answer
from explor.journey.releases.models import Agreement, Signature
from explor.journey.takeovers import actions, engine
from explor.journey.takeovers.models import Takeover
from factories import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    MissionFactory,
    NetworkFactory,
    association_actor,
    officer_actor,
    wearing,
)

from .support import HEAD, ROOT, Run, back, on, read, row, taken_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes", name="Alizés")


def test_missions_in_two_states_are_taken_over_by_the_pages(network: Any, run_jobs: Run) -> None:
    known = AssociationFactory(network=network, name="Rives", siren="732829320", state="verified")
    client = wearing(officer_actor(network))
    assert "Reprendre l’existant" in client.get("/reseau/alizes/missions/").content.decode()
    content = (HEAD + row() + back()).encode()
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
    assert (first.state, first.departed_on, first.release.state) == (
        "preparing",
        None,
        "taken_over",
    )
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
    taken_over(network, run_jobs, row(signed="oui"), back())
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
    taken_over(network, run_jobs, row(), back())
    again = read(network, run_jobs, row(), back())
    assert [line.certain for line in again.lines.all()] == [True, True]
    assert again.lines.first().duplicate.startswith("Déjà reprise : M-")
    unnumbered = read(network, run_jobs, row(number=""), back(number=""))
    assert [line.certain for line in unnumbered.lines.all()] == [True, True]
    counts = (Mission, 2), (Organisation, 2), (Expert, 2), (Call, 1)
    assert [(model, model.objects.count()) for model, _ in counts] == list(counts)


def test_undoing_a_takeover_erases_all_that_it_created(network: Any, run_jobs: Run) -> None:
    batch = taken_over(network, run_jobs, row(), back())
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    left = (Mission, Organisation, Expert)
    assert [model.objects.count() for model in left] == [0, 0, 0]
    assert not Person.objects.filter(email__endswith="@val.test").exists()


def line_of(network: Any, run_jobs: Run, **said: Any) -> Any:
    return read(network, run_jobs, row(**said)).lines.get()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"start": on(50), "end": on(40)}, "Le retour précède le départ."),
        ({"state": "partie"}, f"Dite partie, mais son départ est à venir : le {on(40):%d/%m/%Y}."),
        (
            {"start": on(-9), "end": on(3), "state": "revenue"},
            f"Dite revenue, mais son retour est à venir : le {on(3):%d/%m/%Y}.",
        ),
        (
            {"start": on(-9), "end": on(3)},
            f"Dite à préparer, mais son départ est passé : le {on(-9):%d/%m/%Y}.",
        ),
        ({"end": on(600)}, "Plus de 366 jours : vérifiez les deux dates."),
        ({"state": "annulée"}, "Une mission annulée ne se reprend pas : rien ne continue ici."),
        (
            {"state": "au retour, préparée"},
            "Écrivez « préparée », « partie », « revenue » ou « close ».",
        ),
        ({"start": "45/13/2026"}, "Écrivez une date, comme 31/03/2027."),
        ({"country": "Atlantide"}, "Pas dans la liste."),
        ({"email": "nora chez val"}, "Écrivez une adresse comme nom@exemple.fr."),
        ({"title": "=CMD()"}, "Cette case ressemble à une formule : elle n’est pas reprise."),
        ({"siren": "123"}, "Un SIRET compte 14 chiffres ; vous en donnez 3."),
    ],
)
def test_a_line_that_contradicts_itself_is_refused_with_its_reason(
    network: Any, run_jobs: Run, said: Any, why: str
) -> None:
    batch = read(network, run_jobs, row(**said), back())
    first, second = batch.lines.order_by("number")
    assert (first.content, [fault[2] for fault in first.faults]) == (None, [why])
    assert (second.content is None, second.faults) == (False, [])


def test_names_of_two_hundred_characters_are_kept_and_longer_ones_refused(
    network: Any, run_jobs: Run
) -> None:
    long, more = "é" * 200, "é" * 201
    taken_over(network, run_jobs, row(title=long, association=long, expert=long, employer=long))
    mission = Mission.objects.get()
    names = (
        mission.need.title,
        mission.association.name,
        str(mission.employer),
        str(mission.expert),
    )
    assert names == (long, long, long, long)
    batch = read(network, run_jobs, row(number="8", title=more, email="z@val.test"))
    assert batch.lines.get().content is None


def test_a_known_person_is_recognised_by_their_address_and_a_duplicate_is_shown(
    network: Any, run_jobs: Run
) -> None:
    nora = ExpertFactory(
        network=network, person__name="Nora Exemple", person__email="nora@val.test"
    )
    assert line_of(network, run_jobs).duplicate == ""
    other = line_of(network, run_jobs, email="nora2@val.test")
    assert (other.duplicate, other.certain) == (
        "« Nora Exemple » est déjà ici, à une autre adresse.", False,
    )  # fmt: skip
    renamed = line_of(network, run_jobs, expert="Ida Autre")
    assert renamed.duplicate == "Cette adresse est celle de « Nora Exemple »."
    taken_over(network, run_jobs, row(email="NORA@val.test"))
    assert Mission.objects.get().expert == nora
    assert Expert.objects.count() == 1


def test_a_network_learns_no_name_nor_file_of_another_one(network: Any, run_jobs: Run) -> None:
    hidden = ExpertFactory(person__name="Cachée Ailleurs", person__email="nora@val.test")
    AssociationFactory(name="Ailleurs", siren="732829320")
    line = line_of(network, run_jobs)
    assert [fault[2] for fault in line.faults] == [
        "Cette adresse répond à un autre nom : vérifiez-la avec la personne.",
        "Un autre réseau suit une structure au même numéro : demandez son transfert.",
    ]
    assert "Ailleurs" not in f"{line.links}{line.faults}{line.duplicate}"
    MissionFactory(expert=hidden, start=on(41), end=on(49))
    line = line_of(network, run_jobs, expert="Cachée Ailleurs", siren="")
    assert line.duplicate == "Cette personne est déjà en mission à ces dates."


def test_an_association_of_a_close_name_is_shown_and_never_merged(
    network: Any, run_jobs: Run
) -> None:
    AssociationFactory(network=network, name="Rives et Source", city="Lyon")
    batch = read(network, run_jobs, row())
    line = batch.lines.get()
    assert line.duplicate == (
        "« Rives et Sources » ressemble à « Rives et Source » (Lyon) : la même ? Corrigez le "
        "fichier."
    )
    client = wearing(officer_actor(network))
    client.post(f"/reseau/alizes/missions/lignes-reprises/{line.pk}/", {"oui": ""})
    actions.make(batch, by=officer_actor(network))
    run_jobs()
    assert Organisation.objects.filter(kind="association").count() == 2


def test_a_bad_row_never_loses_the_good_ones(network: Any, run_jobs: Run) -> None:
    clash = back(number="9", email="nora@val.test", expert="Nora Exemple", start=on(-25))
    same = back(number="10", email="nora@val.test", expert="Nora Exemple", end=on(-22))
    batch = taken_over(network, run_jobs, row(state="?"), same, clash, back())
    made = [line.made for line in batch.lines.order_by("number")]
    assert (batch.state, made) == ("made", [False, True, False, True])
    assert "déjà" in batch.lines.get(number=4).duplicate


def test_only_the_officers_of_the_network_see_what_it_takes_over(
    network: Any, run_jobs: Run
) -> None:
    batch = taken_over(network, run_jobs, row())
    stranger = wearing(officer_actor(NetworkFactory(slug="brises")))
    for page in ("", "colonnes/", "reprendre/", "annuler/", "fautes.csv"):
        url = f"/reseau/brises/missions/reprises/{batch.pk}/{page}"
        assert (page, stranger.get(url).status_code) == (page, 404)
    mission = Mission.objects.get()
    assert stranger.get(f"/reseau/brises/missions/{mission.pk}/").status_code == 404
    member = wearing(association_actor(mission.association))
    assert member.get(f"{ROOT}{batch.pk}/").status_code == 404
    assert member.get(f"{ROOT}importer/").status_code == 404


def test_an_empty_workbook_is_refused_with_a_sentence(network: Any, run_jobs: Run) -> None:
    client = wearing(officer_actor(network))
    sent = {"what": "missions", "file": SimpleUploadedFile("vide.csv", b" ")}
    page = client.post(f"{ROOT}importer/", sent)
    assert (page.status_code, "Le fichier est vide" in page.content.decode()) == (409, True)
    batch = read(network, run_jobs)
    assert (batch.state, batch.note) == (
        "refused", "Ce tableau n’a que des titres : aucune ligne dessous.",
    )  # fmt: skip


def test_a_mission_used_since_its_import_stays_when_the_import_is_undone(
    network: Any, run_jobs: Run
) -> None:
    batch = taken_over(network, run_jobs, row(), back())
    mission = Mission.objects.get(state="returned")
    BudgetLine.objects.create(mission=mission, heading="VISA", planned=80)
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    assert list(Mission.objects.all()) == [mission]
    assert batch.note == f"Gardées, car elles ont servi depuis : {mission.file_number}."
    assert Person.objects.filter(email__endswith="@val.test").get() == mission.expert.person


def test_the_workbook_to_fill_is_read_sheet_by_sheet(network: Any, run_jobs: Run) -> None:
    client = wearing(officer_actor(network))
    content = client.get(f"{ROOT}classeur.xlsx").content
    by = officer_actor(network)
    for what in ("missions", "budgets"):
        batch = actions.upload(network=network, what=what, name="x.xlsx", content=content, by=by)
        names = list(engine.fields_of(what))
        assert [batch.chosen.get(each["name"]) for each in batch.columns] == names
    for what in ("association", "expert"):
        sent = members.upload(network=network, what=what, name="x.xlsx", content=content, by=by)
        assert {*sent.chosen.values()} == {*member_fields(what)}


def test_what_is_known_agrees_with_its_sort(network: Any, run_jobs: Run) -> None:
    AssociationFactory(network=network, name="Rives et Sources", siren="732829320")
    EmployerFactory(network=network, name="Ville de Valbourg")
    (line,) = read(network, run_jobs, row()).lines.all()
    assert dict(line.links)["Association"] == "« Rives et Sources », connue par son numéro"
    assert dict(line.links)["Son employeur"] == "« Ville de Valbourg », connu par son nom"


def test_the_employer_of_an_official_is_a_public_one(network: Any, run_jobs: Run) -> None:
    taken_over(
        network,
        run_jobs,
        row(),
        back(employer="Atelier du Val", employment="CDI", scheme="mécénat"),
    )
    employers = Organisation.objects.filter(kind="employeur").order_by("name")
    assert list(employers.values_list("name", "is_public")) == [
        ("Atelier du Val", False), ("Ville de Valbourg", True),
    ]  # fmt: skip
