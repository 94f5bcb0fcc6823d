"""Texts of the pages about the storage space of an organisation or a network."""

from typing import Any

from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.ui.amounts import file_size
from explor.ground.workflow.pages import Consequence, Effects, Undo

from .selectors import storage_space_of


def storage_line_of(holder: models.Model) -> str:
    """Return the remaining storage space: « Il reste 12 Mo pour les fichiers, sur 200 Mo. »"""
    storage = storage_space_of(holder)
    return f"Il reste {file_size(storage.left)} pour les fichiers, sur {file_size(storage.total)}."


def options_of_space(actor: Actor, holder: models.Model) -> dict[str, Any]:
    """Return the arguments of the form: the present storage space, in megabytes."""
    return {"initial": {"megabytes": storage_space_of(holder).megabytes}}


def effects_of_space(actor: Actor, holder: models.Model) -> Effects:
    """Return the effects of a change of storage space: only later uploads are affected."""
    return Effects(
        happens=(
            Consequence(storage_line_of(holder)),
            Consequence("La nouvelle place vaut dès le prochain fichier."),
            Consequence("Les fichiers déposés restent, même au-delà."),
        ),
        undo=(Undo("À tout moment", "Changez la place de nouveau."),),
    )
