"""The voluntary question of a network (gender and age class), its answers and its readings.

They are stored apart from the profiles. Only the expert sees their own answer. Officers see only
the readings: rates of proposals by gender and by age class, never by département or employer.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from explor.actors.experts.models import Consent
from explor.ground.http.actor import Actor
from explor.ground.ui.elision import of
from explor.ground.workflow.models import VersionedModel


class EquitySwitchQuerySet(models.QuerySet["EquitySwitch"]):
    def visible_to(self, actor: Actor) -> "EquitySwitchQuerySet":
        """Return the switches that `actor` may see.

        A network sees its own switch, an expert the switches of the networks that ask them the
        question, the system all switches.
        """
        if actor.role == "reseau":
            return self.filter(network=actor.scope)
        if actor.role == "expert":
            consents = Consent.objects.filter(expert__person=actor.person, withdrawn_at=None)
            return self.filter(on=True, network__in=consents.values("network"))
        return self if actor.role == "systeme" else self.none()


class EquitySwitch(VersionedModel):
    """Whether a network asks its experts their gender and age class; off by default."""

    network = models.OneToOneField("networks.Network", models.CASCADE, related_name="equity")
    on = models.BooleanField("question posée", default=False)
    since = models.DateField("depuis", null=True, blank=True)
    by = models.CharField("par", max_length=200, blank=True)

    objects = EquitySwitchQuerySet.as_manager()

    class Meta:
        verbose_name = "question facultative"
        verbose_name_plural = "questions facultatives"
        constraints = [
            models.CheckConstraint(
                condition=Q(on=False) | Q(since__isnull=False),
                name="equity_switch_since",
                violation_error_message="Une question posée l’est depuis un jour connu.",
            )
        ]

    def __str__(self) -> str:
        return f"question {of(self.network)}"


class Gender(models.TextChoices):
    WOMAN = "woman", "une femme"
    MAN = "man", "un homme"
    OTHER = "other", "je me décris autrement"
    UNSAID = "unsaid", "je préfère ne pas répondre"


class Age(models.TextChoices):
    UNDER_30 = "under_30", "moins de 30 ans"
    THIRTIES = "thirties", "de 30 à 39 ans"
    FORTIES = "forties", "de 40 à 49 ans"
    FIFTIES = "fifties", "de 50 à 59 ans"
    OVER_60 = "over_60", "60 ans ou plus"
    UNSAID = "unsaid", "je préfère ne pas répondre"


class EquityAnswerQuerySet(models.QuerySet["EquityAnswer"]):
    def visible_to(self, actor: Actor) -> "EquityAnswerQuerySet":
        """Return the expert's own answers; no other role sees any answer, not even the jobs."""
        if actor.role == "expert":
            return self.filter(expert__person=actor.person)
        return self.none()


class EquityAnswer(models.Model):
    """The answer of one expert to the voluntary question of one network: gender and age class.

    The answer is erased with the profile, the consent or the switch of the network. For privacy
    only the day is stored: with the hour, the server log would reveal who answered.
    """

    switch = models.ForeignKey(EquitySwitch, models.CASCADE, related_name="answers")
    expert = models.ForeignKey("experts.Expert", models.CASCADE, related_name="+")
    gender = models.CharField("genre", max_length=10, choices=Gender)
    age = models.CharField("âge", max_length=10, choices=Age)
    day = models.DateField("répondu le", default=timezone.localdate)

    objects = EquityAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse facultative"
        verbose_name_plural = "réponses facultatives"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["switch", "expert"],
                name="equity_answer_once",
                violation_error_message="Vous avez déjà répondu : changez votre réponse.",
            )
        ]

    def __str__(self) -> str:
        return "une réponse facultative"


class EquityReadingQuerySet(models.QuerySet["EquityReading"]):
    def visible_to(self, actor: Actor) -> "EquityReadingQuerySet":
        """Return the readings (stored rates) of the network of `actor`; all for the system."""
        if actor.role == "reseau":
            return self.filter(switch__network=actor.scope)
        return self if actor.role == "systeme" else self.none()


class EquityReading(models.Model):
    """The rates of proposals to experts over some months, by gender and by age class.

    `tables` is what officers see, already rounded, with small groups merged; nothing more detailed
    is stored. It is [{title, rows: [{label, people, rates: [{between: [low, high], gap}]}]}]: a row
    for each group, and for each of `OUTCOMES` a rate between two bounds, from 0 to 100.

    `end` is excluded. Two readings of a network never share a month.
    """

    switch = models.ForeignKey(EquitySwitch, models.CASCADE, related_name="readings")
    start = models.DateField("du")
    end = models.DateField("jusqu’au")
    made_on = models.DateField("relevé le", default=timezone.localdate)
    tables = models.JSONField("tableaux", default=list)

    objects = EquityReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé"
        ordering = ["-end"]
        constraints = [
            models.UniqueConstraint(
                fields=["switch", "end"],
                name="equity_reading_once",
                violation_error_message="Ce relevé existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="equity_reading_dates",
                violation_error_message="La fin du relevé précède son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"relevé du {self.made_on:%d/%m/%Y}"
