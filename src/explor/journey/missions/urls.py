from django.urls import path

from explor.ground.roles.registry import role_required

from .views import shared


def _pages(role: str) -> list[object]:
    """Return the URL patterns that the four roles share, for one role."""
    return [
        path("missions/<int:pk>/", role_required(role)(shared.mission), name=f"{role}_mission"),
        *shared.STEPS.urls(role),
        *shared.VERBS.urls(role),
    ]


def _list(role: str) -> object:
    return path("missions/", role_required(role)(shared.missions), name=f"{role}_missions")


association = [_list("association"), *_pages("association")]
employeur = [_list("employeur"), *_pages("employeur")]
expert = [_list("expert"), *_pages("expert")]
reseau = [_list("reseau"), *_pages("reseau")]
