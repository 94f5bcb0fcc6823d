"""A person named as signatory changes the address of their account before signing."""

from dataclasses import replace

import pytest

from explor.actors.lending.models import Approver, LendingRules
from explor.ground.accounts.models import Person, PersonalLink
from explor.ground.ui import hooks
from explor.journey.releases import actions, rules
from explor.journey.releases.models import Signatory
from factories import (
    EmployerFactory,
    MemberFactory,
    ReleaseFactory,
    employer_actor,
)

from .test_signatories import again, granted, links_to, places

pytestmark = pytest.mark.django_db
FORMER, NEW = "maire@commune.test", "ida.roc@commune.test"


def readdress(former: str, new: str) -> None:
    for follow in hooks.get("accounts.readdressed"):
        follow(former, new)


@pytest.fixture
def place() -> Signatory:
    """Return the place of a signatory of the employer, who has received a link."""
    release = granted(ReleaseFactory())
    MemberFactory(organisation=release.employer, person__email=FORMER, position="signatory")
    (place,) = places(release, "employeur")
    given = {"name": "Ida Roc", "email": FORMER, "capacity": "maire"}
    return actions.name_signatory(place, by=employer_actor(release.employer), **given)


def test_a_signatory_who_changes_address_still_signs_and_the_former_link_is_revoked(
    place: Signatory,
) -> None:
    assert (len(links_to(FORMER)), len(links_to(NEW))) == (1, 0)
    person = Person.objects.get(email=FORMER)
    Person.objects.filter(pk=person.pk).update(email=NEW)
    readdress(FORMER, NEW)
    (now,) = places(place.release, "employeur")
    assert (now.name, now.email, now.capacity) == ("Ida Roc", NEW, "maire")
    by = replace(employer_actor(place.release.employer), email=NEW)
    assert rules.may_take(by, now)
    assert len(links_to(NEW)) == 1
    links = PersonalLink.objects.filter(email__in=(FORMER, NEW), revoked_at=None)
    assert [link.email for link in links] == [NEW]


def test_a_signature_already_given_keeps_the_address_that_signed(place: Signatory) -> None:
    release = again(place.release)
    by = replace(employer_actor(release.employer), email=FORMER)
    actions.sign(release, by=by, party="employeur")
    readdress(FORMER, NEW)
    assert Signatory.objects.get(pk=place.pk).email == FORMER


def test_the_approver_of_a_service_follows_their_address() -> None:
    lending = LendingRules.objects.create(employer=EmployerFactory())
    approver = Approver.objects.create(rules=lending, service="Eau", name="Ida", email=FORMER)
    readdress(FORMER, NEW)
    approver.refresh_from_db()
    assert approver.email == NEW
