"""Missions of one expert for one need, their preparation checklist and their rechecks."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from psycopg.types.range import DateRange

from explor.ground.encryption.fields import EncryptedDateField, EncryptedTextField, RowKey
from explor.ground.http.actor import Actor
from explor.ground.ui.days import date_format
from explor.ground.workflow.models import VersionedModel, WorkflowModel

from .states import MISSION, State, Stay, states_where, stay_of

DEPARTURE = Coalesce("departed_on", "start")


def held_days() -> Func:
    """Return the expression of the planned days taken by a mission until its return, a date range.

    A return later than planned takes no more days, so that recording it never conflicts.
    """
    start, end = Least("start", "returned_on"), Least("end", "returned_on")
    return Func(start, end, Value("[]"), function="daterange", output_field=DateRangeField())


class MissionQuerySet(models.QuerySet["Mission"]):
    def visible_to(self, actor: Actor) -> "MissionQuerySet":
        """Return the missions of `actor` as network, association, employer or expert.

        The system sees all missions; any other role sees none.
        """
        if actor.role == "reseau":
            return self.filter(network=actor.scope)
        if actor.role == "association":
            return self.filter(association=actor.scope)
        if actor.role == "expert":
            return self.filter(expert__person=actor.person)
        if actor.role == "employeur":
            return self.filter(employer=actor.scope)
        return self if actor.role == "systeme" else self.none()

    def departed(self) -> "MissionQuerySet":
        """Return the missions whose expert has left, also ended or closed; never remote ones."""
        departed = self.filter(state__in=states_where(has_left=True))
        return departed.exclude(closed_from__in=states_where(travels=False))

    def taking_days(self, start: date, end: date) -> "MissionQuerySet":
        """Return the missions that take at least one day of their expert between these dates."""
        free = states_where(holds_days=False)
        holding = self.exclude(state__in=free).exclude(closed_from__in=free)
        days = DateRange(start, end, "[]")
        return holding.annotate(taken=held_days()).filter(taken__overlap=days)

    def leaving_in(self, year: int, month: int | None = None) -> "MissionQuerySet":
        """Return the missions whose departure, real or else planned, is in a year, or a month."""
        leaving = self.annotate(departure=DEPARTURE).filter(departure__year=year)
        return leaving if month is None else leaving.filter(departure__month=month)

    def last_departure_first(self) -> "MissionQuerySet":
        """Return the same missions by departure, real or else planned, the last one first."""
        return self.order_by(DEPARTURE.desc(), "pk")


class Mission(WorkflowModel):
    """A mission of an expert for a need, created when the release is approved.

    `start` and `end` are the planned first and last days at the place of the mission; `departed_on`
    and `returned_on` are the real days, None while unknown. Read these days through `stay`.
    """

    workflow = MISSION
    number_letter = "M"

    release = models.OneToOneField("releases.Release", models.PROTECT, related_name="mission")
    need = models.ForeignKey("needs.Need", models.PROTECT, related_name="missions")
    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="missions")
    association = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="missions"
    )
    employer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="lent_missions"
    )
    expert = models.ForeignKey("experts.Expert", models.PROTECT, related_name="missions")
    country = models.CharField("pays", max_length=2)
    place = models.CharField("lieu", max_length=120, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.PREPARING)
    start = models.DateField("départ")
    end = models.DateField("retour")
    min_days = models.PositiveSmallIntegerField("durée minimale", editable=False)
    max_days = models.PositiveSmallIntegerField("durée maximale", editable=False)
    cause = models.CharField("cause", max_length=30, blank=True)
    cause_note = models.TextField("circonstances", blank=True)
    sunk_cost = models.DecimalField(
        "dépenses perdues (€)", max_digits=10, decimal_places=2, null=True, blank=True
    )
    departed_on = models.DateField("parti le", null=True, blank=True)
    returned_on = models.DateField("de retour le", null=True, blank=True)
    ended_on = models.DateField("fin enregistrée le", null=True, blank=True)
    closed_from = models.CharField(
        "état avant la clôture", max_length=12, choices=State, blank=True, default="", db_default=""
    )
    cleared_at = models.DateTimeField("feu vert le", null=True, blank=True)
    window_agreement = models.CharField(
        "accord hors de la fenêtre du besoin", max_length=300, blank=True, default="", db_default=""
    )
    reminded_on = models.DateField("relancée le", null=True, blank=True, editable=False)
    override = models.TextField("dérogation écrite", blank=True)
    override_by = models.CharField("autorité qui déroge", max_length=200, blank=True)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = "mission"
        ordering = ["start", "pk"]
        indexes = [
            models.Index(fields=["network", "state", "start"], name="mission_board"),
            models.Index(fields=["expert", "state"], name="mission_expert"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    end__gte=F("start") + F("min_days") - 1,
                    end__lte=F("start") + F("max_days") - 1,
                ),
                name="missions_mission_days_within_call",
                violation_error_message="La durée sort des bornes de l’appel.",
            ),
            models.CheckConstraint(
                condition=Q(sunk_cost=None) | Q(sunk_cost__gte=0),
                name="missions_mission_sunk_cost",
                violation_error_message="Une dépense perdue ne peut pas être négative.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=states_where(is_outcome=True)) | ~Q(cause=""),
                name="missions_mission_has_cause",
                violation_error_message="Indiquez la cause.",
            ),
            models.CheckConstraint(
                condition=(Q(departed_on=None) | Q(state__in=states_where(has_left=True)))
                & (Q(returned_on=None) | Q(state__in=states_where(has_left=True, is_over=True))),
                name="missions_mission_days_of_state",
                violation_error_message="Ce jour ne va pas avec l’état de la mission.",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__gte=F("departed_on")),
                name="missions_mission_days_in_order",
                violation_error_message="Le retour précède le départ.",
            ),
            ExclusionConstraint(
                name="missions_expert_free",
                expressions=[
                    ("expert", RangeOperators.EQUAL),
                    (held_days(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state__in=states_where(holds_days=False))
                & ~Q(closed_from__in=states_where(holds_days=False)),
                violation_error_message="Cette personne est déjà en mission à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} – {self.need}"

    @property
    def stay(self) -> Stay | None:
        """Return the days of the mission abroad, None for a mission that does not travel."""
        return stay_of(
            state=self.state,
            closed_from=self.closed_from,
            start=self.start,
            end=self.end,
            departed_on=self.departed_on,
            returned_on=self.returned_on,
        )

    def name_of(self, party: str) -> str:
        """Return the name of the party in the role `party`, else the label of this role."""
        holders = {
            "expert": self.expert,
            "association": self.association,
            "employeur": self.employer,
            "reseau": self.network,
            "partenaire": self.need.partner,
        }
        return str(holders.get(party) or WHO[party])


class ChecklistItem(VersionedModel):
    """One step of the preparation of a mission; a `blocking` step prevents the clearance."""

    id = RowKey(primary_key=True)
    mission = models.ForeignKey(Mission, models.CASCADE, related_name="checklist")
    code = models.CharField("code", max_length=40)
    label = models.CharField("à faire", max_length=200)
    party = models.CharField("par", max_length=12)
    start_by = models.DateField("à commencer le", null=True, blank=True)
    due = models.DateField("pour le", null=True, blank=True)
    at_risk_from = models.DateField("à risque à partir du", null=True, blank=True)
    blocking = models.BooleanField("retient le feu vert", default=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    done_by = models.CharField("par", max_length=200, blank=True)
    valid_until = EncryptedDateField("valable jusqu’au", null=True, blank=True)
    note = EncryptedTextField("note", max_length=300, blank=True)

    class Meta:
        verbose_name = "point de préparation"
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "code"],
                name="missions_item_once",
                violation_error_message="Ce point est déjà dans la liste.",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_private(self) -> bool:
        """Return whether this step holds travel data: an expiry date or a note."""
        return bool(self.valid_until or self.note)

    @property
    def who(self) -> str:
        """Return the label of the party in charge of this checklist step."""
        return WHO.get(self.party, self.party)

    @property
    def validity(self) -> str:
        """Return until when the paper of this step is valid, in French; "" without a date."""
        until = self.valid_until
        if until is None or getattr(until, "unreadable", False):
            return "" if until is None else f"valable jusqu’au : {until}"
        return f"valable jusqu’au {date_format(until, 'j N Y')}"


WHO = {
    "expert": "l’experte ou l’expert",
    "association": "l’association",
    "employeur": "l’employeur",
    "reseau": "le réseau",
    "partenaire": "le partenaire",
}


class Recheck(models.Model):
    """One check of a mission's blockers, made 15 or 3 days before its departure, or on its day."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="rechecks")
    days_before = models.PositiveSmallIntegerField("jours avant")
    blockers = models.JSONField("ce qui manquait", default=list, blank=True)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "nouvelle lecture"
        verbose_name_plural = "nouvelles lectures"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "days_before"],
                name="missions_recheck_once",
                violation_error_message="Cette lecture est déjà faite.",
            )
        ]

    def __str__(self) -> str:
        return f"J-{self.days_before} : {self.mission}"
