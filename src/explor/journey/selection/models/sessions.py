"""The committee meets."""

from django.db import models

from explor.ground.common.actor import Actor
from explor.ground.common.models import Gated
from explor.ground.common.pdf import French

from ..states import MEETING, SESSION, SessionState
from .committee import CommitteeMember


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> "SessionQuerySet":
        """The network of the call, and whoever chairs its committee."""
        if actor.hat == "reseau":
            return self.filter(call__network=actor.scope)
        if actor.hat == "comite":
            chair = CommitteeMember.objects.filter(person=actor.person, chair=True)
            return self.filter(call=actor.scope, call__committee__in=chair)
        return self if actor.hat == "systeme" else self.none()


class Session(Gated):
    """One meeting of a committee: who was there, what was decided, the minutes and who signed."""

    workflow = SESSION

    call = models.ForeignKey("calls.Call", models.PROTECT, related_name="sessions")
    on = models.DateTimeField("séance du")
    place = models.CharField("lieu ou lien", max_length=200, blank=True)
    state = models.CharField(
        "état", max_length=10, choices=SessionState, default=SessionState.PLANNED
    )
    present = models.ManyToManyField(
        CommitteeMember, blank=True, related_name="sessions", verbose_name="présentes et présents"
    )
    minutes = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    told = models.JSONField("texte du procès-verbal", default=dict, blank=True, encoder=French)
    signed_by = models.CharField("signé par", max_length=200, blank=True)
    signed_at = models.DateTimeField("signé le", null=True, blank=True)
    digest = models.CharField("empreinte du texte signé", max_length=64, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(state__in=MEETING),
                name="selection_one_session",
                violation_error_message="Une séance de ce comité est déjà prévue ou ouverte.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=SessionState.SIGNED) | ~models.Q(digest=""),
                name="selection_session_signed_text",
                violation_error_message="On signe un procès-verbal établi.",
            ),
        ]

    def __str__(self) -> str:
        return f"Séance du comité : {self.call}"
