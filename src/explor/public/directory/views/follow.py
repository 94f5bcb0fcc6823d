"""Pages to follow a search by email, without an account."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from explor.ground.http.access import private_link, public, require
from explor.ground.http.views import render_page
from explor.ground.ui.submit import create, run_once, submit

from .. import actions, pages, rules, selectors
from ..forms import ConfirmForm, FollowForm


@public
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """Show the form to follow a search, and send the email that asks to confirm it.

    For privacy, the response is the same for any address.
    """
    filters = selectors.Filters.of(request.GET)
    search = filters.query()[: rules.LONGEST_SEARCH]
    require(rules.can_follow(search))
    form = FollowForm(request.POST or None)

    def run() -> str:
        actions.follow(email=form.cleaned_data["email"], search=search)
        return f"{request.path}?{filters.query(envoye=1)}"

    if url := create(request, form, run):
        return redirect(url)
    results = selectors.search(filters, respell=False)
    chips = pages.chips(filters, pages.facets_of(results))
    sent = "envoye" in request.GET
    context = {"form": form, "chips": chips, "sent": sent, "query": filters.query()}
    return render_page(request, "directory/follow.html", context)


@public
@private_link
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """Show an alert and its latest sheets, with buttons that confirm it or stop it.

    The page of an alert that no longer exists says so.
    """
    alert = selectors.alert_of(token)
    if alert is None:
        return render_page(request, "directory/followed.html", {"alert": None})
    require(rules.can_answer(alert, token))
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if submit(request, form, lambda: actions.confirm_follow(token)):
        return redirect(request.path)
    filters = selectors.Filters.of(QueryDict(alert.search))
    results = selectors.search(filters.latest())
    context = {
        "alert": alert,
        "form": form,
        "chips": pages.chips(filters, pages.facets_of(results)),
        "query": filters.query(),
        "total": results.total,
        "cards": pages.cards(results.slice(0, 5)),
    }
    return render_page(request, "directory/followed.html", context)


@public
@private_link
@require_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Erase an alert and its address, so that no more email is sent."""
    if alert := selectors.alert_of(token):
        require(rules.can_answer(alert, token))
        run_once(request, lambda: actions.stop_following(token))
    return redirect("directory:followed", token)
