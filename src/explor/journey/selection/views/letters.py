"""The announcement: every letter read over, sent together at an hour, held back until then."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.forms import New
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.journey.calls.models import Call

from .. import actions, queries, rules
from ..forms import LetterForm, LettersForm
from ..models import Decision


@wear("reseau")
def letters(request: Request, pk: int) -> HttpResponse:
    """Each letter as it will leave, and when."""
    call = _call(request, pk)
    bylaws = queries.bylaws_of(call)
    found = list(queries.letters_of(call))
    ready = [
        each for each in found if each.announce_at is None and not rules.missing_to_announce(each)
    ]
    form = LettersForm(request.POST or None, letters=ready)

    def act() -> None:
        actions.schedule(form.chosen, by=request.actor, at=form.cleaned_data["at"])

    if submit(request, form, act):
        return answer(request, _url(request, pk), "Les lettres partiront à l’heure choisie.")
    context = {
        "call": call,
        "form": form,
        "ready": [(each, queries.letter_of(each, bylaws)) for each in ready],
        "blank": [each for each in found if rules.missing_to_announce(each)],
        "scheduled": [each for each in found if each.announce_at is not None],
    }
    return page(request, "selection/reseau_letters.html", context)


@wear("reseau")
def words(request: Request, pk: int) -> HttpResponse:
    """The reasons of one decision, in words for the association."""
    visible = Decision.objects.visible_to(request.actor).select_related("need")
    found = get_object_or_404(visible, need=pk)
    form = LetterForm(request.POST or None, subject=found)
    by = request.actor
    if submit(
        request,
        form,
        lambda: actions.write_letter(found, by=by, seen=form.seen, **form.values),
    ):
        return answer(request, _url(request, found.need.call_id), "Les motifs sont écrits.")
    context = {
        "form": form,
        "title": "Motifs de la décision",
        "lead": f"{found.need.title} : {found.get_verdict_display()}.",
        "submit": "Enregistrer les motifs",
    }
    return page(request, "selection/act.html", context)


@wear("reseau")
def hold(request: Request, pk: int) -> HttpResponse:
    """Hold back all the letters of a call that have not left."""
    call, form = _call(request, pk), New(request.POST or None)

    def act() -> None:
        waiting = queries.letters_of(call).filter(announce_at__isnull=False)
        actions.hold([(each, None) for each in waiting], by=request.actor)

    if submit(request, form, act):
        return answer(request, _url(request, pk), "Les lettres sont retenues. Rien n’est parti.")
    context = {
        "form": form,
        "title": "Retenir les lettres",
        "lead": "Celles qui ne sont pas encore parties ne partiront pas.",
        "submit": "Retenir les lettres",
    }
    return page(request, "selection/act.html", context)


def _call(request: Request, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _url(request: Request, pk: int) -> str:
    return reverse("selection:reseau_letters", args=[request.actor.key, pk])
