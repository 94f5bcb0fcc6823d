"""A network verifies the organisations of its territory."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.accounts.queries import holders_of_links
from explor.ground.audit.models import Entry
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.queries import bad_addresses
from explor.ground.roles.registry import role_required
from explor.ground.ui import hooks
from explor.ground.ui.export import csv_file
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, queries, rules
from ..models import Kind, Organisation
from ..states import State
from .papers import papers_panel

VERBS = {
    "verifier": ("verify", "L’organisation est vérifiée."),
    "verifier-de-nouveau": ("verify_again", "L’organisation est vérifiée pour un an de plus."),
    "refuser": ("refuse", "Le refus est envoyé, avec son motif."),
    "mettre-en-veille": ("suspend", "L’organisation est en veille."),
}


@role_required("reseau")
def organisations(request: Request) -> HttpResponse:
    """The organisations of the network, by name, town or number."""
    asked = _asked(request)
    found = queries.search(request.actor, **asked)
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "caption": f"{rows.paginator.count} organisations",
        "columns": ["Nom", "Sorte", "Commune", "État", "Personnes"],
        "asked": asked,
        "kinds": Kind.choices,
        "states": State.choices,
        "query": request.GET.urlencode(),
        "tools": hooks.get("organisations.tools"),
    }
    return render_page(request, "organisations/reseau_organisations.html", context)


@role_required("reseau")
def export(request: Request) -> HttpResponse:
    """The same list, filtered alike, to take away."""
    found = queries.search(request.actor, **_asked(request))
    return csv_file("organisations", queries.EXPORTED, queries.rows_to_export(found))


@role_required("reseau")
def organisation(request: Request, pk: int) -> HttpResponse:
    """One organisation: what it declares, who acts for it, what its verification still lacks."""
    found = _found(request, pk)
    members = list(queries.members_of(found))
    partners = list(found.partners.all())
    context = {
        "organisation": found,
        "members": members,
        "partners": partners,
        "linked": holders_of_links(partners),
        "bad": bad_addresses(queries.addresses_to_reach(found)),
        "verbs": _verbs(request, found),
        "entries": Entry.objects.about(found),
        "facts": queries.facts_of(found),
        **papers_panel(request, found),
        "more": [
            each
            for tools in hooks.get("organisations.each")
            for each in tools(request.actor, found)
        ],
        "tone": queries.TONES[found.state],
    }
    return render_page(request, "organisations/reseau_organisation.html", context)


@role_required("reseau")
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Verify, refuse or put to rest."""
    if verb not in VERBS:
        raise Http404
    found, (name, done) = _found(request, pk), VERBS[verb]
    require(rules.can_edit(request.actor, found))
    transition = found.workflow.transition(found.state, name)
    form = ActionForm(request.POST or None, subject=found, needs_reason=transition.needs_reason)
    extra = {"reason": "why"} if transition.needs_reason else {}

    def run() -> None:
        given = {argument: getattr(form, source) for argument, source in extra.items()}
        getattr(actions, name)(
            found, by=request.actor, expected_version=form.expected_version, **given
        )

    if submit(request, form, run):
        url = reverse("organisations:reseau_organisation", args=[request.actor.key, pk])
        return done_redirect(request, url, done)
    context = {"form": form, "organisation": found, "transition": transition}
    return render_page(request, "organisations/reseau_act.html", context)


def _asked(request: Request) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip() for name in ("q", "kind", "state")}


def _found(request: Request, pk: int) -> Organisation:
    visible = Organisation.objects.visible_to(request.actor).select_related("network")
    return get_object_or_404(visible, pk=pk)


def _verbs(request: Request, found: Organisation) -> list[dict[str, object]]:
    """The buttons of the page; a verb that cannot be taken now says why."""
    slugs = {name: slug for slug, (name, _) in VERBS.items()}
    missing = rules.missing_to_verify(found)
    return [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(
                "organisations:reseau_act", args=[request.actor.key, found.pk, slugs[row.verb]]
            ),
            "refused": " ".join(missing) if row.verb in ("verify", "verify_again") else "",
        }
        for row in found.workflow.verbs(found.state, "reseau")
    ]
