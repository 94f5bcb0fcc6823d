"""The searchable copy of published sheets, which a database trigger keeps up to date."""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from explor.journey.sheets.models import ProjectSheet

from .triggers import LIST

# PostgreSQL text search configuration of the first migration: no accents, French stemming.
CONFIG = "explor"


def moment_of(revision: int) -> datetime:
    """Return the time of an index revision, whose number counts microseconds since 1970."""
    return datetime.fromtimestamp(revision / 1_000_000, UTC)


class Listing(models.Model):
    """The searchable copy of a published sheet, written only by the database trigger.

    `tags` are « facet:value », such as « pays:BF ». `index_revision` is the number of the revision
    of the directory that last changed this row. `live` is false once the sheet is withdrawn.
    """

    sheet = models.OneToOneField(ProjectSheet, models.CASCADE, primary_key=True)
    live = models.BooleanField("publiée")
    index_revision = models.BigIntegerField("révision", db_index=True)
    tags = ArrayField(models.TextField(), verbose_name="étiquettes")
    published_at = models.DateTimeField("publiée le")
    start_on = models.DateField("début au plus tôt", null=True)
    end_on = models.DateField("fin au plus tard", null=True)
    declared = models.CharField("statut déclaré", max_length=20)
    year = models.PositiveSmallIntegerField("année de début", null=True)
    title_key = models.CharField("titre, pour le rang", max_length=250)
    title_words = SearchVectorField("mots du titre")
    words = SearchVectorField("mots")

    class Meta:
        verbose_name = "ligne de l’annuaire"
        verbose_name_plural = "lignes de l’annuaire"
        indexes = [
            GinIndex(fields=["words"], name="listing_words"),
            GinIndex(fields=["title_words"], name="listing_title_words"),
        ]

    def __str__(self) -> str:
        return self.title_key

    @property
    def changed_at(self) -> datetime:
        """Return when this listing last changed."""
        return moment_of(self.index_revision)


class ListedSheet(ProjectSheet):
    """Proxy of `ProjectSheet` that declares the trigger which writes its `Listing`.

    A proxy, because the application of project sheets must not depend on the directory.
    """

    class Meta:
        proxy = True
        verbose_name = "fiche de l’annuaire"
        verbose_name_plural = "fiches de l’annuaire"
        triggers = [LIST]


class IndexRevision(models.Model):
    """The revision of the directory: one row, whose number rises at each change of a listing."""

    number = models.BigIntegerField("numéro")

    class Meta:
        verbose_name = "révision de l’index"
        verbose_name_plural = "révisions de l’index"

    def __str__(self) -> str:
        return str(self.number)


class Vocabulary(models.Model):
    """A word of the names, titles and purposes of sheets, used to suggest spellings."""

    word = models.CharField("mot", max_length=60, primary_key=True)
    # As the configuration `explor` makes it of a word without accents.
    stem = models.GeneratedField(
        expression=models.Func(
            models.Value("french_stem"),
            models.F("word"),
            function="ts_lexize",
            template="(%(function)s(%(expressions)s))[1]",
        ),
        output_field=models.TextField(null=True),
        db_persist=True,
        verbose_name="racine",
    )

    class Meta:
        verbose_name = "mot connu"
        verbose_name_plural = "mots connus"
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="vocabulary_trigrams"),
            models.Index(fields=["stem"], name="vocabulary_stem"),
        ]

    def __str__(self) -> str:
        return self.word
