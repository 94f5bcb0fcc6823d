from django.urls import path

from explor.ground.roles.registry import role_required

from .views import employeur as own
from .views import shared


def _files(role: str) -> list[object]:
    """Return the URL patterns of the CSV and XLSX files of gifts, for one role."""
    return [
        path("dons.csv", role_required(role)(shared.gifts_csv), name=f"{role}_gifts_csv"),
        path("dons.xlsx", role_required(role)(shared.gifts_xlsx), name=f"{role}_gifts_xlsx"),
    ]


def _gifts(role: str) -> list[object]:
    """Return the URL patterns of the page of gifts and of its files, for one role."""
    page = path("dons/", role_required(role)(shared.gifts), name=f"{role}_gifts")
    return [page, *_files(role)]


association = _gifts("association")
reseau = _gifts("reseau")
employeur = [
    path("en-bref/", own.brief, name="employeur_brief"),
    path("propositions/<int:pk>/en-bref/", own.brief_of, name="employeur_brief_of"),
    path("calendrier/", own.calendar, name="employeur_calendar"),
    path("calendrier.ics", own.calendar_file, name="employeur_calendar_file"),
    path("bilan/", own.impact, name="employeur_impact"),
    path("bilan.pdf", own.impact_file, name="employeur_impact_file"),
    *own.GIFTS.urls("employeur"),
    *_files("employeur"),
]
