"""The clause texts that a network writes for its papers."""

from django.db import models

from explor.ground.workflow.models import VersionedModel


class ClauseText(VersionedModel):
    """The text of a network for one clause of a paper, in place of the example of Explor.

    `paper` and `clause` are keys of the data of leave papers. The text applies once adopted. An
    adopted blank text removes the clause, unless the law requires the clause.
    """

    network = models.ForeignKey(
        "networks.Network", models.CASCADE, verbose_name="réseau", related_name="clause_texts"
    )
    paper = models.CharField("papier", max_length=40)
    clause = models.CharField("clause", max_length=40)
    text = models.TextField("texte de la clause", max_length=3000, blank=True)
    adopted_at = models.DateTimeField("adopté le", null=True, blank=True)
    adopted_by = models.CharField("adopté par", max_length=200, blank=True)

    class Meta:
        verbose_name = "texte d’une clause"
        verbose_name_plural = "textes des clauses"
        constraints = [
            models.UniqueConstraint(
                fields=["network", "paper", "clause"],
                name="releases_clause_text_once",
                violation_error_message="Ce réseau a déjà un texte pour cette clause.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper}, {self.clause} ({self.network})"
