"""Networks, funders, and who holds which role."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.networks import actions as network_actions
from explor.actors.networks.models import Network, Officer
from explor.actors.networks.rules import can_create_network
from explor.actors.networks.selectors import networks_list
from explor.ground.accounts.forms import InviteForm
from explor.ground.accounts.selectors import pending_invitations
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import RoleType, role_required, role_types
from explor.ground.ui.submit import create
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.calls import actions as call_actions
from explor.journey.calls.models import Funder
from explor.journey.calls.rules import can_create_funder
from explor.journey.calls.selectors import funders_list

from .. import actions, pages, rules
from ..forms import FunderForm, NetworkForm, NewMemberForm, ReasonForm
from ..selectors import holders

PER_PAGE = 30
ROLE_COLUMNS = ["Personne", "Adresse", "Rôle", "Au titre de", "Retirer"]


def load_network(request: Request, pk: int) -> Network:
    return get_object_or_404(Network, pk=pk)


def load_funder(request: Request, pk: int) -> Funder:
    return get_object_or_404(Funder, pk=pk)


def load_role_type(request: Request, kind: str) -> RoleType:
    """Return a role type without scope that people are invited to."""
    found = next((each for each in holders.administered_types() if each.kind == kind), None)
    if found is None or found.keyed or found.grant is None:
        raise Http404
    return found


def load_holder(request: Request, kind: str, pk: int) -> holders.Holder:
    found = holders.holder(kind, pk)
    if found is None:
        raise Http404
    return found


NETWORK = VerbPages(
    "administration",
    "reseaux/<int:pk>/",
    load=load_network,
    back=lambda actor, network: pages.url("network", network.pk),
    verbs=(
        Verb(
            network_actions.edit_network,
            "modifier",
            label="Modifier le réseau",
            form=NetworkForm,
            options=lambda actor, network: {"instance": network},
            can=lambda actor, network: can_create_network(actor),
            effects=pages.effects_of_edit,
            done="Le réseau est enregistré.",
        ),
        Verb(
            actions.invite_to_network,
            "inviter",
            label="Inviter une personne",
            form=InviteForm,
            options=lambda actor, network: {"positions": Officer.Position.choices},
            can=lambda actor, network: rules.can_invite(actor),
            effects=pages.effects_of_invitation,
            done="L’invitation est partie.",
        ),
    ),
)
FUNDER = VerbPages(
    "administration",
    "financeurs/<int:pk>/",
    load=load_funder,
    back=lambda actor, funder: pages.url("funder", funder.pk),
    verbs=(
        Verb(
            call_actions.edit_funder,
            "modifier",
            label="Modifier le financeur",
            form=FunderForm,
            options=lambda actor, funder: {"instance": funder},
            can=lambda actor, funder: can_create_funder(actor),
            effects=pages.effects_of_edit,
            done="Le financeur est enregistré.",
        ),
        Verb(
            actions.invite_to_funder,
            "inviter",
            label="Inviter une personne",
            form=NewMemberForm,
            can=lambda actor, funder: rules.can_invite(actor),
            effects=pages.effects_of_invitation,
            done="L’invitation est partie.",
        ),
    ),
)
ROLE_TYPE = VerbPages(
    "administration",
    "roles/<slug:kind>/",
    load=load_role_type,
    back=lambda actor, role_type: pages.url("roles"),
    crumb=lambda role_type: role_type.label,
    args_of=lambda role_type: [role_type.kind],
    verbs=(
        Verb(
            actions.invite_to_role,
            "inviter",
            label=lambda actor, role_type: f"Inviter : {role_type.label}",
            form=NewMemberForm,
            can=lambda actor, role_type: rules.can_invite(actor),
            effects=pages.effects_of_invitation,
            done="L’invitation est partie.",
        ),
    ),
)
HOLDER = VerbPages(
    "administration",
    "roles/<slug:kind>/<int:pk>/",
    load=load_holder,
    back=lambda actor, holder: pages.url("roles"),
    args_of=lambda holder: [holder.role_type.kind, holder.pk],
    verbs=(
        Verb(
            actions.withdraw_role,
            "retirer",
            label="Retirer ce rôle",
            danger=True,
            form=ReasonForm,
            can=lambda actor, holder: rules.can_withdraw_role(actor),
            effects=pages.effects_of_withdrawal,
            done="Le rôle est retiré.",
        ),
    ),
)


@role_required("administration")
def networks(request: Request) -> HttpResponse:
    """The networks, with how many people work for each."""
    page = Paginator(networks_list(), PER_PAGE).get_page(request.GET.get("page"))
    columns = ["Réseau", "Identifiant", "Personnes", "Directions"]
    context = {"page": page, "columns": columns, "new": pages.url("new_network")}
    return render_page(request, "administration/networks.html", context)


@role_required("administration")
def new_network(request: Request) -> HttpResponse:
    """Open a network, then lead to its page, where its direction is invited."""
    require(can_create_network(request.actor))
    form = NetworkForm(request.POST or None)

    def run() -> str:
        network = network_actions.create_network(by=request.actor, **form.values)
        return pages.url("network", network.pk)

    if url := create(request, form, run):
        return done_redirect(request, url, "Le réseau est ouvert : invitez sa direction.")
    context = {"form": form, "title": "Ouvrir un réseau", "back": pages.url("networks")}
    return render_page(request, "administration/new.html", context)


@role_required("administration")
def network(request: Request, pk: int) -> HttpResponse:
    """A network: its facts, its people, the invitations that wait."""
    instance = load_network(request, pk)
    context = {
        "title": instance.name,
        "back": pages.url("networks"),
        "crumb": "Réseaux",
        "facts": pages.facts_of_network(instance),
        "verbs": NETWORK.buttons(request.actor, instance),
        "invitations": pending_invitations("reseau", instance.slug),
        "rows": _groups(request, "reseau", instance.slug),
        "columns": ROLE_COLUMNS,
    }
    return render_page(request, "administration/scope.html", context)


@role_required("administration")
def funders(request: Request) -> HttpResponse:
    """The funders, with how many people read for each."""
    page = Paginator(funders_list(), PER_PAGE).get_page(request.GET.get("page"))
    columns = ["Financeur", "Identifiant", "Échelon", "Personnes"]
    context = {"page": page, "columns": columns, "new": pages.url("new_funder")}
    return render_page(request, "administration/funders.html", context)


@role_required("administration")
def new_funder(request: Request) -> HttpResponse:
    """Open a funder, then lead to its page."""
    require(can_create_funder(request.actor))
    form = FunderForm(request.POST or None)

    def run() -> str:
        funder = call_actions.create_funder(by=request.actor, **form.values)
        return pages.url("funder", funder.pk)

    if url := create(request, form, run):
        return done_redirect(request, url, "Le financeur est ouvert.")
    context = {"form": form, "title": "Ouvrir un financeur", "back": pages.url("funders")}
    return render_page(request, "administration/new.html", context)


@role_required("administration")
def funder(request: Request, pk: int) -> HttpResponse:
    """A funder: its facts, its people, the invitations that wait."""
    instance = load_funder(request, pk)
    context = {
        "title": instance.name,
        "back": pages.url("funders"),
        "crumb": "Financeurs",
        "facts": pages.facts_of_funder(instance),
        "verbs": FUNDER.buttons(request.actor, instance),
        "invitations": pending_invitations("financeur", instance.slug),
        "rows": _groups(request, "financeur", instance.slug),
        "columns": ROLE_COLUMNS,
    }
    return render_page(request, "administration/scope.html", context)


@role_required("administration")
def roles(request: Request) -> HttpResponse:
    """Who holds what: one role type at a time, the first one by default."""
    types = holders.administered_types()
    kind = request.GET.get("role") or types[0].kind
    role_type = role_types().get(kind)
    if role_type not in types:
        raise Http404
    rows = list(holders.holders_of(role_type))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    own = [] if role_type.keyed else ROLE_TYPE.buttons(request.actor, role_type)
    context = {
        "types": [(each.kind, each.label, each.kind == kind) for each in types],
        "page": page,
        "rows": _rows(request, page),
        "caption": role_type.label,
        "verbs": own,
        "invitations": [] if role_type.keyed else pending_invitations(kind, ""),
        "columns": ROLE_COLUMNS,
    }
    return render_page(request, "administration/roles.html", context)


def _groups(request: Request, kind: str, key: str) -> list[tuple[holders.Holder, str, str]]:
    return _rows(request, holders.holders_of(role_types()[kind], key=key))


def _rows(
    request: Request, found: Iterable[holders.Holder]
) -> list[tuple[holders.Holder, str, str]]:
    """Each holder with the page of their account and the page where the role is taken back."""
    return [
        (
            each,
            pages.url("account", each.person.pk),
            HOLDER.url(request.actor, "withdraw_role", each),
        )
        for each in found
    ]
