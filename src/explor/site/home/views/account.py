"""The page of a person: their roles, and how to take others."""

from django.http import HttpResponse
from django.shortcuts import redirect

from explor.ground.http.request import Request
from explor.ground.http.views import render_page


def account(request: Request) -> HttpResponse:
    """Redirect to the home of the only role; list the roles when there are several or none."""
    roles = list(request.roles)
    if len(roles) == 1 and "rester" not in request.GET:
        return redirect(roles[0].url)
    return render_page(request, "home/account.html", {"roles": roles})
