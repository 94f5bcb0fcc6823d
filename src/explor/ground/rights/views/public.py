"""The page that shows the progress of an erasure to anyone who has its code, without any name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from explor.ground.http.access import private_link, public
from explor.ground.http.views import render_page

from ..models import ErasureRequest, Stage


@public
@private_link
@require_safe
def erasure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the progress of an erasure: requested, running, done or blocked."""
    row = get_object_or_404(ErasureRequest, code=code)
    working = row.stage in (Stage.QUEUED, Stage.RUNNING)
    context = {"row": row, "working": working, "blocked": row.stage == Stage.BLOCKED}
    return render_page(request, "rights/erasure.html", context)
