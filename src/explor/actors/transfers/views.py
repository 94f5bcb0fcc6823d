"""Pages of a transfer, for each of its three parties."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.organisations.models import Organisation
from explor.ground.audit.views import file_of_list
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create
from explor.ground.workflow.pages import Verb, VerbPages

from . import actions, pages, rules, selectors
from .forms import TransferForm
from .models import Transfer
from .states import TRANSFER

ArgsOf = Callable[[Transfer], Sequence[Any]]


def load(request: Request, pk: int | None = None) -> Transfer:
    """Return the transfer `pk`, by default the open transfer of the organisation, else 404."""
    if pk is None:
        return get_object_or_404(selectors.open_transfers_of(request.actor))
    return get_object_or_404(selectors.transfers_of(request.actor), pk=pk)


VERBS = (
    Verb(
        actions.consent,
        "accord",
        effects=pages.effects_of_consent,
        done="Votre accord est enregistré.",
    ),
    Verb(
        actions.turn_down,
        "refus",
        effects=pages.effects_of_turn_down,
        done="Le refus est envoyé, avec son motif.",
    ),
    Verb(
        actions.call_off,
        "abandon",
        effects=pages.effects_of_call_off,
        done="La demande est abandonnée.",
    ),
)


def verb_pages(route: str, roles: Sequence[str], args_of: ArgsOf) -> VerbPages:
    """Return the confirmation pages of a transfer, at the URL `route`, for these roles.

    `args_of(transfer)` returns the arguments of the URL.
    """
    return VerbPages(
        "transfers",
        route,
        load=load,
        back=pages.url_of,
        workflow=TRANSFER,
        can=rules.can_answer,
        roles=roles,
        crumb=pages.title_of,
        args_of=args_of,
        verbs=VERBS,
    )


NETWORK = verb_pages("organisations/transferts/<int:pk>/", ["reseau"], lambda each: [each.pk])
OWN = verb_pages("notre-organisation/transfert/", ["association", "employeur"], lambda each: [])


@role_required("reseau")
def transfers(request: Request) -> HttpResponse:
    """List the transfers from and to the network, as a page or a downloaded file."""
    transfers = selectors.transfers_of(request.actor)
    if file := file_of_list(request, "transfers", pages.EXPORTED, transfers):
        return file
    rows = Paginator(transfers, 30).get_page(request.GET.get("page"))
    columns = ["Organisation", "De", "À", "État"]
    return render_page(
        request, "transfers/reseau_transfers.html", {"rows": rows, "columns": columns}
    )


@role_required("reseau")
def transfer(request: Request, pk: int) -> HttpResponse:
    """Show a transfer: the answers of the parties, and the actions available."""
    return _transfer_page(request, load(request, pk))


@role_required("reseau")
def new(request: Request, pk: int) -> HttpResponse:
    """Request the transfer of an organisation of the network."""
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return _request_page(request, get_object_or_404(own, pk=pk))


def own(request: Request) -> HttpResponse:
    """Show the open transfer of the organisation, or the form that requests one."""
    transfer = selectors.open_transfers_of(request.actor).first()
    if transfer is not None:
        return _transfer_page(request, transfer)
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return _request_page(request, get_object_or_404(own, pk=request.actor.scope))


def _request_page(request: Request, organisation: Organisation) -> HttpResponse:
    require(rules.can_request(request.actor, organisation))
    networks = selectors.networks_except(organisation.network_id)
    form = TransferForm(request.POST or None, networks=networks)

    def save() -> str:
        values = {name: form.cleaned_data[name] for name in ("receiver", "message")}
        transfer = actions.request_transfer(organisation, by=request.actor, **values)
        return pages.url_of(request.actor, transfer)

    if url := create(request, form, save):
        return done_redirect(request, url, "Les deux réseaux et l’organisation sont prévenus.")
    context = {"form": form, "organisation": organisation}
    return render_page(request, "transfers/transfer_request.html", context)


def _transfer_page(request: Request, transfer: Transfer) -> HttpResponse:
    verb_pages = NETWORK if request.actor.role == "reseau" else OWN
    context = {
        "transfer": transfer,
        "tone": pages.tone_of(transfer),
        "parties": pages.parties_of(transfer),
        "verbs": verb_pages.buttons(request.actor, transfer),
    }
    return render_page(request, "transfers/transfer.html", context)
