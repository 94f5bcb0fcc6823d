"""The calls that anyone may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from explor.ground.common.access import public
from explor.ground.common.views import page

from .. import queries
from ..models import Call
from ..states import State


@public
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    return page(request, "calls/calls.html", {"calls": queries.receiving()})


@public
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Call.objects.exclude(state=State.DRAFT).select_related("network")
    found = get_object_or_404(shown, slug=slug)
    return page(request, "calls/call.html", {"call": found, "criteria": found.criteria.all()})
