"""Open data files."""

from django.db import models


class Dataset(models.Model):
    """An open data file, written by a job and served without change.

    `made_at` and `index_revision` are the time, and the revision of the directory, when the job
    started to query the data. `remarks` are shown to officers: see `pages.Remark`.
    """

    name = models.CharField("nom du fichier", max_length=60, unique=True)
    file = models.FileField("fichier", upload_to="donnees", max_length=120)
    size = models.BigIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte", max_length=64)
    rows = models.PositiveIntegerField("nombre de lignes")
    made_at = models.DateTimeField("fait le")
    index_revision = models.BigIntegerField("révision de l’index", default=0)
    remarks = models.JSONField("remarques", default=list, blank=True)

    class Meta:
        verbose_name = "fichier de données ouvertes"
        verbose_name_plural = "fichiers de données ouvertes"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
