"""The journal: one append-only entry per action, chained by digests for each subject.

The subject of an entry is the row on which the action was taken: a need, a mission...
"""

import pgtrigger
from django.db import models
from django.utils import timezone

from .accesses import Access, Watch
from .blocks import Block, Head, Place
from .columns import never_emptied, transaction_column

__all__ = ["Access", "Block", "Entry", "EntryQuerySet", "Head", "Place", "Watch"]

# An update may only erase texts that name a person, and must then set a new second seal.
ONLY_NAMES = """
    IF NEW.second_seal = '' OR NEW.second_seal = OLD.second_seal
        OR to_jsonb(NEW) - ARRAY['name', 'acting_for', 'reason', 'details', 'second_seal']
        <> to_jsonb(OLD) - ARRAY['name', 'acting_for', 'reason', 'details', 'second_seal']
    THEN
        RAISE EXCEPTION 'the journal is append-only';
    END IF;
    RETURN NEW;
"""


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        """Return the entries about one subject, oldest first."""
        return self.filter(kind=subject._meta.label_lower, subject=subject.pk).order_by("rank")


class Entry(models.Model):
    """An action on a subject; `person` is a primary key, `name` the name of the person that day.

    `rank` numbers the entries of one subject from 1; `previous` is the digest of the previous
    entry. `second_seal` is blank until a person is erased from the entry; it then covers the erased
    entry and the original digest. `transaction` determines when the entry may be placed in a block.
    """

    at = models.DateTimeField("le", default=timezone.now, db_index=True)
    person = models.BigIntegerField("personne", null=True)
    name = models.CharField("nom", max_length=200)
    role = models.CharField("casquette", max_length=40)
    key = models.CharField("au titre de", max_length=120, blank=True)
    acting_for = models.CharField("pour", max_length=200, blank=True)
    kind = models.CharField("dossier", max_length=80)
    subject = models.BigIntegerField("numéro")
    rank = models.PositiveIntegerField("rang")
    verb = models.CharField("acte", max_length=60)
    source = models.CharField("état avant", max_length=40, blank=True)
    target = models.CharField("état après", max_length=40, blank=True)
    reason = models.TextField("motif", blank=True)
    details = models.JSONField("détails", default=dict, blank=True)
    previous = models.CharField("empreinte précédente", max_length=64)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    second_seal = models.CharField(
        "second sceau", max_length=64, blank=True, default="", db_default=""
    )
    transaction = transaction_column()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "rank"],
                name="audit_entry_rank",
                violation_error_message="Une autre ligne porte déjà ce rang dans ce dossier.",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="names_erased_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ONLY_NAMES,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind} {self.subject}"
