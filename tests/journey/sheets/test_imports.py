"""Imports of sheets: reading, possible duplicates, stop, resume and undo."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions as machine
from explor.journey.sheets import actions, engine
from explor.journey.sheets.actions import drafts as sheet_actions
from explor.journey.sheets.models import ImportLine, ProjectSheet, SheetImport
from factories import NetworkFactory, SheetFactory, officer_actor, wearing

pytestmark = pytest.mark.django_db
HEAD = "Titre;Pays;Localité;Mystère\n"
TABLE = HEAD + "Un puits;TG;Dapaong;?\nUne école;Burkina Faso;Pô;\nUn marché;Togo;Lomé;\n"


@pytest.fixture
def network() -> Any:
    return NetworkFactory()


def send(client: Client, key: str, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(f"/reseau/{key}/fiches/importer/", {"file": file}, follow=True)


def test_importing_a_table_creates_drafts_and_undoing_it_deletes_only_the_drafts(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    by = officer_actor(network)
    client = wearing(by)
    page = send(client, by.key, "fiches.csv", TABLE.encode())
    assert "Que contient chaque colonne" in page.content.decode()
    batch = SheetImport.objects.get()
    assert batch.chosen == {"Titre": "title", "Pays": "countries", "Localité": "locality"}
    root = f"/reseau/{by.key}/fiches/imports/{batch.pk}/"
    form = {"version": batch.version, "c0": "title", "c1": "countries", "c2": "locality", "c3": ""}
    client.post(f"{root}colonnes/", form)
    assert ProjectSheet.objects.count() == 0
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.total) == ("read", 3)
    page = " ".join(client.get(root).content.decode().split())
    assert "3 à créer" in page
    assert "colonne non reprise" in page
    client.post(f"{root}creer/", {"version": batch.version})
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == "made"
    made = list(ProjectSheet.objects.order_by("title").values_list("title", "countries", "state"))
    assert made == [
        ("Un marché", ["TG"], "draft"),
        ("Un puits", ["TG"], "draft"),
        ("Une école", ["BF"], "draft"),
    ]
    kept = ProjectSheet.objects.get(title="Un puits")
    assert kept.sources["title"]["de"] == "fiches.csv"
    actions.publish(kept, by=by)
    gone = actions.publish(ProjectSheet.objects.get(title="Un marché"), by=by)
    actions.withdraw(gone, by=by, reason="erreur")
    client.post(f"{root}annuler/", {"version": batch.version})
    run_jobs()
    left = ProjectSheet.objects.order_by("title").values_list("title", flat=True)
    assert list(left) == ["Un marché", "Un puits"]
    assert Client().get(f"/projets/{gone.slug}/").status_code == 410


def uploaded(network: Any, content: str = TABLE, name: str = "fiches.csv") -> SheetImport:
    return actions.upload(
        network=network, name=name, content=content.encode(), by=officer_actor(network)
    )


def test_a_possible_duplicate_is_imported_only_when_the_officer_confirms_it(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    by = officer_actor(network)
    first, _ = actions.import_sheet(engine.Sheet(title="Un Puits !"), by=by, network=network)
    batch = actions.read(uploaded(network), by=by)
    run_jobs()
    batch.refresh_from_db()
    doubled = batch.lines.get(number=1)
    assert doubled.duplicate == f"Ressemble à « {first.title} »."
    assert batch.lines.to_make().count() == 2
    client = wearing(by)
    page = client.get(f"/reseau/{by.key}/fiches/imports/{batch.pk}/?voir=doubles")
    assert "Ressemble à « Un Puits ! »" in page.content.decode()
    client.post(f"/reseau/{by.key}/fiches/lignes/{doubled.pk}/", {"oui": ""})
    assert batch.lines.to_make().count() == 3
    client.post(f"/reseau/{by.key}/fiches/lignes/{doubled.pk}/", {"non": ""})
    assert batch.lines.to_make().count() == 2


@pytest.mark.parametrize(("state", "shown"), [("draft", ""), ("published", "Un Puits !")])
def test_a_likely_duplicate_sheet_of_another_network_is_shown_only_once_published(
    network: Any, run_jobs: Callable[[], list[str]], state: str, shown: str
) -> None:
    SheetFactory(title="Un Puits !", state=state)
    batch = actions.read(uploaded(network), by=officer_actor(network))
    run_jobs()
    duplicate = batch.lines.get(number=1).duplicate
    assert (shown in duplicate) and (bool(duplicate) is bool(shown))


def test_a_stopped_import_of_sheets_resumes_where_it_stopped(
    network: Any, run_jobs: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer_actor(network)
    monkeypatch.setattr(machine, "CHUNK", 10)
    rows = "".join(f"Projet numéro {n * 7919};TG;;\n" for n in range(35))
    batch = uploaded(network, HEAD + rows)
    batch = actions.read(batch, by=by)
    actions.stop(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.lines.count()) == ("read", 10)
    batch = actions.read(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.lines.count(), batch.total) == (35, 35)
    assert list(batch.lines.values_list("number", flat=True)) == list(range(1, 36))
    ImportLine.objects.update(duplicate="")
    batch = actions.make(batch, by=by)
    actions.stop(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, ProjectSheet.objects.count()) == ("read", 10)
    batch = actions.make(batch, by=by)
    run_jobs()
    assert ProjectSheet.objects.count() == 35


def test_an_import_job_killed_between_two_chunks_creates_no_sheet_twice(
    network: Any, run_jobs: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer_actor(network)
    monkeypatch.setattr(machine, "CHUNK", 1)
    batch = actions.read(uploaded(network), by=by)
    run_jobs()
    batch.refresh_from_db()
    batch = actions.make(batch, by=by)
    draft_many, calls = sheet_actions.draft_many, []

    def dies(*args: Any, **kwargs: Any) -> list[ProjectSheet]:
        made = draft_many(*args, **kwargs)
        calls.append(made[0].title)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(sheet_actions, "draft_many", dies)
    with pytest.raises(KeyboardInterrupt):
        machine.make_lines(batch)
    assert ProjectSheet.objects.count() == 1
    machine.make_lines(batch)
    assert ProjectSheet.objects.count() == 3


def test_importing_a_file_of_unknown_or_invalid_format_is_refused_with_a_reason(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    by = officer_actor(network)
    client = wearing(by)
    answer = send(client, by.key, "photo.exe", b"MZ")
    assert (answer.status_code, SheetImport.objects.count()) == (409, 0)
    assert "ni une fiche en Markdown" in answer.content.decode()
    send(client, by.key, "ong.xml", b"<iati-activities/>")
    run_jobs()
    batch = SheetImport.objects.get()
    assert (batch.state, batch.note) == ("refused", "Aucune activité IATI dans ce fichier.")
    page = client.get(f"/reseau/{by.key}/fiches/imports/{batch.pk}/").content.decode()
    assert "Aucune activité IATI" in page


def test_importing_a_pasted_sheet_lists_the_parts_that_were_left_out(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    by = officer_actor(network)
    client = wearing(by)
    text = "# Fiche projet - Un puits\n\n**Pays** : Togo\n\n**Date de début** : le printemps\n"
    client.post(f"/reseau/{by.key}/fiches/importer/", {"text": text})
    run_jobs()
    batch = SheetImport.objects.get()
    page = client.get(f"/reseau/{by.key}/fiches/imports/{batch.pk}/").content.decode()
    assert "laissé de côté" in page and "date incomprise" in page
    assert client.post(f"/reseau/{by.key}/fiches/importer/", {}).status_code == 422


def test_an_imported_file_with_a_long_name_keeps_the_end_of_the_name_with_its_extension(
    network: Any,
) -> None:
    by = officer_actor(network)
    name = f"{'Un projet de solidarité ' * 10}.csv"
    assert send(wearing(by), by.key, name, TABLE.encode()).status_code == 200
    batch = SheetImport.objects.get()
    assert (len(batch.name), batch.name[-12:]) == (200, "idarité .csv")


def test_mapping_two_columns_to_one_field_or_none_to_the_title_is_refused(network: Any) -> None:
    by = officer_actor(network)
    batch = uploaded(network)
    url = f"/reseau/{by.key}/fiches/imports/{batch.pk}/colonnes/"
    form = {"version": batch.version, "c0": "title", "c1": "title", "c2": "", "c3": ""}
    answer = wearing(by).post(url, form)
    assert answer.status_code == 422
    assert "Choisi pour deux colonnes : Titre." in answer.content.decode()
    form |= {"c0": "", "c1": ""}
    assert wearing(by).post(url, form).status_code == 409
    with pytest.raises(ActionNotAllowed, match="colonne porte le titre"):
        actions.read(batch, by=by, mapping={"Pays": "countries"})


def test_undoing_an_import_keeps_the_earlier_sheet_that_a_skipped_line_duplicates(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    by = officer_actor(network)
    first, _ = actions.import_sheet(engine.Sheet(title="Un Puits !"), by=by, network=network)
    batch = actions.read(uploaded(network), by=by)
    run_jobs()
    batch.refresh_from_db()
    batch = actions.make(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    made = list(batch.lines.order_by("number").values_list("sheet__title", flat=True))
    assert made == [None, "Une école", "Un marché"]
    actions.undo(batch, by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.lines.count(), batch.note) == ("undone", 0, "")
    assert list(ProjectSheet.objects.all()) == [first]


def test_an_import_of_sheets_is_refused_when_all_its_lines_are_possible_duplicates(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    by = officer_actor(network)
    for title in ("Un puits", "Une école", "Un marché"):
        SheetFactory(title=title, title_key=engine.columns_of(
            engine.Sheet(title=title))["title_key"])  # fmt: skip
    batch = actions.read(uploaded(network), by=by)
    run_jobs()
    batch.refresh_from_db()
    with pytest.raises(ActionNotAllowed, match="déjà"):
        actions.make(batch, by=by)


def test_an_imported_file_with_too_many_lines_is_read_up_to_the_limit_with_a_warning(
    network: Any, run_jobs: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    by = officer_actor(network)
    monkeypatch.setattr(machine, "MOST", 2)
    batch = actions.read(uploaded(network), by=by)
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.total) == ("read", 2)
    page = wearing(by).get(f"/reseau/{by.key}/fiches/imports/{batch.pk}/").content.decode()
    assert "Le fichier est trop long" in page


def test_importing_removes_characters_that_the_database_rejects(
    network: Any, run_jobs: Callable[[], list[str]]
) -> None:
    lines = [{"fiche": {"title": "a\0b"}}, {"fiche": {"a\0": "\ud800"}}, {"fiche": {"title": "c"}}]
    batch = uploaded(network, json.dumps(lines), "projets.json")
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.lines.to_make().count()) == ("read", 1)
    flat = [{"titre": "a\0b", "pays": "\ud800"}]
    table = actions.read(uploaded(network, json.dumps(flat), "t.json"), by=officer_actor(network))
    run_jobs()
    assert list(table.lines.values_list("title", flat=True)) == ["ab"]


def test_a_sheet_with_150000_distinct_words_can_be_published(network: Any) -> None:
    words = " ".join(f"mot{n * 7919:x}" for n in range(150_000))
    by = officer_actor(network)
    row, _ = actions.import_sheet(engine.Sheet(title="t", context=words), by=by, network=network)
    assert actions.publish(row, by=by).state == "published"
