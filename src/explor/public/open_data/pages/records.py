"""Records of the data sets: dictionaries of plain values, without personal data."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from explor.journey.sheets.engine import status_of_days
from explor.journey.shortlists.selectors import missions_to_fill

from .. import selectors

Record = dict[str, Any]


def address_of(slug: str) -> str:
    """Return the URL of the public page of a project sheet."""
    return f"{settings.EXPLOR_URL}/projets/{slug}/"


def sheet_record(
    slug: str,
    network: str | None,
    published: Any,
    confirmed: Any,
    countries: list[str],
    content: Record,
    missions: list[Record],
    start: date | None,
    end: date | None,
    declared: str,
) -> Record:
    """Return the record of a project sheet, with all its fields.

    For privacy, the representative of the lead organisation, who is a person, is left out."""
    lead_organisation = {
        k: v for k, v in content.get("lead_organisation", {}).items() if k != "representative"
    }
    return {
        "slug": slug,
        "url": address_of(slug),
        "reseau": network,
        "publiee_le": timezone.localdate(published) if published else None,
        "confirmee_le": confirmed,
        "statut": status_of_days(start, end, declared, timezone.localdate()) or None,
        "pays": countries,
        "fiche": content | {"lead_organisation": lead_organisation},
        "missions": missions,
    }


def sheet_records() -> Iterator[Record]:
    """Yield the record of every published sheet."""
    for row in selectors.sheet_rows():
        yield sheet_record(*row)


def need_record(need: Any) -> Record:
    """Return the record of an announced need, a row annotated with `free_seats`."""
    return {
        "id": need.pk,
        "titre": need.title,
        "objectifs": need.objectives or None,
        "pays": need.country,
        "lieu": need.place or None,
        "jours": need.days,
        "du": need.window_start,
        "au": need.window_end,
        "places": need.free_seats,
        "secteurs": need.sectors,
        "competences": need.skills,
        "langues": [{"code": e.language, "niveau": e.level} for e in need.languages.all()],
        "association": need.association.name,
        "reseau": need.network.slug,
    }


def need_records() -> Iterator[Record]:
    """Yield the record of every announced need with a free seat."""
    return map(need_record, missions_to_fill().iterator(chunk_size=selectors.CHUNK))


def organisation_record(row: Any) -> Record:
    """Return the record of an association, a row annotated with `sheets`, a count of its sheets."""
    return {
        "slug": row.slug,
        "nom": row.name,
        "sorte": row.kind,
        "type_structure": row.structure_type or None,
        "siren": row.siren or None,
        "rna": row.rna or None,
        "departement": row.department or None,
        "commune": row.city or None,
        "site": row.website or None,
        "reseau": row.network.slug,
        "fiches": row.sheets,
    }


def organisation_records() -> Iterator[Record]:
    """Yield the record of every verified association with a published sheet."""
    return map(organisation_record, selectors.organisations().iterator(chunk_size=selectors.CHUNK))
