"""Releases of an expert by an employer, under a leave scheme, and signatures of the agreement."""

from typing import Any

from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import VersionedModel, WorkflowModel, number_of

from .states import RELEASE, State


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, actor: Actor) -> "ReleaseQuerySet":
        """Return the releases that `actor` may see, as employer, expert, association or network."""
        if actor.role == "reseau":
            return self.filter(proposal__need__network=actor.scope)
        if actor.role == "employeur":
            return self.filter(employer=actor.scope)
        if actor.role == "expert":
            return self.filter(proposal__expert__person=actor.person)
        if actor.role == "association":
            return self.filter(proposal__need__association=actor.scope)
        return self if actor.role == "systeme" else self.none()


class Release(WorkflowModel):
    """The employer's formal grant of leave for a proposal; `scheme` is the legal leave scheme.

    `verdicts` is the evaluation of every leave scheme on the day of the request.
    """

    workflow = RELEASE
    number_letter = "D"

    proposal = models.OneToOneField("proposals.Proposal", models.PROTECT, related_name="release")
    employer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="releases"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.REQUESTED)
    scheme = models.CharField("cadre", max_length=4, blank=True)
    confirmed_by = models.CharField("cadre confirmé par le réseau", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("cadre confirmé le", null=True, blank=True)
    confirmed_questions = models.JSONField(
        "questions levées par le réseau", default=list, blank=True
    )
    answer_by = models.DateField("réponse attendue avant le")
    requested_scheme = models.CharField("cadre demandé", max_length=4, blank=True)
    requested_on = models.DateField("demande reçue par l’employeur le", null=True, blank=True)
    urgent_at = models.DateTimeField("demande urgente reçue à", null=True, blank=True)
    answer_at = models.DateTimeField("réponse à la demande urgente due à", null=True, blank=True)
    urgent_reminders = models.PositiveSmallIntegerField("rappels de la demande urgente", default=0)
    request_note = models.CharField("preuve de la date", max_length=200, blank=True)
    request_proof = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    assembly_on = models.DateField("l’assemblée délibère le", null=True, blank=True)
    reminded_on = models.DateField("dernier rappel le", null=True, blank=True)
    consent_by_silence = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("répondu le", null=True, blank=True)
    refusal = models.TextField("motif du refus", blank=True)
    agreement = models.ForeignKey(
        "releases.Agreement", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "accord de l’employeur"
        verbose_name_plural = "accords de l’employeur"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["employer", "state"], name="release_employer")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=("approved", "agreed")) | ~models.Q(scheme=""),
                name="releases_release_has_scheme",
                violation_error_message="Indiquez le cadre de l’accord.",
            ),
            models.CheckConstraint(
                condition=models.Q(requested_on=None, requested_scheme="")
                | (
                    models.Q(requested_on__isnull=False)
                    & ~models.Q(requested_scheme="")
                    & (~models.Q(request_note="") | models.Q(request_proof__isnull=False))
                ),
                name="releases_request_is_proven",
                violation_error_message="Une demande a un cadre, un jour et une preuve.",
            ),
            models.CheckConstraint(
                condition=models.Q(urgent_at=None, answer_at=None)
                | models.Q(
                    urgent_at__isnull=False,
                    answer_at__isnull=False,
                    answer_at__gt=models.F("urgent_at"),
                    requested_on__isnull=False,
                ),
                name="releases_urgent_request_is_timed",
                violation_error_message="Une demande urgente a une heure et une échéance.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} : {self.proposal}"

    @property
    def current_signatures(self) -> list["Signature"]:
        """Return the signatures of the current agreement, from prefetched rows; [] without one."""
        return list(self.agreement.signatures.all()) if self.agreement else []

    @property
    def agreement_number(self) -> str:
        """Return the number of the agreement, derived from the primary key of the release."""
        return number_of("C", self.created_at, self.pk)

    @property
    def answer_due(self) -> str:
        """Return until when the employer answers: a day, with the hour of an urgent answer."""
        if self.answer_at is None:
            return f"{self.answer_by:%d/%m/%Y}"
        return f"{timezone.localtime(self.answer_at):%d/%m/%Y à %H:%M} (heure de Paris)"

    @property
    def without_employer(self) -> bool:
        """Return whether no employer has to release the person, who has none."""
        return self.employer_id is None and self.proposal.expert.without_employer

    def said(self, lent: str, alone: str) -> str:
        """Return the words for a person lent by an employer, or those for one without employer."""
        return alone if self.without_employer else lent

    @property
    def title(self) -> str:
        """Return what the release is called on screen."""
        return self.said("Accord de l’employeur", "Départ")

    @property
    def state_label(self) -> str:
        """Return the state in words, which name no employer when there is none."""
        label = super().state_label
        alone = {
            State.REQUESTED: "à accorder par le réseau",
            State.APPROVED: "accordé",
            State.REFUSED: "refusé",
        }
        return self.said(label, alone.get(State(self.state), label))


class Agreement(models.Model):
    """A version of the agreement of a release: the first one, then its amendments (avenants).

    A version states facts; once one of them changes, it is replaced and states nothing any more.
    `content` is what its PDF prints, from which the copy that bears the signatures is drawn.
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
        """Return the copy that bears the signatures or, before it is drawn, the paper to sign."""
        return self.signed_copy or self.document

    @property
    def number(self) -> str:
        """Return the number printed on the paper: that of the agreement, then of the amendment."""
        number = self.release.agreement_number
        return f"{number}-A{self.rank}" if self.rank else number


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def visible_to(self, actor: Actor) -> "SignatoryQuerySet":
        """Return the signatories of the releases that `actor` may see."""
        return self.filter(release__in=Release.objects.visible_to(actor))


class Signatory(VersionedModel):
    """A place in the chain of those who sign for a party, named or still to be named.

    The chain of a party is ordered by `rank`: a place is asked once those before it signed. It
    belongs to the release: an amendment is signed by the same chain.
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


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, actor: Actor) -> "SignatureQuerySet":
        """Return the signatures whose papers `actor` may read: the network's, its own party's."""
        rows = self.filter(agreement__release__in=Release.objects.visible_to(actor))
        return rows if actor.role == "reseau" else rows.filter(party=actor.role)


