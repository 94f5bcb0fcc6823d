"""A network decides on written opinions, announces, and sends back to the committee."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.committees import rules as committees
from explor.journey.committees.pages import spread_of
from explor.journey.committees.selectors import bylaws_of, opinions_on
from explor.journey.meetings.selectors import open_meeting

from .. import actions, pages, rules
from ..forms import DecideForm
from ..models import Decision
from ..states import State


@role_required("reseau")
def decision(request: Request, pk: int) -> HttpResponse:
    """Show the opinions on a need, the decision, and its announcement."""
    found = _decision(request, pk)
    bylaws, opinions = bylaws_of(found.need.call), list(opinions_on(found.need))
    context = {
        "decision": found,
        "need": found.need,
        "opinions": opinions,
        "blind": committees.hides_names(bylaws, undecided=found.state == State.TO_DECIDE),
        "spread": spread_of(opinions, bylaws),
        "votes": pages.votes_of(found) if found.votes_for is not None else "",
        "verbs": _verbs(request, found),
    }
    return render_page(request, "decisions/reseau_decision.html", context)


@role_required("reseau")
def decide(request: Request, pk: int) -> HttpResponse:
    """Record a decision that rests on written opinions."""
    found = _decision(request, pk)
    require(rules.can_act(request.actor, "decide", found))
    typical = bylaws_of(found.need.call).amount
    form = DecideForm(request.POST or None, subject=found, typical=typical)
    if submit(
        request,
        form,
        lambda: actions.decide(
            found, by=request.actor, expected_version=form.expected_version, **form.values
        ),
    ):
        return done_redirect(
            request, _url(request, pk), "La décision est prise. Elle reste à annoncer."
        )
    context = {
        "form": form,
        "title": "Enregistrer la décision",
        "lead": f"{found.need.title} : rien ne part avant l’annonce.",
        "submit": "Enregistrer la décision",
    }
    return render_page(request, "committees/act.html", context)


@role_required("reseau")
def announce(request: Request, pk: int) -> HttpResponse:
    """Show the letter as it will be sent, and announce the decision."""
    found = _decision(request, pk)
    require(rules.can_act(request.actor, "announce", found))
    form = ActionForm(request.POST or None, subject=found)
    if submit(
        request,
        form,
        lambda: actions.announce(found, by=request.actor, expected_version=form.expected_version),
    ):
        return done_redirect(
            request, _url(request, pk), "La décision est annoncée à l’association."
        )
    letter = pages.letter_of(found, bylaws_of(found.need.call))
    context = {"form": form, "need": found.need, "letter": letter}
    return render_page(request, "decisions/reseau_announce.html", context)


@role_required("reseau")
def reconsider(request: Request, pk: int) -> HttpResponse:
    """Send a need that was not selected back to its committee."""
    found = _decision(request, pk)
    require(rules.can_act(request.actor, "reconsider", found))
    form = ActionForm(request.POST or None, subject=found, needs_reason=True, ask="Pourquoi ?")

    def act() -> None:
        actions.reconsider(
            found, by=request.actor, reason=form.why, expected_version=form.expected_version
        )

    if submit(request, form, act):
        return done_redirect(request, _url(request, pk), "Le dossier est de nouveau au comité.")
    context = {
        "form": form,
        "title": "Remettre au comité",
        "lead": f"{found.need.title} : l’association en est prévenue, les avis se rouvrent.",
        "submit": "Remettre au comité",
    }
    return render_page(request, "committees/act.html", context)


def _decision(request: Request, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.actor)
    related = ("need__association", "need__call", "need__network")
    return get_object_or_404(visible.select_related(*related), need=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("decisions:reseau_decision", args=[request.actor.key, pk])


def _verbs(request: Request, found: Decision) -> list[dict[str, object]]:
    """Return the buttons: decide in writing, announce, send back to the committee."""
    meeting = open_meeting(found.need.call)
    refusals = {
        "decide": rules.missing_to_write_decision(found, voting=meeting is not None),
        "announce": rules.missing_to_announce(found),
        "reconsider": rules.missing_to_reconsider(found),
    }
    rows = found.workflow.verbs(found.state, "reseau")
    return [
        {
            "label": row.label,
            "url": reverse(f"decisions:reseau_{row.verb}", args=[request.actor.key, found.need_id]),
            "refused": " ".join(refusals[row.verb]),
        }
        for row in reversed(rows)
        if row.verb in refusals
    ]
