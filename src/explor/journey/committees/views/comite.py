"""Pages of a committee member: interests, recusals, needs to read, opinions to give or reopen."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import BaseForm
from explor.ground.ui.submit import submit
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.needs.selectors import with_related

from .. import actions, pages, rules, selectors
from ..forms import DeclareForm, OpinionForm, RecuseForm
from ..models import CommitteeMember, Opinion


def load_own_member(request: Request) -> CommitteeMember:
    """Return the committee member who makes the request, or raise 404."""
    member = selectors.member_of(request.actor)
    if member is None:
        raise Http404
    return member


def load_need(request: Request, pk: int) -> Any:
    """Return a need of the committee, even if the member is recused from it, or raise 404."""
    needs = selectors.needs_before_committee().filter(call=request.actor.scope)
    related = needs.select_related("association", "call")
    return get_object_or_404(related.prefetch_related("recusals"), pk=pk)


def load_final_opinion(request: Request, pk: int) -> Opinion:
    """Return the final opinion of the current member on the need `pk`, or raise 404.

    Raises:
        PermissionDenied: the member may not judge the need, whether or not they gave an opinion.
    """
    need = load_need(request, pk)
    require(selectors.may_judge(request.actor, need))
    own = Opinion.objects.filter(member__person=request.actor.person, final_at__isnull=False)
    opinion = get_object_or_404(own.select_related("member"), need=pk)
    opinion.need = need
    return opinion


def recuse_arguments(actor: Actor, form: BaseForm) -> dict[str, Any]:
    """Return the keyword arguments of `actions.recuse`: `member` and `reason`."""
    return {"member": selectors.member_of(actor), "reason": form.cleaned_data["reason"]}


def declare_arguments(actor: Actor, form: BaseForm) -> dict[str, Any]:
    """Return the keyword arguments of `actions.declare_interests`: `needs` and `reason`."""
    data, member = form.cleaned_data, selectors.member_of(actor)
    needs = selectors.needs_of_associations(member, data.get("associations", [])) if member else []
    return {"needs": needs, "reason": data.get("reason", "")}


INTERESTS = VerbPages(
    "committees",
    "liens/",
    load=load_own_member,
    back=pages.url_of_needs,
    args_of=lambda member: [],
    crumb=lambda member: "Dossiers",
    verbs=(
        Verb(
            actions.declare_interests,
            "",
            url_name="declare",
            label="Je l’atteste",
            title="Mes liens avec les dossiers",
            form=DeclareForm,
            options=pages.associations_to_tick,
            arguments=declare_arguments,
            versioned=False,
            can=rules.can_declare,
            effects=pages.effects_of_declare_interests,
            done="C’est noté. Les dossiers concernés vous sont fermés.",
            template="committees/comite_declare.html",
            context=lambda actor, member: {
                "member": member,
                "recusals": selectors.recusals_of(member),
            },
        ),
    ),
)

NEEDS = VerbPages(
    "committees",
    "dossiers/<int:pk>/",
    load=load_need,
    back=pages.url_of_need,
    crumb=lambda need: f"{need.file_number} {need.title}",
    verbs=(
        Verb(
            actions.recuse,
            "retrait",
            label="Me mettre en retrait",
            title="Se mettre en retrait",
            form=RecuseForm,
            arguments=recuse_arguments,
            can=selectors.may_judge,
            blockers=lambda actor, need: rules.missing_to_give_opinion(need),
            effects=pages.effects_of_recuse,
            leads_to=pages.url_of_needs,
            done="C’est noté : vous n’intervenez plus sur ce dossier.",
        ),
    ),
)

OPINIONS = VerbPages(
    "committees",
    "dossiers/<int:pk>/",
    load=load_final_opinion,
    back=lambda actor, opinion: pages.url_of_need(actor, opinion.need),
    args_of=lambda opinion: [opinion.need_id],
    crumb=lambda opinion: f"{opinion.need.file_number} {opinion.need.title}",
    verbs=(
        Verb(
            actions.reopen_opinion,
            "reprendre",
            label="Reprendre mon avis",
            can=selectors.may_reopen,
            blockers=lambda actor, opinion: rules.missing_to_give_opinion(opinion.need),
            effects=pages.effects_of_reopen_opinion,
            done="Votre avis est de nouveau un brouillon.",
        ),
    ),
)


@role_required("comite")
def needs(request: Request) -> HttpResponse:
    """List the needs of the committee; needs from which the member is recused only show a title."""
    member = load_own_member(request)
    own_needs = selectors.needs_of_member(member)
    links = pages.links(request, "member", member)
    context = {
        "member": member,
        "rows": Paginator(own_needs, 30).get_page(request.GET.get("page")),
        "blind": selectors.bylaws_of(member.call).blind,
        "chair_links": [link for link in links if not link.download],
        "papers": [link for link in links if link.download],
        "columns": ["Dossier", "Association", "Votre avis"],
    }
    return render_page(request, "committees/comite_needs.html", context)


@role_required("comite")
def reading(request: Request) -> HttpResponse:
    """Show on one page all the needs that the member may still judge, to read or to print."""
    member = load_own_member(request)
    blind = selectors.bylaws_of(member.call).blind
    to_read = selectors.needs_to_read(member)
    files = [(need, pages.facts_for(need, blind)) for need in to_read]
    context = {"member": member, "files": files, "blind": blind}
    return render_page(request, "committees/comite_reading.html", context)


@role_required("comite")
def need(request: Request, pk: int) -> HttpResponse:
    """Show one need to a member, and save their opinion on it; 403 for a need closed to them."""
    member, instance = load_own_member(request), load_need(request, pk)
    require(rules.can_judge(instance, selectors.needs_closed_to(member)))
    own = Opinion.objects.filter(member=member, need=pk).prefetch_related("scores").first()
    criteria = list(member.call.criteria.all())
    form = OpinionForm(
        request.POST or None, subject=own or Opinion(member=member, need_id=pk), criteria=criteria
    )
    if submit(
        request,
        form,
        lambda: actions.give_opinion(instance, member=member, by=request.actor, **form.opinion),
    ):
        return done_redirect(request, *_next(request, member, form.opinion["final"]))
    context = _context(member, instance) | {"form": form, "own": own}
    return render_page(request, "committees/comite_need.html", context)


def _context(member: CommitteeMember, need: Any) -> dict[str, Any]:
    bylaws = selectors.bylaws_of(member.call)
    blind = rules.hides_names(bylaws, undecided=need.undecided)
    full = with_related(type(need).objects.filter(pk=need.pk)).get()
    return {
        "need": full,
        "facts": pages.facts_for(full, blind),
        "blind": blind,
        "closed": " ".join(rules.missing_to_give_opinion(need)),
        "declared": member.declared_at,
    }


def _next(request: Request, member: CommitteeMember, final: bool) -> tuple[str, str]:
    """Return the URL to go to after an opinion is saved (next need or list) and a message."""
    url = pages.url_of_needs(request.actor, member)
    if not final:
        return url, "Votre brouillon est gardé. Personne d’autre ne le lit."
    if following := selectors.next_to_judge(member):
        url = reverse("committees:comite_need", args=[request.actor.key, following])
        return url, "Votre avis est rendu. Voici le dossier suivant."
    return url, "Votre avis est rendu. Vous avez tout lu."
