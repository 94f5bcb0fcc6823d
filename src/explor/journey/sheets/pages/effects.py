"""Effects of each action on a sheet, for its confirmation page."""

from django.utils import timezone

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules, selectors
from ..models import Photo, ProjectSheet
from ..states import State


def notes_of_publish(actor: Actor, sheet: ProjectSheet) -> list[str]:
    """Return a warning when the association has not validated the sheet, else []."""
    late = "L’association ne l’a pas encore validée : elle lira votre motif."
    return [late] if rules.lacks_approval(sheet) else []


def effects_of_publish(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche est dans l’annuaire et dans les données ouvertes."),
            Consequence("Elle compte comme confirmée à jour.", timezone.localdate()),
            Consequence(
                "Vous serez invités à la confirmer de nouveau.",
                timezone.localdate() + selectors.CONFIRMED_FOR,
            ),
        ),
        notified=(
            Notified(
                "Les personnes qui suivent une recherche de l’annuaire à laquelle elle répond",
                "« Nouvelles fiches projet », au plus une fois par jour",
            ),
        ),
        undo=(Undo("À tout moment", "Vous pouvez retirer la fiche, avec un motif."),),
    )


def effects_of_plan(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche se publie toute seule.", "Le matin du jour choisi"),
            Consequence("Sans la validation de l’association, elle l’attend encore.", "Ce jour-là"),
        ),
        undo=(
            Undo("Jusqu’à ce jour", "Vous pouvez choisir un autre jour, ou publier tout de suite."),
        ),
    )


def effects_of_confirm(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche est dite à jour.", timezone.localdate()),
            Consequence(
                "La question sera posée de nouveau.", timezone.localdate() + selectors.CONFIRMED_FOR
            ),
        ),
    )


def effects_of_withdraw(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche n’est plus dans l’annuaire."),
            Consequence("Son adresse dit que le réseau l’a retirée."),
        ),
        undo=(Undo("À tout moment", "Vous pouvez la publier de nouveau, à la même adresse."),),
    )


def effects_of_approve(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche est validée.", timezone.localdate()),
            Consequence("Votre réseau peut la publier."),
        ),
        notified=(Notified("Votre réseau", "« Fiche validée »"),),
        undo=(
            Undo(
                "Jusqu’à la publication",
                "Signalez une correction : si le réseau corrige la fiche, vous la validez de "
                "nouveau.",
            ),
        ),
    )


def effects_of_ask_correction(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(Consequence("La fiche ne change pas tant que le réseau ne la corrige pas."),),
        notified=(
            Notified("Votre réseau", "« Une fiche est à corriger », et ce que vous écrivez"),
        ),
    )


def effects_of_write(actor: Actor, project: Project) -> Effects:
    """Return the effects of writing a sheet, which differ when the sheet already exists."""
    happens = [
        Consequence("La fiche reprend la description du projet et ce que disent ses missions.")
    ]
    sheet = selectors.sheet_of_project(project)
    if sheet is None:
        return Effects(
            happens=[*happens, Consequence("Vous la relirez avant de la publier.")],
            notified=(Notified("L’association", "« Votre fiche projet est à relire »"),),
        )
    replaced = "Ce que vous avez corrigé sur la fiche est remplacé ; ses versions restent lisibles."
    if sheet.state == State.PUBLISHED:
        happens.append(Consequence("La fiche publiée change aussitôt."))
    return Effects(happens=[*happens, Consequence(replaced)], notified=_of_change(sheet))


def effects_of_correct(actor: Actor, sheet: ProjectSheet) -> Effects:
    happens = []
    if sheet.state == State.DRAFT and sheet.approved_on:
        lost = "La validation de l’association ne vaut plus : elle relit la fiche."
        happens.append(Consequence(lost))
    return Effects(happens=happens, notified=_of_change(sheet))


def _of_change(sheet: ProjectSheet) -> tuple[Notified, ...]:
    """Return whom a change of the texts of a sheet is emailed to, empty for nobody."""
    if sheet.project_id is None or not rules.is_relied_on(sheet):
        return ()
    return (Notified("L’association", "« Votre fiche projet a changé », si un texte change"),)


def effects_of_rename(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(Consequence("La fiche a une nouvelle adresse ; l’ancienne y mène."),),
        undo=(Undo("À tout moment", "Vous pouvez changer l’adresse de nouveau."),),
    )


def effects_of_remove_photo(actor: Actor, photo: Photo) -> Effects:
    gone = "La photographie quitte la fiche et son fichier est effacé."
    return Effects(happens=(Consequence(gone),))
