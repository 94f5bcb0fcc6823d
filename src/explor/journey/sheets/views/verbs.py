"""Actions on a sheet and its photographs, including writing the sheet from its project."""

from typing import Any

from django.shortcuts import get_object_or_404

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.workflow.pages import Verb, VerbPages

from .. import actions, pages, rules
from ..forms import (
    ConfirmForm,
    CorrectionForm,
    PhotoForm,
    PlanForm,
    PublishForm,
    RenameForm,
    SheetForm,
)
from ..models import Photo, ProjectSheet
from ..states import SHEET


def load(request: Request, pk: int) -> ProjectSheet:
    """Return a sheet of the actor's own network or association, or 404."""
    own = ProjectSheet.objects.owned_by(request.actor)
    return get_object_or_404(own.select_related("network", "project"), pk=pk)


def load_photo(request: Request, pk: int, photo: int) -> Photo:
    """Return a photograph of a sheet of the actor's own network, or 404."""
    own = ProjectSheet.objects.owned_by(request.actor)
    photos = Photo.objects.filter(sheet__in=own, sheet=pk).select_related("sheet")
    return get_object_or_404(photos, pk=photo)


def load_project(request: Request, project: int) -> Project:
    """Return a project that the network may see, or whose sheet it has, else 404."""
    projects = Project.objects.visible_to(request.actor)
    projects |= Project.objects.filter(sheet__in=ProjectSheet.objects.owned_by(request.actor))
    return get_object_or_404(projects.select_related("association"), pk=project)


def _corrected(actor: Actor, form: SheetForm) -> dict[str, Any]:
    return {"corrected": form.corrected}


def _photo(actor: Actor, form: PhotoForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("file", "alt", "credit")}


def _confirmed(actor: Actor, sheet: ProjectSheet) -> str:
    thanks = "Merci : la" if actor.role == "association" else "La"
    return f"{thanks} fiche est confirmée à jour."


VERBS = VerbPages(
    "sheets",
    "fiches/<int:pk>/",
    load=load,
    back=pages.url_of,
    workflow=SHEET,
    can=rules.can_act,
    crumb=pages.crumb_of,
    verbs=(
        Verb(
            actions.publish,
            "publier",
            form=PublishForm,
            blockers=lambda actor, sheet: rules.missing_to_publish(sheet),
            notes=pages.notes_of_publish,
            effects=pages.effects_of_publish,
            done="La fiche est publiée.",
        ),
        Verb(
            actions.confirm,
            "confirmer",
            effects=pages.effects_of_confirm,
            done=_confirmed,
        ),
        Verb(
            actions.approve,
            "valider",
            effects=pages.effects_of_approve,
            done="La fiche est validée. Votre réseau la publiera.",
        ),
        Verb(
            actions.plan,
            "planifier",
            form=PlanForm,
            effects=pages.effects_of_plan,
            done="La fiche se publiera toute seule ce jour-là.",
        ),
        Verb(
            actions.withdraw,
            "retirer",
            effects=pages.effects_of_withdraw,
            done="La fiche est retirée de l’annuaire.",
        ),
        Verb(
            actions.correct,
            "corriger",
            by=("reseau",),
            label="Enregistrer",
            title="Corriger la fiche",
            lead="Ce que vous ne touchez pas reste tel quel. Une fiche publiée change aussitôt.",
            form=SheetForm,
            arguments=_corrected,
            can=rules.can_edit,
            effects=pages.effects_of_correct,
            done="La fiche est corrigée.",
            button=False,
        ),
        Verb(
            actions.ask_correction,
            "corriger",
            url_name="correct",
            by=("association",),
            label="Envoyer",
            title="Signaler une correction",
            form=CorrectionForm,
            can=rules.can_ask_correction,
            effects=pages.effects_of_ask_correction,
            done="Votre réseau est prévenu.",
            button=False,
        ),
        Verb(
            actions.rename,
            "adresse",
            by=("reseau",),
            label="Changer",
            title="Changer l’adresse de la fiche",
            form=RenameForm,
            options=lambda actor, sheet: {"initial": {"slug": sheet.slug}},
            can=rules.can_edit,
            effects=pages.effects_of_rename,
            done="La fiche a une nouvelle adresse.",
            button=False,
        ),
        Verb(
            actions.add_photo,
            "photos",
            by=("reseau",),
            label="Ajouter",
            title="Ajouter une photographie",
            form=PhotoForm,
            arguments=_photo,
            can=rules.can_edit,
            done="La photographie est sur la fiche.",
            button=False,
        ),
    ),
)

PHOTO_VERBS = VerbPages(
    "sheets",
    "fiches/<int:pk>/photos/<int:photo>/",
    load=load_photo,
    back=lambda actor, photo: pages.url_of(actor, photo.sheet),
    crumb=lambda photo: pages.crumb_of(photo.sheet),
    args_of=lambda photo: [photo.sheet_id, photo.pk],
    verbs=(
        Verb(
            actions.remove_photo,
            "",
            by=("reseau",),
            label="Retirer",
            title="Retirer la photographie",
            lead=lambda actor, photo: photo.alt,
            danger=True,
            form=ConfirmForm,
            can=rules.can_remove_photo,
            effects=pages.effects_of_remove_photo,
            done="La photographie est retirée.",
        ),
    ),
)

PROJECT_VERBS = VerbPages(
    "sheets",
    "fiches/ecrire/<int:project>/",
    load=load_project,
    back=pages.url_of_writing,
    verbs=(
        Verb(
            actions.write_from_file,
            "",
            url_name="write",
            by=("reseau",),
            label="Écrire la fiche",
            title=lambda actor, project: f"Écrire la fiche de « {project.title} »",
            versioned=False,
            can=rules.can_write,
            effects=pages.effects_of_write,
            leads_to_result=pages.url_of,
            done="La fiche est écrite à partir du dossier. Relisez-la.",
        ),
    ),
)
