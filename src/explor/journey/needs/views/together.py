"""Pages shared by the authors of a need (presence), and with its network (remarks, versions)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from explor.ground.http.access import require
from explor.ground.http.bounds import number_of
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.replay import done_redirect, repeatable
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, run_once

from .. import actions, rules
from ..forms import RemarkForm
from ..models import Need
from ..pages import history as pages
from ..rules import SCREENS
from ..selectors import history as selectors


@repeatable("it records the last sign of life, and replaces the one before")
@role_required("association")
def presence(request: Request, pk: int, slug: str) -> HttpResponse:
    """Record that a co-author has a screen open, and return the HTML of who else is present."""
    if request.method != "POST" or slug not in SCREENS:
        raise Http404
    need = get_object_or_404(Need.objects.visible_to(request.actor), pk=pk)
    require(rules.can_be_present(request.actor, need))
    field = request.POST.get("field", "")
    known = field if field in SCREENS[slug].fields else ""
    actions.be_present(need, by=request.actor, screen=slug, field=known)
    others = pages.others_present(need, request.actor)
    return render(request, "needs/_present.html", {"others": others})


def _remarks(request: Request, pk: int) -> HttpResponse:
    """Show the remarks on a need; add one or settle one."""
    need = get_object_or_404(Need.objects.visible_to(request.actor), pk=pk)
    require(rules.can_comment(request.actor, need))
    if settled := request.POST.get("settle", ""):
        return _settle(request, need, settled)
    initial = {"field": request.GET.get("rubrique", "")}
    form = RemarkForm(request.POST or None, initial=initial)

    def run() -> str:
        data = form.cleaned_data
        actions.comment(need, by=request.actor, field=data["field"], text=data["text"])
        return request.path

    if url := create(request, form, run):
        return done_redirect(request, url, "La remarque est écrite.")
    shown = selectors.remarks_of(need, request.actor)
    context = {"need": need, "form": form, "remarks": pages.labelled(shown)}
    return render_page(request, "needs/remarks.html", context)


def _settle(request: Request, need: Need, settled: str) -> HttpResponse:
    known = selectors.remarks_of(need, request.actor)
    remark = get_object_or_404(known, pk=number_of(settled))
    try:
        run_once(request, lambda: actions.settle_remark(need, by=request.actor, comment=remark.pk))
    except ActionNotAllowed as refusal:
        return done_redirect(request, request.path, str(refusal))
    return done_redirect(request, request.path, "La remarque est réglée.")


def _versions(request: Request, pk: int) -> HttpResponse:
    """Show who changed what, and the words that differ between two versions."""
    need = get_object_or_404(Need.objects.visible_to(request.actor), pk=pk)
    every = list(selectors.revisions_of(need, request.actor))
    first, last = (request.GET.get(name, "") for name in ("de", "a"))
    low, high = number_of(first) or 0, number_of(last) or 0
    chosen = [each for each in every if low <= each.pk <= (high or each.pk)]
    context = {
        "need": need,
        "versions": pages.versions(every),
        "differences": pages.differences(chosen),
        "ends": [("de", "Du changement", low), ("a", "au changement", high)],
    }
    return render_page(request, "needs/versions.html", context)


association_remarks = role_required("association")(_remarks)
reseau_remarks = role_required("reseau")(_remarks)
association_versions = role_required("association")(_versions)
reseau_versions = role_required("reseau")(_versions)
