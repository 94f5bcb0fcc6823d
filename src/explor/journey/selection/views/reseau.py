"""A network composes the committee and its bylaws, and decides on written opinions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.accounts.actions import invite as invite_to
from explor.ground.accounts.forms import InviteForm
from explor.ground.common.access import require
from explor.ground.common.forms import Act, New
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.journey.calls.models import Call

from .. import actions, queries, rules
from ..forms import BylawsForm, DecideForm
from ..models import CommitteeMember, Decision, Session

ROLES = [("", "membre"), ("chair", "présidence")]


@wear("reseau")
def committee(request: Request, pk: int) -> HttpResponse:
    """Who sits, by which rules, and when."""
    call = _call(request, pk)
    sessions = list(Session.objects.filter(call=call))
    context = {
        "call": call,
        "seats": queries.seats_of(call),
        "columns": ["Membre", "Liens", "Avis rendus", "Déports", "Changer"],
        "bylaws": queries.bylaws_of(call),
        "vote": queries.told_bylaws(queries.bylaws_of(call)),
        "sessions": sessions,
        "meets": rules.meets(each.state for each in sessions),
    }
    return page(request, "selection/reseau_committee.html", context)


@wear("reseau")
def invite(request: Request, pk: int) -> HttpResponse:
    """Someone is invited to sit on the committee."""
    call = _call(request, pk)
    form = InviteForm(request.POST or None, roles=ROLES)
    form.fields["role"].required = False

    def act() -> str:
        data = form.cleaned_data
        invite_to(
            email=data["email"],
            name=data["name"],
            role=data["role"],
            hat_kind="comite",
            hat_key=call.slug,
            by=request.actor,
        )
        return _committee_url(request, pk)

    if url := create(request, form, act):
        return answer(request, url, "L’invitation est partie.")
    context = {"form": form, "title": "Inviter au comité", "lead": call.title}
    return page(request, "selection/act.html", {**context, "submit": "Envoyer l’invitation"})


@wear("reseau")
def bylaws(request: Request, pk: int) -> HttpResponse:
    """How the committee judges and votes."""
    call = _call(request, pk)
    form = BylawsForm(request.POST or None, subject=queries.bylaws_of(call))
    by = request.actor
    if submit(
        request,
        form,
        lambda: actions.set_bylaws(call, by=by, changes=form.values, seen=form.seen),
    ):
        return answer(request, _committee_url(request, pk), "Le règlement est enregistré.")
    context = {
        "form": form,
        "title": "Le règlement du comité",
        "lead": f"{call.title} : tous ces chiffres sont des exemples, à vous de les fixer.",
        "submit": "Enregistrer le règlement",
    }
    return page(request, "selection/act.html", context)


@wear("reseau")
def chair(request: Request, pk: int) -> HttpResponse:
    """Someone who sits chairs from now on."""
    seat, form = _seat(request, pk), New(request.POST or None)
    if submit(request, form, lambda: actions.name_chair(seat, by=request.actor)):
        told = f"{seat.person.name} préside le comité."
        return answer(request, _committee_url(request, seat.call_id), told)
    context = {
        "form": form,
        "title": "Confier la présidence",
        "lead": f"{seat.person.name} mènera les séances et signera les procès-verbaux.",
        "submit": "Confier la présidence",
    }
    return page(request, "selection/act.html", context)


@wear("reseau")
def dismiss(request: Request, pk: int) -> HttpResponse:
    """Someone who has not judged yet leaves the committee."""
    seat, form = _seat(request, pk), New(request.POST or None)
    if submit(request, form, lambda: actions.dismiss_member(seat, by=request.actor)):
        told = f"{seat.person.name} ne siège plus."
        return answer(request, _committee_url(request, seat.call_id), told)
    context = {
        "form": form,
        "title": "Retirer du comité",
        "lead": f"{seat.person.name} ne verra plus les dossiers.",
        "submit": "Retirer du comité",
        "danger": True,
    }
    return page(request, "selection/act.html", context)


@wear("reseau")
def decision(request: Request, pk: int) -> HttpResponse:
    """The opinions on a need, the decision, and its announcement."""
    found = _found(request, pk)
    bylaws, opinions = queries.bylaws_of(found.need.call), list(queries.opinions_on(found))
    context = {
        "decision": found,
        "need": found.need,
        "opinions": opinions,
        "blind": queries.hides_names(found, bylaws),
        "spread": queries.spread_of(opinions, bylaws),
        "votes": queries.told_votes(found) if found.votes_for is not None else "",
        "verbs": _verbs(request, found),
    }
    return page(request, "selection/reseau_decision.html", context)


@wear("reseau")
def decide(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    require(rules.can(request.actor, "decide", found))
    typical = queries.bylaws_of(found.need.call).amount
    form = DecideForm(request.POST or None, subject=found, typical=typical)
    if submit(
        request,
        form,
        lambda: actions.decide(found, by=request.actor, seen=form.seen, **form.values),
    ):
        return answer(request, _url(request, pk), "La décision est prise. Elle reste à annoncer.")
    context = {
        "form": form,
        "title": "Enregistrer la décision",
        "lead": f"{found.need.title} : rien ne part avant l’annonce.",
        "submit": "Enregistrer la décision",
    }
    return page(request, "selection/act.html", context)


@wear("reseau")
def announce(request: Request, pk: int) -> HttpResponse:
    """The letter as it will leave, and one button."""
    found = _found(request, pk)
    require(rules.can(request.actor, "announce", found))
    form = Act(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.announce(found, by=request.actor, seen=form.seen)):
        return answer(request, _url(request, pk), "La décision est annoncée à l’association.")
    letter = queries.letter_of(found, queries.bylaws_of(found.need.call))
    context = {"form": form, "need": found.need, "letter": letter}
    return page(request, "selection/reseau_announce.html", context)


@wear("reseau")
def reconsider(request: Request, pk: int) -> HttpResponse:
    """A file put off, refused or in reserve goes back to the committee."""
    found = _found(request, pk)
    require(rules.can(request.actor, "reconsider", found))
    form = Act(request.POST or None, subject=found, needs_reason=True, ask="Pourquoi ?")

    def act() -> None:
        actions.reconsider(found, by=request.actor, reason=form.why, seen=form.seen)

    if submit(request, form, act):
        return answer(request, _url(request, pk), "Le dossier est de nouveau au comité.")
    context = {
        "form": form,
        "title": "Remettre au comité",
        "lead": f"{found.need.title} : l’association en est prévenue, les avis se rouvrent.",
        "submit": "Remettre au comité",
    }
    return page(request, "selection/act.html", context)


def _call(request: Request, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _seat(request: Request, pk: int) -> CommitteeMember:
    seats = CommitteeMember.objects.filter(call__network=request.actor.scope)
    return get_object_or_404(seats.select_related("person", "call"), pk=pk)


def _found(request: Request, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.actor)
    related = ("need__association", "need__call", "need__network")
    return get_object_or_404(visible.select_related(*related), need=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("selection:reseau_decision", args=[request.actor.key, pk])


def _committee_url(request: Request, pk: int) -> str:
    return reverse("selection:reseau_committee", args=[request.actor.key, pk])


def _verbs(request: Request, found: Decision) -> list[dict[str, object]]:
    """Written decision, announcement of one letter, return to the committee."""
    session = queries.open_session(found.need.call)
    refusals = {
        "decide": rules.against_writing(found, voting=session is not None),
        "announce": rules.missing_to_announce(found),
        "reconsider": rules.missing_to_reconsider(found),
    }
    rows = found.workflow.verbs(found.state, "reseau")
    return [
        {
            "label": row.label,
            "url": reverse(f"selection:reseau_{row.verb}", args=[request.actor.key, found.need_id]),
            "refused": " ".join(refusals[row.verb]),
        }
        for row in reversed(rows)
        if row.verb in refusals
    ]
