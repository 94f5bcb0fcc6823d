"""The emergency contact in the copy, the erasure and the term of an expert."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.privacy.actions import purge
from explor.journey.emergency_contacts.actions import erase_contacts, give_contact
from explor.journey.emergency_contacts.models import EmergencyContact
from explor.journey.emergency_contacts.selectors import own_contacts
from factories import EmergencyContactFactory, MissionFactory
from support.missions import prepared

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Lalao", "tie": "ma sœur", "phone": "+261340000001", "language": "mg"}


def test_the_copy_gives_the_contacts_of_the_person_alone() -> None:
    contact = EmergencyContactFactory()
    EmergencyContactFactory(name="Autre")
    (copied,) = own_contacts(contact.mission.expert.person)
    assert copied["son nom"] == "Lalao Andria"
    assert copied["son téléphone"] == "+33 6 00 00 00 01"


def test_an_erasure_deletes_the_contacts_of_the_person_alone() -> None:
    contact, other = EmergencyContactFactory(), EmergencyContactFactory()
    erase_contacts(contact.mission.expert.person, by=SYSTEM)
    assert list(EmergencyContact.objects.all()) == [other]


def test_the_contact_of_a_cancelled_mission_goes_thirty_days_after_the_cancellation() -> None:
    today, now = timezone.localdate(), timezone.now()
    mission = MissionFactory(state="cancelled", cause="ZONE", ended_on=today)
    contact = EmergencyContactFactory(mission=mission)
    purge(now=now + timedelta(days=29))
    assert EmergencyContact.objects.filter(pk=contact.pk).exists()
    purge(now=now + timedelta(days=31))
    assert not EmergencyContact.objects.exists()
    verbs = Entry.objects.filter(kind="emergency_contacts.emergencycontact")
    assert list(verbs.values_list("verb", "reason", "details")) == [("erase_contact", "", {})]


def test_no_contact_is_given_for_a_mission_that_is_over() -> None:
    mission = MissionFactory(state="closed")
    with pytest.raises(ActionNotAllowed, match="plus rien à préparer"):
        give_contact(EmergencyContact(mission=mission), by=SYSTEM, changes=GIVEN)


def test_a_contact_withdrawn_meanwhile_is_not_given_back_by_an_old_page() -> None:
    contact = EmergencyContactFactory(mission=prepared())
    EmergencyContact.objects.all().delete()
    with pytest.raises(EditConflict, match="retiré entre-temps"):
        give_contact(contact, by=SYSTEM, changes=GIVEN)
