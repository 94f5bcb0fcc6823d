"""Pages where a network edits a sheet: fields, address, photographs, versions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.http.access import require
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm

from .. import actions, pages, rules
from ..forms import PhotoForm, RenameForm, SheetForm
from ..models import ProjectSheet


@role_required("reseau")
def versions(request: Request, pk: int) -> HttpResponse:
    """Show every version of the sheet and what changed each time."""
    row = _own(request, pk)
    context = {"row": row, "versions": pages.versions(row)}
    return render_page(request, "sheets/reseau_versions.html", context)


@role_required("reseau")
def correct(request: Request, pk: int) -> HttpResponse:
    """Correct the sheet field by field."""
    row = _editable(request, pk)
    form = SheetForm(request.POST or None, subject=row)

    def run() -> None:
        actions.correct(
            row, by=request.actor, corrected=form.corrected, expected_version=form.expected_version
        )

    if submit(request, form, run):
        return done_redirect(request, _page_of(request, pk), "La fiche est corrigée.")
    return render_page(request, "sheets/reseau_form.html", {
        "form": form, "row": row, "title": "Corriger la fiche", "button": "Enregistrer",
        "words": "Ce que vous ne touchez pas reste tel quel. Une fiche publiée change aussitôt.",
    })  # fmt: skip


@role_required("reseau")
def rename(request: Request, pk: int) -> HttpResponse:
    """Change the address of the sheet."""
    row = _editable(request, pk)
    form = RenameForm(request.POST or None, subject=row, initial={"slug": row.slug})

    def run() -> None:
        slug = form.cleaned_data["slug"]
        actions.rename(row, by=request.actor, slug=slug, expected_version=form.expected_version)

    if submit(request, form, run):
        return done_redirect(request, _page_of(request, pk), "La fiche a une nouvelle adresse.")
    return render_page(request, "sheets/reseau_form.html", {
        "form": form, "row": row, "title": "Changer l’adresse de la fiche", "button": "Changer",
    })  # fmt: skip


@role_required("reseau")
def add_photo(request: Request, pk: int) -> HttpResponse:
    """Add a photograph, with its credit and its alternative text."""
    row = _editable(request, pk)
    form = PhotoForm(request.POST or None, request.FILES or None)

    def run() -> str:
        data = form.cleaned_data
        actions.add_photo(
            row,
            by=request.actor,
            content=data["file"].read(),
            alt=data["alt"],
            credit=data["credit"],
        )
        return _page_of(request, pk)

    if url := create(request, form, run):
        return done_redirect(request, url, "La photographie est sur la fiche.")
    return render_page(request, "sheets/reseau_form.html", {
        "form": form, "row": row, "title": "Ajouter une photographie", "button": "Ajouter",
    })  # fmt: skip


@role_required("reseau")
def remove_photo(request: Request, pk: int, photo: int) -> HttpResponse:
    """Remove a photograph and its file."""
    row = _editable(request, pk)
    picture = get_object_or_404(row.photos, pk=photo)
    form = ActionForm(request.POST or None, subject=row)
    if submit(request, form, lambda: actions.remove_photo(picture, by=request.actor)):
        return done_redirect(request, _page_of(request, pk), "La photographie est retirée.")
    return render_page(request, "sheets/reseau_form.html", {
        "form": form, "row": row, "title": "Retirer la photographie", "button": "Retirer",
        "words": picture.alt,
    })  # fmt: skip


def _own(request: Request, pk: int) -> ProjectSheet:
    return get_object_or_404(ProjectSheet.objects.filter(network=request.actor.scope), pk=pk)


def _editable(request: Request, pk: int) -> ProjectSheet:
    """Return a sheet that the network may edit; 403 otherwise."""
    row = _own(request, pk)
    require(rules.can_edit(request.actor, row))
    return row


def _page_of(request: Request, pk: int) -> str:
    return reverse("sheets:reseau_sheet", args=[request.actor.key, pk])
