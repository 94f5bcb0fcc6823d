"""Pages of the tables of the law: read by the networks, changed by the coordination."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.workflow.pages import Verb, VerbPages

from . import actions, pages, rules, selectors
from .engine import Cell, cell_of, cells_of_thresholds, scheme_of
from .forms import ChangeForm
from .models import LawAmendment
from .pages import law
from .states import LAW_AMENDMENT


def load_cell(request: Request, table: str, line: str, field: str) -> Cell:
    """Return a cell of the tables of the law that may change, or raise 404."""
    if (cell := cell_of(table, line, field)) is None:
        raise Http404
    return cell


def load_change(request: Request, pk: int) -> LawAmendment:
    """Return a change, for the coordination only, or raise 404."""
    return get_object_or_404(LawAmendment.objects.visible_to(request.actor), pk=pk)


CELLS = VerbPages(
    "leave_readings",
    "cadres/valeurs/<str:table>/<str:line>/<str:field>/",
    load=load_cell,
    back=lambda actor, cell: law.law_url(actor),
    args_of=lambda cell: cell.args,
    roles=("coordination",),
    crumb=lambda cell: "Cadres de départ",
    verbs=(
        Verb(
            actions.propose_change,
            "changer",
            label="Proposer ce changement",
            title=lambda actor, cell: f"{cell.about} : {cell.label}",
            lead=lambda actor, cell: f"En vigueur : {law.shown(cell, cell.value)}.",
            form=ChangeForm,
            options=lambda actor, cell: {"cell": cell},
            can=rules.can_change_law,
            effects=law.effects_of_proposal,
            leads_to_result=law.url_of,
            done="Votre proposition attend une autre personne.",
        ),
    ),
)

CHANGES = VerbPages(
    "leave_readings",
    "cadres/changements/<int:pk>/",
    load=load_change,
    back=law.url_of,
    workflow=LAW_AMENDMENT,
    can=lambda actor, verb, change: rules.can_change_law(actor, change),
    roles=("coordination",),
    crumb=law.name_of,
    verbs=(
        Verb(
            actions.approve_change,
            "approuver",
            blockers=law.blockers_of_approval,
            effects=law.effects_of_approval,
            done="Le changement est en vigueur.",
        ),
        Verb(
            actions.decline_change,
            "refuser",
            blockers=rules.blockers_of_decision,
            effects=law.effects_of_decline,
            done="Le changement est refusé.",
        ),
        Verb(
            actions.withdraw_change,
            "retirer",
            blockers=rules.blockers_of_withdrawal,
            effects=law.effects_of_withdrawal,
            done="Votre proposition est retirée.",
        ),
        Verb(
            actions.keep_own,
            "garder",
            blockers=law.blockers_of_keep,
            effects=law.effects_of_keep,
            done="Votre texte reste en vigueur.",
        ),
        Verb(
            actions.give_back,
            "rendre",
            label="Rendre le texte d’Explor",
            can=lambda actor, change: (
                rules.can_change_law(actor, change) and change.state == "approved"
            ),
            blockers=law.blockers_of_giving_back,
            effects=law.effects_of_giving_back,
            leads_to_result=law.url_of,
            done="Votre proposition attend une autre personne.",
        ),
    ),
)


def schemes(request: Request) -> HttpResponse:
    """Show each leave scheme with its legal end, pending changes and newer shipped texts."""
    actor = request.actor
    newer = law.outdated(selectors.changes_in_force())
    context = {
        "rows": [
            (scheme, end, near, law.law_url(actor, "scheme", scheme.code))
            for scheme, end, near in pages.rows_of_schemes(timezone.localdate())
        ],
        "columns": ["Cadre", "Texte", "Fin légale", "Lu le"],
        "pending": [law.line_of(actor, each) for each in selectors.changes_proposed()],
        "newer": [law.line_of(actor, each) for each in newer],
        "thresholds": law.law_url(actor, "thresholds"),
        "history": law.law_url(actor, "changes"),
    }
    return render_page(request, "leave_readings/schemes.html", context)


def scheme(request: Request, scheme: str) -> HttpResponse:
    """Show every value of a leave scheme, with its source and the day it was read, or 404."""
    try:
        instance = scheme_of(scheme)
    except KeyError:
        raise Http404 from None
    context = {
        "title": instance.label,
        "lead": instance.article,
        "sections": law.sections_of(request.actor, scheme),
        "columns": law.COLUMNS,
        "back": law.law_url(request.actor),
    }
    return render_page(request, "leave_readings/values.html", context)


def thresholds(request: Request) -> HttpResponse:
    """Show every threshold of the law, with its source and the day it was read."""
    pending = {change.place for change in selectors.changes_proposed()}
    rows = law.rows_of_cells(request.actor, cells_of_thresholds(), pending)
    context = {
        "title": "Seuils",
        "lead": "Les nombres que les conditions des cadres comparent.",
        "sections": [{"title": "Seuils", "rows": rows}],
        "columns": law.COLUMNS,
        "back": law.law_url(request.actor),
    }
    return render_page(request, "leave_readings/values.html", context)


def changes(request: Request) -> HttpResponse:
    """List every change of the tables of the law, the latest first."""
    rows = Paginator(LawAmendment.objects.all(), 30).get_page(request.GET.get("page"))
    context = {
        "rows": [law.line_of(request.actor, each) for each in rows],
        "page": rows,
        "columns": ["Valeur", "Avant", "Après", "Source", "Auteur", "Décision"],
        "back": law.law_url(request.actor),
    }
    return render_page(request, "leave_readings/changes.html", context)


@role_required("coordination")
def change(request: Request, pk: int) -> HttpResponse:
    """Show a change: its texts and the one shipped with Explor, source, deciders, buttons."""
    instance = load_change(request, pk)
    former = selectors.changes_about(*instance.place).exclude(pk=pk)
    context = {
        "change": instance,
        "name": law.name_of(instance),
        "tone": law.TONES[instance.state],
        "facts": law.facts_of_change(instance),
        "verbs": CHANGES.buttons(request.actor, instance),
        "newer": bool(law.outdated([instance])),
        "others": [law.line_of(request.actor, each) for each in former],
        "back": law.law_url(request.actor),
    }
    return render_page(request, "leave_readings/change.html", context)
