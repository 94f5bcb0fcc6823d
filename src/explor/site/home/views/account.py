"""The account page: the roles of the person signed in, and how to get others."""

from django.http import HttpResponse
from django.shortcuts import redirect

from explor.ground.http.request import Request
from explor.ground.http.views import render_page


def account(request: Request) -> HttpResponse:
    """Redirect to the home page of the person's only role; list the roles if none or several."""
    roles = list(request.roles)
    if len(roles) == 1 and "rester" not in request.GET:
        return redirect(roles[0].url)
    context = {"roles": roles, "is_expert": any(role.kind == "expert" for role in roles)}
    return render_page(request, "home/account.html", context)
