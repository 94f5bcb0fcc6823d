"""The page where a nominated person accepts or declines, without account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from explor.ground.http.access import private_link, public, require
from explor.ground.http.replay import repeatable
from explor.ground.http.views import render_page
from explor.ground.privacy.terms import days
from explor.ground.ui.submit import create

from .. import actions, pages, rules, selectors
from ..forms import AnswerForm


@repeatable("accepting again leads to the same invitation; declining closes the page")
@public
@private_link
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the mission and the nominating employer to the person; record their yes or no."""
    nomination = selectors.nomination_of(secret)
    if nomination is None:
        raise Http404
    require(rules.can_answer(nomination, secret))
    form = AnswerForm(request.POST or None)

    def run() -> str:
        if form.cleaned_data["said"] == "oui":
            return actions.join(nomination, secret=secret)
        actions.decline_nomination(nomination, secret=secret)
        return request.path

    if rules.is_open(nomination) and (url := create(request, form, run)):
        return redirect(url)
    context = {
        "form": form,
        "nomination": nomination,
        "facts": pages.facts_of(nomination),
        "open": rules.is_open(nomination),
        "days": days("nomination"),
    }
    return render_page(request, "nominations/answer.html", context)
