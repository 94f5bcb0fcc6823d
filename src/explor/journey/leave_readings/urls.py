from django.urls import path

from explor.ground.roles.registry import role_required

from . import views


def _pages(role: str) -> list[object]:
    """Return the URL patterns of the read-only pages of the law for one role."""
    shown = {
        "": ("schemes", views.schemes),
        "seuils/": ("thresholds", views.thresholds),
        "changements/": ("changes", views.changes),
        "lire/<str:scheme>/": ("scheme", views.scheme),
    }
    return [
        path(f"cadres/{route}", role_required(role)(view), name=f"{role}_{name}")  # type: ignore[arg-type]
        for route, (name, view) in shown.items()
    ]


reseau = _pages("reseau")
coordination = [
    *_pages("coordination"),
    path("cadres/changements/<int:pk>/", views.change, name="coordination_change"),
    *views.CELLS.urls("coordination"),
    *views.CHANGES.urls("coordination"),
]
