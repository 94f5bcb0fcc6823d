"""Pages on which a network lists, reads and verifies its organisations.

Its verbs also refuse, suspend, and change the storage space of an organisation.
"""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from explor.ground.accounts.selectors import holders_of_links
from explor.ground.audit.models import Entry
from explor.ground.audit.views import file_of_list
from explor.ground.files.actions import allow_space
from explor.ground.files.forms import SpaceForm
from explor.ground.files.pages import effects_of_space, options_of_space
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.selectors import bad_addresses
from explor.ground.roles.registry import role_required
from explor.ground.ui import hooks
from explor.ground.ui.amounts import counted
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
    """Return what is missing to verify the organisation, in French; empty when nothing is."""
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
        Verb(
            allow_space,
            "place",
            by=("reseau",),
            label="Changer la place de ses fichiers",
            form=SpaceForm,
            options=options_of_space,
            versioned=False,
            can=rules.can_edit,
            effects=effects_of_space,
            done="La place est changée.",
        ),
    ),
)


@role_required("reseau")
def organisations(request: Request) -> HttpResponse:
    """List the organisations of the network, filtered, as a page or a downloaded file."""
    filters = _filters(request)
    results = selectors.search(request.actor, **filters)
    if file := file_of_list(request, "organisations", pages.EXPORTED, results):
        return file
    rows = Paginator(results, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "caption": counted(rows.paginator.count, "organisation"),
        "columns": ["Nom", "Sorte", "Commune", "État", "Personnes"],
        "filters": filters,
        "kinds": Kind.choices,
        "states": State.choices,
        "tools": hooks.get("organisations.tools"),
    }
    return render_page(request, "organisations/reseau_organisations.html", context)


@role_required("reseau")
def organisation(request: Request, pk: int) -> HttpResponse:
    """Show an organisation: its declared fields, members, partners, papers and journal."""
    shown = load(request, pk)
    members = list(selectors.members_of(shown))
    partners = list(shown.partners.all())
    context = {
        "organisation": shown,
        "members": members,
        "partners": partners,
        "linked": holders_of_links(partners),
        "bad": bad_addresses(selectors.addresses_to_reach(shown)),
        "verbs": VERBS.buttons(request.actor, shown),
        "entries": Entry.objects.about(shown),
        "facts": pages.facts_of(shown),
        **papers_panel(request, shown),
        "more": [
            each
            for tools in hooks.get("organisations.each")
            for each in tools(request.actor, shown)
        ],
        "tone": pages.TONES[shown.state],
    }
    return render_page(request, "organisations/reseau_organisation.html", context)


def _filters(request: Request) -> dict[str, str]:
    """Return the query parameters `q`, `kind` and `state`; "" for those absent."""
    return {name: request.GET.get(name, "").strip() for name in ("q", "kind", "state")}
