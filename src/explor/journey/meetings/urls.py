from django.urls import path

from explor.ground.common.hats import wear

from . import views


def _shared(hat: str) -> list[object]:
    """Return the pages that the network and the chair share, each under its own hat."""
    patterns = (
        ("appels/<int:pk>/seances/", views.plan, "plan"),
        ("seances/<int:pk>/", views.meeting, "meeting"),
        ("seances/<int:pk>/presences/", views.attendance, "attendance"),
        ("seances/<int:pk>/proces-verbal/", views.minutes, "minutes"),
        ("seances/<int:pk>/<slug:slug>/", views.act, "meeting_act"),
    )
    return [path(route, wear(hat)(view), name=f"{hat}_{name}") for route, view, name in patterns]


comite = _shared("comite")
reseau = _shared("reseau")
