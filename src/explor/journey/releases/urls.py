from django.urls import path

from explor.ground.common.hats import wear

from .views import shared


def _pages(role: str) -> list[object]:
    """The pages and the verbs of a release under one role."""
    route = "mises-a-disposition/<int:pk>/"
    return [
        path(route, wear(role)(shared.release), name=f"{role}_release"),
        path(f"{route}convention/", wear(role)(shared.agreement), name=f"{role}_agreement"),
        *shared.VERBS.urls(role),
    ]


association = _pages("association")
expert = _pages("expert")
employeur = [
    path("mises-a-disposition/", wear("employeur")(shared.releases), name="employeur_releases"),
    *_pages("employeur"),
]
reseau = _pages("reseau")
