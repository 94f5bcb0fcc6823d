from django.urls import path

from explor.ground.roles.registry import role_required

from . import views


def _shared(role: str) -> list[object]:
    """Return the pages that the network and the chair share, each under its own role."""
    patterns = (
        ("appels/<int:pk>/seances/", views.plan, "plan"),
        ("seances/<int:pk>/", views.meeting, "meeting"),
        ("seances/<int:pk>/presences/", views.attendance, "attendance"),
        ("seances/<int:pk>/proces-verbal/", views.minutes, "minutes"),
        ("seances/<int:pk>/<slug:slug>/", views.act, "meeting_act"),
    )
    return [
        path(route, role_required(role)(view), name=f"{role}_{name}")
        for route, view, name in patterns
    ]


comite = _shared("comite")
reseau = _shared("reseau")
