"""Pages to report an incident, confidentially or not, and to read one's own incidents."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import name_of, url_of

from .. import actions, pages, rules, selectors
from ..forms import ConfideForm, IncidentForm
from ..models import Incident


def load_mission(request: Request, pk: int) -> Mission:
    """Return a mission of the current actor, or raise 404."""
    visible = Mission.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("need", "network"), pk=pk)


def load(request: Request, pk: int) -> Incident:
    """Return an incident that the current actor may read, or raise 404."""
    visible = selectors.with_related(Incident.objects.visible_to(request.actor))
    return get_object_or_404(visible, pk=pk)


REPORTING = VerbPages(
    "incidents",
    "missions/<int:pk>/",
    load=load_mission,
    back=url_of,
    crumb=name_of,
    roles=rules.REPORTING,
    verbs=(
        Verb(
            actions.report,
            "incident",
            label="Signaler",
            title="Signaler un incident",
            form=IncidentForm,
            can=rules.can_report,
            blockers=lambda actor, mission: rules.missing_to_report(mission, timezone.localdate()),
            template="incidents/write.html",
            context=pages.context_of_reporting,
            leads_to_result=pages.url_of,
            done="L’incident est signalé : votre réseau est prévenu.",
        ),
        Verb(
            actions.confide,
            "signalement",
            by=("expert", "association"),
            label="Envoyer",
            title="Confier un signalement",
            form=ConfideForm,
            can=rules.can_confide,
            blockers=lambda actor, mission: rules.missing_to_confide(mission, timezone.localdate()),
            notes=pages.notes_of_confiding,
            template="incidents/write.html",
            context=pages.context_of_confiding,
            done="Le signalement est confié : seules les personnes désignées le lisent.",
        ),
    ),
)


def incident(request: Request, pk: int) -> HttpResponse:
    """Show an incident to its reporter: the texts, and who declares an accident."""
    instance = load(request, pk)
    context = pages.context_of(request.actor, instance)
    context["back"] = url_of(request.actor, instance.mission)
    context["crumb"] = name_of(instance.mission)
    return render_page(request, "incidents/incident.html", context)
