"""The page of the coordination on the leave schemes."""

from django.http import HttpResponse
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required

from . import pages


@role_required("coordination")
def schemes(request: Request) -> HttpResponse:
    """Show each leave scheme with its text, its legal end and the day it was read."""
    context = {
        "rows": pages.rows_of_schemes(timezone.localdate()),
        "columns": ["Cadre", "Texte", "Fin légale", "Lu le"],
    }
    return render_page(request, "leave_readings/coordination_schemes.html", context)
