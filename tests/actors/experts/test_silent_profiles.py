"""A profile without contact for two years is erased; any contact keeps it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from explor.actors.experts.actions import confirm
from explor.actors.experts.models import Consent, Expert
from explor.actors.experts.selectors import silent_profiles
from explor.ground.accounts.models import Person
from explor.ground.audit.actions import log
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.privacy.actions import purge
from factories import (
    AgreementFactory,
    ExpertFactory,
    MissionFactory,
    OfficerFactory,
    ProposalFactory,
    expert_actor,
)

pytestmark = pytest.mark.django_db
LATER = timedelta(days=800)


def sign_in(expert: Expert) -> None:
    Person.objects.filter(pk=expert.person_id).update(last_login=timezone.now() + LATER)


def act_elsewhere(expert: Expert) -> None:
    person = Actor(person=expert.person_id, name="Nora", role="comite")
    log(expert.network, "describe", by=person)


def be_proposed(expert: Expert) -> None:
    ProposalFactory(expert=expert, state="declined")


def leave(expert: Expert) -> None:
    MissionFactory(release__proposal__expert=expert, state="away")


@pytest.mark.parametrize(
    ("contact", "kept"),
    [
        (lambda expert: None, False),
        (sign_in, True),
        (lambda expert: confirm(expert, by=expert_actor(expert)), True),
        (act_elsewhere, True),
        (be_proposed, True),
        (leave, True),
    ],
    ids=["none", "sign-in", "edit", "act", "proposal", "mission"],
)
def test_a_profile_with_any_contact_in_the_last_two_years_is_not_erased(
    contact: Callable[[Expert], None], kept: bool
) -> None:
    expert = ExpertFactory()
    old = timezone.now() - timedelta(days=900)
    Expert.objects.update(created_at=old, state_since=old, confirmed_on=old.date())
    Person.objects.update(joined_at=old)
    contact(expert)
    due = silent_profiles(timezone.now() - timedelta(days=730))
    assert due.filter(pk=expert.pk).exists() is not kept


def test_a_profile_in_a_running_mission_is_never_due_for_erasure() -> None:
    mission = MissionFactory(state="away")
    far = timezone.now() + timedelta(days=9999)
    assert not silent_profiles(far).filter(pk=mission.expert_id).exists()


def after_the_term() -> None:
    """Run the purge on the night of the notice, then a month later."""
    for days in (1200, 1231):
        purge(now=timezone.now() + timedelta(days=days))


def test_erasing_a_silent_profile_also_erases_its_account_and_all_its_rows() -> None:
    expert = ExpertFactory(person__name="Nora Exemple")
    EmailAddress.objects.create(user=expert.person, email=expert.person.email)
    after_the_term()
    assert Expert.objects.count() == 0
    assert Consent.objects.count() == 0
    assert not Person.objects.filter(pk=expert.person_id).exists()
    assert EmailAddress.objects.count() == 0
    entry = Entry.objects.about(expert).get(verb="end_profile")
    assert "Nora" not in f"{entry.name} {entry.details} {entry.reason}"


def test_erasing_the_silent_profile_of_a_person_with_another_role_keeps_their_account() -> None:
    expert = ExpertFactory()
    OfficerFactory(person=expert.person)
    after_the_term()
    assert Expert.objects.count() == 0
    assert Person.objects.get(pk=expert.person_id).is_active


@pytest.mark.parametrize("agreed", [True, False])
def test_erasing_a_profile_with_an_old_mission_leaves_its_name_only_in_the_agreement(
    agreed: bool,
) -> None:
    mission: Any = MissionFactory(state="closed", closed_from="returned")
    expert, person = mission.expert, mission.expert.person
    if agreed:
        AgreementFactory(release=mission.release)
    after_the_term()
    expert.refresh_from_db()
    person.refresh_from_db()
    assert (expert.job, expert.summary, expert.employer, expert.state) == ("", "", None, "draft")
    assert not expert.languages.exists()
    assert not expert.consents.exists()
    assert (person.is_active, person.phone) == (False, "")
    assert person.email.endswith("@efface.invalid")
    assert (person.name == "Personne effacée") is not agreed
    before = Entry.objects.about(expert).count()
    after_the_term()
    assert Entry.objects.about(expert).count() == before
