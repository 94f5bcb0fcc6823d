"""The outbox of e-mail messages, and the addresses that bounce."""

from django.db import models
from django.utils import timezone


class Delivery(models.TextChoices):
    """The delivery state of a message."""

    WAITING = "waiting", "à envoyer"
    DIGEST = "digest", "dans la lettre du jour"
    SENT = "sent", "envoyé"
    FAILED = "failed", "non remis"


class MessageQuerySet(models.QuerySet["Message"]):
    def about(self, subject: models.Model) -> "MessageQuerySet":
        """Return the messages about one subject, latest first."""
        key = f"{subject._meta.label_lower}:{subject.pk}"
        return self.filter(about=key).order_by("-pk")

    def given_back(self) -> "MessageQuerySet":
        """Return the messages that were sent and then returned by a mail server."""
        return self.filter(delivery=Delivery.FAILED, sent_at__isnull=False)


class Message(models.Model):
    """An e-mail message to one address, saved in the transaction of the action it announces."""

    to = models.EmailField("à")
    person = models.BigIntegerField("personne", null=True, blank=True)
    kind = models.CharField("sorte", max_length=80)
    about = models.CharField("dossier", max_length=80, blank=True)
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte")
    url = models.CharField("lien", max_length=500, blank=True)
    secret = models.BooleanField("texte oublié une fois envoyé", default=False)
    urgent = models.BooleanField("sans attendre", default=False)
    delivery = models.CharField("remise", max_length=10, choices=Delivery, default=Delivery.WAITING)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    error = models.CharField("erreur", max_length=500, blank=True)
    created_at = models.DateTimeField("écrit le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        indexes = [
            models.Index(fields=["delivery", "to"], name="messaging_message_delivery"),
            models.Index(fields=["about"], name="messaging_message_about"),
            models.Index(fields=["-created_at"], name="messaging_message_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} -> {self.to}"


class BadAddress(models.Model):
    """An address that bounced permanently; officers see a warning on the pages of its owner."""

    email = models.EmailField("adresse", unique=True)
    reason = models.CharField("réponse reçue", max_length=500)
    since = models.DateTimeField("depuis", default=timezone.now)

    class Meta:
        verbose_name = "adresse qui ne répond pas"
        verbose_name_plural = "adresses qui ne répondent pas"

    def __str__(self) -> str:
        return self.email
