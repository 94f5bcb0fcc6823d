"""A network minds the life of a sheet: its address, its photographs, its versions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit

from .. import actions, queries
from ..forms import PhotoForm, RenameForm, SheetForm
from ..models import ProjectSheet


@wear("reseau")
def versions(request: Request, pk: int) -> HttpResponse:
    """All that the sheet has been, and what changed each time."""
    found = _own(request, pk)
    context = {"row": found, "versions": queries.versions(found)}
    return page(request, "directory/reseau_versions.html", context)


@wear("reseau")
def correct(request: Request, pk: int) -> HttpResponse:
    """Write over what is wrong in the sheet, field by field."""
    found = _own(request, pk)
    form = SheetForm(request.POST or None, subject=found)

    def run() -> None:
        actions.correct(found, by=request.actor, told=form.told, seen=form.seen)

    if submit(request, form, run):
        return answer(request, _page_of(request, pk), "La fiche est corrigée.")
    return page(request, "directory/reseau_form.html", {
        "form": form, "row": found, "title": "Corriger la fiche", "button": "Enregistrer",
        "words": "Ce que vous ne touchez pas reste tel quel. Une fiche publiée change aussitôt.",
    })  # fmt: skip


@wear("reseau")
def rename(request: Request, pk: int) -> HttpResponse:
    """Give the sheet another address."""
    found = _own(request, pk)
    form = RenameForm(request.POST or None, subject=found, initial={"slug": found.slug})

    def run() -> None:
        slug = form.cleaned_data["slug"]
        actions.rename(found, by=request.actor, slug=slug, seen=form.seen)

    if submit(request, form, run):
        return answer(request, _page_of(request, pk), "La fiche a une nouvelle adresse.")
    return page(request, "directory/reseau_form.html", {
        "form": form, "row": found, "title": "Changer l’adresse de la fiche", "button": "Changer",
    })  # fmt: skip


@wear("reseau")
def add_photo(request: Request, pk: int) -> HttpResponse:
    """A picture of the project, with its credit and its words."""
    found = _own(request, pk)
    form = PhotoForm(request.POST or None, request.FILES or None)

    def run() -> str:
        data = form.cleaned_data
        actions.add_photo(
            found,
            by=request.actor,
            content=data["file"].read(),
            alt=data["alt"],
            credit=data["credit"],
        )
        return _page_of(request, pk)

    if url := create(request, form, run):
        return answer(request, url, "La photographie est sur la fiche.")
    return page(request, "directory/reseau_form.html", {
        "form": form, "row": found, "title": "Ajouter une photographie", "button": "Ajouter",
    })  # fmt: skip


@wear("reseau")
def remove_photo(request: Request, pk: int, photo: int) -> HttpResponse:
    """The picture leaves the sheet, and its file goes."""
    found = _own(request, pk)
    picture = get_object_or_404(found.photos, pk=photo)
    form = Act(request.POST or None, subject=found)
    if submit(request, form, lambda: actions.remove_photo(picture, by=request.actor)):
        return answer(request, _page_of(request, pk), "La photographie est retirée.")
    return page(request, "directory/reseau_form.html", {
        "form": form, "row": found, "title": "Retirer la photographie", "button": "Retirer",
        "words": picture.alt,
    })  # fmt: skip


def _own(request: Request, pk: int) -> ProjectSheet:
    return get_object_or_404(ProjectSheet.objects.filter(network=request.actor.scope), pk=pk)


def _page_of(request: Request, pk: int) -> str:
    return reverse("directory:reseau_sheet", args=[request.actor.key, pk])
