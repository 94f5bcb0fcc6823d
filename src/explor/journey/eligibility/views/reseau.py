"""Pages on which a network reads and sets the eligibility rules of its call."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.journey.calls.models import Call
from explor.journey.calls.pages import lead_of_edit
from explor.journey.calls.rules import can_set, missing_to_change

from .. import actions, pages, rules
from ..forms import RuleForm


@role_required("reseau")
def rules_page(request: Request, pk: int) -> HttpResponse:
    """Show the eligibility rules that are on, and those that may be switched on."""
    call = _load(request, pk)
    context = {
        "call": call,
        "always": rules.always_read(call),
        "rules": pages.rows_of(call),
        "held": " ".join(missing_to_change(call)),
    }
    return render_page(request, "eligibility/reseau_rules.html", context)


@role_required("reseau")
def rule(request: Request, pk: int, code: str) -> HttpResponse:
    """Show the form of the rule `code`, 404 if unknown; switch it on with its value, or off."""
    call, wanted = _load(request, pk), rules.RULES.get(code)
    if wanted is None:
        raise Http404
    require(can_set(request.actor, call))
    form = RuleForm(request.POST or None, subject=call, rule=wanted)

    def run() -> None:
        on, value = form.cleaned_data["on"], form.cleaned_data.get("value", True)
        actions.set_rule(
            call,
            by=request.actor,
            code=code,
            on=on,
            value=value,
            expected_version=form.expected_version,
        )

    if submit(request, form, run):
        url = reverse("eligibility:reseau_rules", args=[request.actor.key, pk])
        return done_redirect(request, url, f"{wanted.label} : c’est enregistré.")
    lead = " ".join(filter(None, [wanted.help, lead_of_edit(call)]))
    context = {"form": form, "title": wanted.label, "lead": lead, "call": call}
    return render_page(request, "calls/reseau_form.html", context)


def _load(request: Request, pk: int) -> Call:
    rows = Call.objects.select_related("lead__network")
    return get_object_or_404(rows, pk=pk, network=request.actor.scope)
