"""The page where an association reviews, validates and confirms the sheet of its project."""

from django.http import HttpResponse

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.forms import ActionForm

from .. import engine, pages
from .verbs import VERBS, load


@role_required("association")
def sheet(request: Request, pk: int) -> HttpResponse:
    """Show the sheet as the public will see it, with the source of each field."""
    row = load(request, pk)
    validated = ("approve",) if row.approved_on else ()
    context = {
        "row": row,
        **pages.review_of(row, engine.sheet_of(row.content)),
        "form": ActionForm(subject=row),
        "verbs": VERBS.buttons(request.actor, row, without=validated),
    }
    return render_page(request, "sheets/association_sheet.html", context)
