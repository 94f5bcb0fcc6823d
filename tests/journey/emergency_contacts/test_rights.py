"""The emergency contact of an expert in the copy of their data, in an erasure and at its term."""

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


def test_the_copy_of_my_data_contains_only_the_emergency_contacts_of_the_person() -> None:
    contact = EmergencyContactFactory()
    EmergencyContactFactory(name="Autre")
    (copied,) = own_contacts(contact.mission.expert.person)
    assert copied["son nom"] == "Lalao Andria"
    assert copied["son téléphone"] == "+33 6 00 00 00 01"


def test_an_erasure_deletes_only_the_emergency_contacts_of_the_person() -> None:
    contact, other = EmergencyContactFactory(), EmergencyContactFactory()
    erase_contacts(contact.mission.expert.person, by=SYSTEM)
    assert list(EmergencyContact.objects.all()) == [other]


def test_the_emergency_contact_of_a_cancelled_mission_is_erased_thirty_days_later() -> None:
    today, now = timezone.localdate(), timezone.now()
    mission = MissionFactory(state="cancelled", cause="ZONE", ended_on=today)
    contact = EmergencyContactFactory(mission=mission)
    purge(now=now + timedelta(days=29))
    assert EmergencyContact.objects.filter(pk=contact.pk).exists()
    purge(now=now + timedelta(days=31))
    assert not EmergencyContact.objects.exists()
    verbs = Entry.objects.filter(kind="emergency_contacts.emergencycontact")
    assert list(verbs.values_list("verb", "reason", "details")) == [("erase_contact", "", {})]


def test_giving_an_emergency_contact_for_an_ended_mission_is_refused() -> None:
    mission = MissionFactory(state="closed")
    with pytest.raises(ActionNotAllowed, match="plus rien à préparer"):
        give_contact(EmergencyContact(mission=mission), by=SYSTEM, changes=GIVEN)


def test_saving_an_emergency_contact_withdrawn_since_the_page_opened_is_a_conflict() -> None:
    contact = EmergencyContactFactory(mission=prepared())
    EmergencyContact.objects.all().delete()
    with pytest.raises(EditConflict, match="retiré entre-temps"):
        give_contact(contact, by=SYSTEM, changes=GIVEN)
