"""A committee member reads, opines, or stands aside."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.journey.needs.queries import facts_of, whole

from .. import actions, queries, rules
from ..forms import OpinionForm, RecuseForm
from ..models import CommitteeMember, Decision, Opinion


@wear("comite")
def needs(request: Request) -> HttpResponse:
    """The files of the committee; those one stands aside from show their name only."""
    rows = Paginator(queries.files_of(_member(request)), 30).get_page(request.GET.get("page"))
    columns = ["Dossier", "Association", "Votre avis"]
    return page(request, "selection/comite_needs.html", {"rows": rows, "columns": columns})


@wear("comite")
def need(request: Request, pk: int) -> HttpResponse:
    """One file to read, and one's opinion on it."""
    member = _member(request)
    decision = _decision(request, pk)
    require(rules.may_read(member, decision))
    own = Opinion.objects.filter(member=member, need=pk).first()
    form = OpinionForm(request.POST or None, opinion=own)
    if submit(
        request,
        form,
        lambda: actions.opine(decision, member=member, by=request.actor, **form.cleaned_data),
    ):
        url = reverse("selection:comite_needs", args=[request.actor.key])
        return answer(request, url, "Votre avis est enregistré. Vous pouvez encore le changer.")
    found = whole(type(decision.need).objects.filter(pk=pk)).get()
    context = {"form": form, "need": found, "facts": facts_of(found), "decision": decision}
    return page(request, "selection/comite_need.html", context)


@wear("comite")
def recuse(request: Request, pk: int) -> HttpResponse:
    """Declare a conflict: the file closes for this member."""
    member, decision = _member(request), _decision(request, pk)
    require(rules.may_read(member, decision))
    form = RecuseForm(request.POST or None)
    if submit(
        request,
        form,
        lambda: actions.recuse(member, decision.need, by=request.actor, **form.cleaned_data),
    ):
        url = reverse("selection:comite_needs", args=[request.actor.key])
        return answer(request, url, "C’est noté : vous n’intervenez plus sur ce dossier.")
    return page(request, "selection/comite_recuse.html", {"form": form, "need": decision.need})


def _member(request: Request) -> CommitteeMember:
    member = queries.member_of(request.actor)
    if member is None:
        raise Http404
    return member


def _decision(request: Request, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.actor)
    found = visible.select_related("need__association", "need__call")
    return get_object_or_404(found.prefetch_related("need__recusals"), need=pk)
