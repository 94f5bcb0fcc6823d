"""The public page of a sheet, saved and imported again."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from explor.engines.formats import Goal, Money, PartialDate, Sheet, kind_of, readings
from explor.engines.formats.sheets import LeadOrganisation, Link, StructureType
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet
from factories import SheetFactory

pytestmark = pytest.mark.django_db
SHEET = Sheet(
    title="Un puits </script><b>, « à » deux",
    start=PartialDate(year=2024, month=3),
    end=PartialDate(year=2026),
    locality="Fenoarivo | Nord",
    zones=("Afrique",),
    countries=("Madagascar", "Congo, République démocratique du"),
    budget=Money(amount=Decimal(1_200_000), currency="MGA"),
    regional_funders=("Région, exemple",),
    other_funders=("=1+1",),
    sectors=("Eau, assainissement",),
    goals=(Goal(number=6, weight=1), Goal(number=13)),
    lead_organisation=LeadOrganisation(
        name="Rives & Sources",
        structure_types=(StructureType(type="ASI", family="Association"),),
        address="3 rue des Essais, 69100 Ville",
        representative="Nora Exemple",
    ),
    links=(Link(label="Le site", url="https://exemple.fr/a(b)"),),
    context="Un.\n\n- deux\n- trois\n\n**Gras** et `code`",
    results="# Pas un titre",
)


def test_the_page_of_a_sheet_is_read_back_without_loss_except_the_representative(
    client: Any,
) -> None:
    content = engine.content_of(SHEET)
    row = SheetFactory(title="Un puits")
    ProjectSheet.objects.filter(pk=row.pk).update(content=content)
    page = client.get(f"/projets/{row.slug}/").content
    kind, _ = kind_of("Un puits.html", page)
    (reading,) = readings(kind, page, "Un puits.html", {})
    lead = replace(SHEET.lead_organisation, representative=None)
    assert reading.sheet == replace(engine.sheet_of(content), lead_organisation=lead)
    assert reading.source_id is not None
    assert reading.source_id.endswith(f"/projets/{row.slug}/")
