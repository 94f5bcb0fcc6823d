"""The texts of the letters that a network sends, one for each verdict."""

from django.db import models

from explor.ground.workflow.models import VersionedModel
from explor.journey.committees.models import Verdict


class LetterTemplate(VersionedModel):
    """The text of a network's letters for one verdict; blank for the original text.

    Each letter replaces `[besoin]`, `[motifs]` and the other fields in `rules.LETTER_FIELDS`.
    """

    network = models.ForeignKey(
        "networks.Network", models.CASCADE, verbose_name="réseau", related_name="letter_templates"
    )
    verdict = models.CharField("décision", max_length=14, choices=Verdict)
    text = models.TextField("texte de la lettre", max_length=6000, blank=True)

    class Meta:
        verbose_name = "modèle de lettre"
        verbose_name_plural = "modèles de lettres"
        constraints = [
            models.UniqueConstraint(
                fields=["network", "verdict"],
                name="decisions_letter_template_once",
                violation_error_message="Ce réseau a déjà un modèle pour cette décision.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.network})"
