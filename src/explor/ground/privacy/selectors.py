"""Queries on purges, and the register of processing, read from the files of `data/`."""

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from explor.ground.http.models import IdempotencyKey, RequestCount

from .models import PurgeReport

DATA = Path(__file__).parent / "data"
NONE = "none"  # the treatment of a column without personal data


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """A processing of personal data, an entry of the register (GDPR, article 30).

    `terms` are keys of `terms.TERMS`; `kept` is a French text that completes or replaces them.
    `basis` is the legal basis, `source` the law on which the basis or the term rests.
    """

    key: str
    label: str
    purpose: str
    basis: str
    readers: str
    terms: tuple[str, ...]
    kept: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """Columns of a model with the treatment of their data, or `NONE` and a reason.

    `ends` are keys of `terms.TERMS`, or of `terms.ENDS` for data without a term. `fields` is
    `("*",)` for a model without any personal data.
    """

    model: str
    fields: tuple[str, ...]
    treatment: str
    ends: tuple[str, ...]
    reason: str


@cache
def treatments() -> tuple[Treatment, ...]:
    """Return the treatments in the order of the register."""
    return tuple(
        Treatment(**{**row, "terms": tuple(row["terms"].split())})  # type: ignore[arg-type]
        for row in _rows("treatments")
    )


@cache
def columns() -> tuple[Column, ...]:
    """Return which columns of the models contain personal data, and their treatment."""
    return tuple(
        Column(
            model=row["model"],
            fields=tuple(row["fields"].split()),
            treatment=row["treatment"],
            ends=tuple(row["ends"].split()),
            reason=row["reason"],
        )
        for row in _rows("columns")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def old_keys(before: datetime) -> "QuerySet[IdempotencyKey]":
    """Return the idempotency keys of forms sent before an instant."""
    return IdempotencyKey.objects.filter(at__lt=before)


def old_counts(before: datetime) -> "QuerySet[RequestCount]":
    """Return the counts of requests that ended before an instant."""
    return RequestCount.objects.filter(ends_at__lt=before)


def last_report() -> PurgeReport | None:
    """Return the report of the last purge, None before the first one."""
    return PurgeReport.objects.first()
