"""Imported files of members, and their lines with the organisations created from them."""

from django.db import models

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor
from explor.ground.imports.models import ImportedFile, ImportedLine, ImportedLineQuerySet

from .states import MEMBER_IMPORT, MemberImportState


class What(models.TextChoices):
    ASSOCIATIONS = "association", "associations"
    EMPLOYERS = "employeur", "employeurs"
    EXPERTS = "expert", "expertes et experts"


class MemberImportQuerySet(models.QuerySet["MemberImport"]):
    def visible_to(self, actor: Actor) -> "MemberImportQuerySet":
        """Return the files of the network of `actor`; none for any other role."""
        return self.filter(network=actor.scope) if actor.role == "reseau" else self.none()


class MemberImport(ImportedFile):
    """An imported file of associations, employers or experts."""

    workflow = MEMBER_IMPORT

    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="member_imports")
    state = models.CharField(
        "état", max_length=10, choices=MemberImportState, default=MemberImportState.MAPPING
    )
    what = models.CharField("contenu", max_length=12, choices=What)

    objects = MemberImportQuerySet.as_manager()

    class Meta(ImportedFile.Meta):
        abstract = False
        verbose_name = "import de membres"
        verbose_name_plural = "imports de membres"

    @property
    def sort(self) -> str:
        return str(self.get_what_display())


class MemberLineQuerySet(ImportedLineQuerySet):
    def to_invite(self) -> "MemberLineQuerySet":
        """Return the imported lines that have an e-mail address and no invitation yet."""
        return self.filter(made=True, invited_at=None).exclude(email="")


class MemberLine(ImportedLine):
    """A line of a file of members: its values, its errors and the organisation created from it.

    For privacy, only this line is stored about an expert until they accept an invitation.
    """

    batch = models.ForeignKey(MemberImport, models.CASCADE, related_name="lines")
    email = models.EmailField("adresse électronique", blank=True)
    faults = models.JSONField("fautes", default=list, blank=True)
    organisation = models.OneToOneField(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="import_line"
    )
    invited_at = models.DateTimeField("invitée le", null=True, blank=True)

    objects = MemberLineQuerySet.as_manager()

    class Meta(ImportedLine.Meta):
        abstract = False
        verbose_name = "ligne de membres"
        verbose_name_plural = "lignes de membres"
        indexes = [models.Index(fields=["email"], name="member_imports_line_email")]
