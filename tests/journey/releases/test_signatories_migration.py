"""The migration that creates the signatories of the releases that existed before it."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from explor.journey.releases.models import Release, Signatory, Signature
from factories import (
    AgreementFactory,
    EmployerFactory,
    ExpertFactory,
    ProposalFactory,
    ReleaseFactory,
)

pytestmark = pytest.mark.django_db
migration: Any = import_module("explor.journey.releases.migrations.0011_first_chains")


def of_before(*parties: str) -> Release:
    """Return a release of a commune as before the migration, signed by the given parties."""
    employer = EmployerFactory(is_public=True, structure_type="COMMUNE")
    expert = ExpertFactory(network=employer.network, employer=employer)
    release = ReleaseFactory(
        proposal=ProposalFactory(agreed=True, expert=expert), scheme="CP", state="approved"
    )
    agreement = AgreementFactory(release=release)
    Release.objects.filter(pk=release.pk).update(agreement=agreement)
    Signatory.objects.filter(release=release).delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE releases_signature ALTER signatory_id DROP NOT NULL")
    Signature.objects.bulk_create(
        Signature(agreement=agreement, party=party, name=f"De {party}", sha256="0" * 64)
        for party in parties
    )
    return release


def test_the_migration_creates_signatories_and_links_each_signature_to_a_signatory() -> None:
    release = of_before("association", "employeur")
    migration.first_chains(apps, SimpleNamespace())
    places = Signatory.objects.filter(release=release)
    assert list(places.values_list("party", "rank", "name")) == [
        ("association", 0, "De association"),
        ("employeur", 0, "De employeur"),
        ("expert", 0, release.proposal.expert.person.name),
    ]
    signed = Signature.objects.order_by("party").values_list("signatory__party", flat=True)
    assert list(signed) == ["association", "employeur"]


def test_the_migration_of_signatories_gives_an_unsigned_commune_two_signatories() -> None:
    release = of_before()
    migration.first_chains(apps, SimpleNamespace())
    places = Signatory.objects.filter(release=release, party="employeur")
    assert list(places.values_list("capacity", flat=True)) == [
        "direction générale des services",
        "maire",
    ]
