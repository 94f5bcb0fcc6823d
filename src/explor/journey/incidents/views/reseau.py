"""Incident pages of a network: list, details, measures, closing, people abroad, readers."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from explor.actors.networks.models import Network
from explor.actors.networks.selectors import officer_of
from explor.ground.audit.views import reading
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..forms import DesignateForm, MeasureForm
from ..states import INCIDENT, State
from .shared import load

FOLLOWING = VerbPages(
    "incidents",
    "incidents/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=INCIDENT,
    can=rules.can,
    crumb=pages.name_of,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.note_measure,
            "suite",
            label="Noter ce qui est fait",
            form=MeasureForm,
            can=rules.can_note,
            effects=pages.NOTED,
            done="C’est noté.",
        ),
        Verb(
            actions.close,
            "clore",
            blockers=lambda actor, incident: rules.missing_to_close(incident),
            effects=pages.CLOSED,
        ),
        Verb(actions.reopen, "rouvrir", effects=pages.REOPENED),
    ),
)


def load_network(request: Request) -> Network:
    """Return the network of the officer, or raise 404."""
    return get_object_or_404(Network, pk=request.actor.scope)


def may_designate(actor: Actor, network: Network) -> bool:
    """Return whether `actor` is a director of their own network; `network` is unused."""
    return rules.can_designate(actor, officer_of(actor))


READERS = VerbPages(
    "incidents",
    "incidents/qui-lit/",
    load=load_network,
    back=lambda actor, network: reverse("networks:reseau_network", args=[actor.key]),
    args_of=lambda network: [],
    roles=("reseau",),
    verbs=(
        Verb(
            actions.designate,
            "",
            url_name="readers",
            label="Enregistrer",
            title="Qui lit les signalements confidentiels",
            form=DesignateForm,
            options=lambda actor, network: {"network": network},
            can=may_designate,
            effects=pages.effects_of_designating,
            done="C’est enregistré.",
        ),
    ),
)


@role_required("reseau")
def incidents(request: Request) -> HttpResponse:
    """Show the network's incidents that the officer may read, filtered by state."""
    state = request.GET.get("state", "")
    results = selectors.search(request.actor, state=state)
    page = Paginator(results, 30).get_page(request.GET.get("page"))
    context = {
        "rows": pages.rows_of(request.actor, page),
        "page": page,
        "state": state,
        "states": State.choices,
        "caption": pages.caption_of(page.paginator.count),
        "columns": ["Incident", "Mission", "Jour", "Suite donnée", "État"],
    }
    return render_page(request, "incidents/reseau_incidents.html", context)


@role_required("reseau")
def incident(request: Request, pk: int) -> HttpResponse:
    """Show an incident and its measures to an officer, and log that they were read.

    Reading a confidential report is always logged; another incident, unless the network switched
    this log off.
    """
    instance, actor = load(request, pk), request.actor
    context = pages.context_of(actor, instance)
    context["verbs"] = FOLLOWING.buttons(actor, instance)
    context["back"] = reverse("incidents:reseau_incidents", args=[actor.key])
    context["crumb"] = "Incidents"
    page = render_page(request, "incidents/incident.html", context)
    what = "confidential_report" if instance.confidential else "incident"
    return reading(page, by=actor, what=what, about=instance, always=instance.confidential)


@role_required("reseau")
def abroad(request: Request) -> HttpResponse:
    """Show the experts of the network's missions who are abroad today."""
    today = timezone.localdate()
    results = selectors.abroad(request.actor, today)
    page = Paginator(results, 50).get_page(request.GET.get("page"))
    context = {
        "rows": pages.board_of(request.actor, list(page), today),
        "page": page,
        "today": today,
        "caption": f"Le {today:%d/%m/%Y}",
        "columns": pages.BOARD_COLUMNS,
    }
    return render_page(request, "incidents/reseau_abroad.html", context)
