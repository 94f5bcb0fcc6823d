"""Answers to the questions of leave schemes, and the readings kept at each act."""

from django.db import models
from django.utils import timezone

from .fields import BY_KEY


class LeaveAnswer(models.Model):
    """An answer to a question of a leave scheme, with its author: the latest one counts.

    Rows are added, never changed. The subjects set, and no other, are what the answer is about.
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
    """The leave schemes as they were read for a person and dates, on the day of an act."""

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
