"""Data that a person hides disappear from every public surface at the next request (P4).

No page shows a profile to the public: a profile is shown to networks, by consent. The public data
about a person, also by consent, are the summary of a report and their published project sheet.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from explor.actors.experts import actions as experts
from explor.actors.experts.models import Expert
from explor.journey.reports import actions as reports
from explor.journey.reports.models import Report
from explor.journey.sheets import actions as sheets
from explor.journey.sheets.models import ProjectSheet
from explor.oversight.indicators import actions as figures
from explor.public.open_data import actions as open_data
from explor.public.open_data.pages import WRITERS
from factories import ExpertFactory, ReportFactory, expert_actor, officer_actor, wearing

from .test_isolation import WORDS
from .world import routes

pytestmark = pytest.mark.django_db
WORD = "Sentinelle"
SLUG = f"fontaines-{WORD.lower()}"
FORMS = ("json", "jsonld", "md", "docx", "pdf", "html")
# The first words of the addresses that ask for an account.
CLOSED = (
    "compte", "association", "expert", "employeur", "partenaire", "reseau", "comite",
    "coordination", "financeur", "administration", "demo",
)  # fmt: skip


@pytest.fixture
def report(settings: Any, tmp_path: Any) -> Report:
    """Return an accepted report whose summary is public, on a published sheet."""
    settings.MEDIA_ROOT = tmp_path
    row = ReportFactory(state="draft")
    expert = row.mission.expert
    Expert.objects.filter(pk=expert.pk).update(
        job=f"{WORD} metier", summary=f"{WORD} parcours", state="available"
    )
    expert.person.name = f"{WORD} Exemple"
    expert.person.save()
    by = expert_actor(expert)
    changes = {"done": "Ateliers.", "public_summary": f"{WORD} resume", "public_consent": True}
    reports.write(row, by=by, changes=changes)
    Report.objects.filter(pk=row.pk).update(state="accepted")
    sheet = sheets.write_from_file(row.mission.need.project, by=officer_actor(row.mission.network))
    ProjectSheet.objects.filter(pk=sheet.pk).update(
        slug=SLUG, state="published", published_at=timezone.now()
    )
    open_data.make_all()
    figures.count()
    row.refresh_from_db()
    return row


def public_urls() -> list[str]:
    """Return every address that anyone may read, filled with what is published."""
    urls = {f"/donnees/fichiers/{name}" for name in WRITERS}
    urls |= {f"/projets/{SLUG}.{form}" for form in FORMS}
    urls |= {f"/projets/?q={WORD}", "/chiffres/?format=csv", "/api/v1/projets", "/api/v1/chiffres"}
    urls |= {f"/api/v1/projets/{SLUG}", "/sitemap-fiches.xml", "/flux/projets.atom", "/sitemap.xml"}
    for route, _ in routes():
        if route.split("/")[0] not in CLOSED and "<" not in route:
            urls.add(f"/{route}")
    return sorted(urls) + [f"/projets/{SLUG}/"]


def body_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="ignore")


def read(urls: list[str], tags: dict[str, str] | None = None) -> Iterator[tuple[str, Any, str]]:
    """Yield each address, the answer and its text; `tags` are those that a cache still holds."""
    visitor = Client()
    for url in urls:
        held = {"if-none-match": tags[url]} if tags and url in tags else {}
        answer = visitor.get(url, headers=held)
        assert answer.status_code < 600
        yield url, answer, body_of(answer)


def may_be_reused(answer: HttpResponse) -> bool:
    """Return whether a cache may give an answer again without asking for it anew."""
    words = answer.get("Cache-Control", "").replace(" ", "").split(",")
    lives = [int(each.partition("=")[2]) for each in words if "max-age=" in each]
    return not ({"no-cache", "no-store"} & set(words) or (lives and max(lives) == 0))


def test_the_list_of_public_surfaces_contains_more_than_45_urls() -> None:
    assert WORDS["slug"] == ("absent",)
    assert len(public_urls()) > 45


def test_a_withdrawn_report_summary_is_absent_from_every_public_surface(report: Report) -> None:
    urls, word = public_urls(), f"{WORD} resume"
    before = {url: (answer, text) for url, answer, text in read(urls)}
    showing = [url for url, (_, text) in before.items() if word in text]
    assert {f"/projets/{SLUG}/", f"/api/v1/projets/{SLUG}"} <= set(showing)
    reused = [url for url in showing if may_be_reused(before[url][0])]
    assert reused == [], "a cache would still show it"
    tags = {url: answer["ETag"] for url, (answer, _) in before.items() if "ETag" in answer}
    reports.withdraw_summary(report, by=expert_actor(report.mission.expert))
    for held in (None, tags):
        for url, answer, text in read(urls, held):
            assert word not in text, url
            assert answer.status_code != 304 or url not in showing, f"{url}: a cache keeps it"


def test_a_withdrawn_sheet_is_absent_from_every_public_surface(report: Report) -> None:
    urls = public_urls()
    before = {url: (answer, text) for url, answer, text in read(urls)}
    showing = [url for url, (_, text) in before.items() if SLUG in text]
    assert {"/sitemap-fiches.xml", "/flux/projets.atom", "/api/v1/projets"} <= set(showing)
    assert [url for url in showing if may_be_reused(before[url][0])] == []
    tags = {url: answer["ETag"] for url, (answer, _) in before.items() if "ETag" in answer}
    sheet = ProjectSheet.objects.get(slug=SLUG)
    sheets.withdraw(sheet, by=officer_actor(report.mission.network), reason="Projet arrêté.")
    for held in (None, tags):
        for url, answer, text in read(urls, held):
            own = SLUG in url
            assert SLUG not in text or own, url
            assert not own or answer.status_code in (404, 410), url
            assert answer.status_code != 304 or url not in showing, f"{url}: a cache keeps it"


def test_no_public_surface_shows_an_expert_profile_whatever_its_consents(report: Report) -> None:
    expert = report.mission.expert
    words = (f"{WORD} metier", f"{WORD} parcours", f"{WORD} Exemple", expert.person.email)
    for _ in range(2):
        for url, _, text in read(public_urls()):
            assert not [word for word in words if word in text], url
        for consent in expert.consents.filter(withdrawn_at=None):
            experts.withdraw_consent(expert, network=consent.network, by=expert_actor(expert))


def test_a_hidden_expert_profile_disappears_from_the_next_request_of_a_network(
    report: Report,
) -> None:
    expert = ExpertFactory(job=f"{WORD} autre")
    officer = officer_actor(expert.network)
    client, key = wearing(officer), officer.key
    page, listed = f"/reseau/{key}/expertises/{expert.pk}/", f"/reseau/{key}/expertises/"
    assert client.get(page).status_code == 200
    assert WORD in client.get(listed).content.decode()
    for url in (page, listed):
        assert not may_be_reused(client.get(url)), url
    experts.withdraw_consent(expert, network=expert.network, by=expert_actor(expert))
    assert client.get(page).status_code == 404
    assert WORD not in client.get(listed).content.decode()
