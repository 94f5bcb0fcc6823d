"""Answers to the questions of leave schemes, verdicts saved at each act, changes to the law."""

from django.db import models
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .fields import BY_KEY
from .states import LAW_AMENDMENT, State


class LeaveAnswer(models.Model):
    """An answer to a question of a leave scheme, with its author; only the latest one applies.

    Rows are added, never changed. The answer is about exactly the subjects that are set.
    """

    fact = models.CharField("fait", max_length=40)
    expert = models.ForeignKey(
        "experts.Expert", models.CASCADE, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, null=True, blank=True, related_name="+"
    )
    need = models.ForeignKey("needs.Need", models.CASCADE, null=True, blank=True, related_name="+")
    value = models.JSONField("réponse")
    by = models.CharField("par", max_length=200)
    role = models.CharField("rôle", max_length=12)
    on_word_of = models.CharField("sur la parole de", max_length=200, blank=True)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "réponse sur un cadre de départ"
        verbose_name_plural = "réponses sur les cadres de départ"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["expert", "fact"], name="leave_answer_expert"),
            models.Index(fields=["organisation", "fact"], name="leave_answer_organisation"),
            models.Index(fields=["need", "fact"], name="leave_answer_need"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expert__isnull=False)
                | models.Q(organisation__isnull=False)
                | models.Q(need__isnull=False),
                name="leave_readings_answer_has_a_subject",
                violation_error_message="Une réponse porte sur quelqu’un ou quelque chose.",
            )
        ]

    def __str__(self) -> str:
        fact = BY_KEY.get(self.fact)
        return f"{fact.question if fact else self.fact} {self.value}"


class KeptReading(models.Model):
    """The verdicts on the leave schemes for a person and dates, saved on the day of an act."""

    class Act(models.TextChoices):
        PROPOSE = "propose", "proposition"
        REQUEST = "request", "demande à l’employeur"
        APPROVE = "approve", "accord de l’employeur"
        CONFIRM = "confirm", "confirmation du réseau"
        SIGN = "sign", "signature"
        CLEAR = "clear", "feu vert"

    act = models.CharField("acte", max_length=8, choices=Act)
    expert = models.ForeignKey("experts.Expert", models.CASCADE, related_name="+")
    need = models.ForeignKey("needs.Need", models.CASCADE, related_name="+")
    start = models.DateField("premier jour")
    end = models.DateField("dernier jour")
    verdicts = models.JSONField("lecture des cadres", default=list)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "lecture des cadres de départ"
        verbose_name_plural = "lectures des cadres de départ"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["expert", "need"], name="leave_reading_of_pair")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} : {self.expert}"


class LawAmendmentQuerySet(models.QuerySet["LawAmendment"]):
    def visible_to(self, actor: Actor) -> "LawAmendmentQuerySet":
        """Return all changes for the coordination and the system, none for any other role."""
        return self if actor.role in ("coordination", "systeme") else self.none()


class LawAmendment(WorkflowModel):
    """A change of one cell of the tables of the law, proposed by one person, approved by another.

    `former` is the value in force at the time of the proposal, and `software` the text
    shipped with Explor at that time. When a later version ships another text, the coordination
    chooses; `kept_against` is the newer shipped text that it chose to ignore. `gives_back` is true
    of a change that restores the shipped text. People are stored as primary keys of `Person`.
    """

    workflow = LAW_AMENDMENT

    table = models.CharField("table", max_length=12)
    key = models.CharField("ligne", max_length=80)
    field = models.CharField("valeur", max_length=20)
    former = models.TextField("ancien texte", blank=True)
    software = models.TextField("texte d’Explor", blank=True)
    value = models.TextField("nouveau texte", blank=True)
    gives_back = models.BooleanField("rend le texte d’Explor", default=False)
    kept_against = models.TextField("texte d’Explor écarté", null=True, blank=True)
    source = models.CharField("source", max_length=300)
    read_on = models.DateField("lu le")
    state = models.CharField("état", max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.BigIntegerField("proposé par")
    proposer = models.CharField("auteur", max_length=200)
    decided_by = models.BigIntegerField("décidé par", null=True, blank=True)
    decider = models.CharField("décision de", max_length=200, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)

    objects = LawAmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d’un texte de loi"
        verbose_name_plural = "changements des textes de loi"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "key", "field"],
                condition=models.Q(state=State.PROPOSED),
                name="leave_readings_one_proposed_change",
                violation_error_message="Un changement de cette valeur attend déjà une décision.",
            ),
            models.UniqueConstraint(
                fields=["table", "key", "field"],
                condition=models.Q(state=State.APPROVED),
                name="leave_readings_one_change_in_force",
                violation_error_message="Un autre changement de cette valeur est en vigueur.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(State.APPROVED, State.REPLACED))
                | (
                    models.Q(decided_by__isnull=False)
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
                name="leave_readings_change_by_two_people",
                violation_error_message="Une autre personne que l’auteur approuve le changement.",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="leave_readings_change_has_a_source",
                violation_error_message="Un changement a une source.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}, {self.key}, {self.field}"

    @property
    def place(self) -> tuple[str, str, str]:
        """Return the identifier of the cell that changes: table, key and field."""
        return self.table, self.key, self.field
