"""The page where a field partner makes a confidential report by a personal link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from explor.ground.accounts.selectors import link_of
from explor.ground.http.access import private_link, public, require
from explor.ground.http.actor import Actor
from explor.ground.http.languages import written_in
from explor.ground.http.views import render_page
from explor.ground.ui.submit import submit
from explor.journey.missions.models import Mission

from .. import actions, rules
from ..forms import ConfideForm


@public
@private_link
def confide(request: HttpRequest, link: str) -> HttpResponse:
    """Show the confidential report form in the partner's language; save it and thank them.

    404 for an invalid link. Once no report can be made, the page says so and saves nothing.
    """
    link_used = link_of(link, Mission)
    if link_used is None:
        raise Http404
    missions = Mission.objects.select_related("need", "association", "network")
    mission = get_object_or_404(missions, pk=link_used.subject.partition(":")[2])
    by = Actor(name=link_used.name, email=link_used.email, role="partenaire")
    require(rules.can_confide(by, mission))
    with written_in(link_used.language) as language:
        form = ConfideForm(request.POST or None)
        closed = bool(rules.missing_to_confide(mission, timezone.localdate()))
        done = not closed and submit(
            request, form, lambda: actions.confide(mission, by=by, **form.report)
        )
        context = {"form": form, "mission": mission, "done": done, "closed": closed}
        context["language"] = language
        return render_page(request, "incidents/partenaire_confide.html", context)
