"""Blocks of lines sealed together, the place of each line, and the daily checkpoints (heads)."""

from django.db import models
from django.db.models import F, Q

from .columns import append_only


class Block(models.Model):
    """A signed block of journal lines: the root of their hash tree and the previous block's digest.

    `first` and `last` are the ranks of its lines among all sealed lines. `horizon` is a transaction
    number: every line of an earlier transaction is in this block or in an earlier block.
    """

    number = models.BigIntegerField("numéro", primary_key=True)
    first = models.BigIntegerField("première ligne", unique=True)
    last = models.BigIntegerField("dernière ligne")
    count = models.PositiveIntegerField("nombre de lignes")
    root = models.CharField("racine", max_length=64)
    previous = models.CharField("empreinte du bloc précédent", max_length=64)
    horizon = models.BigIntegerField("horizon")
    sealed_at = models.DateTimeField("scellé le")
    seal = models.CharField("sceau", max_length=128)

    class Meta:
        verbose_name = "bloc du journal"
        verbose_name_plural = "blocs du journal"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1, count__gte=1, last=F("first") + F("count") - 1),
                name="audit_block_counted",
                violation_error_message="Un bloc compte ses lignes de la première à la dernière.",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"bloc {self.number}"


class Place(models.Model):
    """The place of one line in a block: `source` and `row` name the line, `digest` is the leaf.

    The digest is computed when the line is written, so the block stays verifiable after an access
    is erased.
    """

    class Source(models.TextChoices):
        ENTRY = "entry", "acte"
        ACCESS = "access", "accès"

    block = models.BigIntegerField("bloc")
    index = models.PositiveIntegerField("place")
    source = models.CharField("sorte", max_length=6, choices=Source)
    row = models.BigIntegerField("ligne")
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "place d’une ligne"
        verbose_name_plural = "places des lignes"
        constraints = [
            models.UniqueConstraint(
                fields=["block", "index"],
                name="audit_place_once",
                violation_error_message="Une autre ligne a déjà cette place dans ce bloc.",
            ),
            models.UniqueConstraint(
                fields=["source", "row"],
                name="audit_place_of_a_line",
                violation_error_message="Cette ligne a déjà sa place dans un bloc.",
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"bloc {self.block}, place {self.index}"


class Head(models.Model):
    """A daily checkpoint: the last block, its digest, and the number of lines sealed so far.

    A copy kept elsewhere reveals that the journal was cut at its end. Heads made before blocks
    existed have no `block`: they hold the `last` entry and the digest of all entries up to that
    one.
    """

    day = models.DateField("jour", primary_key=True)
    block = models.BigIntegerField("bloc", null=True)
    last = models.BigIntegerField("dernière ligne", null=True)
    count = models.BigIntegerField("nombre de lignes")
    digest = models.CharField("empreinte", max_length=64)
    seal = models.CharField("sceau", max_length=128)

    class Meta:
        verbose_name = "repère du journal"
        verbose_name_plural = "repères du journal"
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.day} : {self.count} lignes"
