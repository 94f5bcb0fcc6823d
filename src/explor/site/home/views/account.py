"""The person's own page: their roles, and the doors to new ones."""

from django.http import HttpResponse
from django.shortcuts import redirect

from explor.ground.http.request import Request
from explor.ground.http.views import render_page


def account(request: Request) -> HttpResponse:
    """One role only: straight to its home. Several or none: choose."""
    roles = list(request.roles)
    if len(roles) == 1 and "rester" not in request.GET:
        return redirect(roles[0].url)
    return render_page(request, "home/account.html", {"roles": roles})
