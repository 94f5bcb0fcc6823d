"""A network reads the needs filed with it."""

import csv

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.audit.models import Entry
from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.mail.queries import about
from explor.ground.reference.queries import choices, label
from explor.ground.roles.registry import role_required
from explor.ground.ui.export import inert
from explor.ground.ui.parts import panels_of, progress_of
from explor.ground.ui.submit import submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, fields, pages, rules, selectors
from ..forms import AssignForm
from ..models import Need, NeedQuerySet
from ..states import State

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@role_required("reseau")
def needs(request: Request) -> HttpResponse:
    """The board of the needs filed in the network."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state", "country")}
    every = selectors.search(request.actor, **asked)
    if request.GET.get("format") == "csv":
        return _csv(every)
    rows = Paginator(every, 30).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "asked": asked,
        "states": STATES,
        "countries": choices("countries"),
        "caption": f"{rows.paginator.count} besoins",
        "columns": ["Besoin", "Association", "Pays", "État", "Déposé", "En charge"],
    }
    return render_page(request, "needs/reseau_needs.html", context)


@role_required("reseau")
def need(request: Request, pk: int) -> HttpResponse:
    """One need: its progress, its terms, what other capabilities say of it."""
    need = _load(request, pk)
    context = {
        "need": need,
        "tone": pages.TONES[need.state],
        "facts": pages.facts_of(need),
        "progress": progress_of(need),
        "verbs": _verbs(request, need),
        "panels": panels_of(request, "need", need),
        "entries": Entry.objects.about(need),
        "messages_sent": about(need)[:20],
    }
    return render_page(request, "needs/reseau_need.html", context)


@role_required("reseau")
def assign(request: Request, pk: int) -> HttpResponse:
    need = _load(request, pk)
    require(rules.can_assign(request.actor, need))
    form = AssignForm(request.POST or None, subject=need)
    if submit(
        request,
        form,
        lambda: actions.assign(
            need,
            by=request.actor,
            officer=form.cleaned_data["officer"],
            expected_version=form.expected_version,
        ),
    ):
        return done_redirect(request, _url(request, pk), "C’est noté.")
    context = {"form": form, "need": need, "label": "Prendre en charge"}
    return render_page(request, "needs/reseau_act.html", context)


@role_required("reseau")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw the need on the word of its association."""
    need = _load(request, pk)
    require(rules.can_withdraw(request.actor, need))
    form = ActionForm(request.POST or None, subject=need, needs_reason=True)

    def run() -> None:
        by = request.actor.on_word_of(need.association.name)
        actions.withdraw(need, by=by, reason=form.why, expected_version=form.expected_version)

    if submit(request, form, run):
        return done_redirect(request, _url(request, pk), "Le besoin est retiré.")
    context = {"form": form, "need": need, "label": "Retirer le besoin", "danger": True}
    return render_page(request, "needs/reseau_act.html", context)


def _load(request: Request, pk: int) -> Need:
    return get_object_or_404(selectors.with_related(Need.objects.visible_to(request.actor)), pk=pk)


def _url(request: Request, pk: int) -> str:
    return reverse("needs:reseau_need", args=[request.actor.key, pk])


def _verbs(request: Request, need: Need) -> list[dict[str, object]]:
    args = [request.actor.key, need.pk]
    items: list[dict[str, object]] = [
        {
            "label": row.label,
            "danger": row.danger,
            "url": reverse(f"needs:reseau_{row.verb}", args=args),
        }
        for row in need.workflow.verbs(need.state, "reseau")
        if row.verb != "submit"
    ]
    return [
        *items,
        {"label": "Prendre en charge", "url": reverse("needs:reseau_assign", args=args)},
    ]


def _csv(rows: NeedQuerySet) -> HttpResponse:
    """The same list for a spreadsheet; a cell never begins a formula."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="besoins.csv"'},
    )
    writer = csv.writer(response, delimiter=";")
    exported = [each for each in fields.FIELDS if each.column]
    columns = [each.column for each in exported]
    writer.writerow(["titre", "association", "pays", "etat", "depose", *columns])
    for need in rows.iterator(chunk_size=500):
        country = label("countries", need.country) if need.country else ""
        filed = need.filed_at.date().isoformat() if need.filed_at else ""
        cells = [need.title, need.association.name, country, need.get_state_display(), filed]
        values = [getattr(need, each.name) or "" for each in exported]
        writer.writerow(
            [
                *map(inert, cells),
                *(inert(each) if isinstance(each, str) else each for each in values),
            ]
        )
    return response
