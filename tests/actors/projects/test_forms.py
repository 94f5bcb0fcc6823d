"""The form of a project: partial dates, and no required field except the title."""

import pytest

from explor.actors.projects.forms import ProjectNew


def form(**typed: object) -> ProjectNew:
    return ProjectNew({"title": "Un puits", **typed})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026", "2026"), ("mars 2026", "2026-03"), ("03/2026", "2026-03"),
        ("12/03/2026", "2026-03-12"), ("2026-03-12", "2026-03-12"), ("", ""),
    ],
)  # fmt: skip
def test_the_project_form_accepts_partial_dates(typed: str, kept: str) -> None:
    filled = form(start=typed)
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["start"] == kept


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["bientôt", "32/13/2026", "26", "31/02/2026", "²/2026", "0000"])
def test_the_project_form_refuses_an_invalid_date(typed: str) -> None:
    assert "start" in form(start=typed).errors


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["1949", "31/12/9999"])
def test_the_project_form_refuses_a_year_out_of_bounds_and_shows_the_bounds(typed: str) -> None:
    assert form(start=typed).errors["start"][0].startswith("Donnez une année de 1950 à ")


@pytest.mark.django_db
def test_the_project_form_refuses_an_end_before_the_start() -> None:
    assert "end" in form(start="2026-05", end="2026-04").errors
    assert "end" in form(start="2026-05", end="2025").errors
    assert form(start="2026-05", end="2026").is_valid()


@pytest.mark.django_db
def test_the_project_form_requires_only_a_title() -> None:
    assert form().is_valid()
    assert list(ProjectNew({}).errors) == ["title"]