class Signature(models.Model):
    """A signature of an agreement, on screen or on a paper whose file is kept.

    `email` or `person` is the mailbox or the account it came from; `address` and `browser`, seen
    by the network and the party alone, are those of the machine. Of a paper, `original` has the
    very bytes that were received and `paper` is the copy that is safe to open.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    signatory = models.ForeignKey(Signatory, models.RESTRICT, related_name="signatures")
    party = models.CharField("partie", max_length=12)
    name = models.CharField("signataire", max_length=200)
    capacity = models.CharField("qualité", max_length=120, blank=True)
    delegation = models.CharField("acte de délégation", max_length=520, blank=True)
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


class ServiceApproval(models.Model):
    """The yes of somebody who approves for a service of the employer, before the release.

    `service` and `name` are those of the rules of the employer on that day.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="service_approvals")
    service = models.CharField("service", max_length=120)
    name = models.CharField("qui a dit oui", max_length=200)
    on = models.DateField("le")
    by = models.CharField("noté par", max_length=200)
    at = models.DateTimeField("noté le", default=timezone.now)

    class Meta:
        verbose_name = "accord d’un service"
        verbose_name_plural = "accords des services"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.service})"


class ProofFile(models.Model):
    """The proof file of an agreement: who signed, when and from what.

    That of the network, whose `party` is blank, has everything; that of a party has the machines
    and the links of its own signatories alone.
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


class ClauseText(VersionedModel):
    """The text that a network gives to a clause of a paper, in place of the example of Explor.

    `paper` and `clause` are keys of the data of leave papers. It applies once adopted; adopted
    blank, the clause is left out, which no clause required by law can be.
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
