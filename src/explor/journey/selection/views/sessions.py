"""The ranking and the sessions, the same for the network and for whoever chairs."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.ground.documents.views.files import download
from explor.journey.calls.models import Call
from explor.journey.needs.selectors import whole

from .. import actions, queries, rules
from ..forms import AttendForm, SessionForm, VoteForm
from ..models import Bylaws, Decision, Session
from ..states import SessionState

# What each verb of a session says once done; the path of its page is its key.
VERBS: dict[str, tuple[str, Callable[..., Any], str]] = {
    "ouvrir": ("open", actions.open, "La séance est ouverte."),
    "clore": ("close", actions.close, "La séance est close. Le procès-verbal est à signer."),
    "rouvrir": ("reopen", actions.reopen, "La séance est rouverte. Le procès-verbal est annulé."),
    "signer": ("sign", actions.sign, "Le procès-verbal est signé."),
    "annuler": ("cancel", actions.cancel, "La séance est annulée. Les membres sont prévenus."),
}
TONES = {
    SessionState.PLANNED: "neutral",
    SessionState.OPEN: "info",
    SessionState.CLOSED: "warn",
    SessionState.SIGNED: "good",
    SessionState.CANCELLED: "neutral",
}
LEADS = {
    "open": "Les décisions se votent alors dossier par dossier.",
    "close": "Le procès-verbal est établi. Les dossiers non décidés restent au comité.",
    "reopen": "Le procès-verbal est annulé, puis établi de nouveau à la clôture.",
    "sign": "Vous attestez les présences, les déports, les votes et les décisions.",
    "cancel": "Les membres reçoivent un message.",
}


def ranking(request: Request, pk: int) -> HttpResponse:
    """The files of a call, best first, with the line of the envelope; then what was announced."""
    call = _call(request, pk)
    bylaws = queries.bylaws_of(call)
    money = queries.money_of(bylaws)
    told = queries.announced_of(call)
    context = {
        "call": call,
        "rows": _shown(request, bylaws, queries.ranking(bylaws, money)),
        "columns": ["Rang", "Dossier", "Moyenne", "Écart", "Avis", "Montant", "Cumul", "Décision"],
        "money": money,
        "bylaws": bylaws,
        "announced": Paginator(told, 30).get_page(request.GET.get("page")),
        "session": queries.meeting_of(call),
    }
    return page(request, "selection/ranking.html", context)


def _shown(request: Request, bylaws: Bylaws, files: list[queries.File]) -> list[Any]:
    """Each file, whether its reader stands aside, and whether its carrier is hidden."""
    reader = _aside(request)
    return [
        (each, reader in each.aside, queries.hides_names(each.decision, bylaws)) for each in files
    ]


def plan(request: Request, pk: int) -> HttpResponse:
    """Call a session."""
    call, form = _call(request, pk), SessionForm(request.POST or None)

    def act() -> str:
        data = form.cleaned_data
        made = actions.plan(call, by=request.actor, on=data["on"], place=data["place"])
        return _url(request, made.pk)

    if url := create(request, form, act):
        return answer(request, url, "La séance est prévue. Les membres sont prévenus.")
    context = {"form": form, "title": "Prévoir une séance", "lead": call.title}
    return page(request, "selection/act.html", {**context, "submit": "Convoquer le comité"})


def session(request: Request, pk: int) -> HttpResponse:
    """Who is there, the files in the order of the ranking, what is left to do."""
    found = _found(request, pk)
    bylaws = queries.bylaws_of(found.call)
    money = queries.money_of(bylaws)
    files = queries.ranking(bylaws, money)
    context = {
        "session": found,
        "call": found.call,
        "rows": _shown(request, bylaws, files),
        "columns": ["Rang", "Dossier", "Moyenne", "Montant", "Cumul", "Décision"],
        "money": money,
        "left": sum(not each.decided for each in files),
        "seats": queries.seats_of(found.call),
        "there": set(found.present.values_list("pk", flat=True)),
        "quorum": queries.quorum_of(found, bylaws),
        "vote": queries.told_bylaws(bylaws),
        "verbs": _verbs(request, found),
        "minutes": _minutes_url(request, found),
        "tone": TONES[SessionState(found.state)],
    }
    return page(request, "selection/session.html", context)


def attend(request: Request, pk: int) -> HttpResponse:
    """Note who is there."""
    found = _found(request, pk)
    require(found.state in (SessionState.PLANNED, SessionState.OPEN))
    form = AttendForm(request.POST or None, subject=found)
    by = request.actor
    if submit(
        request,
        form,
        lambda: actions.attend(found, by=by, members=form.cleaned_data["members"], seen=form.seen),
    ):
        return answer(request, _url(request, pk), "Les présences sont notées.")
    context = {"form": form, "title": "Qui est là ?", "lead": found.call.title}
    return page(request, "selection/act.html", {**context, "submit": "Noter les présences"})


def file(request: Request, pk: int, need: int) -> HttpResponse:
    """One file, written large for the room, and the decision as it is voted."""
    found = _found(request, pk)
    decision = _decision(request, found, need)
    bylaws = queries.bylaws_of(found.call)
    room = queries.room_of(found, need)
    form = VoteForm(request.POST or None, subject=decision, room=room, typical=bylaws.amount)
    may = found.state == SessionState.OPEN and rules.can(request.actor, "decide", decision)
    if request.method == "POST":
        require(may)
    by = request.actor
    if submit(request, form, lambda: actions.decide(decision, by=by, seen=form.seen, **form.told)):
        return answer(request, *_next(request, found, decision))
    context = _read(decision, bylaws, _aside(request))
    context |= {"form": form, "may": may, "room": room, "session": found}
    given, asked = len(context["opinions"]), rules.opinions_asked(found.call.quorum, room.seated)
    context["lacking"] = rules.lacking_opinions(given, asked)
    return page(request, "selection/session_file.html", context)


def _aside(request: Request) -> int:
    """The seat whose closed files are passed over; 0 for the network, which reads them all."""
    member = queries.member_of(request.actor) if request.actor.hat == "comite" else None
    return member.pk if member else 0


def _read(decision: Decision, bylaws: Bylaws, reader: int) -> dict[str, Any]:
    """All that the room reads of one file."""
    blind = queries.hides_names(decision, bylaws)
    need = whole(type(decision.need).objects.filter(pk=decision.need_id)).get()
    files = queries.ranking(bylaws, queries.money_of(bylaws))
    files = [each for each in files if reader not in each.aside]
    order = [each.decision.need_id for each in files]
    opinions = list(queries.opinions_on(decision))
    at = order.index(need.pk) if need.pk in order else -1
    return {
        "decision": decision,
        "need": need,
        "blind": blind,
        "facts": queries.facts_for(need, blind),
        "file": files[at] if at >= 0 else None,
        "rank": at + 1,
        "count": len(order),
        "before": order[at - 1] if at > 0 else None,
        "after": order[at + 1] if 0 <= at < len(order) - 1 else None,
        "criteria": queries.means_of(opinions),
        "opinions": opinions,
        "aside": queries.asides_on(decision),
        "votes": queries.told_votes(decision),
    }


def _next(request: Request, session: Session, decided: Decision) -> tuple[str, str]:
    """The next file to decide, else the session."""
    told = f"« {decided.need.title} » : {decided.get_verdict_display()}."
    bylaws = queries.bylaws_of(session.call)
    files = queries.ranking(bylaws, queries.money_of(bylaws))
    reader = _aside(request)
    for each in files:
        if not each.decided and reader not in each.aside:
            name = f"selection:{request.actor.hat}_session_file"
            args = [request.actor.key, session.pk, each.decision.need_id]
            return reverse(name, args=args), told
    return _url(request, session.pk), told


def act(request: Request, pk: int, slug: str) -> HttpResponse:
    """Open, close, reopen, cancel, sign."""
    found = _found(request, pk)
    if slug not in VERBS:
        raise Http404
    verb, action, said = VERBS[slug]
    require(rules.can_lead(request.actor, verb, found))
    row = found.workflow.transition(found.state, verb)
    form = Act(request.POST or None, subject=found, needs_reason=row.needs_reason)
    why = {"reason": form.why} if request.method == "POST" and form.is_valid() else {}
    why = why if row.needs_reason else {}
    if submit(request, form, lambda: action(found, by=request.actor, seen=form.seen, **why)):
        return answer(request, _url(request, pk), said)
    context = {
        "form": form,
        "title": row.label,
        "lead": LEADS[verb],
        "submit": row.label,
        "danger": row.danger,
    }
    return page(request, "selection/act.html", context)


def minutes(request: Request, pk: int) -> HttpResponseBase:
    """The minutes as PDF."""
    found = _found(request, pk)
    if found.minutes is None or not rules.reads_minutes(request.actor, found):
        raise Http404
    return download(found.minutes, by=request.actor)


def _call(request: Request, pk: int) -> Call:
    """The call, for its network and for whoever chairs its committee."""
    if request.actor.hat == "comite":
        require(rules.presides(request.actor, pk))
        return get_object_or_404(Call, pk=pk)
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _found(request: Request, pk: int) -> Session:
    visible = Session.objects.visible_to(request.actor)
    return get_object_or_404(visible.select_related("call__network", "minutes"), pk=pk)


def _decision(request: Request, session: Session, need: int) -> Decision:
    """A file of the call of the session that its reader does not stand aside from."""
    visible = Decision.objects.visible_to(request.actor).filter(need__call=session.call_id)
    related = visible.select_related("need__association", "need__call", "need__network")
    found = get_object_or_404(related.prefetch_related("need__recusals"), need=need)
    if request.actor.hat == "comite":
        require(rules.may_read(queries.member_of(request.actor), found))
    return found


def _url(request: Request, pk: int) -> str:
    return reverse(f"selection:{request.actor.hat}_session", args=[request.actor.key, pk])


def _minutes_url(request: Request, found: Session) -> str:
    """Where to read the minutes, "" when there are none yet."""
    if not rules.reads_minutes(request.actor, found):
        return ""
    name = f"selection:{request.actor.hat}_minutes"
    return reverse(name, args=[request.actor.key, found.pk])


def _verbs(request: Request, found: Session) -> list[dict[str, object]]:
    refusals = {
        "close": rules.missing_to_close(found) if found.state == SessionState.OPEN else [],
        "sign": rules.missing_to_sign(found),
    }
    slugs = {verb: slug for slug, (verb, _, _) in VERBS.items()}
    return [
        {
            "label": row.label,
            "url": reverse(
                f"selection:{request.actor.hat}_session_act",
                args=[request.actor.key, found.pk, slugs[row.verb]],
            ),
            "refused": " ".join(refusals.get(row.verb, [])),
            "danger": row.danger,
        }
        for row in found.workflow.verbs(found.state, request.actor.hat)
    ]
