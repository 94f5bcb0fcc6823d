"""The open data files: complete, valid in their standard formats, updated after changes."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from lxml import etree
from python_calamine import CalamineWorkbook

from explor.engines.formats import read_sheet
from explor.engines.formats.sheets import sheet_from_json
from explor.engines.formats.tables import columns_of, guess_mapping, read_rows
from explor.journey.budgets.models import BudgetLine
from explor.journey.calls.actions import close_call
from explor.journey.missions import actions as missions
from explor.journey.releases.models import Signature
from explor.journey.sheets import actions as directory
from explor.journey.sheets import engine as sheets
from explor.public.open_data import actions, engine, pages
from explor.public.open_data.models import Dataset
from factories import (
    AgreementFactory,
    AssociationFactory,
    CallFactory,
    DecisionFactory,
    FunderFactory,
    MissionFactory,
    ProjectFactory,
    SheetFactory,
    officer_actor,
)
from support.missions import on

pytestmark = pytest.mark.django_db
MARKDOWN = """# Des puits pour Tenkodogo

Statut : En cours
Date de début : mars 2025
Pays : Burkina Faso
Secteurs : Agriculture, alimentation, pêche
"""


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.EXPLOR_IATI_REF = "XI-EXPLOR-EXEMPLE"


def written(name: str) -> tuple[bytes, list[pages.Remark]]:
    out, remarks = BytesIO(), []  # type: ignore[var-annotated]
    pages.WRITERS[name](out, remarks)
    return out.getvalue(), remarks


def sheet(project: Any = None, **result: Any) -> Any:
    """Create a published sheet with columns computed as for a real one."""
    content = {
        "title": "Des puits", "start": "2025-03", "end": "2026-02", "countries": ["Burkina Faso"],
        "sectors": ["Agriculture, alimentation, pêche"], "context": "La nappe baisse.",
        "goals": [{"number": 6, "weight": 2}], "lead_organisation": {"name": "Semences"},
        "budget": {"amount": "12000.50", "currency": "EUR"},
    }  # fmt: skip
    merged = sheets.sheet_of(content | result)
    tied = {"project": project} if project else {}
    return SheetFactory(content=sheets.content_of(merged), **sheets.columns_of(merged), **tied)


def signed_mission() -> Any:
    """Create a departed mission with a signed agreement, a funder and a published sheet."""
    mission = MissionFactory(state="away")
    agreement = AgreementFactory(release=mission.release)
    Signature.objects.create(
        agreement=agreement,
        signatory=mission.release.signatories.get(party="expert"),
        party="expert",
        name="X",
        sha256="0" * 64,
    )
    BudgetLine.objects.create(mission=mission, heading="VISA", funder=FunderFactory(), committed=40)
    BudgetLine.objects.create(
        mission=mission, heading="BILLET", funder=BudgetLine.objects.get().funder, committed=800
    )
    row = directory.write_from_file(mission.need.project, by=officer_actor(mission.network))
    directory.approve(row, by=_association(mission))
    row.refresh_from_db()
    return mission, directory.publish(row, by=officer_actor(mission.network))


def _association(mission: Any) -> Any:
    from factories import association_actor

    return association_actor(mission.association)


def test_the_json_file_of_sheets_contains_each_sheet_without_loss() -> None:
    row = sheet()
    [result] = json.loads(written("projets.json")[0])
    assert sheet_from_json(result["fiche"]) == sheets.sheet_of(row.content)
    assert result["url"] == f"http://127.0.0.1:8000/projets/{row.slug}/"


def test_the_csv_file_of_sheets_can_be_imported_as_the_same_sheets() -> None:
    row = sheet(title='=Des puits ; "d\'abord"')
    data = written("projets.csv")[0]
    mapping = guess_mapping(columns_of(data, "projets.csv"))
    [reading] = read_rows(data, "projets.csv", mapping)
    results = sheets.sheet_of(row.content)
    assert reading.sheet.title == results.title
    assert (reading.sheet.budget, reading.sheet.start) == (results.budget, results.start)
    assert data.decode("utf-8-sig").splitlines()[1].count("'=Des puits") == 1


def test_the_spreadsheet_of_sheets_has_the_same_rows_as_the_csv_file() -> None:
    sheet()
    book = CalamineWorkbook.from_filelike(BytesIO(written("projets.xlsx")[0]))
    head, line = book.get_sheet_by_index(0).to_python()
    result = dict(zip(head, line, strict=True))
    assert (result["titre"], result["budget"], result["odd"]) == ("Des puits", 12000.5, "6")


def test_the_geojson_file_locates_a_sheet_in_its_country_or_nowhere_without_one() -> None:
    sheet()
    sheet(title="Ailleurs", countries=[])
    first, second = json.loads(written("projets.geojson")[0])["features"]
    longitude, latitude = first["geometry"]["coordinates"]
    assert (-6 < longitude < 3, 9 < latitude < 16) == (True, True)
    assert (first["id"], first["properties"]["precision"]) == (
        first["properties"]["slug"],
        "centre du pays",
    )
    assert (second["geometry"], second["properties"]["precision"]) == (None, None)


def test_the_geojson_file_locates_a_sheet_in_its_towns_or_in_each_of_its_countries() -> None:
    sheet(locality="Ville de Bobo Dioulasso et Banfora (Cascades)")
    sheet(title="Deux pays", countries=["Mali", "Niger"], locality="Vallée du fleuve")
    towns, countries = json.loads(written("projets.geojson")[0])["features"]
    assert towns["properties"]["precision"] == "ville"
    assert [[round(c) for c in point] for point in towns["geometry"]["coordinates"]] == [
        [-4, 11],
        [-5, 11],
    ]
    assert countries["properties"]["precision"] == "centre du pays"
    assert len(countries["geometry"]["coordinates"]) == 2


def test_the_geojson_file_locates_an_association_at_the_seat_of_its_departement() -> None:
    association = AssociationFactory(state="verified", department="69")
    sheet(project=ProjectFactory(association=association))
    [feature] = json.loads(written("organisations.geojson")[0])["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.85, 45.75]}
    assert feature["properties"]["precision"] == "chef-lieu du département"


def test_open_missions_are_in_the_csv_and_xml_files_only_once_the_decision_is_announced() -> None:
    DecisionFactory(state="announced", verdict="favourable", need__title="Former")
    DecisionFactory(state="decided", verdict="favourable", need__title="Secret")
    [line] = csv.DictReader(StringIO(written("missions.csv")[0].decode("utf-8-sig")), delimiter=";")
    assert line["titre"] == "Former"
    feed = etree.fromstring(written("engagement.xml")[0])
    assert feed.xpath("mission/title/text()") == ["Former"]
    assert len(feed.xpath("mission/addresses/address/country")) == 1


def test_the_xml_feed_gives_the_rome_codes_of_the_skills_that_have_some() -> None:
    skills = ["Conduite de projet", "Plaidoyer", "Tri et recyclage"]
    DecisionFactory(state="announced", verdict="favourable", need__skills=skills)
    feed = etree.fromstring(written("engagement.xml")[0])
    assert feed.xpath("mission/romeSkills/text()") == ["300488,300298,404528"]


def test_iati_activities_are_valid_and_an_incomplete_activity_adds_a_remark() -> None:
    sheet()
    bare = sheet(title="Sans secteur", sectors=[])
    mission, row = signed_mission()
    data, remarks = written("iati.xml")
    check = engine.check_iati(data, today=timezone.localdate())
    assert (check.errors, check.activities) == ((), 4)
    assert [(each.sheet, each.text) for each in remarks] == [(bare.pk, "Il manque un secteur.")]
    tree = etree.fromstring(data)
    numbers = tree.xpath("//iati-identifier/text()")
    assert numbers[0] == "XI-EXPLOR-EXEMPLE-EXPLOR-PROGRAMME"
    assert f"XI-EXPLOR-EXEMPLE-EXPLOR-M{mission.pk}" in numbers
    parents = tree.xpath("//iati-activity[@hierarchy='2']/related-activity/@ref")
    assert set(parents) == {"XI-EXPLOR-EXEMPLE-EXPLOR-PROGRAMME"}
    projects = tree.xpath("//iati-activity[@hierarchy='3']/related-activity/@ref")
    assert projects == [f"XI-EXPLOR-EXEMPLE-EXPLOR-P{row.pk}"]
    assert row.title in data.decode()


def test_iati_activities_are_valid_in_the_official_schema(shared: Any, settings: Any) -> None:
    settings.EXPLOR_IATI_SCHEMAS = str(shared("data/iati/iati-2.03"))
    sheet()
    signed_mission()
    data, remarks = written("iati.xml")
    assert engine.check_iati(data, today=timezone.localdate(), schemas=engine.schemas()).valid
    assert {each.kind for each in remarks} <= {"warning"}


def test_an_invalid_iati_activity_is_omitted_and_the_others_are_written() -> None:
    sheet()
    wrong = sheet(title="À rebours", start="2026-02", end="2025-03")
    data, remarks = written("iati.xml")
    assert engine.check_iati(data, today=timezone.localdate()).valid
    assert "À rebours" not in data.decode()
    assert {(each.sheet, each.kind) for each in remarks} == {(wrong.pk, "left_out")}


def test_without_a_publisher_identifier_no_iati_activity_is_written(settings: Any) -> None:
    settings.EXPLOR_IATI_REF = ""
    sheet()
    data, [remark] = written("iati.xml")
    assert etree.fromstring(data).xpath("count(iati-activity)") == 0
    assert "EXPLOR_IATI_REF" in remark.text


def test_the_iati_organisation_file_describes_the_publisher(shared: Any, settings: Any) -> None:
    settings.EXPLOR_PUBLISHER = "Réseau exemple"
    data, remarks = written("iati-organisation.xml")
    tree = etree.fromstring(data)
    assert tree.xpath("iati-organisation/organisation-identifier/text()") == ["XI-EXPLOR-EXEMPLE"]
    assert tree.xpath("//reporting-org/@ref") == ["XI-EXPLOR-EXEMPLE"]
    assert tree.xpath("//name/narrative/text()") == ["Réseau exemple"]
    assert remarks == []
    schemas = shared("data/iati/iati-2.03")
    assert engine.check_iati(data, today=timezone.localdate(), schemas=schemas).errors == ()
    settings.EXPLOR_IATI_REF = ""
    assert pages.WRITERS["iati-organisation.xml"](BytesIO(), remarks) == 0
    assert remarks[0].text


def test_a_future_mission_in_open_data_has_its_month_and_not_its_day() -> None:
    mission, _ = signed_mission()
    mission.state = "preparing"
    mission.save()
    [activity] = etree.fromstring(written("iati.xml")[0]).xpath("//*[@hierarchy='3']")
    first = mission.start.replace(day=1)
    assert activity.xpath("activity-date[@type='1']/@iso-date") == [first.isoformat()]
    assert activity.xpath("activity-date[@type='2']") == []
    assert Calendar.from_ical(written("calendrier-missions.ics")[0]).subcomponents == []


def test_the_amounts_of_a_grant_are_summed_and_a_missing_siret_adds_a_remark() -> None:
    mission, row = signed_mission()
    data, [remark] = written("subventions.csv")
    assert len(data.decode().splitlines()) == 1
    assert (remark.sheet, remark.network) == (row.pk, mission.network_id)
    assert "SIRET" in remark.text
    funder = BudgetLine.objects.first().funder  # type: ignore[union-attr]
    for holder, siret in ((funder, "00000013300017"), (mission.association, "00000021600010")):
        holder.siret = siret
        holder.save()
    [line] = csv.DictReader(StringIO(written("subventions.csv")[0].decode()))
    assert (line["montant"], line["idAttribuant"]) == ("840.00", "00000013300017")


def test_the_amount_a_funder_commits_is_an_iati_transaction_dated_by_the_signature(
    shared: Any, settings: Any
) -> None:
    mission, _ = signed_mission()
    funder = BudgetLine.objects.first().funder  # type: ignore[union-attr]
    # half an hour after midnight in Paris, still the day before in UTC
    signed = datetime(2026, 6, 2, 22, 30, tzinfo=UTC)
    Signature.objects.update(at=signed)
    settings.EXPLOR_IATI_SCHEMAS = str(shared("data/iati/iati-2.03"))
    data, _ = written("iati.xml")
    assert engine.check_iati(data, today=timezone.localdate(), schemas=engine.schemas()).valid
    [transaction] = etree.fromstring(data).xpath("//transaction")
    assert transaction.getparent().get("hierarchy") == "3"
    assert transaction.find("transaction-type").get("code") == "2"
    assert transaction.find("transaction-date").get("iso-date") == "2026-06-03"
    assert transaction.findtext("value") == "840.00"
    assert transaction.findtext("provider-org/narrative") == funder.name
    assert transaction.findtext("receiver-org/narrative") == mission.association.name


def test_an_unsigned_agreement_or_a_withdrawn_sheet_has_no_iati_transaction() -> None:
    mission, row = signed_mission()
    signatures = Signature.objects.all()
    [signature] = signatures
    signatures.delete()
    assert etree.fromstring(written("iati.xml")[0]).xpath("//transaction") == []
    signature.save(force_insert=True)
    assert len(etree.fromstring(written("iati.xml")[0]).xpath("//transaction")) == 1
    directory.withdraw(row, by=officer_actor(mission.network), reason="Une erreur.")
    assert etree.fromstring(written("iati.xml")[0]).xpath("//transaction") == []


@pytest.mark.parametrize(("state", "grants"), [("away", 1), ("remote", 1), ("cancelled", 0)])
def test_a_cancelled_mission_has_no_grant_in_the_open_data(state: str, grants: int) -> None:
    mission, _ = signed_mission()
    funder = BudgetLine.objects.first().funder  # type: ignore[union-attr]
    for holder, siret in ((funder, "00000013300017"), (mission.association, "00000021600010")):
        holder.siret = siret
        holder.save()
    mission.state, mission.cause = state, "" if state == "away" else "ZONE"
    mission.save()
    assert len(written("subventions.csv")[0].decode().splitlines()) - 1 == grants


def test_an_action_on_a_mission_schedules_a_new_export_of_the_files(run_jobs: Any) -> None:
    mission, _ = signed_mission()
    run_jobs()
    type(mission).objects.update(start=on(-5), end=on(4))
    mission.refresh_from_db()
    missions.come_back(mission, by=officer_actor(mission.network), on=on(-1))
    assert "open_data.follow" in run_jobs()


def test_a_planned_day_of_a_mission_is_not_published_as_a_real_day() -> None:
    mission, _ = signed_mission()
    mission.state, mission.start, mission.end = "returned", on(-20), on(-11)
    mission.save()
    [activity] = etree.fromstring(written("iati.xml")[0]).xpath(
        f"//iati-activity[iati-identifier='XI-EXPLOR-EXEMPLE-EXPLOR-M{mission.pk}']"
    )
    assert activity.xpath("activity-date/@type") == ["1", "3"]
    mission.departed_on, mission.returned_on = on(-19), on(-12)
    mission.save()
    [activity] = etree.fromstring(written("iati.xml")[0]).xpath(
        f"//iati-activity[iati-identifier='XI-EXPLOR-EXEMPLE-EXPLOR-M{mission.pk}']"
    )
    dates = dict(
        zip(
            activity.xpath("activity-date/@type"),
            activity.xpath("activity-date/@iso-date"),
            strict=True,
        )
    )
    assert (dates["2"], dates["4"]) == (on(-19).isoformat(), on(-12).isoformat())


def test_the_public_calendars_contain_calls_for_projects_and_departed_missions() -> None:
    CallFactory(state="draft", title="Brouillon")
    opened = timezone.now() - timedelta(hours=1)
    call = CallFactory(state="open", title="Printemps", state_since=opened)
    names = [str(each["summary"]) for each in Calendar.from_ical(written("appels.ics")[0]).events]
    assert f"Ouverture : Printemps ({call.network})" in names
    assert not any("Brouillon" in name for name in names)
    [first, *_] = Calendar.from_ical(written("appels.ics")[0]).events
    close_call(call, by=officer_actor(call.network))
    [later, *_] = Calendar.from_ical(written("appels.ics")[0]).events
    assert (first["uid"], "dtend" in later) == (later["uid"], False)
    assert later["dtstamp"].dt > first["dtstamp"].dt
    assert later["sequence"] > first["sequence"]
    mission, _ = signed_mission()
    [event] = Calendar.from_ical(written("calendrier-missions.ics")[0]).events
    assert event["dtstart"].dt == mission.start
    assert (event["dtend"].dt - mission.end).days == 1


def test_an_open_data_file_is_replaced_only_when_its_content_changes() -> None:
    sheet()
    assert actions.make("projets.csv") is True
    first = Dataset.objects.get(name="projets.csv")
    assert actions.make("projets.csv") is False
    sheet(title="Un autre")
    assert actions.make("projets.csv") is True
    second = Dataset.objects.get(name="projets.csv")
    assert (first.rows, second.rows) == (1, 2)
    assert first.pk == second.pk


def test_an_open_data_file_missing_on_disk_is_shown_as_being_prepared_then_written_again() -> None:
    """A backup written while the files change holds the row of one and not its bytes."""
    sheet()
    actions.make("projets.csv")
    default_storage.delete(Dataset.objects.get(name="projets.csv").file.name)
    answer = Client().get("/donnees/fichiers/projets.csv")
    assert (answer.status_code, answer["Retry-After"]) == (503, "40")
    assert actions.make("projets.csv") is True
    assert Client().get("/donnees/fichiers/projets.csv").status_code == 200


def test_an_open_data_file_that_cannot_be_written_does_not_block_the_other_files(
    monkeypatch: Any,
) -> None:
    first, *others = pages.WRITERS

    def fail(out: Any, remarks: Any) -> int:
        raise ValueError("une ligne impossible")

    monkeypatch.setattr(pages, "WRITERS", {**pages.WRITERS, first: fail})
    with pytest.raises(ExceptionGroup):  # the queue knows that the job failed
        actions.make_all()
    assert set(Dataset.objects.values_list("name", flat=True)) == set(others)


def test_two_requests_to_write_the_open_data_files_schedule_one_job(run_jobs: Any) -> None:
    assert actions.make_all() == len(pages.WRITERS)
    actions.make_soon()
    actions.make_soon()  # adds no second job
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'open_data.%'")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("name", pages.WRITERS)
def test_the_number_of_queries_to_write_a_file_does_not_grow_with_its_rows(name: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            written(name)
        return len(caught)

    for _ in range(3):
        sheet()
        DecisionFactory(state="announced", verdict="favourable")
    few = cost()
    for _ in range(7):
        sheet()
        DecisionFactory(state="announced", verdict="favourable")
    assert cost() == few <= 12


def test_a_sheet_imported_from_markdown_is_exported_unchanged() -> None:
    reading = read_sheet(MARKDOWN)
    row = SheetFactory(content=sheets.content_of(reading.sheet))
    [result] = json.loads(written("projets.json")[0])
    assert result["fiche"] == {**row.content, "lead_organisation": {}}
    assert result["publiee_le"] == timezone.localdate(row.published_at).isoformat()
