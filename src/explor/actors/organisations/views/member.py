"""Pages on which members manage their organisation, shared by associations and employers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.accounts.forms import InviteForm
from explor.ground.accounts.selectors import pending_invitations
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.ui import hooks
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..forms import EDITS
from ..models import Kind, Member, Organisation
from ..states import MEMBERSHIP, OWN
from .papers import papers_panel


def load(request: Request) -> Organisation:
    """Return the organisation of the current role, else 404."""
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(own, pk=request.actor.scope)


def load_member(request: Request, pk: int) -> Member:
    """Return a member of the organisation of the current role, else 404."""
    members = load(request).members.select_related("person", "organisation")
    return get_object_or_404(members, pk=pk)


def removal_options(actor: Actor, member: Member) -> dict[str, Any]:
    """Return the form arguments: the subject is the organisation, since a member has no version."""
    return {"subject": member.organisation}


VERBS = VerbPages(
    "organisations",
    "notre-organisation/",
    load=load,
    back=pages.url_of,
    workflow=MEMBERSHIP,
    can=rules.can,
    roles=OWN,
    args_of=lambda organisation: [],
    verbs=(
        Verb(
            actions.register_again,
            "verification",
            notes=pages.notes_of_register_again,
            effects=pages.effects_of_register_again,
            done="Votre réseau est prévenu.",
        ),
    ),
)
MEMBERS = VerbPages(
    "organisations",
    "notre-organisation/membres/<int:pk>/",
    load=load_member,
    back=pages.url_of_member,
    roles=OWN,
    crumb=pages.crumb_of_member,
    verbs=(
        Verb(
            actions.remove_member,
            "retirer",
            url_name="remove",
            label="Retirer",
            title=pages.title_of_remove_member,
            danger=True,
            options=removal_options,
            versioned=False,
            can=rules.can_remove_member,
            blockers=pages.blockers_of_remove_member,
            effects=pages.effects_of_remove_member,
            done=pages.done_of_remove_member,
        ),
    ),
)


def profile(request: Request) -> HttpResponse:
    """Show the organisation: its description, members, partners, papers and verification."""
    own = load(request)
    context = {
        "organisation": own,
        "members": selectors.members_of(own),
        "invitations": pending_invitations(own.kind, own.slug),
        "partners": own.partners.all(),
        "may_register_again": rules.can(request.actor, "register_again", own),
        "facts": pages.facts_of(own),
        **papers_panel(request, own),
        "more": [
            each for tools in hooks.get("organisations.each") for each in tools(request.actor, own)
        ],
        "missing": rules.missing_to_verify(own) if own.state == "lapsed" else [],
        "tone": pages.TONES[own.state],
        "urls": {"home": pages.url_of(request.actor, own)}
        | {
            name: reverse(f"organisations:{own.kind}_{name}", args=[own.slug])
            for name in ("edit", "register_again", "invite")
        },
    }
    return render_page(request, "organisations/member_profile.html", context)


def edit(request: Request) -> HttpResponse:
    """Edit the description of the organisation."""
    own = load(request)
    require(rules.can_edit(request.actor, own))
    form = EDITS[Kind(own.kind)](request.POST or None, subject=own)
    if submit(
        request,
        form,
        lambda: actions.describe(
            own, by=request.actor, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, pages.url_of(request.actor, own), "C’est enregistré.")
    return render_page(
        request, "organisations/member_edit.html", {"form": form, "organisation": own}
    )


def invite(request: Request) -> HttpResponse:
    """Invite a person to become a member of the organisation."""
    own = load(request)
    require(rules.can_edit(request.actor, own))
    form = InviteForm(request.POST or None, positions=Member.Position.choices)

    def send() -> str:
        whom = {name: form.cleaned_data[name] for name in ("email", "name", "position")}
        actions.invite_member(own, by=request.actor, **whom)
        return pages.url_of(request.actor, own)

    if url := create(request, form, send):
        return done_redirect(request, url, "L’invitation est partie.")
    return render_page(
        request, "organisations/member_invite.html", {"form": form, "organisation": own}
    )
