"""A network verifies the organisations of its territory."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.accounts.queries import holders_of_links
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.queries import bad_addresses
from explor.ground.roles.registry import role_required
from explor.ground.ui import hooks
from explor.ground.ui.export import csv_file
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules, selectors
from ..models import Kind, Organisation
from ..states import MEMBERSHIP, State
from .papers import papers_panel


def load(request: Request, pk: int) -> Organisation:
    """Return an organisation of the network, else 404."""
    visible = Organisation.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(visible, pk=pk)


def blockers_of_verify(actor: Actor, organisation: Organisation) -> list[str]:
    """Return what the network cannot verify without."""
    return rules.missing_to_verify(organisation)


VERBS = VerbPages(
    "organisations",
    "organisations/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=MEMBERSHIP,
    can=rules.can,
    roles=("reseau",),
    verbs=(
        Verb(
            actions.verify,
            "verifier",
            blockers=blockers_of_verify,
            effects=pages.effects_of_verify,
            done="L’organisation est vérifiée.",
        ),
        Verb(
            actions.refuse,
            "refuser",
            effects=pages.effects_of_refuse,
            done="Le refus est envoyé, avec son motif.",
        ),
        Verb(
            actions.verify_again,
            "verifier-de-nouveau",
            blockers=blockers_of_verify,
            effects=pages.effects_of_verify_again,
            done="L’organisation est vérifiée pour un an de plus.",
        ),
        Verb(
            actions.suspend,
            "mettre-en-veille",
            effects=pages.effects_of_suspend,
            done="L’organisation est en veille.",
        ),
    ),
)


@role_required("reseau")
def organisations(request: Request) -> HttpResponse:
    """The organisations of the network, by name, town or number."""
    filters = _filters(request)
    found = selectors.search(request.actor, **filters)
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "caption": f"{rows.paginator.count} organisations",
        "columns": ["Nom", "Sorte", "Commune", "État", "Personnes"],
        "filters": filters,
        "kinds": Kind.choices,
        "states": State.choices,
        "query": request.GET.urlencode(),
        "tools": hooks.get("organisations.tools"),
    }
    return render_page(request, "organisations/reseau_organisations.html", context)


@role_required("reseau")
def export(request: Request) -> HttpResponse:
    """The same list, filtered alike, to take away."""
    found = selectors.search(request.actor, **_filters(request))
    return csv_file("organisations", pages.EXPORTED, pages.rows_to_export(found))


@role_required("reseau")
def organisation(request: Request, pk: int) -> HttpResponse:
    """One organisation: what it declares, who acts for it, what its verification still lacks."""
    found = load(request, pk)
    members = list(selectors.members_of(found))
    partners = list(found.partners.all())
    context = {
        "organisation": found,
        "members": members,
        "partners": partners,
        "linked": holders_of_links(partners),
        "bad": bad_addresses(selectors.addresses_to_reach(found)),
        "verbs": VERBS.buttons(request.actor, found),
        "entries": Entry.objects.about(found),
        "facts": pages.facts_of(found),
        **papers_panel(request, found),
        "more": [
            each
            for tools in hooks.get("organisations.each")
            for each in tools(request.actor, found)
        ],
        "tone": pages.TONES[found.state],
    }
    return render_page(request, "organisations/reseau_organisation.html", context)


def _filters(request: Request) -> dict[str, str]:
    """Return what the address asks the list to keep."""
    return {name: request.GET.get(name, "").strip() for name in ("q", "kind", "state")}
