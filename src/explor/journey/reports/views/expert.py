"""The expert writes the report, and leaves recommendations."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.ground.documents.views.files import download

from .. import actions, queries, rules
from ..forms import RecommendForm, ReportForm
from ..models import Report


@wear("expert")
def report(request: Request, pk: int) -> HttpResponse:
    """The report of one's mission, saved as often as one likes."""
    found = _found(request, pk)
    require(rules.can_write(request.actor, found))
    form = ReportForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.write(found, by=request.actor, changes=form.values, seen=form.seen),
    ):
        return answer(request, _url(pk), "C’est enregistré. Rien n’est encore remis.")
    context = {
        "form": form,
        "report": found,
        "missing": rules.missing_to_submit(found),
        "recommendations": found.mission.recommendations.all(),
    }
    return page(request, "reports/expert_report.html", context)


@wear("expert")
def recommend(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can_write(request.actor, found))
    form = RecommendForm(request.POST or None)

    def act() -> str:
        fields = {name: value for name, value in form.cleaned_data.items() if name != "once"}
        actions.recommend(found.mission, by=request.actor, **fields)
        return _url(pk)

    if url := create(request, form, act):
        return answer(request, url, "La recommandation est ajoutée.")
    context = {"form": form, "label": "Ajouter une recommandation", "back": _url(pk)}
    return page(request, "reports/act.html", context)


@wear("expert")
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Submit the report."""
    found = _found(request, pk)
    require(rules.can(request.actor, "submit", found))
    form = Act(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.submit(found, by=request.actor, seen=form.seen)):
        url = reverse("missions:expert_mission", args=[pk])
        return answer(request, url, "Votre compte rendu est remis. Merci.")
    context = {"form": form, "label": "Remettre le compte rendu", "back": _url(pk)}
    return page(request, "reports/act.html", context)


@wear("expert")
def certificate(request: Request, pk: int) -> FileResponse:
    found = _found(request, pk)
    if found.certificate is None:
        raise Http404
    return download(found.certificate, by=request.actor)


def _found(request: Request, pk: int) -> Report:
    return get_object_or_404(queries.whole(Report.objects.visible_to(request.actor)), mission=pk)


def _url(pk: int) -> str:
    return reverse("reports:expert_report", args=[pk])
