"""Page of the ranking of a call, the same for the network and for the chair."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.access import require
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.journey.calls.models import Call
from explor.journey.committees.selectors import bylaws_of
from explor.journey.meetings import pages as meetings
from explor.journey.meetings.selectors import current_meeting

from .. import pages, rules, selectors


def ranking(request: Request, pk: int) -> HttpResponse:
    """Show the ranked needs of a call, what the envelope covers, and the announced needs."""
    call = _call(request, pk)
    require(rules.can_rank(request.actor, call))
    bylaws = bylaws_of(call)
    money = selectors.money_of(bylaws)
    meeting = current_meeting(call)
    announced = Paginator(selectors.announced_of(call), 30)
    context = {
        "call": call,
        "rows": pages.meeting_rows(request, bylaws, selectors.ranking(bylaws, money)),
        "columns": ["Rang", "Dossier", "Moyenne", "Écart", "Avis", "Montant", "Cumul", "Décision"],
        "money": money,
        "bylaws": bylaws,
        "announced": announced.get_page(request.GET.get("page")),
        "meeting": meeting,
        "meeting_url": meetings.url_of(request.actor, meeting) if meeting else "",
    }
    return render_page(request, "decisions/ranking.html", context)


def _call(request: Request, pk: int) -> Call:
    if request.actor.role == "comite":
        return get_object_or_404(Call.objects.filter(pk=request.actor.scope or 0), pk=pk)
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)
