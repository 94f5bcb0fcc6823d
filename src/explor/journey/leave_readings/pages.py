"""The leave schemes shown to the coordination, and the tasks on those that end soon."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task

from .engine import LEAVE_SCHEMES, LeaveScheme, ending_schemes


def schemes_to_check(actor: Actor) -> list[Task]:
    """Return a task for each leave scheme whose legal end is near."""
    page = reverse("leave_readings:coordination_schemes")
    return [
        Task(
            title=f"Vérifier si un cadre est prolongé : {scheme.label}",
            url=f"{page}#{scheme.code}",
            why=f"Fin légale : {end_of(scheme)}. Ensuite, ce cadre sera fermé.",
            until=scheme.valid_to,
        )
        for scheme in ending_schemes(timezone.localdate())
    ]


def rows_of_schemes(on: date) -> list[tuple[LeaveScheme, str, bool]]:
    """Return each leave scheme with its legal end, in words, and whether this end is near."""
    near = ending_schemes(on)
    return [(scheme, end_of(scheme), scheme in near) for scheme in LEAVE_SCHEMES]


def end_of(scheme: LeaveScheme) -> str:
    """Return the legal end of a scheme, with the other reading of its texts; blank without one."""
    if scheme.valid_to is None:
        return ""
    said = f"{scheme.valid_to:%d/%m/%Y}"
    return f"{said} ou {scheme.doubtful_to:%d/%m/%Y}" if scheme.doubtful_to else said
