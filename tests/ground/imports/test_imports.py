"""Imports of files: permissions, undo, and jobs resumed after a kill."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import TextChoices
from django.utils import timezone
from structlog.testing import capture_logs

from explor.actors.member_imports import actions as members
from explor.actors.member_imports.models import MemberImport, MemberLine
from explor.actors.organisations.actions import registration
from explor.actors.organisations.models import Organisation
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions, selectors
from explor.ground.imports.models import kind_named, kind_of
from explor.ground.imports.states import import_workflow
from explor.ground.privacy.actions import purge
from explor.journey.sheets import actions as sheets
from explor.journey.sheets.models import ImportLine, ProjectSheet
from factories import AssociationFactory, NetworkFactory, association_actor, officer_actor, wearing

pytestmark = pytest.mark.django_db
Run = Callable[[], list[str]]
ROWS = "Nom;CP\n" + "".join(f"Structure {number * 7919:x};69007\n" for number in range(6))


@pytest.fixture
def network() -> Any:
    return NetworkFactory(slug="alizes")


def members_of(network: Any, content: str = ROWS) -> MemberImport:
    return members.upload(
        network=network,
        what="association",
        name="a.csv",
        content=content.encode(),
        by=officer_actor(network),
    )


def made(batch: Any, by: Any, run_jobs: Run) -> Any:
    for verb in (actions.read, actions.make):
        batch = verb(batch, by=by)
        run_jobs()
        batch.refresh_from_db()
    return batch


def test_each_import_kind_is_found_by_the_name_of_its_workflow(network: Any) -> None:
    assert kind_of(members_of(network)) is kind_named("member_import")
    assert kind_named("sheet_import").name == "sheet_import"
    with pytest.raises(KeyError):
        kind_named("unknown")


def test_an_import_workflow_with_unexpected_states_raises_an_error() -> None:
    class Wrong(TextChoices):
        READ = "read", "lu"

    with pytest.raises(ValueError, match="mapping, reading"):
        import_workflow("wrong", Wrong, by=("reseau",), make_label="x")


@pytest.mark.parametrize("verb", ["read", "make", "undo", "stop"])
def test_a_verb_on_an_import_is_refused_to_other_networks_and_roles(
    network: Any, verb: str
) -> None:
    batch = members_of(network)
    member = association_actor(AssociationFactory(network=network))
    for by in (officer_actor(NetworkFactory()), member):
        with pytest.raises(PermissionDenied):
            getattr(actions, verb)(batch, by=by)


def test_uploading_a_file_is_refused_to_another_network(network: Any) -> None:
    batch = MemberImport(network=network, what="association", name="a.csv")
    by = officer_actor(NetworkFactory())
    with pytest.raises(PermissionDenied):
        actions.upload(batch, content=b"Nom\n", ending="csv", by=by)
    assert MemberImport.objects.count() == 0


@pytest.mark.parametrize(
    ("slug", "happens"),
    [
        ("lire", "Le fichier est lu ligne après ligne."),
        ("inscrire", "6 lignes à faire."),
        ("annuler", "Les lignes lues et le fichier envoyé sont effacés."),
    ],
)
def test_the_confirmation_page_of_an_import_verb_shows_effects_without_acting(
    network: Any, run_jobs: Run, slug: str, happens: str
) -> None:
    by = officer_actor(network)
    batch = actions.read(members_of(network), by=by)
    run_jobs()
    url = f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/{slug}/"
    page = wearing(by).get(url)
    assert happens in [each.what for each in page.context["effects"].happens]
    batch.refresh_from_db()
    assert (batch.state, Organisation.objects.count()) == ("read", 0)


def test_the_import_button_is_disabled_when_no_line_is_left(network: Any, run_jobs: Run) -> None:
    by = officer_actor(network)
    batch = actions.read(members_of(network, "Nom;SIRET\n=A();\n"), by=by)
    run_jobs()
    page = wearing(by).get(f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/")
    refused = {each["label"]: each["refused"] for each in page.context["verbs"]}
    assert refused == {
        "Inscrire": "Aucune ligne n’est à inscrire : toutes sont des doubles ou des lignes en "
        "faute.",
        "Annuler tout l’import": "",
    }


def test_choosing_to_import_a_duplicate_is_refused_after_the_import(
    network: Any, run_jobs: Run
) -> None:
    by = officer_actor(network)
    batch = made(members_of(network), by, run_jobs)
    with pytest.raises(ActionNotAllowed, match="plus à choisir"):
        actions.keep(batch.lines.first(), by=by, wanted=True)
    with pytest.raises(PermissionDenied):
        actions.keep(batch.lines.first(), by=officer_actor(NetworkFactory()), wanted=True)


def test_changing_the_column_mapping_is_refused_after_a_line_is_imported(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 2)
    by = officer_actor(network)
    batch = actions.read(members_of(network), by=by)
    run_jobs()
    batch.refresh_from_db()
    batch = actions.make(batch, by=by)
    actions.stop(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, selectors.progress_of(batch)["done"]) == ("read", 2)
    with pytest.raises(ActionNotAllowed, match="annulez l’import"):
        actions.read(batch, by=by, mapping={"Nom": "name"})
    assert (batch.lines.count(), Organisation.objects.count()) == (6, 2)


def test_reading_a_file_resumes_after_the_last_saved_chunk_when_its_job_was_killed(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "CHUNK", 2)
    batch = actions.read(members_of(network), by=officer_actor(network))
    looks = iter([False, True])

    def killed(_: Any) -> bool:
        if next(looks, False):
            raise KeyboardInterrupt
        return False

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(actions, "_stop_requested", killed)
        actions.read_lines(batch)
    assert batch.lines.count() == 4
    run_jobs()
    assert list(batch.lines.values_list("number", flat=True)) == [2, 3, 4, 5, 6, 7]


def test_an_undo_whose_job_was_killed_resumes_and_erases_every_row(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer_actor(network)
    batch = actions.undo(made(members_of(network), by, run_jobs), by=by)
    erase_unused, calls = members.organisations.erase_unused, []

    def killed(organisation: Any, **given: Any) -> bool:
        calls.append(organisation)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return erase_unused(organisation, **given)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(members.organisations, "erase_unused", killed)
        actions.erase_lines(batch)
    assert Organisation.objects.count() == 4
    run_jobs()
    assert (Organisation.objects.count(), MemberLine.objects.count()) == (0, 0)


def broken(*_: Any, **__: Any) -> None:
    """Run a query that the database rejects."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT repeat('9', 400)::bigint")


