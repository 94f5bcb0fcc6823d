"""A key rotation encrypts every value with the newest key, resumes after a kill, and loses none."""

from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection

from explor.actors.organisations.models import FieldPartner
from explor.ground.accounts.models import Person
from explor.ground.accounts.selectors import FACTOR_SECRETS
from explor.ground.encryption import ring, rotation
from explor.ground.encryption.fields import UNREADABLE
from explor.journey.missions.models import ChecklistItem
from factories import FieldPartnerFactory, MissionFactory, PersonFactory

from .test_fields import store, stored

pytestmark = pytest.mark.django_db
ACCOUNTS: Any = import_module("explor.ground.accounts.migrations.0003_encrypted_phones_and_factors")
BINDING: Any = import_module("explor.ground.accounts.migrations.0004_factors_bound_to_their_person")
MISSIONS: Any = import_module("explor.journey.missions.migrations.0004_encrypted_travel_data")


class Killed(Exception):
    """The process stops in the middle of a transaction."""


@pytest.fixture
def keys(settings: Any) -> tuple[str, str]:
    """Make the first of two keys the only one of the ring; the second one comes later."""
    former, newest = ring.new_key(), ring.new_key()
    settings.ENCRYPTION_KEYS = former
    return former, newest


def filled() -> None:
    for n in range(12):
        PersonFactory(phone=f"06 00 00 00 {n:02}")
    FieldPartnerFactory(phone="+261 34 00 000 01")
    item = ChecklistItem(mission=MissionFactory(), code="visa", label="Visa", note="Ambassade")
    item.save()
    person = PersonFactory()
    secret = FACTOR_SECRETS.seal(person.pk, "SECRET")
    Authenticator.objects.create(user=person, type="totp", data={"secret": secret})
    Authenticator.objects.create(user=PersonFactory(), type="webauthn", data={"name": "Clé"})


def test_a_key_rotation_encrypts_every_value_with_the_newest_key_and_changes_no_text(
    settings: Any, keys: tuple[str, str]
) -> None:
    filled()
    settings.ENCRYPTION_KEYS = ",".join(reversed(keys))
    newest, former = ring.ring()
    assert rotation.values_by_key() == {former.id: 15}
    report = rotation.rotate()
    assert (report.renewed, report.unreadable) == (15, [])
    assert rotation.values_by_key() == {newest.id: 15}
    settings.ENCRYPTION_KEYS = keys[1]
    phones = [person.phone for person in Person.objects.exclude(phone="").order_by("pk")]
    assert phones == [f"06 00 00 00 {n:02}" for n in range(12)]
    assert FieldPartner.objects.get(phone="0026134 00 00001").phone == "+261 34 00 000 01"
    assert ChecklistItem.objects.get(code="visa").note == "Ambassade"
    row = Authenticator.objects.get(type="totp")
    assert FACTOR_SECRETS.unseal(row.user_id, row.data["secret"]) == "SECRET"
    assert rotation.rotate().renewed == 0


@pytest.mark.django_db(transaction=True)
def test_a_key_rotation_killed_midway_is_resumed_and_loses_no_value(
    settings: Any, keys: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled()
    settings.ENCRYPTION_KEYS = ",".join(reversed(keys))
    newest, former = ring.ring()
    write, written = rotation.Store.write, []

    def write_until_killed(self: rotation.Store, pk: int, content: Any) -> None:
        if len(written) == 7:
            raise Killed
        written.append(pk)
        write(self, pk, content)

    with monkeypatch.context() as patch:
        patch.setattr(rotation.Store, "write", write_until_killed)
        with pytest.raises(Killed):
            rotation.rotate(size=5)
    assert rotation.values_by_key() == {newest.id: 5, former.id: 10}, "one batch was committed"
    phones = [person.phone for person in Person.objects.exclude(phone="").order_by("pk")]
    assert phones == [f"06 00 00 00 {n:02}" for n in range(12)]
    assert rotation.rotate(size=5).renewed == 10
    assert rotation.values_by_key() == {newest.id: 15}


def test_a_key_rotation_reports_unreadable_values_leaves_them_unchanged_and_continues(
    settings: Any, keys: tuple[str, str]
) -> None:
    one, other = PersonFactory(phone="06 00 00 00 01"), PersonFactory(phone="06 00 00 00 02")
    swapped = stored(other, "phone")
    store(one, "phone", swapped)
    settings.ENCRYPTION_KEYS = ",".join(reversed(keys))
    report = rotation.rotate()
    assert report.renewed == 1
    assert report.unreadable == [
        f"accounts_person.phone:{one.pk} : elle a été changée, ou vient d’une autre ligne"
    ]
    assert stored(one, "phone") == swapped
    assert Person.objects.get(pk=other.pk).phone == "06 00 00 00 02"


def test_the_migrations_encrypt_values_stored_in_clear_and_are_reversible() -> None:
    person = PersonFactory()
    store(person, "phone", "06 00 00 00 01")
    item = ChecklistItem.objects.create(mission=MissionFactory(), code="visa", label="Visa")
    store(item, "valid_until", "2027-03-01")
    codes = ["111", "222"]
    factors = Authenticator.objects.create(
        user=person, type="recovery_codes", data={"migrated_codes": codes, "used_mask": 0}
    )
    ACCOUNTS.encrypt_values(apps, None)
    BINDING.bind_to_people(apps, None)
    MISSIONS.encrypt_values(apps, None)
    assert rotation.values_by_key() == {ring.ring()[0].id: 4}
    assert Person.objects.get(phone="+33600000001") == person
    assert str(ChecklistItem.objects.get(pk=item.pk).valid_until) == "2027-03-01"
    factors.refresh_from_db()
    assert factors.wrap().get_unused_codes() == codes
    BINDING.bind_to_column(apps, None)
    ACCOUNTS.encrypt_values(apps, None)
    ACCOUNTS.decrypt_values(apps, None)
    MISSIONS.decrypt_values(apps, None)
    factors.refresh_from_db()
    assert factors.data == {"migrated_codes": codes, "used_mask": 0}
    assert (stored(person, "phone"), stored(item, "valid_until")) == (
        "06 00 00 00 01",
        "2027-03-01",
    )
    assert Person.objects.get(pk=person.pk).phone == UNREADABLE, "a value in clear is refused"


def test_a_key_rotation_reads_rows_in_batches(settings: Any, keys: tuple[str, str]) -> None:
    filled()
    settings.ENCRYPTION_KEYS = ",".join(reversed(keys))
    steps: list[int] = []
    rotation.rotate(size=5, done=steps.append)
    assert max(steps) == 15
    assert max(b - a for a, b in zip([0, *steps], steps, strict=False)) <= 5
    assert connection.in_atomic_block
