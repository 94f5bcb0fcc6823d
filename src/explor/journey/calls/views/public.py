"""Public pages of calls: the list of the open ones, and the page of one call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from explor.ground.http.access import public
from explor.ground.http.views import render_page

from .. import pages, rules, selectors
from ..models import Call
from ..states import State


@public
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """List the calls on which a need may be filed now, each shared call once."""
    return render_page(request, "calls/calls.html", {"calls": selectors.open_to_all()})


@public
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the public page of a call: its dates, conditions, requested documents and grid."""
    shown = (
        Call.objects.filter(of_taken_over=False)
        .exclude(state=State.DRAFT)
        .select_related("network")
    )
    instance = get_object_or_404(shown, slug=slug)
    now, sharing = timezone.now(), selectors.sharing(instance)
    context = {
        "call": instance,
        "receiving": rules.is_receiving(instance, now),
        "soon": instance.state == State.OPEN and now < instance.opens_at,
        "rules": pages.conditions_of(instance),
        "papers": pages.paper_lines(instance),
        "criteria": instance.criteria.all(),
        "envelopes": instance.envelopes.select_related("funder"),
        "calendar": pages.calendar_of(instance),
        "networks": ", ".join(each.network.name for each in sharing or [instance]),
        "sharing": sharing,
    }
    return render_page(request, "calls/call.html", context)
