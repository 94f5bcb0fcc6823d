"""What each set tells of a row: plain values, nothing personal."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from explor.actors.organisations.models import Organisation
from explor.ground.reference.queries import terms
from explor.journey.sheets.engine import status_of_days
from explor.journey.sheets.models import ProjectSheet
from explor.journey.shortlists.selectors import missions_to_fill

Record = dict[str, Any]
CHUNK = 1000
SHEET = (
    *("slug", "network__slug", "published_at", "confirmed_on", "countries", "content", "missions"),
    *("start_on", "end_on", "declared"),
)


def address_of(slug: str) -> str:
    """Where a sheet is read."""
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
    """A whole sheet; the representative of its lead organisation is a person and stays out."""
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
    """Every published sheet as it was when the reading began."""
    rows = ProjectSheet.objects.published().order_by("pk").values_list(*SHEET)
    with transaction.atomic():  # a plain cursor: nothing is copied aside by the database
        for row in rows.iterator(chunk_size=CHUNK):
            yield sheet_record(*row)


def need_record(need: Any) -> Record:
    """A mission that looks for someone: `need.free_seats` are not held."""
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
    """Every mission that looks for someone."""
    return map(need_record, missions_to_fill().iterator(chunk_size=CHUNK))


def organisations() -> "QuerySet[Organisation, Organisation]":
    """Verified associations that have a published sheet, `sheets` of them."""
    return (
        Organisation.objects.verified()
        .annotate(sheets=Count("projects__sheet", filter=Q(projects__sheet__state="published")))
        .filter(sheets__gt=0)
        .select_related("network")
        .order_by("pk")
    )


def organisation_record(row: Any) -> Record:
    """An association, as it made itself known to anyone."""
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
    """Every association that has a published sheet."""
    return map(organisation_record, organisations().iterator(chunk_size=CHUNK))


def centre_of(code: str) -> tuple[float, float] | None:
    """The point that stands for a country: degrees east, degrees north."""
    found = terms("countries").get(code)
    if found is None or not found.extra.get("lon"):
        return None
    return float(found.extra["lon"]), float(found.extra["lat"])
