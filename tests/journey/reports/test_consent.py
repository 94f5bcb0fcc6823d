"""Consent of the author to publish the summary of a report: given, outdated, withdrawn."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.rights.actions import erase_account
from explor.ground.rights.rules import actor_of
from explor.journey.missions.pages import public_missions
from explor.journey.reports import actions, rules
from explor.journey.reports.models import CONSENT_VERSION, Report
from explor.journey.sheets import actions as sheets
from explor.journey.sheets.models import ProjectSheet
from explor.public.open_data import actions as open_data
from factories import ReportFactory, association_actor, expert_actor, officer_actor, wearing

pytestmark = pytest.mark.django_db
SUMMARY = "Six fontainières formées à Fenoarivo."


def handed_in(*, consent: bool = True, state: str = "accepted") -> Report:
    report = ReportFactory(state="draft")
    by = expert_actor(report.mission.expert)
    changes = {"done": "Ateliers.", "public_summary": SUMMARY, "public_consent": consent}
    actions.write(report, by=by, changes=changes)
    Report.objects.filter(pk=report.pk).update(state=state)
    report.refresh_from_db()
    return report


def published(report: Report) -> ProjectSheet:
    """Write and publish the sheet of the project of a report."""
    by = officer_actor(report.mission.network)
    sheet = sheets.write_from_file(report.mission.need.project, by=by)
    ProjectSheet.objects.filter(pk=sheet.pk).update(
        slug="fontaines", state="published", published_at=timezone.now()
    )
    return sheet


def shown(report: Report) -> str:
    return str(public_missions(report.mission.need.project)[0]["summary"])


def test_the_consent_to_publish_a_summary_is_saved_with_the_version_of_its_text() -> None:
    report = handed_in(state="draft")
    assert (report.consent_version, report.is_public) == (CONSENT_VERSION, True)
    by = expert_actor(report.mission.expert)
    actions.write(report, by=by, changes={"public_consent": False})
    assert (report.consent_version, report.is_public) == ("", False)


def test_a_report_summary_agreed_to_under_a_former_text_is_not_published_without_new_consent() -> (
    None
):
    report = handed_in()
    Report.objects.update(consent_version="2020-01")
    report.refresh_from_db()
    assert shown(report) == ""
    by = expert_actor(report.mission.expert)
    assert rules.can_publish_summary(by, report)
    actions.publish_summary(report, by=by)
    assert shown(report) == SUMMARY
    entry = Entry.objects.about(report).get(verb="publish_summary")
    assert entry.details == {"version": CONSENT_VERSION}


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "accepted"])
@pytest.mark.parametrize("consent", [True, False])
def test_only_the_author_of_a_submitted_report_can_give_or_withdraw_the_consent_to_publish(
    state: str, consent: bool
) -> None:
    report = handed_in(consent=consent, state=state)
    mission = report.mission
    late = state in ("submitted", "accepted")
    own = expert_actor(mission.expert)
    assert rules.can_publish_summary(own, report) == (late and not consent)
    assert rules.can_withdraw_summary(own, report) == (late and consent)
    for other in (
        officer_actor(mission.network),
        association_actor(mission.association),
        expert_actor(ReportFactory().mission.expert),
    ):
        assert not rules.can_publish_summary(other, report)
        assert not rules.can_withdraw_summary(other, report)


def test_a_withdrawn_report_summary_disappears_from_the_next_page_file_feed_and_cache(
    settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    report = handed_in()
    published(report)
    open_data.make_all()
    visitor = Client()
    urls = ("/projets/fontaines/", "/projets/fontaines.json", "/donnees/fichiers/projets.json")
    held = {url: visitor.get(url) for url in (*urls, "/api/v1/projets/fontaines")}
    assert SUMMARY in held["/projets/fontaines/"].content.decode()
    tags = {url: page["ETag"] for url, page in held.items() if "ETag" in page}
    client = wearing(expert_actor(report.mission.expert))
    page = f"/expert/missions/{report.mission_id}/"
    assert "Retirer le résumé" in client.get(page).content.decode()
    assert client.post(f"{page}resume-retire/", {"version": report.version}).status_code == 302
    for url in held:
        for sent in ({}, {"if-none-match": tags.get(url, "")}):
            again = visitor.get(url, headers=sent)
            body = b"".join(again.streaming_content) if again.streaming else again.content
            assert again.status_code in (200, 404, 503), url
            assert SUMMARY not in body.decode(), url
    for feed in ("/flux/projets.atom", "/projets/", "/"):
        assert SUMMARY not in visitor.get(feed).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        open_data.make_all()
    assert visitor.get(urls[2]).status_code == 200, "written without the summary"
    for row in tmp_path.rglob("*"):
        assert not row.is_file() or SUMMARY.encode() not in row.read_bytes(), row
    assert "Retirer le résumé" not in client.get(page).content.decode()


def test_an_erasure_removes_the_report_summaries_of_the_person_from_public_sheets(
    settings: Any, tmp_path: Any
) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    report = handed_in()
    sheet = published(report)
    type(report.mission).objects.update(state="closed")
    person = report.mission.expert.person
    erase_account(person, by=actor_of(person))
    sheet.refresh_from_db()
    assert SUMMARY not in str(sheet.missions)
    report.refresh_from_db()
    assert report.public_consent is False
