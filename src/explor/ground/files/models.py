"""Documents, storage spaces, and the seals by which anyone can check an issued document."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .rules import grouped


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, owner: models.Model) -> "DocumentQuerySet":
        """Return the documents of `owner`, latest first."""
        return self.filter(owner=owner_of(owner))

    def charged_to(self, holder: models.Model) -> "DocumentQuerySet":
        """Return the documents that count in the storage space of an organisation or a network."""
        return self.filter(charged_to=owner_of(holder))

    def waiting(self) -> "DocumentQuerySet":
        """Return the documents in quarantine, which nobody may read before the antivirus scan."""
        return self.filter(scan=Scan.WAITING)

    def to_scan_again(self, before: datetime) -> "DocumentQuerySet":
        """Return the uploaded files that the antivirus has not scanned since `before`."""
        uploaded = self.filter(scan__in=[Scan.NONE, Scan.CLEAN], seal=None)
        return uploaded.filter(Q(scanned_at=None) | Q(scanned_at__lt=before))


class Scan(models.TextChoices):
    """The result of the antivirus scan of a document."""

    NONE = "", "non contrôlé"
    WAITING = "waiting", "en attente de contrôle"
    CLEAN = "clean", "contrôlé"
    INFECTED = "infected", "refusé par l’antivirus"


class Document(models.Model):
    """A file stored outside the web root under a random name.

    `owner` is the row to which the document belongs, as `label:pk`; `network` is the primary key of
    the network concerned. `charged_to` is the organisation or network in whose storage space the
    file counts, as `label:pk`. `threat` is the name of the threat that the antivirus detected; the
    file is then erased.
    """

    file = models.FileField("fichier", upload_to="documents/%Y/%m", max_length=120)
    kind = models.CharField("sorte", max_length=40)
    title = models.CharField("titre", max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    mime = models.CharField("type", max_length=100)
    size = models.PositiveIntegerField("taille")
    network = models.BigIntegerField("réseau", null=True, blank=True, db_index=True)
    owner = models.CharField("dossier", max_length=80, db_index=True)
    uploaded_by = models.BigIntegerField("déposé par", null=True, blank=True)
    uploaded_at = models.DateTimeField("déposé le", default=timezone.now)
    uid = models.UUIDField("numéro", default=uuid.uuid4, unique=True, editable=False)
    charged_to = models.CharField(
        "compté à", max_length=80, blank=True, default="", db_default="", db_index=True
    )
    scan = models.CharField(
        "contrôle", max_length=10, choices=Scan, blank=True, default="", db_default=""
    )
    scanned_at = models.DateTimeField("contrôlé le", null=True, blank=True)
    threat = models.CharField(
        "virus reconnu", max_length=200, blank=True, default="", db_default=""
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["scan"], name="files_document_waiting", condition=Q(scan="waiting")
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(scan="infected") ^ Q(threat=""),
                name="files_document_infected_by_a_threat",
                violation_error_message="Indiquez ce que l’antivirus a reconnu.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def held(self) -> str:
        """Return in a few French words why nobody may read the file; "" when it may be read."""
        return self.get_scan_display() if self.scan in (Scan.WAITING, Scan.INFECTED) else ""


class Space(models.Model):
    """The storage space of an organisation or a network; uploads lock this row.

    `charged_to` is the organisation or network, as `label:pk`. Without `megabytes`, the default of
    the settings applies.
    """

    charged_to = models.CharField("compté à", max_length=80, unique=True)
    megabytes = models.PositiveIntegerField("place en Mo", null=True, blank=True)

    class Meta:
        verbose_name = "place"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.charged_to


class SealQuerySet(models.QuerySet["Seal"]):
    def valid(self) -> "SealQuerySet":
        """Return the seals whose document is neither revoked nor replaced."""
        return self.filter(revoked_at=None, replaced_by=None)


class Seal(models.Model):
    """The code of a document issued by a network, which anyone may check at `/verifier/`.

    `facts` are the [label, value] pairs that anyone who has the code may read. `certificate` is the
    SHA-256 digest of the certificate that signed the PDF, empty for those issued before 0.3.0.
    """

    code = models.CharField("code", max_length=16, unique=True)
    document = models.OneToOneField(
        Document, models.SET_NULL, null=True, blank=True, related_name="seal"
    )
    kind = models.CharField("sorte", max_length=40)
    title = models.CharField("titre", max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    issuer = models.CharField("émis par", max_length=200, blank=True, db_default="")
    certificate = models.CharField(
        "empreinte du certificat", max_length=64, blank=True, db_default=""
    )
    facts = models.JSONField("ce que dit le document", default=list, blank=True)
    issued_at = models.DateTimeField("émis le", default=timezone.now)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)
    revoked_for = models.CharField("motif", max_length=300, blank=True)
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="remplacé par",
    )

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = "sceau"
        verbose_name_plural = "sceaux"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["sha256"], name="files_seal_sha256"),
            models.Index(fields=["certificate"], name="files_seal_certificate"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_for="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_for="")),
                name="documents_seal_revoked_for_a_reason",
                violation_error_message="Indiquez pourquoi ce document n’est plus valable.",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_at=None, replaced_by=None)
                | models.Q(replaced_at__isnull=False, replaced_by__isnull=False),
                name="files_seal_replaced_by_a_document",
                violation_error_message="Indiquez le document qui remplace celui-ci.",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | ~models.Q(replaced_by=models.F("id")),
                name="files_seal_replaced_by_another",
                violation_error_message="Un document ne se remplace pas lui-même.",
            ),
        ]

    def __str__(self) -> str:
        return grouped(self.code)

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.replaced_by_id is None


def owner_of(subject: models.Model) -> str:
    """Return the value of the field `owner` for the documents of `subject`: `label:pk`."""
    return f"{subject._meta.label_lower}:{subject.pk}"
