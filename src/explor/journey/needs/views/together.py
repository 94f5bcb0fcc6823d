"""Several authors: who is there, what is remarked, who changed what."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from explor.ground.common.conflict import Refused
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page

from .. import actions
from ..forms import RemarkForm
from ..models import Need
from ..queries import together as queries
from ..rules import SCREENS


@wear("association")
def presence(request: Request, pk: int, slug: str) -> HttpResponse:
    """A sign of life from a screen, answered by who else is there."""
    if request.method != "POST" or slug not in SCREENS:
        raise Http404
    found = get_object_or_404(Need.objects.visible_to(request.actor), pk=pk)
    field = request.POST.get("field", "")
    known = field if field in SCREENS[slug].fields else ""
    actions.be_there(found, by=request.actor, screen=slug, field=known)
    others = queries.others_there(found, request.actor)
    return render(request, "needs/_present.html", {"others": others})


def _remarks(request: Request, pk: int) -> HttpResponse:
    """The remarks on a need; one adds, one settles."""
    found = get_object_or_404(Need.objects.visible_to(request.actor), pk=pk)
    if settled := request.POST.get("settle", ""):
        return _settle(request, found, settled)
    asked = {"field": request.GET.get("rubrique", "")}
    form = RemarkForm(request.POST or None, initial=asked)

    def act() -> str:
        data = form.cleaned_data
        actions.comment(found, by=request.actor, field=data["field"], text=data["text"])
        return request.path

    if url := create(request, form, act):
        return answer(request, url, "La remarque est écrite.")
    shown = queries.remarks_of(found, request.actor)
    context = {"need": found, "form": form, "remarks": queries.told_remarks(shown)}
    return page(request, "needs/remarks.html", context)


def _settle(request: Request, found: Need, settled: str) -> HttpResponse:
    known = queries.remarks_of(found, request.actor)
    remark = get_object_or_404(known, pk=int(settled) if settled.isdecimal() else 0)
    try:
        actions.settle_remark(found, by=request.actor, comment=remark.pk)
    except Refused as refusal:
        return answer(request, request.path, str(refusal))
    return answer(request, request.path, "La remarque est réglée.")


def _versions(request: Request, pk: int) -> HttpResponse:
    """Who changed what, and the words that differ between two moments."""
    found = get_object_or_404(Need.objects.visible_to(request.actor), pk=pk)
    every = list(queries.revisions_of(found, request.actor))
    first, last = (request.GET.get(name, "") for name in ("de", "a"))
    low = int(first) if first.isdecimal() else 0
    high = int(last) if last.isdecimal() else 0
    chosen = [each for each in every if low <= each.pk <= (high or each.pk)]
    context = {
        "need": found,
        "versions": queries.versions(every),
        "differences": queries.differences(chosen),
        "ends": [("de", "Du changement", low), ("a", "au changement", high)],
    }
    return page(request, "needs/versions.html", context)


association_remarks = wear("association")(_remarks)
reseau_remarks = wear("reseau")(_remarks)
association_versions = wear("association")(_versions)
reseau_versions = wear("reseau")(_versions)
