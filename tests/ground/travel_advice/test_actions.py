"""The action that records a reading of travel advice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.travel_advice.actions import record_reading
from explor.ground.travel_advice.models import Advice

pytestmark = pytest.mark.django_db
OFFICER = Actor(person=7, name="Camille Exemple", role="reseau", scope=1, key="resacoop")


def values(**others):
    return {
        "country": "MG",
        "zone": "O",
        "read_on": timezone.localdate(),
        "url": "https://conseils.exemple.test/madagascar",
        "by": OFFICER,
    } | others


def test_a_recorded_travel_advice_reading_stores_its_reader_its_date_and_its_url():
    advice = record_reading(**values(place="  Antsirabé  nord ", text="Routes coupées."))
    advice.refresh_from_db()
    assert (advice.place, advice.place_key) == ("Antsirabé nord", "antsirabe nord")
    assert (advice.read_by, advice.read_by_name) == (7, "Camille Exemple")
    assert (advice.zone, advice.country_status) == ("O", "open")
    assert advice.text == "Routes coupées."
    assert str(advice) == f"Madagascar, Antsirabé nord, {timezone.localdate():%d/%m/%Y}"


def test_recording_a_travel_advice_reading_adds_a_journal_entry():
    advice = record_reading(**values())
    entry = Entry.objects.get()
    assert (entry.kind, entry.subject, entry.verb) == ("travel_advice.advice", advice.pk, "read")
    assert (entry.name, entry.role, entry.key) == ("Camille Exemple", "reseau", "resacoop")
    assert entry.details == {
        "zone": "O",
        "status": "open",
        "read_on": timezone.localdate().isoformat(),
    }


def test_recording_a_new_travel_advice_reading_keeps_the_earlier_one():
    record_reading(**values(zone="V"))
    record_reading(**values(zone="R"))
    assert sorted(Advice.objects.values_list("zone", flat=True)) == ["R", "V"]


def test_a_travel_advice_reading_dated_tomorrow_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ActionNotAllowed, match="dans l’avenir"):
        record_reading(**values(read_on=tomorrow))
    assert Advice.objects.count() == Entry.objects.count() == 0
