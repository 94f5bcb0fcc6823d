"""A key rotation killed by the system loses no value, and the next run completes the rotation."""

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from explor.ground.accounts.models import Person
from explor.ground.accounts.selectors import FACTOR_SECRETS
from explor.ground.encryption import ring, rotation
from factories import PersonFactory
from support.killing import KillableProcesses, await_end, killable_processes
from support.soak import length

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]
PEOPLE = 60


@pytest.fixture(scope="module")
def started(django_db_setup: None) -> Iterator[KillableProcesses]:
    """Return what starts processes: it loads Django once for these tests."""
    with killable_processes() as (made, _):
        yield made


def read() -> tuple[list[str], list[str]]:
    """Return the telephones, then the secrets of second factors, as their people read them."""
    phones = [person.phone for person in Person.objects.exclude(phone="").order_by("pk")]
    factors = Authenticator.objects.order_by("user_id")
    return phones, [FACTOR_SECRETS.text_of(row.data["secret"]) for row in factors]


def test_a_key_rotation_killed_by_the_system_is_resumed_and_loses_no_value(
    started: KillableProcesses,
    transactional_db: None,
    settings: Any,
    record_property: Callable[[str, object], None],
) -> None:
    keys = [ring.new_key()]
    settings.ENCRYPTION_KEYS = keys[0]
    for n in range(PEOPLE):
        person = PersonFactory(phone=f"06 00 00 00 {n:02}")
        totp.TOTP.activate(person, totp.generate_totp_secret())
    wanted = read()
    dice, kills, midway = random.Random(20261130), length(6, 300), 0
    for _ in range(kills):
        # The former rotation is over: a new key begins one. One that was killed before its first
        # value leaves all under the former key, which must stay in the ring.
        if set(rotation.values_by_key()) == {ring.ring()[0].id}:
            keys = [ring.new_key(), keys[0]]
            settings.ENCRYPTION_KEYS = ",".join(keys)
        process = started.start("rotate", settings.ENCRYPTION_KEYS)
        time.sleep(dice.uniform(0.02, 0.3))
        process.kill()
        await_end(process)
        held = rotation.values_by_key()
        midway += len(held) == 2
        assert held.total() == 2 * PEOPLE
        assert read() == wanted
    await_end(started.start("rotate", settings.ENCRYPTION_KEYS))
    assert rotation.values_by_key() == {ring.ring()[0].id: 2 * PEOPLE}
    assert read() == wanted
    record_property(
        "figure", f"{kills} kills -9 of a rotation, {midway} midway: 0 of {2 * PEOPLE} values lost"
    )
