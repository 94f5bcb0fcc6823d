"""The workflow of an imported file of members."""

from django.db.models import TextChoices

from explor.ground.imports.states import import_workflow


class MemberImportState(TextChoices):
    MAPPING = "mapping", "colonnes à vérifier"
    READING = "reading", "lecture en cours"
    READ = "read", "à relire"
    MAKING = "making", "inscription en cours"
    MADE = "made", "inscrit"
    UNDONE = "undone", "annulé"
    REFUSED = "refused", "illisible"


MEMBER_IMPORT = import_workflow(
    "member_import", MemberImportState, by=("reseau",), make_label="Inscrire"
)
