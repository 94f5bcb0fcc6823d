"""The person's own page: their hats, and the doors to new ones."""

from django.http import HttpResponse
from django.shortcuts import redirect

from explor.ground.common.request import Request
from explor.ground.common.views import page


def account(request: Request) -> HttpResponse:
    """One hat only: straight to its home. Several or none: choose."""
    hats = list(request.hats)
    if len(hats) == 1 and "rester" not in request.GET:
        return redirect(hats[0].url)
    return page(request, "portal/account.html", {"hats": hats})
