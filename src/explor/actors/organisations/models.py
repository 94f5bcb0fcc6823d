"""Organisations (associations and employers), their papers, members and field partners."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce, Left, NullIf
from django.utils import timezone

from explor.actors.networks.models import PaperKind
from explor.ground.encryption.fields import EncryptedNumberField, RowKey
from explor.ground.http.actor import Actor
from explor.ground.ui.order import french_key
from explor.ground.workflow.models import VersionedModel, WorkflowModel

from .states import MEMBERSHIP, STANDING, State


class Kind(models.TextChoices):
    ASSOCIATION = "association", "association"
    EMPLOYER = "employeur", "employeur"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> "OrganisationQuerySet":
        """Return the organisations that `actor` may see.

        A network sees the organisations that it is in charge of, a member their organisation, the
        coordination and the system all organisations.
        """
        if actor.role == "reseau":
            return self.filter(network=actor.scope)
        if actor.role in Kind.values:
            return self.filter(pk=actor.scope or 0, kind=actor.role)
        return self if actor.role in ("coordination", "systeme") else self.none()

    def with_legal_siren(self) -> "OrganisationQuerySet":
        """Annotate each organisation with `unit`, its SIREN as in the property `legal_siren`."""
        given = NullIf("siren", models.Value(""))
        return self.annotate(unit=Coalesce(given, Left("siret", 9)))

    def verified(self) -> "OrganisationQuerySet":
        """Return the verified organisations, including those whose yearly check is overdue."""
        return self.filter(state__in=STANDING)


class Organisation(WorkflowModel):
    """An association that needs a skill, or an employer that releases staff who have the skill."""

    workflow = MEMBERSHIP

    kind = models.CharField("sorte", max_length=12, choices=Kind)
    name = models.CharField("nom", max_length=200)
    slug = models.SlugField("identifiant", max_length=120, unique=True)
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, related_name="organisations", verbose_name="réseau"
    )
    state = models.CharField(
        "état", max_length=12, choices=State, default=State.REGISTERED, db_index=True
    )
    structure_type = models.CharField("type de structure", max_length=40, blank=True)
    siren = models.CharField(
        "SIREN", max_length=9, blank=True, help_text="Seulement si vous n’avez pas de SIRET."
    )
    siret = models.CharField(
        "SIRET", max_length=14, blank=True, help_text="14 chiffres, espaces admis."
    )
    rna = models.CharField(
        "numéro RNA",
        max_length=14,
        blank=True,
        help_text="W suivi de neuf caractères ; W2A ou W2B en Corse, W9R à La Réunion.",
    )
    address = models.CharField("adresse", max_length=250, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("commune", max_length=100, blank=True)
    department = models.CharField("département", max_length=3, blank=True)
    website = models.URLField("site", blank=True)
    representative = models.CharField(
        "représentante ou représentant légal", max_length=200, blank=True
    )
    purpose = models.TextField("ce que fait l’association", blank=True)
    founded_on = models.DateField("date de création", null=True, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2), verbose_name="pays d’intervention", default=list
    )
    sectors = ArrayField(models.CharField(max_length=10), verbose_name="secteurs", default=list)
    cer_signed_on = models.DateField(
        "contrat d’engagement républicain signé le", null=True, blank=True
    )
    general_interest = models.BooleanField("d’intérêt général", null=True)
    on_1996_list = models.BooleanField("sur la liste de l’arrêté du 16 juillet 1996", null=True)
    is_public = models.BooleanField("employeur public", default=False)
    headcount = models.PositiveIntegerField("effectif", null=True, blank=True)
    members_count = models.PositiveIntegerField(
        "nombre d’adhérentes et adhérents", null=True, blank=True
    )
    inhabitants = models.PositiveIntegerField(
        "nombre d’habitants (collectivité)", null=True, blank=True
    )
    schemes = ArrayField(
        models.CharField(max_length=4), verbose_name="cadres acceptés", default=list, blank=True
    )
    job_families = ArrayField(
        models.CharField(max_length=80),
        verbose_name="familles de métiers",
        default=list,
        blank=True,
    )
    lending_rules = models.TextField("règles pour laisser partir une personne", blank=True)
    refusal = models.TextField("motif du refus", blank=True)
    verified_until = models.DateField("vérifiée jusqu’au", null=True, blank=True)
    reminded_on = models.DateField("rappel envoyé le", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        ordering = [french_key("name")]
        indexes = [
            models.Index(fields=["network", "kind", "state", "name"], name="organisation_list"),
            models.Index("network", french_key("name"), "id", name="organisation_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "siret"],
                condition=~models.Q(siret=""),
                name="organisations_siret_once",
                violation_error_message="Une organisation est déjà inscrite avec ce SIRET.",
            ),
            models.UniqueConstraint(
                fields=["kind", "rna"],
                condition=~models.Q(rna=""),
                name="organisations_rna_once",
                violation_error_message="Une association est déjà inscrite avec ce numéro RNA.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def legal_siren(self) -> str:
        """Return the SIREN, or the start of the SIRET that contains it; "" if both are blank."""
        return self.siren or self.siret[:9]


class MembershipPaper(models.Model):
    """A verification paper; without `document`, an officer certified having seen the original."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="papers")
    kind = models.CharField("sorte", max_length=10, choices=PaperKind)
    document = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    dated = models.DateField("datée du")
    valid_until = models.DateField(
        "valable jusqu’au",
        null=True,
        blank=True,
        help_text="Laissez vide si la pièce n’a pas de fin.",
    )
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "pièce de vérification"
        verbose_name_plural = "pièces de vérification"
        ordering = ["kind", "-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("dated")),
                name="organisations_paper_ends_after_it_begins",
                violation_error_message="La pièce finit avant d’avoir commencé.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.organisation})"


class Member(models.Model):
    """A person who acts for an organisation, possibly as a signatory on its behalf."""

    class Position(models.TextChoices):
        MEMBER = "member", "membre"
        CONTACT = "contact", "contact principal"
        SIGNATORY = "signatory", "signataire"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="member_of")
    position = models.CharField("rôle", max_length=12, choices=Position, default=Position.MEMBER)
    since = models.DateField("depuis", default=timezone.localdate)

    class Meta:
        verbose_name = "membre"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="organisations_member_once",
                violation_error_message="Cette personne est déjà membre.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation})"


class FieldPartner(VersionedModel):
    """A field partner of an association, who has no account and receives personal links."""

    id = RowKey(primary_key=True)
    association = models.ForeignKey(Organisation, models.CASCADE, related_name="partners")
    name = models.CharField("nom de la structure", max_length=200)
    country = models.CharField("pays", max_length=2)
    place = models.CharField("lieu", max_length=120, blank=True)
    contact = models.CharField("personne à contacter", max_length=200, blank=True)
    email = models.EmailField(
        "adresse électronique",
        blank=True,
        help_text="Elle recevra un lien personnel, sans compte à ouvrir.",
    )
    phone = EncryptedNumberField("téléphone", max_length=30, blank=True)
    language = models.CharField("langue des messages", max_length=5, default="fr")

    class Meta:
        verbose_name = "partenaire de terrain"
        ordering = [french_key("name")]

    def __str__(self) -> str:
        return self.name
