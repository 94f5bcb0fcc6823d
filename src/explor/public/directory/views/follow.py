"""Following a search by mail, without an account."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from explor.ground.common.access import public
from explor.ground.common.views import create, page, submit

from .. import actions, queries
from ..forms import FollowForm, YesForm


@public
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """Leave an address; the answer never says whether it was known."""
    asked = queries.Asked.of(request.GET)
    form = FollowForm(request.POST or None)

    def run() -> str:
        actions.follow(email=form.cleaned_data["email"], search=asked.query()[:1000])
        return f"{request.path}?{asked.query(envoye=1)}"

    if url := create(request, form, run):
        return redirect(url)
    chips = queries.chips(asked, queries.shown(queries.answer(asked, mend=False)))
    sent = "envoye" in request.GET
    context = {"form": form, "chips": chips, "sent": sent, "query": asked.query()}
    return page(request, "directory/follow.html", context)


@public
@never_cache
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one alert: confirm it, see its news, stop it."""
    alert = queries.alert_of(token)
    if alert is None:
        return page(request, "directory/followed.html", {"alert": None})
    form = YesForm(request.POST if request.method == "POST" else None)
    if submit(request, form, lambda: actions.confirm_follow(token)):
        return redirect(request.path)
    asked = queries.Asked.of(QueryDict(alert.search))
    found = queries.answer(asked.latest())
    context = {
        "alert": alert,
        "form": form,
        "chips": queries.chips(asked, queries.shown(found)),
        "query": asked.query(),
        "total": found.total,
        "cards": queries.cards(found.slice(0, 5)),
    }
    return page(request, "directory/followed.html", context)


@public
@never_cache
@require_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click, and the address is erased."""
    actions.stop_following(token)
    return redirect("directory:followed", token)
