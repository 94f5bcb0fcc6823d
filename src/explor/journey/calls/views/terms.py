"""Pages on which a network edits the documents, calendar, questions and grid of a call."""

from collections.abc import Callable

from django.http import HttpResponse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import EditForm

from .. import actions, pages, rules
from ..forms import CalendarForm, GridForm, PapersForm, QuestionsForm
from ..models import Call
from .verbs import load


@role_required("reseau")
def grid(request: Request, pk: int) -> HttpResponse:
    """Edit the criteria by which the committee judges, and their levels."""
    instance = load(request, pk)
    form = GridForm(request.POST or None, subject=instance)
    if answer := _set(request, instance, form, actions.set_grid, "La grille est enregistrée."):
        return answer
    return _form(request, instance, form, "La grille du comité")


@role_required("reseau")
def papers(request: Request, pk: int) -> HttpResponse:
    """Edit the list of documents that the call requests."""
    instance = load(request, pk)
    form = PapersForm(request.POST or None, subject=instance)
    if answer := _set(request, instance, form, actions.set_papers, "La liste est enregistrée."):
        return answer
    return _form(request, instance, form, "Les documents demandés")


@role_required("reseau")
def calendar(request: Request, pk: int) -> HttpResponse:
    """Edit the dates of the call other than its opening, closing and committee."""
    instance = load(request, pk)
    form = CalendarForm(request.POST or None, subject=instance)
    if answer := _set(
        request, instance, form, actions.set_calendar, "Le calendrier est enregistré."
    ):
        return answer
    lead = "L’ouverture, la clôture et le comité s’y ajoutent d’eux-mêmes."
    return _form(request, instance, form, "Le calendrier", lead)


@role_required("reseau")
def questions(request: Request, pk: int) -> HttpResponse:
    """Edit the questions that an officer answers about each need."""
    instance = load(request, pk)
    form = QuestionsForm(request.POST or None, subject=instance)

    def keep(call: Call, **given: object) -> None:
        changes = {"questions": given.pop("questions")}
        actions.set_call(call, changes=changes, **given)  # type: ignore[arg-type]

    if answer := _set(request, instance, form, keep, "Les questions sont enregistrées."):
        return answer
    return _form(request, instance, form, "Ce que l’on juge à la recevabilité")


def _set(
    request: Request, instance: Call, form: EditForm, action: Callable[..., object], done: str
) -> HttpResponse | None:
    require(rules.can_set(request.actor, instance))
    if not submit(
        request,
        form,
        lambda: action(
            instance, by=request.actor, expected_version=form.expected_version, **form.values
        ),
    ):
        return None
    return done_redirect(request, pages.url_of(request.actor, instance), done)


def _form(
    request: Request, instance: Call, form: EditForm, title: str, lead: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "call": instance}
    return render_page(request, "calls/reseau_form.html", context)
