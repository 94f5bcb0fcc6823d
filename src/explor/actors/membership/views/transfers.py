"""A transfer, under the hat of each of its three parties."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.rules import can_edit
from explor.ground.common.access import require
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries, rules
from ..forms import TransferForm
from ..models import Transfer
from ..states import TransferState

VERBS = {
    "accord": ("consent", "Votre accord est enregistré."),
    "refus": ("turn_down", "Le refus est envoyé, avec son motif."),
    "abandon": ("call_off", "La demande est abandonnée."),
}


@wear("reseau")
def transfers(request: Request) -> HttpResponse:
    """The transfers from and to the network."""
    rows = Paginator(queries.transfers_of(request.actor), 30).get_page(request.GET.get("page"))
    columns = ["Organisation", "De", "À", "État"]
    return page(request, "membership/reseau_transfers.html", {"rows": rows, "columns": columns})


@wear("reseau")
def transfer(request: Request, pk: int) -> HttpResponse:
    """One transfer: who has said yes, what one may do."""
    return _shown(request, _found(request, pk))


@wear("reseau")
def ask(request: Request, pk: int) -> HttpResponse:
    """The network that follows an organisation asks to hand it over."""
    own = Organisation.objects.visible_to(request.actor).select_related("network")
    return _asked(request, get_object_or_404(own, pk=pk))


def own(request: Request) -> HttpResponse:
    """Under the organisation's own hat: the open transfer, or the form to ask for one."""
    found = queries.transfers_of(request.actor).filter(state=TransferState.OPEN).first()
    if found is not None:
        return _shown(request, found)
    mine = Organisation.objects.visible_to(request.actor).select_related("network")
    return _asked(request, get_object_or_404(mine, pk=request.actor.scope))


def act(request: Request, verb: str, pk: int | None = None) -> HttpResponse:
    """Say yes, say no, call off."""
    if verb not in VERBS:
        raise Http404
    name, done = VERBS[verb]
    found = _found(request, pk)
    require(rules.can(request.actor, name, found))
    row = found.workflow.transition(found.state, name)
    form = Act(request.POST or None, subject=found, needs_reason=row.needs_reason)

    def run() -> None:
        given = {"reason": form.why} if row.needs_reason else {}
        getattr(actions, name)(found, by=request.actor, seen=form.seen, **given)

    if submit(request, form, run):
        return answer(request, queries.url_of(found, request.actor), done)
    context = {"form": form, "transfer": found, "row": row,
               "home": queries.url_of(found, request.actor)}  # fmt: skip
    return page(request, "membership/transfer_act.html", context)


def _asked(request: Request, found: Organisation) -> HttpResponse:
    require(can_edit(request.actor, found))
    networks = queries.others_than(found.network_id)
    form = TransferForm(request.POST or None, networks=networks)

    def run() -> str:
        given = {name: form.cleaned_data[name] for name in ("receiver", "message")}
        made = actions.ask_transfer(found, by=request.actor, **given)
        return queries.url_of(made, request.actor)

    if url := create(request, form, run):
        return answer(request, url, "Les deux réseaux et l’organisation sont prévenus.")
    return page(request, "membership/transfer_ask.html", {"form": form, "organisation": found})


def _shown(request: Request, found: Transfer) -> HttpResponse:
    actor = request.actor
    slugs = {name: slug for slug, (name, _) in VERBS.items()}
    args = [actor.key, found.pk] if actor.hat == "reseau" else [actor.key]
    verbs = [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(f"membership:{actor.hat}_transfer_act", args=[*args, slugs[row.verb]]),
        }
        for row in found.workflow.verbs(found.state, actor.hat)
        if rules.can(actor, row.verb, found)
    ]
    context = {"transfer": found, "parties": queries.parties_of(found), "verbs": verbs}
    return page(request, "membership/transfer.html", context)


def _found(request: Request, pk: int | None) -> Transfer:
    found = queries.transfers_of(request.actor)
    if pk is None:
        found = found.filter(state=TransferState.OPEN)
        return get_object_or_404(found)
    return get_object_or_404(found, pk=pk)
