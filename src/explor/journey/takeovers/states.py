"""The workflow of an imported file of missions or of lines of budget."""

from django.db.models import TextChoices

from explor.ground.imports.states import import_workflow


class TakeoverState(TextChoices):
    MAPPING = "mapping", "colonnes à vérifier"
    READING = "reading", "lecture en cours"
    READ = "read", "à relire"
    MAKING = "making", "reprise en cours"
    MADE = "made", "repris"
    UNDONE = "undone", "annulé"
    REFUSED = "refused", "illisible"


TAKEOVER = import_workflow("takeover", TakeoverState, by=("reseau",), make_label="Reprendre")
