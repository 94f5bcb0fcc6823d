"""Releases of an expert by an employer under a leave scheme, and approvals of its services."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.workflow.models import WorkflowModel, number_of

from ..states import RELEASE, State

if TYPE_CHECKING:
    from .signatures import Signature


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible_to(self, actor: Actor) -> "ReleaseQuerySet":
        """Return the releases that `actor` may see, as employer, expert, association or network.

        The system sees all releases; any other role sees none.
        """
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

    `scheme` is "" until the release is granted, unless it was imported with its scheme. `employer`
    is None when the expert has no employer, or one that is not registered.
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
        """Return the signatures of the current agreement, from prefetched rows; [] if none."""
        return list(self.agreement.signatures.all()) if self.agreement else []

    @property
    def agreement_number(self) -> str:
        """Return the number of the agreement, derived from the primary key of the release."""
        return number_of("C", self.created_at, self.pk)

    @property
    def without_request(self) -> bool:
        """Return whether the release was imported with a mission that began before Explor.

        Nobody was asked for it in Explor. False once it has an answer here.
        """
        signed_before = self.state == State.AGREED and self.decided_at is None
        return self.state == State.TAKEN_OVER or signed_before

    @property
    def answer_due(self) -> str:
        """Return the deadline of the employer's answer: a day, and the hour of an urgent answer.

        It is "" when the employer was never asked here.
        """
        if self.without_request:
            return ""
        if self.answer_at is None:
            return date_format(self.answer_by)
        return f"{date_format(self.answer_at, 'j F Y à H:i')} (heure de Paris)"

    @property
    def without_employer(self) -> bool:
        """Return True when the expert has no employer, so that the network grants the departure."""
        return self.employer_id is None and self.proposal.expert.without_employer

    def by_employment(self, lent: str, alone: str) -> str:
        """Return `lent` when an employer releases the person, `alone` when the person has none."""
        return alone if self.without_employer else lent

    @property
    def title(self) -> str:
        """Return the French name of the release: « Départ » when the person has no employer."""
        return self.by_employment("Accord de l’employeur", "Départ")

    @property
    def state_label(self) -> str:
        """Return the label of the state; it mentions no employer when the person has none."""
        label = super().state_label
        if self.state == State.AGREED and self.without_request:
            return f"{label} avant Explor"
        alone = {
            State.REQUESTED: "à accorder par le réseau",
            State.APPROVED: "accordé",
            State.REFUSED: "refusé",
        }
        return self.by_employment(label, alone.get(State(self.state), label))


class ServiceApproval(models.Model):
    """The approval of a release by an approver of a service, before the employer grants it.

    `service` and `name` are copied from the rules of the employer on the day of the approval.
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
