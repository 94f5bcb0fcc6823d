"""Organisations that look alike, and the act that makes two records one."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit

from .. import actions, queries, rules
from ..forms import MergeForm


@wear("reseau")
def doubles(request: Request) -> HttpResponse:
    """The pairs that look alike, with the reasons."""
    context = {
        "pairs": queries.pairs_of(request.actor.scope or 0),
        "columns": ["Une fiche", "L’autre", "Pourquoi", "Suite"],
    }
    return page(request, "membership/reseau_doubles.html", context)


@wear("reseau")
def merge(request: Request) -> HttpResponse:
    """Two records side by side, what moves, and the one kept."""
    kept, other = _asked(request, "garder"), _asked(request, "autre")
    if rules.cannot_merge(kept, other):
        raise Http404
    form = MergeForm(request.POST or None, subject=kept)
    if submit(request, form, lambda: actions.merge(kept, other, by=request.actor, seen=form.seen)):
        url = reverse("organisations:reseau_organisation", args=[request.actor.key, kept.pk])
        return answer(request, url, "Les deux fiches n’en font plus qu’une.")
    context = {
        "form": form,
        "kept": kept,
        "other": other,
        "moving": queries.moving(other),
        "sides": queries.side_by_side(kept, other),
        "columns": ["Rubrique", "On garde", "On efface"],
        "apart": rules.are_apart(kept, other),
    }
    return page(request, "membership/reseau_merge.html", context)


def _asked(request: Request, name: str) -> Organisation:
    typed = request.GET.get(name, "")
    if not typed.isdecimal() or len(typed) > 18:
        raise Http404
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(own, pk=int(typed))
