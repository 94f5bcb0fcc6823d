"""Imports of members: columns, errors, duplicates, stop, resume, invitations, undo."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.member_imports import actions, pages, rules
from explor.actors.member_imports.models import MemberImport, MemberLine
from explor.actors.organisations import actions as organisations
from explor.actors.organisations.models import Organisation
from explor.ground.accounts.actions import accept_invitation, invite
from explor.ground.accounts.models import Invitation
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions as imports
from explor.ground.mail.models import Message
from explor.ground.privacy.actions import purge
from explor.ground.rights.actions import erase_account
from explor.ground.rights.rules import actor_of
from factories import (
    AssociationFactory,
    EmployerFactory,
    ExpertFactory,
    MemberFactory,
    NetworkFactory,
    PersonFactory,
    association_actor,
    expert_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]
HEAD = "Nom;SIRET;CP;Ville;Courriel;Code secret\n"
FILE = (
    HEAD + "Rives et Sources;73282932000074;69007;Lyon;ines@rives.test;0000\n"
    "Les Jardins;;1000;Bourg;;\n"
    "Mauvais numéro;73282932000075;69007;Lyon;pas une adresse;\n"
    ";;69001;Lyon;;\n"
    "=CMD();;69001;Lyon;;\n"
    "Rives & Sources;73282932000074;69007;Lyon;;\n"
)
EXPERTS = (
    "Prénom et nom;E-mail;Métier;Langues;Employeur;Note privée\n"
    "Nora Exemple;NORA@val.test;Hydrologue;portugais B1;ATELIERS du Val;divorcée\n"
    "Sans adresse;;Maçonne;;;\n"
)


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes", name="Alizés")


def batch_of(
    network: Any, content: str | bytes = FILE, what: str = "association", **kw: Any
) -> Any:
    data = content.encode() if isinstance(content, str) else content
    name = kw.get("name", "adherents.csv")
    by = officer_actor(network)
    return actions.upload(network=network, what=what, name=name, content=data, by=by)


def read(network: Any, run_jobs: Run, **given: Any) -> Any:
    batch = actions.read(batch_of(network, **given), by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    return batch


def enrolled(network: Any, run_jobs: Run, **given: Any) -> Any:
    batch = actions.make(read(network, run_jobs, **given), by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    return batch


def test_undoing_an_import_erases_the_organisations_that_it_created(
    network: Any, run_jobs: Run
) -> None:
    client = wearing(officer_actor(network))
    root = "/reseau/alizes/organisations/adhesions/"
    assert "Aucun import" in client.get(root).content.decode()
    sent = {"what": "association", "file": SimpleUploadedFile("adherents.csv", FILE.encode())}
    page = client.post(f"{root}importer/", sent, follow=True)
    assert "Rives et Sources" in page.content.decode()
    batch = MemberImport.objects.get()
    assert batch.chosen == {
        "Nom": "name", "SIRET": "siret", "CP": "postcode", "Ville": "city",
        "Courriel": "contact_email",
    }  # fmt: skip
    own = f"{root}fichiers/{batch.pk}/"
    fields = [batch.chosen.get(column["name"], "") for column in batch.columns]
    form = {f"c{at}": name for at, name in enumerate(fields)} | {"version": 0}
    assert client.post(f"{own}colonnes/", form | {"c1": "name"}).status_code == 422
    assert client.post(f"{own}colonnes/", form).url == own
    assert Organisation.objects.count() == 0
    run_jobs()
    page = " ".join(client.get(own).content.decode().split())
    assert "5 lignes lues : 3 à inscrire" in page.replace("6 lignes", "5 lignes")
    batch.refresh_from_db()
    assert client.post(f"{own}inscrire/", {"version": batch.version}).url == own
    run_jobs()
    batch.refresh_from_db()
    made = Organisation.objects.order_by("pk").values_list("name", "state", "postcode", "siret")
    assert list(made) == [
        ("Rives et Sources", "registered", "69007", "73282932000074"),
        ("Les Jardins", "registered", "01000", ""),
        ("Mauvais numéro", "registered", "69007", ""),
    ]
    assert (batch.state, batch.file.name, batch.preview) == ("made", "", [])
    assert (Message.objects.count(), Invitation.objects.count()) == (0, 0)
    assert client.post(f"{own}annuler/", {"version": batch.version}).url == own
    run_jobs()
    assert (Organisation.objects.count(), MemberLine.objects.count()) == (0, 0)
    assert "Tout ce qu’il avait créé est effacé" in client.get(own).content.decode()


def test_errors_of_an_imported_file_are_listed_by_line_and_field(
    network: Any, run_jobs: Run
) -> None:
    batch = read(network, run_jobs)
    labels = {line.number: [fault[0] for fault in line.faults] for line in batch.lines.all()}
    assert labels == {2: [], 3: [], 4: ["SIRET", "Son adresse électronique"], 5: ["Nom"],
                    6: ["Nom"], 7: []}  # fmt: skip
    line = batch.lines.get(number=6)
    assert (line.content, line.faults[0][1]) == (None, "=CMD()")
    assert "formule" in line.faults[0][2]
    client = wearing(officer_actor(network))
    own = f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/"
    body = client.get(f"{own}fautes.csv").content.decode()
    assert "'=CMD()" in body
    for kind, count in (("fautes", 3), ("refusees", 2), ("doubles", 1), ("", 6)):
        assert len(client.get(f"{own}?voir={kind}").context["lines"]) == count


def test_columns_of_an_imported_file_that_nobody_mapped_are_not_stored(
    network: Any, run_jobs: Run
) -> None:
    batch = enrolled(network, run_jobs, content=EXPERTS, what="expert")
    line = batch.lines.get(number=2)
    assert line.content == {
        "name": "Nora Exemple", "email": "NORA@val.test", "job": "Hydrologue",
        "languages": [{"code": "pt", "level": "B1"}], "employer": "ATELIERS du Val",
    }  # fmt: skip
    batch.refresh_from_db()
    kept = [batch.preview, batch.file.name, *batch.lines.values_list("content", flat=True)]
    assert "divorcée" not in str(kept)
    assert default_storage.listdir("imports")[1] == []
    assert (Expert.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("known", "row", "why", "certain"),
    [
        ({"siret": "73282932000074"}, "X;73282932000074;;;", "Même SIRET que « Rives »", True),
        ({"siren": "732829320"}, "X;73282932000074;;;", "Même SIREN que « Rives »", False),
        ({}, "RIVES;;;;", "Ressemble à « Rives »", False),
        ({}, "Autre;;;;ines@rives.test", "Son contact agit déjà pour « Rives »", False),
        ({}, "Tout autre;;;;", "", False),
    ],
)
def test_imported_duplicates_of_known_organisations_are_marked(
    network: Any, run_jobs: Run, known: Any, row: str, why: str, certain: bool
) -> None:
    ours = AssociationFactory(network=network, name="Rives", **known)
    MemberFactory(organisation=ours, person=PersonFactory(email="ines@rives.test"))
    line = read(network, run_jobs, content=f"{HEAD}{row};\n").lines.get()
    assert (line.duplicate.startswith(why), bool(line.duplicate), line.certain) == (
        True,
        bool(why),
        certain,
    )


def test_an_imported_duplicate_of_another_network_is_marked_without_its_name(
    network: Any, run_jobs: Run
) -> None:
    AssociationFactory(name="Cachée", siret="73282932000074")
    line = read(network, run_jobs, content=f"{HEAD}Cachée;73282932000074;;;;\n").lines.get()
    assert line.duplicate == (
        "Un autre réseau suit une structure au même SIRET : demandez son transfert."
    )
    alone = read(network, run_jobs, content=f"{HEAD}Cachée;;;;;\n")
    assert alone.lines.get().duplicate == ""


def test_a_line_that_duplicates_another_of_its_file_is_imported_only_when_kept(
    network: Any, run_jobs: Run
) -> None:
    batch = read(network, run_jobs, content=f"{HEAD}Rives;;;;;\nrives;;;;;\n")
    second = batch.lines.get(number=3)
    assert second.duplicate == "Même nom que la ligne 2 du fichier."
    client = wearing(officer_actor(network))
    client.post(f"/reseau/alizes/organisations/adhesions/lignes-lues/{second.pk}/", {"oui": ""})
    actions.make(batch, by=officer_actor(network))
    run_jobs()
    assert Organisation.objects.count() == 2


def test_choosing_to_import_a_line_that_is_a_certain_duplicate_is_refused(
    network: Any, run_jobs: Run
) -> None:
    batch = read(network, run_jobs)
    line = batch.lines.get(number=7)
    with pytest.raises(ActionNotAllowed):
        actions.keep(line, by=officer_actor(network), wanted=True)
    assert line.certain is True


def test_an_imported_line_becomes_a_duplicate_once_its_organisation_registers(
    network: Any, run_jobs: Run
) -> None:
    batch = read(network, run_jobs)
    AssociationFactory(siret="73282932000074")
    actions.make(batch, by=officer_actor(network))
    run_jobs()
    line = batch.lines.get(number=2)
    assert (line.made, line.duplicate) == (
        False,
        "Une organisation est déjà inscrite avec ce SIRET.",
    )
    assert MemberImport.objects.get().state == "made"


def test_an_import_of_members_stopped_then_resumed_imports_every_line(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 2)
    rows = "".join(f"Structure numéro {number * 977};;;;;\n" for number in range(7))
    by = officer_actor(network)
    batch = actions.read(batch_of(network, HEAD + rows), by=by)
    actions.stop(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.lines.count()) == ("read", 2)
    actions.read(batch, by=by, mapping=batch.chosen)
    run_jobs()
    batch.refresh_from_db()
    assert batch.lines.count() == 7
    actions.make(batch, by=by)
    actions.stop(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, Organisation.objects.count()) == ("read", 2)
    actions.make(batch, by=by)
    run_jobs()
    assert Organisation.objects.count() == batch.lines.filter(made=True).count() >= 2
    assert MemberImport.objects.get().state == "made"


def test_undoing_an_import_keeps_and_names_an_organisation_used_since(
    network: Any, run_jobs: Run
) -> None:
    batch = enrolled(network, run_jobs)
    kept = Organisation.objects.get(name="Les Jardins")
    MemberFactory(organisation=kept)
    moved = Organisation.objects.get(name="Rives et Sources")
    organisations.describe(moved, by=officer_actor(network), changes={"city": "Vienne"})
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    names = set(Organisation.objects.values_list("name", flat=True))
    assert names == {"Les Jardins", "Rives et Sources"}
    note = MemberImport.objects.get().note
    assert note == "Gardées, car elles ont servi depuis : Rives et Sources, Les Jardins."


def test_people_of_an_import_get_an_email_only_when_the_officer_invites_them(
    network: Any, run_jobs: Run
) -> None:
    batch = enrolled(network, run_jobs)
    client = wearing(officer_actor(network))
    url = f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/inviter/"
    assert "Inviter 1 personne" in client.get(url).content.decode()
    assert Invitation.objects.count() == 0
    client.post(url, {"version": batch.version})
    made = Invitation.objects.get()
    assert (made.email, made.role_type, made.position) == (
        "ines@rives.test",
        "association",
        "contact",
    )
    assert actions.invite_lines(batch, by=officer_actor(network)) == 0
    batch.refresh_from_db()
    actions.undo(batch, by=officer_actor(network))
    run_jobs()
    assert Invitation.objects.count() == 0


def test_the_page_to_invite_imported_people_states_when_nobody_can_be_invited(
    network: Any, run_jobs: Run
) -> None:
    batch = enrolled(network, run_jobs, content=f"{HEAD}Rives;;;;;\n")
    url = f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/inviter/"
    page = wearing(officer_actor(network)).get(url)
    assert page.context["blockers"] == [
        "Aucune ligne inscrite n’a d’adresse, ou chacune est déjà invitée."
    ]


def test_the_page_to_invite_imported_people_counts_the_emails_and_the_people_left_out(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    batch = enrolled(network, run_jobs, content=f"{HEAD}A;;;;a@a.test\nZ;;;;z@z.test\n")
    by = officer_actor(network)
    effects = pages.effects_of_invite(by, batch)
    assert effects.happens[-1].what == "Restent à inviter, par un nouvel envoi : 1."
    assert [each.count for each in effects.notified] == [actions.invite_lines(batch, by=by)]


def test_an_invited_expert_gets_a_draft_profile_hidden_from_the_network(
    network: Any, run_jobs: Run
) -> None:
    employer = EmployerFactory(network=network, name="Ateliers du Val")
    batch = enrolled(network, run_jobs, content=EXPERTS, what="expert")
    officer = officer_actor(network)
    assert actions.invite_lines(batch, by=officer) == 1
    person = PersonFactory(email="nora@val.test")
    accept_invitation(Invitation.objects.get(), person=person)
    made = Expert.objects.get()
    assert (made.job, made.employer, made.state) == ("Hydrologue", employer, "draft")
    assert [(each.language, each.level) for each in made.languages.all()] == [("pt", "B1")]
    assert list(Expert.objects.visible_to(officer)) == []
    assert MemberLine.objects.filter(email="nora@val.test").count() == 0
    assert wearing(expert_actor(made)).get("/expert/profil/").status_code == 200


def test_an_invited_expert_who_has_a_profile_keeps_it_unchanged(
    network: Any, run_jobs: Run
) -> None:
    expert = ExpertFactory(person__email="nora@val.test")
    batch = enrolled(network, run_jobs, content=EXPERTS, what="expert")
    line = batch.lines.get(number=2)
    assert line.duplicate == ""  # a profile of another network stays confidential
    actions.invite_lines(batch, by=officer_actor(network))
    accept_invitation(Invitation.objects.get(), person=expert.person)
    assert Expert.objects.get().job == "Technicienne de l’eau"


def test_an_imported_line_of_an_expert_with_a_visible_profile_is_a_certain_duplicate(
    network: Any, run_jobs: Run
) -> None:
    ExpertFactory(network=network, person__email="nora@val.test")
    batch = read(network, run_jobs, content=EXPERTS, what="expert")
    line = batch.lines.get(number=2)
    assert (line.duplicate, line.certain) == ("Son profil est déjà dans Explor.", True)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_the_line_of_an_expert_not_invited_is_erased_after_a_month(
    network: Any, run_jobs: Run, days: int, left: int
) -> None:
    batch = enrolled(network, run_jobs, content=EXPERTS, what="expert")
    purge(now=timezone.now() + timedelta(days=days))
    assert MemberLine.objects.filter(batch=batch, email="nora@val.test").count() == left


def test_the_contact_of_an_organisation_not_invited_is_erased_after_a_month(
    network: Any, run_jobs: Run
) -> None:
    batch = enrolled(network, run_jobs)
    purge(now=timezone.now() + timedelta(days=31))
    line = batch.lines.get(number=2)
    assert (line.email, "contact_email" in line.content) == ("", False)
    assert Organisation.objects.count() == 3


def test_the_file_and_preview_of_an_unfinished_member_import_are_erased_after_a_month(
    network: Any,
) -> None:
    batch = batch_of(network)
    purge(now=timezone.now() + timedelta(days=31))
    batch.refresh_from_db()
    assert (batch.file.name, batch.preview) == ("", [])


def sheet(rows: list[list[Any]]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return out.getvalue()


def test_numeric_cells_of_a_member_workbook_are_read_as_text(network: Any, run_jobs: Run) -> None:
    data = sheet([["Nom", "SIRET", "CP"], ["Rives", 73282932000074, 1000]])
    line = read(network, run_jobs, content=data, name="a.xlsx").lines.get()
    assert line.content == {"name": "Rives", "siret": "73282932000074", "postcode": "01000"}


def bomb() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Nom")
        page.write(1_048_575, 16_383, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"", "vide"),
        ("a.pdf", b"%PDF", "CSV ou en XLSX"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 40, "abîmé"),
        ("a.xlsx", bomb(), "démesuré"),
        ("a.xlsx", b"texte", "pas un classeur"),
        ("a.csv", b"a;" * 300 + b"\n", "Plus de 200 colonnes"),
    ],
)
def test_a_hostile_file_of_members_is_refused_with_its_reason(
    network: Any, name: str, content: bytes, why: str
) -> None:
    client = wearing(officer_actor(network))
    sent = {"what": "association", "file": SimpleUploadedFile(name, content)}
    answer = client.post("/reseau/alizes/organisations/adhesions/importer/", sent)
    assert answer.status_code in (409, 422)
    assert why in answer.content.decode() or "Le fichier soumis est vide" in answer.content.decode()
    assert MemberImport.objects.count() == 0


def test_an_imported_table_with_headings_only_is_refused_with_a_reason(
    network: Any, run_jobs: Run
) -> None:
    batch = read(network, run_jobs, content=HEAD)
    assert (batch.state, batch.file.name) == ("refused", "")
    assert "aucune ligne dessous" in batch.note


def test_reading_a_file_without_a_column_for_the_name_is_refused(network: Any) -> None:
    batch = batch_of(network, "Truc;Machin\n1;2\n")
    with pytest.raises(ActionNotAllowed, match="nom"):
        actions.read(batch, by=officer_actor(network))


def test_the_pages_of_an_import_answer_404_to_other_networks_and_roles(network: Any) -> None:
    batch = batch_of(network)
    other = NetworkFactory(slug="ailleurs")
    client = wearing(officer_actor(other))
    for end in ("", "colonnes/", "inviter/", "fautes.csv"):
        url = f"/reseau/ailleurs/organisations/adhesions/fichiers/{batch.pk}/{end}"
        assert client.get(url).status_code == 404
    member = wearing(association_actor(AssociationFactory(network=network)))
    assert member.get("/reseau/alizes/organisations/adhesions/").status_code == 404


@pytest.mark.parametrize("count", [5, 50])
def test_the_pages_of_an_import_run_a_constant_number_of_queries(
    network: Any, django_assert_max_num_queries: Any, count: int
) -> None:
    batch = MemberImport.objects.create(network=network, what="association", name="a", state="read")
    for number in range(count):
        MemberImport.objects.create(network=network, what="expert", name="b")
        line = MemberLine(
            batch=batch, number=number, title="x", duplicate="y", content={"name": "x"}
        )
        line.organisation = AssociationFactory(network=network)
        line.save()
    client = wearing(officer_actor(network))
    with django_assert_max_num_queries(12):
        client.get(f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/?voir=doubles")
    with django_assert_max_num_queries(9):
        client.get("/reseau/alizes/organisations/adhesions/")


def test_inviting_the_people_of_an_import_is_refused_to_another_network(
    network: Any, run_jobs: Run
) -> None:
    batch = enrolled(network, run_jobs)
    with pytest.raises(PermissionDenied) as refusal:
        actions.invite_lines(batch, by=officer_actor(NetworkFactory()))
    assert str(refusal.value) == "reseau may not invite these people"
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)
    assert set(batch.lines.values_list("invited_at", flat=True)) == {None}


def test_an_expert_invited_without_an_import_gets_an_empty_profile(network: Any) -> None:
    invitation = invite(
        email="nora@val.test", role_type="expert", role_key="alizes", by=officer_actor(network)
    )
    accept_invitation(invitation, person=PersonFactory(email="nora@val.test"))
    made = Expert.objects.get()
    assert (made.network, made.job, made.employer, made.state) == (network, "", None, "draft")
    assert [entry.verb for entry in Entry.objects.about(made)] == ["open_profile"]


def test_reading_an_import_file_again_does_not_bring_back_a_person_who_was_erased(
    network: Any, run_jobs: Run, django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory(email="nora@val.test", name="Nora Val")
    rows = "Nom;Courriel\nNora Val;nora@val.test\nYan Autre;yan@val.test\n"
    by = officer_actor(network)
    batch = actions.upload(
        network=network, what="expert", name="a.csv", content=rows.encode(), by=by
    )
    batch = imports.read(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    stored = str(batch.file.name)
    assert batch.lines.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(person, by=actor_of(person))
    batch.refresh_from_db()
    assert (batch.file.name, batch.preview, default_storage.exists(stored)) == ("", [], False)
    assert list(batch.lines.exclude(email="").values_list("email", flat=True)) == ["yan@val.test"]
    imports.stop(batch, by=by)
    imports.read(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.lines.filter(email="yan@val.test").count()) == ("read", 1)
    assert not batch.lines.filter(email="nora@val.test").exists()


@pytest.mark.parametrize(("back", "invited"), [(False, ["yan@val.test"]), (True, None)])
def test_a_new_import_invites_an_erased_person_only_if_they_opened_an_account_since(
    network: Any, run_jobs: Run, back: bool, invited: list[str] | None
) -> None:
    person = PersonFactory(email="nora@val.test", name="Nora Val")
    erase_account(person, by=actor_of(person))
    if back:
        PersonFactory(email="nora@val.test", name="Nora Val")
    rows = "Nom;Courriel\nNora Val;Nora@val.test\nYan Autre;yan@val.test\n"
    by = officer_actor(network)
    batch = actions.upload(
        network=network, what="expert", name="a.csv", content=rows.encode(), by=by
    )
    batch = imports.read(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    imports.make(batch, by=by)
    run_jobs()
    assert actions.invite_lines(batch, by=by) == 2
    expected = invited or ["nora@val.test", "yan@val.test"]
    assert list(Invitation.objects.order_by("email").values_list("email", flat=True)) == expected
    assert not batch.lines.to_invite().exists()


def test_reading_a_file_that_was_erased_after_a_month_is_refused_with_a_reason(
    network: Any, run_jobs: Run
) -> None:
    batch = batch_of(network)
    purge(now=timezone.now() + timedelta(days=31))
    actions.read(batch, by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.note, batch.lines.count()) == (
        "refused",
        "Le fichier envoyé est effacé : envoyez-le de nouveau pour le lire.",
        0,
    )