def test_a_line_rejected_by_the_database_is_marked_and_the_other_lines_are_imported(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = members.organisations.create_many_from_file

    def fails_on_one(*, rows: Any, **said: Any) -> Any:
        made = create(rows=rows, **said)
        bad = any(fields["name"].endswith(f"{3 * 7919:x}") for fields in rows)
        return broken() if bad else made

    monkeypatch.setattr(members.organisations, "create_many_from_file", fails_on_one)
    monkeypatch.setattr(registration, "create_many_from_file", fails_on_one)
    by = officer_actor(network)
    with capture_logs() as logs:
        batch = made(members_of(network), by, run_jobs)
    assert batch.state == "made"
    assert selectors.progress_of(batch)["refused"] == 1
    line = batch.lines.get(content__isnull=True)
    assert (line.number, line.made, line.duplicate, line.certain) == (
        5,
        False,
        "Cette ligne n’a pas pu être enregistrée. Corrigez-la et envoyez-la de nouveau.",
        True,
    )
    assert Organisation.objects.count() == 5
    [log] = [each for each in logs if each["event"] == "import_line_failed"]
    assert (log["log_level"], log["kind"], log["line"]) == ("error", "member_import", line.pk)
    page = wearing(by).get(f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/")
    assert line.duplicate in page.content.decode()


def test_an_unexpected_error_in_lines_refuses_these_lines_and_the_import_completes(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user has no button for the states of a job: a job that crashes would block the import."""

    def bug(**fields: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(members.organisations, "create_many_from_file", bug)
    monkeypatch.setattr(registration, "create_many_from_file", bug)
    with capture_logs() as logs:
        batch = made(members_of(network), officer_actor(network), run_jobs)
    assert (batch.state, selectors.progress_of(batch)["refused"]) == ("made", 6)
    assert [each["event"] for each in logs if each["log_level"] == "error"] == [
        "import_line_failed"
    ] * 6


def test_any_error_while_a_file_is_read_refuses_the_file(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*given: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(members.selectors, "duplicates_of", bug)
    batch = actions.read(members_of(network), by=officer_actor(network))
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == "refused"


@pytest.mark.parametrize("lost", ["by the purge", "from the disk"])
def test_an_import_whose_stored_file_of_sheets_is_missing_is_refused_with_a_reason(
    network: Any, run_jobs: Run, lost: str
) -> None:
    by = officer_actor(network)
    content = b"Titre;Pays\nUn puits;TG\n"
    batch = sheets.upload(network=network, name="fiches.csv", content=content, by=by)
    if lost == "by the purge":
        purge(now=timezone.now() + timedelta(days=200))
    else:
        default_storage.delete(str(batch.file.name))
    batch.refresh_from_db()
    actions.read(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.note) == (
        "refused",
        "Le fichier envoyé est effacé : envoyez-le de nouveau pour le lire.",
    )


def test_a_file_rejected_by_the_database_is_refused_with_a_reason(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members.selectors, "duplicates_of", broken)
    batch = actions.read(members_of(network), by=officer_actor(network))
    with capture_logs() as logs:
        run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.note) == (
        "refused",
        "Ce fichier contient une valeur qui ne peut pas être enregistrée.",
    )
    assert [each["event"] for each in logs if each["log_level"] == "error"] == ["import_unread"]


def test_an_undo_keeps_and_names_the_rows_that_the_database_refuses_to_erase(
    network: Any, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer_actor(network)
    batch = actions.undo(made(members_of(network), by, run_jobs), by=by)
    erase_unused = members.organisations.erase_unused
    kept = Organisation.objects.order_by("pk")[2]

    def fails_on_one(organisation: Any, **given: Any) -> bool:
        erased = erase_unused(organisation, **given)
        return broken() or False if organisation == kept else erased

    monkeypatch.setattr(members.organisations, "erase_unused", fails_on_one)
    run_jobs()
    batch.refresh_from_db()
    assert batch.note == f"Gardées, car elles ont servi depuis : {kept.name}."
    assert list(Organisation.objects.all()) == [kept]
    assert MemberLine.objects.count() == 0


def test_undoing_an_import_of_sheets_keeps_and_names_a_published_sheet(
    network: Any, run_jobs: Run, django_capture_on_commit_callbacks: Any
) -> None:
    by = officer_actor(network)
    content = "Titre;Pays\nUn puits;TG\nUne école;BF\n".encode()
    batch = sheets.upload(network=network, name="fiches.csv", content=content, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        stored = batch.file.name
        batch = made(batch, by, run_jobs)
    assert (batch.file.name, default_storage.exists(stored)) == ("", False)
    sheets.publish(ProjectSheet.objects.get(title="Un puits"), by=by)
    actions.undo(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert batch.note == "Gardées, car elles ont été publiées depuis : Un puits."
    assert (ProjectSheet.objects.count(), ImportLine.objects.count()) == (1, 0)
    page = wearing(by).get(f"/reseau/alizes/fiches/imports/{batch.pk}/").content.decode()
    assert "Le reste de ce qu’il avait créé est effacé" in page
    assert batch.note in page


@pytest.mark.parametrize("job", [actions.read_lines, actions.make_lines, actions.erase_lines])
def test_a_job_of_an_import_does_nothing_unless_the_import_is_in_its_state(
    network: Any, run_jobs: Run, job: Callable[[Any], None]
) -> None:
    batch = actions.read(members_of(network), by=officer_actor(network))
    run_jobs()
    rows = (MemberImport.objects.values(), MemberLine.objects.order_by("pk").values())
    before = [list(row.all()) for row in rows]
    batch.refresh_from_db()
    assert (batch.state, len(before[1])) == ("read", 6)
    job(batch)
    assert [list(row.all()) for row in rows] == before
    assert Organisation.objects.count() == 0


def test_the_example_value_of_a_column_is_shown_as_plain_text(network: Any) -> None:
    hostile = '<button formaction="/reseau/alizes/">Suite</button>'
    batch = members_of(network, f"Nom;CP;Remarque\nStructure;69007;{hostile}\n")
    url = f"/reseau/alizes/organisations/adhesions/fichiers/{batch.pk}/colonnes/"
    page = wearing(officer_actor(network)).get(url).content.decode()
    assert hostile not in page
    assert page.count("&lt;button formaction=&quot;/reseau/alizes/&quot;&gt;Suite") == 2


def test_the_state_of_a_file_is_refreshed_with_its_lines(network: Any) -> None:
    """Without its own mark, the label of the state would still say « lecture en cours »."""
    by = officer_actor(network)
    batch = members_of(network)
    members.read(batch, by=by)
    url = f"/reseau/{network.slug}/organisations/adhesions/fichiers/{batch.pk}/"
    page = wearing(by).get(url).content.decode()
    assert page.count('data-hx-select-oob="#import-state"') == 1
    assert page.count('id="import-state"') == 1
