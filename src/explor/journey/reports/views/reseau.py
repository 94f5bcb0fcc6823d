"""A network accepts a report, or sends it back."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.documents.views.files import download
from explor.journey.missions.pages import url_of

from .. import actions, queries, rules
from ..models import Report

VERBS = {
    "accepter": ("accept", "Le compte rendu est accepté ; l’attestation est émise."),
    "renvoyer": ("send_back", "Le compte rendu est renvoyé à compléter."),
}


@wear("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    transition = found.workflow.transition(found.state, name)
    require(rules.can(request.actor, name, found))
    form = Act(request.POST or None, subject=found, needs_reason=transition.needs_reason)

    def run() -> None:
        extra = {"reason": form.why} if transition.needs_reason else {}
        getattr(actions, name)(found, by=request.actor, seen=form.seen, **extra)

    back = url_of(request.actor, found.mission)
    if submit(request, form, run):
        return answer(request, back, done)
    context = {"form": form, "label": transition.label, "back": back, "report": found}
    return page(request, "reports/act.html", context)


@wear("reseau")
def certificate(request: Request, pk: int) -> FileResponse:
    found = _found(request, pk)
    if found.certificate is None:
        raise Http404
    return download(found.certificate, by=request.actor)


def _found(request: Request, pk: int) -> Report:
    return get_object_or_404(queries.whole(Report.objects.visible_to(request.actor)), mission=pk)
