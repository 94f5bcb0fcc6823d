"""Departures of the demonstration."""

import pytest
from django.utils import timezone

from explor.journey.releases import actions, engine, rules, selectors
from explor.journey.releases.models import Release, Signature
from explor.site.demo.departures import _sign, _sign_half
from factories import (
    EmployerFactory,
    ExpertFactory,
    MemberFactory,
    ProposalFactory,
    ReleaseFactory,
    employer_actor,
    officer_actor,
)

pytestmark = pytest.mark.django_db


def commune() -> Release:
    """Return a release of a commune that can be signed, with members in each organisation."""
    employer = EmployerFactory(is_public=True, structure_type="COMMUNE", schemes=["CP"])
    expert = ExpertFactory(network=employer.network, employer=employer)
    release = ReleaseFactory(proposal=ProposalFactory(agreed=True, expert=expert))
    MemberFactory(organisation=employer)
    MemberFactory(organisation=release.proposal.need.association)
    actions.approve(release, by=employer_actor(employer), scheme="CP")
    if rules.unconfirmed(release, engine.reading_of(release, "CP", timezone.localdate())):
        actions.confirm_scheme(release, by=officer_actor(release.proposal.need.network))
    return release


def again(release: Release) -> Release:
    return selectors.with_related(Release.objects.filter(pk=release.pk)).get()


def test_a_half_signed_demonstration_agreement_awaits_the_mayor_of_the_commune() -> None:
    release = commune()
    _sign_half(release)
    assert [each.name for each in Signature.objects.all()] == ["Noé Valmy"]
    assert str(rules.next_of(again(release), "employeur")) == "Ilona Faber (maire)"


def test_a_signed_demonstration_agreement_of_a_commune_has_all_its_signatures() -> None:
    release = commune()
    _sign(release)
    assert (again(release).state, Signature.objects.count()) == ("agreed", 4)
