"""Pages on which a network reads, schedules and unschedules letters of announcement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.submit import submit
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.calls.models import Call

from .. import actions, pages, rules, selectors
from ..forms import LettersForm


def load_call(request: Request, pk: int) -> Call:
    """Return the call `pk` of the network of the request, or raise 404."""
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


LETTERS = VerbPages(
    "decisions",
    "appels/<int:pk>/annonces/",
    load=load_call,
    back=pages.url_of_letters,
    crumb=lambda call: call.title,
    verbs=(
        Verb(
            actions.unschedule_all,
            "retenir",
            label="Retenir les lettres",
            form=CreateForm,
            can=rules.can_send_letters,
            effects=pages.effects_of_unschedule,
            done="Les lettres qui attendaient sont retenues.",
        ),
    ),
)


@role_required("reseau")
def letters(request: Request, pk: int) -> HttpResponse:
    """Show the letters of a call; schedule those chosen, except to the officer's associations."""
    call = load_call(request, pk)
    require(rules.can_send_letters(request.actor, call))
    to_announce = list(selectors.letters_of(call))
    own = selectors.own_associations(request.actor)
    others = [each for each in to_announce if each.need.association_id not in own]
    ready = pages.letters_to_read(call, filter(rules.can_be_scheduled, others))
    form = LettersForm(request.POST or None, letters=ready)

    def schedule() -> None:
        actions.schedule_announcement(form.chosen, by=request.actor, at=form.cleaned_data["at"])

    if submit(request, form, schedule):
        url = pages.url_of_letters(request.actor, call)
        return done_redirect(request, url, "Les lettres partiront à l’heure choisie.")
    context = {
        "call": call,
        "form": form,
        "ready": ready,
        "own": [each for each in to_announce if each not in others and not each.announce_at],
        "blank": [each for each in others if rules.missing_to_announce(each)],
        "scheduled": [each for each in to_announce if each.announce_at is not None],
    }
    return render_page(request, "decisions/reseau_letters.html", context)
