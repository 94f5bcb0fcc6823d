"""A network reads and sets the rules of eligibility of its call."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.journey.calls.models import Call
from explor.journey.calls.rules import can_set, missing_to_change

from .. import actions, pages, rules
from ..forms import RuleForm


@wear("reseau")
def rules_page(request: Request, pk: int) -> HttpResponse:
    """The rules of eligibility, those that are on and those that may be."""
    call = _load(request, pk)
    context = {
        "call": call,
        "always": rules.always_read(call),
        "rules": pages.rows_of(call),
        "held": " ".join(missing_to_change(call)),
    }
    return page(request, "eligibility/reseau_rules.html", context)


@wear("reseau")
def rule(request: Request, pk: int, code: str) -> HttpResponse:
    """Switch one rule on with its value, or off."""
    call, wanted = _load(request, pk), rules.RULES.get(code)
    if wanted is None:
        raise Http404
    require(can_set(request.actor, call))
    form = RuleForm(request.POST or None, subject=call, rule=wanted)

    def run() -> None:
        on, value = form.cleaned_data["on"], form.cleaned_data.get("value", True)
        actions.set_rule(call, by=request.actor, code=code, on=on, value=value, seen=form.seen)

    if submit(request, form, run):
        url = reverse("eligibility:reseau_rules", args=[request.actor.key, pk])
        return answer(request, url, f"{wanted.label} : c’est enregistré.")
    context = {"form": form, "title": wanted.label, "lead": wanted.help, "call": call}
    return page(request, "calls/reseau_form.html", context)


def _load(request: Request, pk: int) -> Call:
    rows = Call.objects.select_related("lead__network")
    return get_object_or_404(rows, pk=pk, network=request.actor.scope)
