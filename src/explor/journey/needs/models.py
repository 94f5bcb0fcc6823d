"""A need: what an association requests, described so that experts and a committee can judge."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from explor.ground.http.actor import Actor
from explor.ground.workflow.models import WorkflowModel

from .states import NEED, NOT_COUNTED, State


class Purpose(models.TextChoices):
    PREPARE = "prepare", "préparer un projet"
    CARRY_OUT = "carry_out", "mettre en œuvre un projet"
    EVALUATE = "evaluate", "évaluer un projet"


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, actor: Actor) -> "NeedQuerySet":
        """Keep the needs that `actor` may see.

        An association sees its own needs, a network the needs filed with it at least once, a
        committee the admissible needs of its call, the system all needs.
        """
        if actor.role == "association":
            return self.filter(association=actor.scope)
        if actor.role == "reseau":
            return self.filter(network=actor.scope).exclude(state=State.DRAFT)
        if actor.role == "comite":
            return self.filter(call=actor.scope, state=State.ADMISSIBLE)
        return self if actor.role == "systeme" else self.none()

    def with_free_seats(self) -> "NeedQuerySet":
        """Keep the needs with at least one seat that no proposal holds."""
        return self.filter(free_seats__gt=0)

    def take_seat(self) -> None:
        """Add 1 to the number of seats that proposals hold, in each of these needs.

        The rows must be locked by the caller.
        """
        self.update(taken_seats=F("taken_seats") + 1)

    def free_seat(self) -> None:
        """Subtract 1 from the number of seats that proposals hold, in each of these needs.

        The rows must be locked by the caller.
        """
        self.update(taken_seats=F("taken_seats") - 1)

    def counted(self) -> "NeedQuerySet":
        """Return the needs that count in the limit that a call sets for each association.

        Drafts, returned, withdrawn and inadmissible needs do not, nor those of imported missions.
        """
        return self.exclude(state__in=NOT_COUNTED)


class Need(WorkflowModel):
    """A request of an association for experts; `days` is the duration on site, in days."""

    workflow = NEED
    number_letter = "B"

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="needs")
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="needs")
    association = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="needs"
    )
    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="needs")
    partner = models.ForeignKey(
        "organisations.FieldPartner",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name="partenaire de terrain",
    )
    officer = models.ForeignKey(
        "networks.Officer", models.SET_NULL, null=True, blank=True, related_name="needs"
    )
    state = models.CharField("état", max_length=12, choices=State, default=State.DRAFT)
    title = models.CharField("titre", max_length=200)
    purpose = models.CharField("la mission sert à", max_length=10, choices=Purpose, blank=True)
    mission_type = models.CharField("type de mission", max_length=20, blank=True)
    context = models.TextField("contexte", blank=True)
    audiences = models.TextField("publics concernés", blank=True)
    objectives = models.TextField("objectifs", blank=True)
    expected_results = models.TextField("résultats attendus", blank=True)
    deliverables = models.TextField("livrables", blank=True)
    profile = models.TextField("profil recherché", blank=True)
    sectors = ArrayField(
        models.CharField(max_length=10), verbose_name="secteurs", default=list, blank=True
    )
    skills = ArrayField(
        models.CharField(max_length=80), verbose_name="compétences", default=list, blank=True
    )
    country = models.CharField("pays", max_length=2, blank=True)
    place = models.CharField("lieu", max_length=120, blank=True)
    window_start = models.DateField("au plus tôt le", null=True, blank=True)
    window_end = models.DateField("au plus tard le", null=True, blank=True)
    days = models.PositiveSmallIntegerField("durée sur place (jours)", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("nombre d’expertes ou d’experts", default=1)
    taken_seats = models.PositiveSmallIntegerField(
        "places prises ou proposées", default=0, editable=False
    )
    free_seats = models.GeneratedField(
        verbose_name="places libres",
        expression=F("seats") - F("taken_seats"),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    min_days = models.PositiveSmallIntegerField("durée minimale de l’appel", editable=False)
    max_days = models.PositiveSmallIntegerField("durée maximale de l’appel", editable=False)
    partner_confirmed_at = models.DateTimeField("confirmé par le partenaire le", null=True)
    filed_at = models.DateTimeField("déposé le", null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["network", "state", "-filed_at"], name="need_board"),
            models.Index(fields=["association", "-id"], name="need_association"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gte=F("min_days"), days__lte=F("max_days")),
                name="needs_need_days_within_call",
                violation_error_message="La durée sort des bornes de l’appel.",
            ),
            models.CheckConstraint(
                condition=Q(window_start=None)
                | Q(window_end=None)
                | Q(window_start__lte=F("window_end")),
                name="needs_need_window",
                violation_error_message="La fenêtre se termine avant de commencer.",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=6),
                name="needs_need_seats",
                violation_error_message="Demandez de une à six personnes.",
            ),
            models.CheckConstraint(
                condition=Q(taken_seats__gte=0, taken_seats__lte=F("seats")),
                name="needs_need_free_seats",
                violation_error_message="Toutes les places de ce besoin sont prises ou proposées.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


# The free texts of a need, erased some time after its refusal or withdrawal.
TEXTS = tuple(each.name for each in Need._meta.concrete_fields if type(each) is models.TextField)


class LanguageNeed(models.Model):
    """A language requested, with the minimum level that the work requires."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="languages")
    language = models.CharField("langue", max_length=5)
    level = models.CharField("niveau", max_length=2)

    class Meta:
        verbose_name = "langue demandée"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "language"],
                name="needs_language_once",
                violation_error_message="Cette langue est déjà demandée.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Comment(models.Model):
    """A remark on one field of a need, by the network or between the authors.

    A remark is settled when its field is next saved or, if `by_hand`, when somebody settles it.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="comments")
    field = models.CharField("rubrique", max_length=40)
    text = models.TextField("remarque")
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", auto_now_add=True)
    settled_at = models.DateTimeField("traitée le", null=True, blank=True)
    by_hand = models.BooleanField("se règle à la main", default=False)
    language = models.CharField("langue", max_length=5, default="fr", db_default="fr")

    class Meta:
        verbose_name = "remarque"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.field} : {self.text[:60]}"


class Revision(models.Model):
    """The changes of one author on one page within ten minutes, {field: [before, after]}.

    `tab` identifies the browser page that sent them; a page never conflicts with itself.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField("version")
    tab = models.UUIDField("page")
    by = models.CharField("par", max_length=200)
    at = models.DateTimeField("le")
    changes = models.JSONField("changements", default=dict)

    class Meta:
        verbose_name = "version d’un besoin"
        ordering = ["pk"]
        indexes = [models.Index(fields=["need", "-id"], name="need_revision")]

    def __str__(self) -> str:
        return f"{self.by} : {', '.join(sorted(self.changes))}"


class Presence(models.Model):
    """The screen of a need that a co-author has open, and the field in which they are writing.

    A presence is ignored a minute after its last update; without JavaScript, `field` is blank.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="presences")
    person = models.BigIntegerField("personne")
    name = models.CharField("nom", max_length=200)
    screen = models.CharField("écran", max_length=20)
    field = models.CharField("rubrique", max_length=40, blank=True, default="")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "présence sur un besoin"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "person"],
                name="needs_presence_once",
                violation_error_message="Cette personne est déjà là.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} : {self.screen}"
