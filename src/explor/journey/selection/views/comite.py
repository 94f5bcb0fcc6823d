"""A committee member tells their ties, reads, judges, or stands aside."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, page, submit
from explor.ground.documents.views.files import download
from explor.journey.needs.selectors import whole

from .. import actions, queries, rules
from ..forms import DeclareForm, OpinionForm, RecuseForm
from ..models import CommitteeMember, Decision, Opinion, Session


@wear("comite")
def needs(request: Request) -> HttpResponse:
    """The files of the committee; those one stands aside from show their name only."""
    member = _member(request)
    rows = Paginator(queries.files_of(member), 30).get_page(request.GET.get("page"))
    sessions = Session.objects.filter(call=member.call_id)[:10]
    context = {
        "member": member,
        "rows": rows,
        "blind": queries.bylaws_of(member.call).blind,
        "sessions": [(each, rules.reads_minutes(request.actor, each)) for each in sessions],
        "columns": ["Dossier", "Association", "Votre avis"],
    }
    return page(request, "selection/comite_needs.html", context)


@wear("comite")
def reading(request: Request) -> HttpResponse:
    """All the files one may still judge on one page, to read or to print."""
    member = _member(request)
    blind = queries.bylaws_of(member.call).blind
    files = [(each, queries.facts_for(each.need, blind)) for each in queries.reading_of(member)]
    context = {"member": member, "files": files, "blind": blind}
    return page(request, "selection/comite_reading.html", context)


@wear("comite")
def declare(request: Request) -> HttpResponse:
    """One says with which associations one has a tie; their files close."""
    member = _member(request)
    carriers = queries.carriers_for(member)
    form = DeclareForm(request.POST or None, associations=list(carriers.items()))

    def act() -> None:
        data = form.cleaned_data
        needs = queries.needs_of(member, data.get("associations", []))
        reason = data.get("reason", "")
        actions.declare(member, by=request.actor, needs=needs, reason=reason)

    if submit(request, form, act):
        url = reverse("selection:comite_needs", args=[request.actor.key])
        return answer(request, url, "C’est noté. Les dossiers concernés vous sont fermés.")
    context = {"form": form, "member": member, "asides": queries.asides_of(member)}
    return page(request, "selection/comite_declare.html", context)


@wear("comite")
def need(request: Request, pk: int) -> HttpResponse:
    """One file to read, and one's opinion on it."""
    member, decision = _member(request), _decision(request, pk)
    require(queries.may_judge(member, decision))
    own = Opinion.objects.filter(member=member, need=pk).prefetch_related("scores").first()
    criteria = list(member.call.criteria.all())
    form = OpinionForm(
        request.POST or None, subject=own or Opinion(member=member, need_id=pk), criteria=criteria
    )
    by = request.actor
    if submit(request, form, lambda: actions.opine(decision, member=member, by=by, **form.told)):
        return answer(request, *_next(request, member, form.told["final"]))
    return page(request, "selection/comite_need.html", _context(member, decision, own, form))


def _context(
    member: CommitteeMember, decision: Decision, own: Opinion | None, form: OpinionForm
) -> dict[str, Any]:
    blind = queries.hides_names(decision, queries.bylaws_of(member.call))
    found = whole(type(decision.need).objects.filter(pk=decision.need_id)).get()
    return {
        "form": form,
        "need": found,
        "facts": queries.facts_for(found, blind),
        "blind": blind,
        "own": own,
        "shut": " ".join(rules.missing_to_opine(decision)),
        "declared": member.declared_at,
    }


def _next(request: Request, member: CommitteeMember, final: bool) -> tuple[str, str]:
    """The next file without an opinion, else the list."""
    url = reverse("selection:comite_needs", args=[request.actor.key])
    if not final:
        return url, "Votre brouillon est gardé. Personne d’autre ne le lit."
    following = queries.next_to_judge(member)
    if following:
        url = reverse("selection:comite_need", args=[request.actor.key, following])
        return url, "Votre avis est rendu. Voici le dossier suivant."
    return url, "Votre avis est rendu. Vous avez tout lu."


@wear("comite")
def take_up(request: Request, pk: int) -> HttpResponse:
    """Take a final opinion up again, as long as nothing is decided."""
    member, decision = _member(request), _decision(request, pk)
    require(queries.may_judge(member, decision))
    own = get_object_or_404(Opinion, member=member, need=pk, final_at__isnull=False)
    form = Act(request.POST or None, subject=own)
    if submit(request, form, lambda: actions.take_up(decision, member=member, by=request.actor)):
        url = reverse("selection:comite_need", args=[request.actor.key, pk])
        return answer(request, url, "Votre avis est de nouveau un brouillon.")
    context = {
        "form": form,
        "title": "Reprendre mon avis",
        "lead": f"{decision.need.title} : il ne comptera plus jusqu’à ce que vous le rendiez.",
        "submit": "Reprendre mon avis",
    }
    return page(request, "selection/act.html", context)


@wear("comite")
def recuse(request: Request, pk: int) -> HttpResponse:
    """Declare a conflict: the file closes for this member."""
    member, decision = _member(request), _decision(request, pk)
    require(queries.may_judge(member, decision))
    form = RecuseForm(request.POST or None)
    if submit(
        request,
        form,
        lambda: actions.recuse(member, decision.need, by=request.actor, **form.cleaned_data),
    ):
        url = reverse("selection:comite_needs", args=[request.actor.key])
        return answer(request, url, "C’est noté : vous n’intervenez plus sur ce dossier.")
    context = {
        "form": form,
        "title": "Se mettre en retrait",
        "lead": f"{decision.need.title} : le dossier et les avis ne vous seront plus montrés.",
        "submit": "Me mettre en retrait",
    }
    return page(request, "selection/act.html", context)


@wear("comite")
def minutes(request: Request, pk: int) -> HttpResponseBase:
    """The minutes of a session, for those who may read them."""
    session = get_object_or_404(Session.objects.filter(call=request.actor.scope), pk=pk)
    if session.minutes is None or not rules.reads_minutes(request.actor, session):
        raise Http404
    return download(session.minutes, by=request.actor)


def _member(request: Request) -> CommitteeMember:
    member = queries.member_of(request.actor)
    if member is None:
        raise Http404
    return member


def _decision(request: Request, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.actor)
    found = visible.select_related("need__association", "need__call")
    return get_object_or_404(found.prefetch_related("need__recusals"), need=pk)
