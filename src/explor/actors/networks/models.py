"""Networks (RRMA) with the départements they serve, their officers, and the coordinators."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from explor.ground.ui.order import french_key


class PaperKind(models.TextChoices):
    """The kinds of papers that a network may require to verify an organisation."""

    CONTRACT = "cer", "contrat d’engagement républicain"
    STATUTES = "statuts", "statuts"
    REPORT = "rapport", "rapport d’activité"
    OTHER = "autre", "autre pièce"


class Network(models.Model):
    """A regional multi-actor network (RRMA); its directors edit its settings."""

    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("identifiant", unique=True)
    legal_form = models.CharField("forme juridique", max_length=120, blank=True)
    region = models.CharField("région (code INSEE)", max_length=3)
    departments = ArrayField(models.CharField(max_length=3), verbose_name="départements")
    accent = models.CharField("couleur", max_length=20, default="ocre")
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    address = models.CharField("adresse", max_length=250, blank=True)
    website = models.URLField("site", blank=True)
    in_explor = models.BooleanField("participe à EXPLOR", default=True)
    papers_needed = ArrayField(
        models.CharField(max_length=10, choices=PaperKind),
        verbose_name="pièces exigées d’une association",
        default=list,
        blank=True,
    )
    public_body = models.BooleanField(
        "organisme public (ses papiers sont des archives publiques)",
        default=False,
        db_default=False,
    )
    answer_days = models.PositiveSmallIntegerField("jours pour répondre (exemple)", default=7)

    class Meta:
        verbose_name = "réseau"
        verbose_name_plural = "réseaux"
        ordering = [french_key("name")]

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """A person who works for a network; a director (`direction`) also edits its settings."""

    class Position(models.TextChoices):
        OFFICER = "officer", "chargée ou chargé de mission"
        DIRECTION = "direction", "direction"

    network = models.ForeignKey(Network, models.CASCADE, related_name="officers")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="officer_of")
    position = models.CharField("rôle", max_length=12, choices=Position, default=Position.OFFICER)
    since = models.DateField("depuis", default=timezone.localdate)
    away_until = models.DateField("absente ou absent jusqu’au", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        verbose_name = "chargée ou chargé de mission"
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"],
                name="networks_officer_once",
                violation_error_message="Cette personne travaille déjà pour ce réseau.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.network})"


class Coordinator(models.Model):
    """A member of the inter-regional coordination, who may compare the networks."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="coordinator")
    since = models.DateField("depuis", default=timezone.localdate)

    class Meta:
        verbose_name = "coordination interrégionale"

    def __str__(self) -> str:
        return str(self.person)
