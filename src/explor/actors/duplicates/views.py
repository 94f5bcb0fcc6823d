"""Pages that list duplicate organisations and merge two records."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.http.access import require
from explor.ground.http.bounds import number_of
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit

from . import actions, pages, rules
from .forms import MergeForm


@role_required("reseau")
def duplicates(request: Request) -> HttpResponse:
    """List the pairs of likely duplicates, each with the reasons to suspect it."""
    context = {
        "pairs": pages.pair_rows(request.actor.scope or 0),
        "columns": ["Une fiche", "L’autre", "Pourquoi", "Suite"],
    }
    return render_page(request, "duplicates/reseau_duplicates.html", context)


@role_required("reseau")
def merge(request: Request) -> HttpResponse:
    """Show two records side by side and the rows that a merge moves; merge them on confirmation.

    Records that cannot be merged, see `rules.blockers_of_merge`, give 404.
    """
    kept, other = _organisation_named(request, "garder"), _organisation_named(request, "autre")
    require(rules.can_merge(request.actor, kept))
    if rules.blockers_of_merge(kept, other):
        raise Http404
    form = MergeForm(request.POST or None, subject=kept)
    if submit(
        request,
        form,
        lambda: actions.merge(
            kept, other, by=request.actor, expected_version=form.expected_version
        ),
    ):
        url = reverse("organisations:reseau_organisation", args=[request.actor.key, kept.pk])
        return done_redirect(request, url, "Les deux fiches n’en font plus qu’une.")
    context = {"form": form, **pages.comparison_of(kept, other)}
    return render_page(request, "duplicates/reseau_merge.html", context)


def _organisation_named(request: Request, name: str) -> Organisation:
    """Return the organisation whose primary key is the query parameter `name`, else 404."""
    number = number_of(request.GET.get(name, ""))
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(own, pk=number)
