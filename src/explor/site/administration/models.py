"""The backups created by `explor backup`."""

from django.db import models
from django.utils import timezone


class Backup(models.Model):
    """A backup that succeeded.

    A restored database lists the earlier backups only, not the backup that it comes from.
    """

    made_at = models.DateTimeField("faite le", default=timezone.now)
    name = models.CharField("fichier", max_length=250)
    size = models.PositiveBigIntegerField("taille")
    files = models.PositiveIntegerField("fichiers")

    class Meta:
        verbose_name = "sauvegarde"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
