"""Pages on which officers read their network and manage it: settings, invitations, absences."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.ground.accounts.actions import invite as invite_to
from explor.ground.accounts.forms import InviteForm
from explor.ground.accounts.selectors import pending_invitations
from explor.ground.files.pages import storage_line_of
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit

from .. import actions, pages, selectors
from ..forms import AbsenceForm, NetworkForm
from ..models import Network, Officer
from ..rules import can_set


@role_required("reseau")
def network(request: Request) -> HttpResponse:
    """Show the officers, the pending invitations and the presentation of the network."""
    own = get_object_or_404(Network, pk=request.actor.scope)
    may_set = can_set(request.actor, selectors.officer_of(request.actor))
    context = {
        "network": own,
        "columns": ["Personne", "Rôle", "Absence"],
        "facts": pages.facts_of(own),
        "officers": [
            (officer, pages.absence_of(officer, timezone.localdate()))
            for officer in selectors.officers_of(own.pk)
        ],
        "invitations": pending_invitations("reseau", own.slug),
        "verbs": _verbs(request, may_set),
        "links": pages.links_of(request.actor, own),
        "storage": storage_line_of(own),
    }
    return render_page(request, "networks/reseau_network.html", context)


@role_required("reseau")
def settings(request: Request) -> HttpResponse:
    """Edit the presentation and settings of the network."""
    own = get_object_or_404(Network, pk=request.actor.scope)
    require(can_set(request.actor, selectors.officer_of(request.actor)))
    form = NetworkForm(request.POST or None, network=own)
    if submit(
        request,
        form,
        lambda: actions.set_network(own, by=request.actor, **form.changes),
    ):
        return done_redirect(request, _home(request), "Les réglages sont enregistrés.")
    return render_page(request, "networks/reseau_settings.html", {"form": form, "network": own})


@role_required("reseau")
def invite(request: Request) -> HttpResponse:
    """Invite a person to become an officer of the network."""
    require(can_set(request.actor, selectors.officer_of(request.actor)))
    form = InviteForm(request.POST or None, positions=Officer.Position.choices)

    def send_invitation() -> str:
        invite_to(
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            position=form.cleaned_data["position"],
            role_type="reseau",
            role_key=request.actor.key,
            by=request.actor,
        )
        return _home(request)

    if url := create(request, form, send_invitation):
        return done_redirect(request, url, "L’invitation est partie.")
    return render_page(request, "networks/reseau_invite.html", {"form": form})


@role_required("reseau")
def absence(request: Request, pk: int) -> HttpResponse:
    """Record the absence of an officer: directors for any officer, others for themselves."""
    officer = get_object_or_404(Officer, pk=pk, network=request.actor.scope)
    require(
        officer.person_id == request.actor.person
        or can_set(request.actor, selectors.officer_of(request.actor))
    )
    form = AbsenceForm(request.POST or None, officer=officer)
    if submit(
        request, form, lambda: actions.go_away(officer, by=request.actor, **form.cleaned_data)
    ):
        return done_redirect(request, _home(request), "L’absence est enregistrée.")
    return render_page(request, "networks/reseau_absence.html", {"form": form, "officer": officer})


def _home(request: Request) -> str:
    """Return the URL of the network page, to which each form redirects."""
    return reverse("networks:reseau_network", args=[request.actor.key])


def _verbs(request: Request, may_set: bool) -> list[dict[str, object]]:
    """Return the buttons of the page as {label, url, refused}.

    `refused` is the reason, in French, for an officer who is not a director, else "".
    """
    refused = "" if may_set else "Réservé à la direction du réseau."
    names = (
        ("Inviter une personne", "invite"),
        ("Changer les réglages", "settings"),
        ("Qui a lu quoi", "readings"),
    )
    return [
        {
            "label": label,
            "url": reverse(f"networks:reseau_{name}", args=[request.actor.key]),
            "refused": refused,
        }
        for label, name in names
    ]
