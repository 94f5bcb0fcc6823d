"""Pages where an employer reads the wanted profiles, nominates somebody, or withdraws them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.needs.models import Need

from .. import actions, pages, rules, selectors
from ..forms import NominateForm
from ..models import Nomination
from ..states import NOMINATION


def load_need(request: Request, pk: int) -> Need:
    """Return a need with a free seat in the employer's network, else 404."""
    return get_object_or_404(selectors.wanted_by(request.actor), pk=pk)


def load(request: Request, pk: int) -> Nomination:
    """Return a nomination of the employer, else 404."""
    return get_object_or_404(selectors.own_nominations(request.actor), pk=pk)


def can_nominate(actor: Actor, need: Need) -> bool:
    """Return whether `actor` may nominate somebody for a need of its network."""
    own = Organisation.objects.visible_to(actor).filter(network=need.network_id).first()
    return own is not None and rules.can_nominate(actor, own)


def nominate(need: Need, *, by: Actor, **given: Any) -> Nomination:
    """Nominate somebody for a need, as the employer of the current role."""
    employer = Organisation.objects.visible_to(by).get(pk=by.scope or 0)
    return actions.nominate(need, employer=employer, by=by, **given)


WANTED = VerbPages(
    "nominations",
    "profils-recherches/<int:pk>/",
    load=load_need,
    back=pages.wanted_url,
    roles=("employeur",),
    crumb=lambda need: "Profils recherchés",
    verbs=(
        Verb(
            nominate,
            "proposer",
            label="Lui écrire",
            title="Je propose quelqu’un",
            lead=pages.lead_of_nominate,
            form=NominateForm,
            versioned=False,
            can=can_nominate,
            effects=pages.NOMINATE,
            done="Le message est parti. Cette personne répondra elle-même.",
        ),
    ),
)
NOMINATIONS = VerbPages(
    "nominations",
    "personnes-proposees/<int:pk>/",
    load=load,
    back=pages.wanted_url,
    workflow=NOMINATION,
    can=rules.can,
    roles=("employeur",),
    crumb=lambda nomination: "Profils recherchés",
    verbs=(
        Verb(
            actions.withdraw_nomination,
            "retirer",
            effects=pages.WITHDRAW,
            done="C’est retiré, et ses données sont effacées.",
        ),
    ),
)


@role_required("employeur")
def wanted(request: Request) -> HttpResponse:
    """List the needs of the network with a free seat, and the people already nominated."""
    needs = Paginator(selectors.wanted_by(request.actor), 20).get_page(request.GET.get("page"))
    context = {
        "needs": needs,
        "rows": pages.rows_for_employer(selectors.own_nominations(request.actor)[:100]),
        "columns": ["Personne", "Mission", "État", "Depuis"],
    }
    return render_page(request, "nominations/wanted.html", context)
