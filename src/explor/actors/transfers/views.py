"""Pages of a transfer, under the role of each of its three parties."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from . import actions, pages, rules, selectors
from .forms import TransferForm
from .models import Transfer

VERBS: dict[str, tuple[Callable[..., Transfer], str]] = {
    "accord": (actions.consent, "Votre accord est enregistré."),
    "refus": (actions.turn_down, "Le refus est envoyé, avec son motif."),
    "abandon": (actions.call_off, "La demande est abandonnée."),
}


@role_required("reseau")
def transfers(request: Request) -> HttpResponse:
    """List the transfers from and to the network."""
    transfers = selectors.transfers_of(request.actor)
    rows = Paginator(transfers, 30).get_page(request.GET.get("page"))
    columns = ["Organisation", "De", "À", "État"]
    return render_page(
        request, "transfers/reseau_transfers.html", {"rows": rows, "columns": columns}
    )


@role_required("reseau")
def transfer(request: Request, pk: int) -> HttpResponse:
    """Show one transfer: who has consented, what the reader may do."""
    return _transfer_page(request, _transfer_of(request, pk))


@role_required("reseau")
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask to hand over an organisation that the network follows."""
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return _ask_page(request, get_object_or_404(own, pk=pk))


def own(request: Request) -> HttpResponse:
    """Show the organisation its open transfer, or else the form to ask for one."""
    transfer = selectors.open_transfers_of(request.actor).first()
    if transfer is not None:
        return _transfer_page(request, transfer)
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return _ask_page(request, get_object_or_404(own, pk=request.actor.scope))


def act(request: Request, verb: str, pk: int | None = None) -> HttpResponse:
    """Consent to a transfer, refuse it or call it off."""
    if verb not in VERBS:
        raise Http404
    action, done = VERBS[verb]
    transfer = _transfer_of(request, pk)
    require(rules.can_answer(request.actor, action.__name__, transfer))
    row = transfer.workflow.transition(transfer.state, action.__name__)
    form = ActionForm(request.POST or None, subject=transfer, needs_reason=row.needs_reason)

    def run() -> None:
        reason = {"reason": form.why} if row.needs_reason else {}
        action(transfer, by=request.actor, expected_version=form.expected_version, **reason)

    home = pages.url_of(transfer, request.actor)
    if submit(request, form, run):
        return done_redirect(request, home, done)
    context = {"form": form, "transfer": transfer, "row": row, "home": home}
    return render_page(request, "transfers/transfer_act.html", context)


def _ask_page(request: Request, organisation: Organisation) -> HttpResponse:
    require(rules.can_ask(request.actor, organisation))
    networks = selectors.networks_except(organisation.network_id)
    form = TransferForm(request.POST or None, networks=networks)

    def run() -> str:
        values = {name: form.cleaned_data[name] for name in ("receiver", "message")}
        transfer = actions.ask_transfer(organisation, by=request.actor, **values)
        return pages.url_of(transfer, request.actor)

    if url := create(request, form, run):
        return done_redirect(request, url, "Les deux réseaux et l’organisation sont prévenus.")
    context = {"form": form, "organisation": organisation}
    return render_page(request, "transfers/transfer_ask.html", context)


def _transfer_page(request: Request, transfer: Transfer) -> HttpResponse:
    actor = request.actor
    slugs = {action.__name__: slug for slug, (action, _) in VERBS.items()}
    args = [actor.key, transfer.pk] if actor.role == "reseau" else [actor.key]
    verbs = [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(f"transfers:{actor.role}_transfer_act", args=[*args, slugs[row.verb]]),
        }
        for row in transfer.workflow.verbs(transfer.state, actor.role)
        if rules.can_answer(actor, row.verb, transfer)
    ]
    context = {"transfer": transfer, "parties": pages.parties_of(transfer), "verbs": verbs}
    return render_page(request, "transfers/transfer.html", context)


def _transfer_of(request: Request, pk: int | None) -> Transfer:
    """Return the transfer `pk`, or without `pk` the open one of the organisation, else 404."""
    if pk is None:
        return get_object_or_404(selectors.open_transfers_of(request.actor))
    return get_object_or_404(selectors.transfers_of(request.actor), pk=pk)
