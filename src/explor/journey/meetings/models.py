"""The meetings of a committee."""

from django.db import models

from explor.ground.http.actor import Actor
from explor.ground.ui.pdf import French
from explor.ground.workflow.models import WorkflowModel
from explor.journey.committees.models import CommitteeMember

from .states import CURRENT, MEETING, MeetingState


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """Keep the meetings that `actor` may see.

        A network sees the meetings of its calls, the chair those of the committee, the system all
        meetings; the other members see none.
        """
        if actor.role == "reseau":
            return self.filter(call__network=actor.scope)
        if actor.role == "comite":
            chair = CommitteeMember.objects.filter(person=actor.person, chair=True)
            return self.filter(call=actor.scope, call__committee__in=chair)
        return self if actor.role == "systeme" else self.none()


class Meeting(WorkflowModel):
    """A meeting of a committee: members present, minutes, and signature of the minutes.

    `minutes_text` keeps the content of the minutes as the chair read them before signing.
    """

    workflow = MEETING

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="meetings")
    on = models.DateTimeField("séance du")
    place = models.CharField("lieu ou lien de visioconférence", max_length=200, blank=True)
    state = models.CharField(
        "état", max_length=10, choices=MeetingState, default=MeetingState.PLANNED
    )
    present = models.ManyToManyField(
        CommitteeMember, blank=True, related_name="meetings", verbose_name="présentes et présents"
    )
    minutes = models.ForeignKey(
        "files.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes_text = models.JSONField(
        "texte du procès-verbal", default=dict, blank=True, encoder=French
    )
    signed_by = models.CharField("signé par", max_length=200, blank=True)
    signed_at = models.DateTimeField("signé le", null=True, blank=True)
    digest = models.CharField("empreinte du texte signé", max_length=64, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(state__in=CURRENT),
                name="meetings_one_current",
                violation_error_message="Une séance de ce comité est déjà prévue ou ouverte.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MeetingState.SIGNED) | ~models.Q(digest=""),
                name="meetings_signed_text",
                violation_error_message="On signe un procès-verbal établi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Séance du comité : {self.call}"
