"""An organisation looks after itself: profile, members, partners. Same pages for both kinds."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.accounts.actions import invite as invite_to
from explor.ground.accounts.forms import InviteForm
from explor.ground.accounts.queries import pending
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui import hooks
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, queries, rules
from ..forms import EDITS
from ..models import Kind, Member, Organisation
from .papers import papers_panel

View = Callable[..., HttpResponse]


def profile(request: Request) -> HttpResponse:
    """What the organisation says of itself, who acts for it, and where its verification stands."""
    own = _own(request)
    context = {
        "organisation": own,
        "members": queries.members_of(own),
        "invitations": pending(own.kind, own.slug),
        "partners": own.partners.all(),
        "may_ask_again": rules.can(request.actor, "register_again", own),
        "facts": queries.facts_of(own),
        **papers_panel(request, own),
        "more": [
            each for tools in hooks.get("organisations.each") for each in tools(request.actor, own)
        ],
        "missing": rules.missing_to_verify(own) if own.state == "lapsed" else [],
        "tone": queries.TONES[own.state],
        "urls": {"home": _home(request)}
        | {
            name: reverse(f"organisations:{own.kind}_{name}", args=[own.slug])
            for name in ("edit", "ask_again", "invite")
        },
    }
    return render_page(request, "organisations/member_profile.html", context)


def edit(request: Request) -> HttpResponse:
    own = _own(request)
    require(rules.can_edit(request.actor, own))
    form = EDITS[Kind(own.kind)](request.POST or None, subject=own)
    if submit(
        request,
        form,
        lambda: actions.describe(
            own, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, _home(request), "C’est enregistré.")
    return render_page(
        request, "organisations/member_edit.html", {"form": form, "organisation": own}
    )


def ask_again(request: Request) -> HttpResponse:
    own = _own(request)
    require(rules.can(request.actor, "register_again", own))
    form = ActionForm(request.POST or None, subject=own)
    if submit(
        request,
        form,
        lambda: actions.register_again(
            own, by=request.actor, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, _home(request), "Votre réseau est prévenu.")
    return render_page(
        request, "organisations/member_ask_again.html", {"form": form, "organisation": own}
    )


def invite(request: Request) -> HttpResponse:
    """A colleague is invited to act for the organisation."""
    own = _own(request)
    form = InviteForm(request.POST or None, positions=Member.Position.choices)

    def act() -> str:
        invite_to(
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            position=form.cleaned_data["position"],
            role_type=own.kind,
            role_key=own.slug,
            by=request.actor,
        )
        return _home(request)

    if url := create(request, form, act):
        return done_redirect(request, url, "L’invitation est partie.")
    return render_page(
        request, "organisations/member_invite.html", {"form": form, "organisation": own}
    )


def remove(request: Request, pk: int) -> HttpResponse:
    """Someone no longer acts for the organisation; asked first."""
    own = _own(request)
    member = get_object_or_404(own.members.select_related("person"), pk=pk)
    form = ActionForm(request.POST or None, subject=own)
    if submit(request, form, lambda: actions.remove_member(member, by=request.actor)):
        return done_redirect(request, _home(request), f"{member.person} n’agit plus pour {own}.")
    return render_page(
        request, "organisations/member_remove.html", {"form": form, "member": member}
    )


def _own(request: Request) -> Organisation:
    found = Organisation.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(found, pk=request.actor.scope)


def _home(request: Request) -> str:
    return reverse(f"organisations:{request.actor.role}_profile", args=[request.actor.key])
