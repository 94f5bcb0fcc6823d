"""The coordination reads the sum of what each network shows; never the voluntary question."""

from django.http import HttpResponse
from django.urls import reverse

from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import page

from .reseau import exported, shown


@wear("coordination")
def equity(request: Request) -> HttpResponse:
    context = {**shown(request), "csv": reverse("equity:coordination_export")}
    return page(request, "equity/coordination_equity.html", context)


@wear("coordination")
def export(request: Request) -> HttpResponse:
    return exported(request)
