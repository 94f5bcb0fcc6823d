"""Letters of announcement: read over, scheduled together, held back until then."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.submit import submit
from explor.journey.calls.models import Call
from explor.journey.committees.selectors import bylaws_of

from .. import actions, pages, rules, selectors
from ..forms import LetterForm, LettersForm
from ..models import Decision


@role_required("reseau")
def letters(request: Request, pk: int) -> HttpResponse:
    """Show each letter as it will be sent, and schedule them."""
    call = _call(request, pk)
    require(rules.can_send_letters(request.actor, call))
    bylaws = bylaws_of(call)
    found = list(selectors.letters_of(call))
    ready = [
        each for each in found if each.announce_at is None and not rules.missing_to_announce(each)
    ]
    form = LettersForm(request.POST or None, letters=ready)

    def act() -> None:
        actions.schedule(form.chosen, by=request.actor, at=form.cleaned_data["at"])

    if submit(request, form, act):
        return done_redirect(request, _url(request, pk), "Les lettres partiront à l’heure choisie.")
    context = {
        "call": call,
        "form": form,
        "ready": [(each, pages.letter_of(each, bylaws)) for each in ready],
        "blank": [each for each in found if rules.missing_to_announce(each)],
        "scheduled": [each for each in found if each.announce_at is not None],
    }
    return render_page(request, "decisions/reseau_letters.html", context)


@role_required("reseau")
def reasons(request: Request, pk: int) -> HttpResponse:
    """Change the reasons given to the association."""
    visible = Decision.objects.visible_to(request.actor).select_related("need")
    found = get_object_or_404(visible, need=pk)
    require(rules.can_write_letter(request.actor, found))
    form = LetterForm(request.POST or None, subject=found)
    by = request.actor
    if submit(
        request,
        form,
        lambda: actions.write_letter(
            found, by=by, expected_version=form.expected_version, **form.values
        ),
    ):
        return done_redirect(request, _url(request, found.need.call_id), "Les motifs sont écrits.")
    context = {
        "form": form,
        "title": "Motifs de la décision",
        "lead": f"{found.need.title} : {found.get_verdict_display()}.",
        "submit": "Enregistrer les motifs",
    }
    return render_page(request, "committees/act.html", context)


@role_required("reseau")
def hold(request: Request, pk: int) -> HttpResponse:
    """Hold back all the letters of a call that have not left."""
    call, form = _call(request, pk), CreateForm(request.POST or None)
    require(rules.can_send_letters(request.actor, call))

    def act() -> None:
        scheduled = selectors.letters_of(call).filter(announce_at__isnull=False)
        actions.hold([(each, None) for each in scheduled], by=request.actor)

    if submit(request, form, act):
        return done_redirect(
            request, _url(request, pk), "Les lettres sont retenues. Rien n’est parti."
        )
    context = {
        "form": form,
        "title": "Retenir les lettres",
        "lead": "Celles qui ne sont pas encore parties ne partiront pas.",
        "submit": "Retenir les lettres",
    }
    return render_page(request, "committees/act.html", context)


def _call(request: Request, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _url(request: Request, pk: int) -> str:
    return reverse("decisions:reseau_letters", args=[request.actor.key, pk])
