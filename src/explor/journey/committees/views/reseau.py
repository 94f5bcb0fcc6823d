"""A network composes the committee of a call and sets its bylaws."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.accounts.actions import invite as invite_to
from explor.ground.accounts.forms import InviteForm
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.forms import CreateForm
from explor.ground.ui.parts import panels_of
from explor.ground.ui.submit import create, submit
from explor.journey.calls.models import Call

from .. import actions, pages, rules, selectors
from ..forms import BylawsForm
from ..models import CommitteeMember

ROLES = [("", "membre"), ("chair", "présidence")]


@role_required("reseau")
def committee(request: Request, pk: int) -> HttpResponse:
    """Show who sits, by which bylaws, and what later phases add."""
    call = _call(request, pk)
    bylaws = selectors.bylaws_of(call)
    context = {
        "call": call,
        "members": selectors.members_of(call),
        "columns": ["Membre", "Liens", "Avis rendus", "Déports", "Changer"],
        "bylaws": bylaws,
        "vote": pages.voting_rules(bylaws),
        "links": pages.links(request, "network", call),
        "panels": panels_of(request, "committee", call),
    }
    return render_page(request, "committees/reseau_committee.html", context)


@role_required("reseau")
def invite(request: Request, pk: int) -> HttpResponse:
    """Invite someone to sit on the committee."""
    call = _call(request, pk)
    require(rules.can_manage(request.actor, call))
    form = InviteForm(request.POST or None, positions=ROLES)
    form.fields["position"].required = False

    def act() -> str:
        data = form.cleaned_data
        invite_to(
            email=data["email"],
            name=data["name"],
            position=data["position"],
            role_type="comite",
            role_key=call.slug,
            by=request.actor,
        )
        return _committee_url(request, pk)

    if url := create(request, form, act):
        return done_redirect(request, url, "L’invitation est partie.")
    context = {"form": form, "title": "Inviter au comité", "lead": call.title}
    return render_page(
        request, "committees/act.html", {**context, "submit": "Envoyer l’invitation"}
    )


@role_required("reseau")
def bylaws(request: Request, pk: int) -> HttpResponse:
    """Change how the committee judges and votes."""
    call = _call(request, pk)
    require(rules.can_manage(request.actor, call))
    form = BylawsForm(request.POST or None, subject=selectors.bylaws_of(call))
    by = request.actor
    if submit(
        request,
        form,
        lambda: actions.set_bylaws(
            call, by=by, changes=form.values, expected_version=form.expected_version
        ),
    ):
        return done_redirect(request, _committee_url(request, pk), "Le règlement est enregistré.")
    context = {
        "form": form,
        "title": "Le règlement du comité",
        "lead": f"{call.title} : tous ces chiffres sont des exemples, à vous de les fixer.",
        "submit": "Enregistrer le règlement",
    }
    return render_page(request, "committees/act.html", context)


@role_required("reseau")
def chair(request: Request, pk: int) -> HttpResponse:
    """Make a member chair the committee."""
    member, form = _member(request, pk), CreateForm(request.POST or None)
    require(rules.can_manage(request.actor, member.call))
    if submit(request, form, lambda: actions.name_chair(member, by=request.actor)):
        message = f"{member.person.name} préside le comité."
        return done_redirect(request, _committee_url(request, member.call_id), message)
    context = {
        "form": form,
        "title": "Confier la présidence",
        "lead": f"{member.person.name} mènera les séances et signera les procès-verbaux.",
        "submit": "Confier la présidence",
    }
    return render_page(request, "committees/act.html", context)


@role_required("reseau")
def dismiss(request: Request, pk: int) -> HttpResponse:
    """Remove a member who has not judged yet."""
    member, form = _member(request, pk), CreateForm(request.POST or None)
    require(rules.can_manage(request.actor, member.call))
    if submit(request, form, lambda: actions.dismiss_member(member, by=request.actor)):
        message = f"{member.person.name} ne siège plus."
        return done_redirect(request, _committee_url(request, member.call_id), message)
    context = {
        "form": form,
        "title": "Retirer du comité",
        "lead": f"{member.person.name} ne verra plus les dossiers.",
        "submit": "Retirer du comité",
        "danger": True,
    }
    return render_page(request, "committees/act.html", context)


def _call(request: Request, pk: int) -> Call:
    return get_object_or_404(Call, pk=pk, network=request.actor.scope)


def _member(request: Request, pk: int) -> CommitteeMember:
    members = CommitteeMember.objects.filter(call__network=request.actor.scope)
    return get_object_or_404(members.select_related("person", "call"), pk=pk)


def _committee_url(request: Request, pk: int) -> str:
    return reverse("committees:reseau_committee", args=[request.actor.key, pk])
