"""The agreement of a release, its amendments and the files that prove its signatures."""

from typing import Any

from django.db import models
from django.utils import timezone

from .releases import Release


class Agreement(models.Model):
    """A version of the agreement of a release: the first one, or an amendment (avenant).

    A version states facts; once one of them changes, the version is replaced and no longer valid.
    `content` is the data that its PDF prints, from which the signed copy is generated.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="agreements")
    rank = models.PositiveSmallIntegerField("rang", default=0)
    document = models.ForeignKey("files.Document", models.PROTECT, related_name="+")
    content = models.JSONField("ce qui est imprimé", default=dict, blank=True)
    signed_copy = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    facts = models.JSONField("ce qu’il dit", default=dict)
    digest = models.CharField("empreinte de ce qu’il dit", max_length=64)
    drawn_at = models.DateTimeField("établi le", default=timezone.now)
    replaced_at = models.DateTimeField("remplacé le", null=True, blank=True)

    class Meta:
        verbose_name = "convention ou avenant"
        verbose_name_plural = "conventions et avenants"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "rank"],
                name="releases_agreement_rank",
                violation_error_message="Cet avenant existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["release"],
                condition=models.Q(replaced_at=None),
                name="releases_agreement_current",
                violation_error_message="Une convention est déjà en vigueur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def title(self) -> str:
        """Return the name of this version: « Convention », « Avenant n° 1 »..."""
        return f"Avenant n° {self.rank}" if self.rank else "Convention"

    @property
    def latest_document(self) -> Any:
        """Return the copy that shows the signatures, else the PDF to sign."""
        return self.signed_copy or self.document

    @property
    def number(self) -> str:
        """Return the number printed on the PDF: that of the agreement, then of the amendment."""
        number = self.release.agreement_number
        return f"{number}-A{self.rank}" if self.rank else number


class ProofFile(models.Model):
    """The proof file of an agreement: who signed, when and from which device.

    The file of the network, whose `party` is blank, has all the evidence. The file of a party has
    the IP addresses, browsers and links of its own signatories only.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="proof_files")
    party = models.CharField("partie", max_length=12, blank=True)
    document = models.ForeignKey("files.Document", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "dossier de preuve"
        verbose_name_plural = "dossiers de preuve"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"],
                name="releases_proof_file_once",
                violation_error_message="Ce dossier de preuve existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"Dossier de preuve {self.agreement.number} {self.party}".strip()
