"""Administration pages of networks and their letters, funders, roles and invitations."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.networks import actions as network_actions
from explor.actors.networks.models import Network, Officer
from explor.actors.networks.rules import can_create_network
from explor.actors.networks.selectors import networks_list
from explor.ground.accounts.forms import InviteForm
from explor.ground.accounts.models import Invitation
from explor.ground.accounts.selectors import pending_invitations
from explor.ground.files.actions import allow_space
from explor.ground.files.forms import SpaceForm
from explor.ground.files.pages import effects_of_space, options_of_space
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import RoleType, role_required, role_types
from explor.ground.ui.elision import of
from explor.ground.ui.submit import create
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.calls import actions as call_actions
from explor.journey.calls.models import Funder
from explor.journey.calls.rules import can_create_funder
from explor.journey.calls.selectors import funders_list
from explor.journey.decisions.pages import template_rows, verdict_slug
from explor.journey.decisions.views.templates import EDIT as EDIT_TEMPLATE
from explor.journey.decisions.views.templates import template_of

from .. import actions, pages, rules
from ..forms import ConfirmForm, FunderForm, NetworkForm, NewMemberForm, ReasonForm
from ..selectors import holders

PER_PAGE = 30
ROLE_COLUMNS = ["Personne", "Adresse", "Rôle", "Au titre de", "Retirer"]


def load_network(request: Request, pk: int) -> Network:
    return get_object_or_404(Network, pk=pk)


def load_funder(request: Request, pk: int) -> Funder:
    return get_object_or_404(Funder, pk=pk)


def load_role_type(request: Request, kind: str) -> RoleType:
    """Return the role type `kind`, to which an administrator can invite.

    Raises:
        Http404: the type applies to a network or another organisation, or excludes invitations.
    """
    role_type = next((each for each in holders.administered_types() if each.kind == kind), None)
    if role_type is None or role_type.keyed or role_type.grant is None:
        raise Http404
    return role_type


def load_holder(request: Request, kind: str, pk: int) -> holders.Holder:
    holder = holders.holder(kind, pk)
    if holder is None:
        raise Http404
    return holder


def load_invitation(request: Request, pk: int) -> Invitation:
    """Return a pending invitation to a role that administrators manage; else raise 404."""
    kinds = [each.kind for each in holders.administered_types()]
    return get_object_or_404(Invitation, pk=pk, accepted_at=None, role_type__in=kinds)


def page_of_invitation(actor: Actor, invitation: Invitation) -> str:
    """Return the URL of the page that lists an invitation: of its network, funder or role type."""
    if invitation.role_type == "reseau":
        return pages.url("network", Network.objects.get(slug=invitation.role_key).pk)
    if invitation.role_type == "financeur":
        return pages.url("funder", Funder.objects.get(slug=invitation.role_key).pk)
    return f"{pages.url('roles')}?role={invitation.role_type}"


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
            arguments=lambda actor, form: form.changes,
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
        Verb(
            allow_space,
            "place",
            label="Changer la place de ses fichiers",
            form=SpaceForm,
            options=options_of_space,
            can=lambda actor, network: rules.can_administer(actor),
            effects=effects_of_space,
            done="La place est changée.",
        ),
    ),
)
LETTERS = VerbPages(
    "administration",
    "reseaux/<int:pk>/lettres/<slug:verdict>/",
    load=lambda request, pk, verdict: template_of(load_network(request, pk), verdict),
    back=lambda actor, template: pages.url("letter_templates", template.network_id),
    crumb=lambda template: f"Les lettres {of(template.network.name)}",
    args_of=lambda template: [template.network_id, verdict_slug(template.verdict)],
    verbs=(EDIT_TEMPLATE,),
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
            arguments=lambda actor, form: form.changes,
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

INVITATION = VerbPages(
    "administration",
    "invitations/<int:pk>/",
    load=load_invitation,
    back=page_of_invitation,
    crumb=lambda invitation: invitation.email,
    verbs=(
        Verb(
            actions.withdraw_invitation,
            "retirer",
            label="Retirer cette invitation",
            danger=True,
            form=ConfirmForm,
            can=lambda actor, invitation: rules.can_withdraw_invitation(actor),
            effects=pages.effects_of_withdraw_invitation,
            done="L’invitation est retirée.",
        ),
    ),
)


@role_required("administration")
def networks(request: Request) -> HttpResponse:
    """List the networks, with the number of people who work for each."""
    page = Paginator(networks_list(), PER_PAGE).get_page(request.GET.get("page"))
    columns = ["Réseau", "Identifiant", "Personnes", "Directions"]
    context = {"page": page, "columns": columns, "new": pages.url("new_network")}
    return render_page(request, "administration/networks.html", context)


@role_required("administration")
def new_network(request: Request) -> HttpResponse:
    """Create a network, then redirect to its page, where its director can be invited."""
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
    """Show a network, the people who work for it and its pending invitations."""
    instance = load_network(request, pk)
    context = {
        "title": instance.name,
        "back": pages.url("networks"),
        "crumb": "Réseaux",
        "facts": pages.facts_of_network(instance),
        "verbs": NETWORK.buttons(request.actor, instance),
        "letters": pages.url("letter_templates", pk),
        "invitations": _invitations(request, "reseau", instance.slug),
        "rows": _groups(request, "reseau", instance.slug),
        "columns": ROLE_COLUMNS,
    }
    return render_page(request, "administration/network.html", context)


@role_required("administration")
def letter_templates(request: Request, pk: int) -> HttpResponse:
    """Show the letter templates of a network, one for each verdict of a committee."""
    instance = load_network(request, pk)
    context = {
        "back": pages.url("network", pk),
        "network": instance,
        "rows": [
            (row, text, LETTERS.buttons(request.actor, row))
            for row, text in template_rows(instance)
        ],
    }
    return render_page(request, "decisions/letter_templates.html", context)


@role_required("administration")
def funders(request: Request) -> HttpResponse:
    """List the funders, with the number of people who act for each."""
    page = Paginator(funders_list(), PER_PAGE).get_page(request.GET.get("page"))
    columns = ["Financeur", "Identifiant", "Échelon", "Personnes"]
    context = {"page": page, "columns": columns, "new": pages.url("new_funder")}
    return render_page(request, "administration/funders.html", context)


@role_required("administration")
def new_funder(request: Request) -> HttpResponse:
    """Create a funder, then redirect to its page."""
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
    """Show a funder, the people who act for it and its pending invitations."""
    instance = load_funder(request, pk)
    context = {
        "title": instance.name,
        "back": pages.url("funders"),
        "crumb": "Financeurs",
        "facts": pages.facts_of_funder(instance),
        "verbs": FUNDER.buttons(request.actor, instance),
        "invitations": _invitations(request, "financeur", instance.slug),
        "rows": _groups(request, "financeur", instance.slug),
        "columns": ROLE_COLUMNS,
    }
    return render_page(request, "administration/scope.html", context)


@role_required("administration")
def roles(request: Request) -> HttpResponse:
    """List the holders of the role type named by `?role=`, by default the first one."""
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
        "invitations": [] if role_type.keyed else _invitations(request, kind, ""),
        "columns": ROLE_COLUMNS,
    }
    return render_page(request, "administration/roles.html", context)


def _invitations(request: Request, kind: str, key: str) -> list[tuple[Invitation, str]]:
    """Return the pending invitations to a role, each with the URL of the page to withdraw it."""
    return [
        (each, INVITATION.url(request.actor, "withdraw_invitation", each))
        for each in pending_invitations(kind, key)
    ]


def _groups(request: Request, kind: str, key: str) -> list[tuple[holders.Holder, str, str]]:
    return _rows(request, holders.holders_of(role_types()[kind], key=key))


def _rows(
    request: Request, rows: Iterable[holders.Holder]
) -> list[tuple[holders.Holder, str, str]]:
    """Return each holder with the URLs of their account and of the page to withdraw their role."""
    return [
        (
            each,
            pages.url("account", each.person.pk),
            HOLDER.url(request.actor, "withdraw_role", each),
        )
        for each in rows
    ]
