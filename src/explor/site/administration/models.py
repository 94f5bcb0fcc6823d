"""The backups that `explor backup` made."""

from django.db import models
from django.utils import timezone


class Backup(models.Model):
    """A backup that ended well; a restored database holds those made before its own."""

    made_at = models.DateTimeField("faite le", default=timezone.now)
    name = models.CharField("fichier", max_length=250)
    size = models.PositiveBigIntegerField("taille")
    files = models.PositiveIntegerField("fichiers")

    class Meta:
        verbose_name = "sauvegarde"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
