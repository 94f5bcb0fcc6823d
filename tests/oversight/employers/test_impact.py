"""The impact sheet of the missions of a year."""

from datetime import date
from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from explor.journey.missions.models import Mission
from explor.oversight.employers import pages, selectors
from factories import (
    AssociationFactory,
    EmployerFactory,
    MissionFactory,
    SheetFactory,
    employer_actor,
    wearing,
)

from .test_gifts import lived

pytestmark = pytest.mark.django_db
URL = "/employeur/ateliers/bilan"


@pytest.fixture
def employer():
    return EmployerFactory(slug="ateliers")


def figures(employer, year):
    missions = selectors.missions_of_year(employer_actor(employer), year)
    return pages.impact_of(missions, selectors.published_sheets(missions), year)


def test_the_impact_figures_count_only_the_real_days_of_the_year(employer):
    first = lived(employer, date(2025, 12, 28), date(2026, 1, 5))
    lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    made = figures(employer, 2025)
    assert (made["missions"], made["people"], made["days"]) == (2, 2, 14)
    assert (made["countries"], made["skills"]) == (["Madagascar"], ["Gestion de l’eau"])
    assert len(made["associations"]) == 2
    assert figures(employer, 2026)["associations"] == [first.association.name]


def test_the_impact_sheet_quotes_published_project_sheets_only(employer):
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    said = {"title": mission.need.title, "summary": "Six fontainières formées."}
    other = {"title": "Une autre mission", "summary": "Autre chose."}
    values = {"project": mission.need.project, "title": "De l’eau", "missions": [said, other]}
    sheet = SheetFactory(state="draft", **values)
    assert figures(employer, 2025)["quotes"] == []
    sheet.state = "published"
    sheet.save()
    assert figures(employer, 2025)["quotes"] == [("De l’eau", "Six fontainières formées.")]


def test_the_impact_pdf_contains_no_name_of_a_person(employer):
    mission = lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    page = text_of(client_of(employer).get(f"{URL}.pdf?annee=2025").content)
    assert mission.expert.person.name not in page
    assert "1 personne, 1 mission, 10 jours de solidarité internationale" in page


def client_of(employer):
    return wearing(employer_actor(employer))


def text_of(content):
    reader = pypdf.PdfReader(BytesIO(content))
    return " ".join(reader.pages[0].extract_text().split())


def test_the_impact_page_and_pdf_of_an_empty_year_say_that_there_is_no_mission(employer):
    client = client_of(employer)
    assert "Aucune mission vécue cette année-là" in client.get(f"{URL}/?annee=2019").text
    assert "Aucune mission n’a eu lieu" in text_of(client.get(f"{URL}.pdf?annee=2019").content)


def test_the_impact_pdf_is_one_tagged_page_even_with_very_long_names(employer):
    employer.name = "Établissements " + "N" * 180
    employer.save()
    for number in range(12):
        association = AssociationFactory(name=f"{number} " + "association très longue " * 8)
        mission = lived(
            employer,
            date(2025, 3, 1),
            date(2025, 3, 10),
            release__proposal__decision__need__association=association,
        )
        Mission.objects.filter(pk=mission.pk).update(country=("MG", "BF", "SN", "ML")[number % 4])
        said = {"title": mission.need.title, "summary": "Un résultat très long. " * 60}
        SheetFactory(project=mission.need.project, title="T" * 200, missions=[said])
    answer = client_of(employer).get(f"{URL}.pdf?annee=2025")
    assert answer["Content-Disposition"] == 'attachment; filename="bilan-2025.pdf"'
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
        assert bool(pdf.Root.MarkInfo.Marked)
    assert "et 6 autres" in text_of(answer.content)


def test_the_impact_of_a_mission_that_has_not_ended_counts_until_today(employer):
    mission = MissionFactory(release__proposal__expert__employer=employer)
    today = timezone.localdate()
    Mission.objects.filter(pk=mission.pk).update(
        state="away", start=today, end=today, departed_on=today, min_days=1, max_days=9
    )
    assert figures(employer, today.year)["days"] == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_impact_page_queries_the_missions_of_the_year_only_once(employer, count):
    for _ in range(count):
        lived(employer, date(2025, 3, 1), date(2025, 3, 10))
    client = client_of(employer)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(f"{URL}/?annee=2025").context["rows"]) == count
    assert len([each for each in queries if "comes_back" in each["sql"]]) == 1
    assert len(queries) == 6
