from django.urls import path

from explor.ground.roles.registry import role_required

from . import views


def _shared(role: str) -> list[object]:
    """Return the URL patterns common to the network and the chair, named after `role`."""
    return [
        path("seances/<int:pk>/", role_required(role)(views.meeting), name=f"{role}_meeting"),
        path(
            "seances/<int:pk>/proces-verbal/",
            role_required(role)(views.minutes),
            name=f"{role}_minutes",
        ),
        *views.PLANS.urls(role),
        *views.VERBS.urls(role),
    ]


comite = _shared("comite")
reseau = _shared("reseau")
