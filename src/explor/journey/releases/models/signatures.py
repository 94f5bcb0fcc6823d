"""The signatories of each party, and their signatures."""

from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.elision import of
from explor.ground.workflow.models import VersionedModel

from .agreements import Agreement
from .releases import Release


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def visible_to(self, actor: Actor) -> "SignatoryQuerySet":
        """Return the signatories of the releases that `actor` may see."""
        return self.filter(release__in=Release.objects.visible_to(actor))


class Signatory(VersionedModel):
    """A position in the signing chain of a party, with the person named for it, if any.

    The chain of a party is ordered by `rank`: a signatory is asked once those before have signed.
    The chain belongs to the release: an amendment is signed by the same chain. Whoever signs by
    delegation may delegate in turn: `former_acts` keeps the references of the delegation documents
    before `delegation`, the latest first.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="signatories")
    party = models.CharField("partie", max_length=12)
    rank = models.PositiveSmallIntegerField("rang", default=0)
    capacity = models.CharField("qualité", max_length=120)
    name = models.CharField("prénom et nom", max_length=200, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    delegated_by = models.CharField("par délégation de", max_length=200, blank=True)
    delegation = models.CharField(
        "acte de délégation",
        max_length=300,
        blank=True,
        help_text="Par exemple : arrêté n° 2026-14 du 3 mars 2026.",
    )
    former_acts = models.JSONField("délégations antérieures", default=list, blank=True)
    turn_since = models.DateTimeField("à signer depuis le", null=True, blank=True)
    link_sent_at = models.DateTimeField("lien envoyé le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("lien retiré le", null=True, blank=True)
    reminded_on = models.DateField("dernier rappel le", null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("rappels", default=0)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = "signataire"
        ordering = ["party", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "party", "rank"],
                name="releases_signatory_rank",
                violation_error_message="Cette place existe déjà.",
            ),
            models.CheckConstraint(
                condition=models.Q(email="") | ~models.Q(name=""),
                name="releases_signatory_named",
                violation_error_message="Indiquez à qui est cette adresse.",
            ),
            models.CheckConstraint(
                condition=models.Q(delegation="", delegated_by="")
                | (~models.Q(delegation="") & ~models.Q(delegated_by="")),
                name="releases_signatory_delegation",
                violation_error_message="Une délégation a un auteur et un acte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.capacity})" if self.name else self.capacity

    @property
    def acts(self) -> str:
        """Return the delegation documents as one text, the latest first; "" without delegation."""
        if not self.delegation:
            return ""
        return " ; ".join([f"{self.delegation}, {of(self.delegated_by)}", *self.former_acts])


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, actor: Actor) -> "SignatureQuerySet":
        """Return the signatures whose paper files `actor` may read, among the releases they see.

        The network may read them all, another role those of its own party.
        """
        rows = self.filter(agreement__release__in=Release.objects.visible_to(actor))
        return rows if actor.role == "reseau" else rows.filter(party=actor.role)


class Signature(models.Model):
    """A signature of an agreement, on screen or on a paper whose file is kept.

    `email` or `person` is the mailbox or the account that signed. `address` (IP) and `browser` are
    those of the device; only the network and the party may read them. For a paper, `original` holds
    the bytes as received and `paper` the sanitized copy.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    signatory = models.ForeignKey(Signatory, models.RESTRICT, related_name="signatures")
    party = models.CharField("partie", max_length=12)
    name = models.CharField("signataire", max_length=200)
    capacity = models.CharField("qualité", max_length=120, blank=True)
    delegation = models.TextField("actes de délégation", blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    person = models.BigIntegerField("compte", null=True, blank=True)
    address = models.GenericIPAddressField("adresse IP", null=True, blank=True)
    browser = models.CharField("navigateur", max_length=300, blank=True)
    on_paper = models.BooleanField("sur papier", default=False)
    paper = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    original = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField("empreinte du document signé", max_length=64)
    shown_at = models.DateTimeField("page lue le", null=True, blank=True)
    at = models.DateTimeField("le", default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "signature"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "signatory"],
                name="releases_signature_once",
                violation_error_message="Cette personne a déjà signé.",
            ),
            models.CheckConstraint(
                condition=models.Q(on_paper=False, original=None, paper=None)
                | models.Q(on_paper=True, original__isnull=False, paper__isnull=False),
                name="releases_signature_on_paper_has_its_file",
                violation_error_message="Joignez le papier signé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.party})"
