"""Lifecycle of a sheet: validation, planned publication, yearly confirmation, corrections."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.actors.projects.models import Project
from explor.ground.audit.models import Entry
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.mail.models import Message
from explor.journey.sheets import actions, engine, pages, selectors
from explor.journey.sheets.models import FormerSlug, ProjectSheet
from factories import (
    MemberFactory,
    MissionFactory,
    NetworkFactory,
    OfficerFactory,
    ProjectFactory,
    SheetFactory,
    association_actor,
    officer_actor,
    wearing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> ProjectSheet:
    """Return a draft sheet; the association has a member and its network has an officer."""
    project = ProjectFactory(title="Un grenier", objectives="Garder les récoltes.")
    MemberFactory(organisation=project.association)
    OfficerFactory(network=project.association.network)
    return actions.write_from_file(project, by=officer_actor(project.association.network))


def recipients_of(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).values_list("to", flat=True))


def test_a_sheet_stays_in_its_network_when_the_association_is_transferred(
    row: ProjectSheet,
) -> None:
    project, former = row.project, officer_actor(row.network)
    Organisation.objects.filter(pk=project.association_id).update(network=NetworkFactory())  # type: ignore[union-attr]
    project = Project.objects.get(pk=row.project_id)
    new = officer_actor(project.association.network)
    url = "/reseau/{}/fiches/ecrire/{}/"
    assert wearing(new).get(url.format(new.key, project.pk)).status_code == 403
    assert "Récrire" not in wearing(new).get(f"/reseau/{new.key}/projets/{project.pk}/").text
    client = wearing(former)
    page = client.get(f"/reseau/{former.key}/fiches/{row.pk}/").text
    assert url.format(former.key, project.pk) in page
    assert client.get(url.format(former.key, project.pk)).status_code == 200
    done = client.post(url.format(former.key, project.pk), {"version": project.version})
    assert done.status_code == 302


def test_the_former_network_of_an_association_sees_which_network_writes_the_sheet() -> None:
    mission = MissionFactory()
    former = officer_actor(mission.network)
    url = f"/reseau/{former.key}/missions/{mission.pk}/"
    assert "Écrire la fiche" in wearing(former).get(url).text
    new = NetworkFactory(name="Le réseau d’arrivée")
    Organisation.objects.filter(pk=mission.association_id).update(network=new)
    page = wearing(former).get(url).text
    assert "Écrire la fiche" not in page
    assert "Le réseau d’arrivée, le réseau de l’association, l’écrira." in page


def test_a_draft_validated_by_the_association_becomes_a_task_of_the_network(
    row: ProjectSheet,
) -> None:
    assert len(recipients_of("write_from_file")) == 1
    assert row.sources["title"]["de"] == "dossier du projet"
    association = association_actor(row.project.association)  # type: ignore[union-attr]
    waiting = pages.tasks_of_association(association)
    assert [line.title for line in waiting] == [f"{row.file_number} · Un grenier"]
    client = wearing(association)
    page = client.get(waiting[0].url).content.decode()
    assert "D’où vient chaque rubrique" in page
    client.post(f"{waiting[0].url}valider/", {"version": row.version})
    row.refresh_from_db()
    assert row.approved_on == timezone.localdate()
    assert len(recipients_of("approve")) == 1
    network = officer_actor(row.network)
    assert [line.title for line in pages.tasks_of_network(network)] == [waiting[0].title]
    assert pages.tasks_of_association(association) == []


def test_writing_a_changed_sheet_again_removes_its_validation_by_the_association(
    row: ProjectSheet,
) -> None:
    actions.approve(row, by=association_actor(row.project.association))  # type: ignore[union-attr]
    project, by = row.project, officer_actor(row.network)
    assert project
    again = actions.write_from_file(project, by=by)
    assert (again.approved_on, recipients_of("correct")) == (timezone.localdate(), [])
    Project.objects.filter(pk=project.pk).update(objectives="Garder le mil.")
    project.refresh_from_db()
    assert actions.write_from_file(project, by=by).approved_on is None
    sent = Message.objects.get(kind="correct").body
    assert "Objectifs du projet.\n\nRelisez-la, puis validez-la de nouveau." in sent


def test_a_planned_sheet_is_published_on_its_planned_day(row: ProjectSheet) -> None:
    today = timezone.localdate()
    by = officer_actor(row.network)
    for day in (today, today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(ActionNotAllowed, match="jour à venir"):
            actions.plan(row, by=by, publish_on=day)
    actions.approve(row, by=association_actor(row.project.association))  # type: ignore[union-attr]
    actions.plan(row, by=by, publish_on=today + timedelta(days=3))
    assert actions.publish_planned(today) == 0
    assert actions.publish_planned(today + timedelta(days=3)) == 1
    row.refresh_from_db()
    assert (row.state, row.publish_on) == ("published", None)


def test_a_planned_sheet_written_again_requires_a_new_validation_by_its_association(
    row: ProjectSheet,
) -> None:
    association = association_actor(row.project.association)  # type: ignore[union-attr]
    day = timezone.localdate() + timedelta(days=3)
    actions.approve(row, by=association)
    actions.plan(row, by=officer_actor(row.network), publish_on=day)
    project = row.project
    assert project
    project.objectives = "Garder le mil."
    project.save()
    row = actions.write_from_file(project, by=officer_actor(row.network))
    assert actions.publish_planned(day) == 0
    actions.approve(row, by=association)
    assert actions.publish_planned(day) == 1


def test_publishing_a_sheet_without_validation_requires_a_reason_shown_to_the_association(
    row: ProjectSheet,
) -> None:
    by = officer_actor(row.network)
    with pytest.raises(ActionNotAllowed, match="n’a pas validé la fiche"):
        actions.publish(row, by=by)
    client, url = wearing(by), f"/reseau/{by.key}/fiches/{row.pk}/publier/"
    assert "L’association ne l’a pas encore validée" in client.get(url).content.decode()
    form = {"version": row.version, "reason": ""}
    assert client.post(url, form).status_code == 422
    assert client.post(url, form | {"reason": "Elle l’a dit hier."}).status_code == 302
    row.refresh_from_db()
    assert row.state == "published"
    [told] = Message.objects.filter(kind="publish")
    assert "Motif : Elle l’a dit hier." in told.body
    assert Entry.objects.about(row).get(verb="publish").reason == "Elle l’a dit hier."


def test_a_planned_sheet_that_cannot_be_published_does_not_block_the_others(
    row: ProjectSheet,
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    other = actions.write_from_file(
        ProjectFactory(title="Un puits", association=row.project.association),  # type: ignore[union-attr]
        by=officer_actor(row.network),
    )
    ProjectSheet.objects.update(publish_on=day, approved_on=timezone.localdate())
    ProjectSheet.objects.filter(pk=row.pk).update(content={})
    assert actions.publish_planned(day) == 1
    other.refresh_from_db()
    assert other.state == "published"


def test_a_sheet_not_confirmed_for_a_year_gets_one_reminder_that_is_not_repeated_daily(
    row: ProjectSheet,
) -> None:
    actions.publish(row, by=officer_actor(row.network), reason="Dit par téléphone.")
    today = timezone.localdate()
    assert actions.remind(today + timedelta(days=365)) == 0
    later = today + timedelta(days=366)
    assert actions.remind(later) == 1
    assert actions.remind(later + timedelta(days=1)) == 0
    assert len(recipients_of("remind")) == 2
    with time_machine.travel(timezone.now() + timedelta(days=370)):
        page = Client().get(f"/projets/{row.slug}/").content.decode()
        assert "à confirmer" in page
        row.refresh_from_db()
        actions.confirm(row, by=association_actor(row.project.association))  # type: ignore[union-attr]
        assert actions.remind(timezone.localdate()) == 0
        assert (
            "certains faits ont pu changer"
            not in Client().get(f"/projets/{row.slug}/").content.decode()
        )


def test_a_correction_requested_by_the_association_is_emailed_to_its_network(
    row: ProjectSheet,
) -> None:
    client = wearing(association_actor(row.project.association))  # type: ignore[union-attr]
    url = f"/association/{row.project.association.slug}/fiches/{row.pk}/corriger/"  # type: ignore[union-attr]
    assert client.post(url, {"words": ""}).status_code == 422
    client.post(url, {"words": "Le village est Pô."})
    assert "Le village est Pô." in Message.objects.get(kind="ask_correction").body


def test_the_network_corrects_the_fields_of_a_draft_sheet(row: ProjectSheet) -> None:
    actions.approve(row, by=association_actor(row.project.association))  # type: ignore[union-attr]
    client = wearing(officer_actor(row.network))
    url = f"/reseau/{row.network.slug}/fiches/{row.pk}/corriger/"  # type: ignore[union-attr]
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    wrong = client.post(url, typed | {"start": "bientôt", "results": "Tout va bien."})
    assert wrong.status_code == 422
    assert "Date incomprise" in wrong.content.decode()
    assert "Tout va bien." in wrong.content.decode()
    assert client.post(url, typed | {"title": ""}).status_code == 422
    backwards = client.post(url, typed | {"start": "2024", "end": "2018"})
    assert "La fin précède le début." in backwards.content.decode()
    corrections = {"title": "Un grenier à Pô", "countries": "Burkina Faso", "start": "mars 2024"}
    assert client.post(url, typed | corrections).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.countries, row.year) == ("Un grenier à Pô", ["BF"], 2024)
    assert row.slug == "un-grenier-a-po"
    assert row.content["objectives"] == "Garder les récoltes."
    assert row.sources["title"]["de"] == "correction du réseau"
    assert row.sources["objectives"]["de"] == "dossier du projet"
    assert row.approved_on is None
    stale = client.post(url, typed | {"title": "Autre", "idempotency_key": ""})
    assert stale.status_code == 409
    stranger = wearing(officer_actor(NetworkFactory()))
    assert stranger.get(url).status_code in (403, 404)


def test_correcting_a_published_sheet_keeps_its_url_and_validation(
    row: ProjectSheet,
) -> None:
    by = officer_actor(row.network)
    actions.approve(row, by=association_actor(row.project.association))  # type: ignore[union-attr]
    actions.publish(row, by=by)
    corrected = replace(
        engine.sheet_of(row.content), title="Le grenier", objectives="Le mil au sec."
    )
    actions.correct(row, by=by, corrected=corrected)
    row.refresh_from_db()
    assert row.approved_on == timezone.localdate()
    assert "Le mil au sec." in Client().get("/projets/un-grenier/").content.decode()
    sent = Message.objects.get(kind="correct").body
    assert f"{by.name} a changé la fiche « Le grenier »" in sent
    assert "Ce qui a changé : Titre, Objectifs du projet.\n\nElle est publiée" in sent


def test_renaming_a_sheet_to_its_own_slug_changes_nothing(row: ProjectSheet) -> None:
    version = row.version
    renamed = actions.rename(row, by=officer_actor(row.network), slug="un-grenier")
    assert (renamed, renamed.slug, renamed.version) == (row, "un-grenier", version)
    assert FormerSlug.objects.count() == 0
    assert [entry.verb for entry in Entry.objects.about(row)] == ["write_from_file"]


def test_the_versions_page_of_a_sheet_shows_each_version_with_its_changes(
    row: ProjectSheet,
) -> None:
    project = row.project
    assert project
    project.objectives = "Garder les récoltes au sec."
    project.save()
    by = officer_actor(row.network)
    actions.write_from_file(project, by=by)
    ProjectSheet.objects.filter(pk=row.pk).update(missions=[{"title": "Mission à Pô"}])
    versions = pages.versions(selectors.versions_of(row), None)
    assert [[change.field for change in version.changes] for version in versions] == [
        ["Missions"],
        ["Objectifs du projet"],
        [],
    ]
    gained = [p.text for p in versions[1].changes[0].pieces if p.kind == "gained"]
    assert gained == ["récoltes au sec."]
    page = wearing(by).get(f"/reseau/{by.key}/fiches/{row.pk}/versions/").content.decode()
    assert "<ins>récoltes au sec.</ins>" in page


def test_the_versions_page_of_a_sheet_compares_thirty_versions_with_their_predecessors(
    row: ProjectSheet,
) -> None:
    for number in range(34):
        ProjectSheet.objects.filter(pk=row.pk).update(missions=[{"title": f"Mission n{number}"}])
    by = officer_actor(row.network)
    url = f"/reseau/{by.key}/fiches/{row.pk}/versions/"
    first, last = (wearing(by).get(f"{url}?page={n}").content.decode() for n in (1, 2))
    assert first.count("<time") == 30 and 'start="35"' in first
    assert "<ins>n4</ins>" in first and "<ins>n3</ins>" in last
    assert "Première version" in last and "Première version" not in first


def test_deleting_a_published_sheet_is_refused() -> None:
    row = SheetFactory()
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        row.delete()
    assert ProjectSheet.objects.filter(pk=row.pk).exists()
