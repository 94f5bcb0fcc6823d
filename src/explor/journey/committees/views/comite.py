"""A committee member declares their ties, reads the needs, gives opinions or is recused."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.needs.selectors import with_related

from .. import actions, pages, rules, selectors
from ..forms import DeclareForm, OpinionForm, RecuseForm
from ..models import CommitteeMember, Opinion


@role_required("comite")
def needs(request: Request) -> HttpResponse:
    """List the needs of the committee; those one is recused from show their title only."""
    member = _member(request)
    found = selectors.needs_of_member(member)
    context = {
        "member": member,
        "rows": Paginator(found, 30).get_page(request.GET.get("page")),
        "blind": selectors.bylaws_of(member.call).blind,
        "chair_links": pages.links(request, "chair", member) if member.chair else [],
        "papers": pages.links(request, "papers", member),
        "columns": ["Dossier", "Association", "Votre avis"],
    }
    return render_page(request, "committees/comite_needs.html", context)


@role_required("comite")
def reading(request: Request) -> HttpResponse:
    """Show all the needs one may still judge on one page, to read or to print."""
    member = _member(request)
    blind = selectors.bylaws_of(member.call).blind
    found = (
        selectors.needs_of_member(member)
        .filter(undecided=True)
        .exclude(recusals__member=member)
        .select_related("project", "partner", "officer__person")
        .prefetch_related("languages", "comments")
    )
    files = [(need, pages.facts_for(need, blind)) for need in found]
    context = {"member": member, "files": files, "blind": blind}
    return render_page(request, "committees/comite_reading.html", context)


@role_required("comite")
def declare(request: Request) -> HttpResponse:
    """Declare the associations one is tied to; their needs close."""
    member = _member(request)
    require(rules.can_declare(request.actor, member))
    associations = selectors.associations_to_judge(member)
    form = DeclareForm(request.POST or None, associations=list(associations.items()))

    def act() -> None:
        data = form.cleaned_data
        tied = selectors.needs_of_associations(member, data.get("associations", []))
        reason = data.get("reason", "")
        actions.declare_ties(member, by=request.actor, needs=tied, reason=reason)

    if submit(request, form, act):
        url = reverse("committees:comite_needs", args=[request.actor.key])
        return done_redirect(request, url, "C’est noté. Les dossiers concernés vous sont fermés.")
    context = {"form": form, "member": member, "recusals": selectors.recusals_of(member)}
    return render_page(request, "committees/comite_declare.html", context)


@role_required("comite")
def need(request: Request, pk: int) -> HttpResponse:
    """Show one need to read, and one's opinion on it."""
    member, found = _member(request), _need(request, pk)
    require(rules.can_judge(member, found, _ties(member, found)))
    own = Opinion.objects.filter(member=member, need=pk).prefetch_related("scores").first()
    criteria = list(member.call.criteria.all())
    form = OpinionForm(
        request.POST or None, subject=own or Opinion(member=member, need_id=pk), criteria=criteria
    )
    if submit(
        request,
        form,
        lambda: actions.give_opinion(found, member=member, by=request.actor, **form.opinion),
    ):
        return done_redirect(request, *_next(request, member, form.opinion["final"]))
    return render_page(request, "committees/comite_need.html", _context(member, found, own, form))


def _context(
    member: CommitteeMember, found: Any, own: Opinion | None, form: OpinionForm
) -> dict[str, Any]:
    bylaws = selectors.bylaws_of(member.call)
    blind = rules.hides_names(bylaws, undecided=found.undecided)
    need = with_related(type(found).objects.filter(pk=found.pk)).get()
    return {
        "form": form,
        "need": need,
        "facts": pages.facts_for(need, blind),
        "blind": blind,
        "own": own,
        "closed": " ".join(rules.missing_to_give_opinion(found)),
        "declared": member.declared_at,
    }


def _next(request: Request, member: CommitteeMember, final: bool) -> tuple[str, str]:
    """Return the page of the next need without an opinion, else of the list, and a message."""
    url = reverse("committees:comite_needs", args=[request.actor.key])
    if not final:
        return url, "Votre brouillon est gardé. Personne d’autre ne le lit."
    following = selectors.next_to_judge(member)
    if following:
        url = reverse("committees:comite_need", args=[request.actor.key, following])
        return url, "Votre avis est rendu. Voici le dossier suivant."
    return url, "Votre avis est rendu. Vous avez tout lu."


@role_required("comite")
def take_up(request: Request, pk: int) -> HttpResponse:
    """Turn a final opinion back into a draft, as long as nothing is decided."""
    member, found = _member(request), _need(request, pk)
    require(rules.can_judge(member, found, _ties(member, found)))
    own = get_object_or_404(Opinion, member=member, need=pk, final_at__isnull=False)
    form = ActionForm(request.POST or None, subject=own)
    by = request.actor
    if submit(request, form, lambda: actions.take_up_opinion(found, member=member, by=by)):
        url = reverse("committees:comite_need", args=[request.actor.key, pk])
        return done_redirect(request, url, "Votre avis est de nouveau un brouillon.")
    context = {
        "form": form,
        "title": "Reprendre mon avis",
        "lead": f"{found.title} : il ne comptera plus jusqu’à ce que vous le rendiez.",
        "submit": "Reprendre mon avis",
    }
    return render_page(request, "committees/act.html", context)


@role_required("comite")
def recuse(request: Request, pk: int) -> HttpResponse:
    """Declare a conflict: the need closes for this member."""
    member, found = _member(request), _need(request, pk)
    require(rules.can_judge(member, found, _ties(member, found)))
    form = RecuseForm(request.POST or None)
    if submit(
        request,
        form,
        lambda: actions.recuse(member, found, by=request.actor, **form.cleaned_data),
    ):
        url = reverse("committees:comite_needs", args=[request.actor.key])
        return done_redirect(request, url, "C’est noté : vous n’intervenez plus sur ce dossier.")
    context = {
        "form": form,
        "title": "Se mettre en retrait",
        "lead": f"{found.title} : le dossier et les avis ne vous seront plus montrés.",
        "submit": "Me mettre en retrait",
    }
    return render_page(request, "committees/act.html", context)


def _member(request: Request) -> CommitteeMember:
    member = selectors.member_of(request.actor)
    if member is None:
        raise Http404
    return member


def _need(request: Request, pk: int) -> Any:
    needs = selectors.needs_before_committee().filter(call=request.actor.scope)
    related = needs.select_related("association", "call")
    return get_object_or_404(related.prefetch_related("recusals"), pk=pk)


def _ties(member: CommitteeMember, need: Any) -> list[selectors.Tie]:
    return selectors.ties(need.call, member=member, need=need.pk)
