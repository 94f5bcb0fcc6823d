"""The secrets of second factors are encrypted; an unreadable secret opens no account."""

from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from explor.ground.accounts.models import Person
from explor.ground.accounts.selectors import FACTOR_SECRETS
from explor.ground.encryption import ring, rotation
from explor.ground.encryption.rotation import JsonStore
from factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory()
    return made


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def factor(kind: str) -> Any:
    return Authenticator.objects.get(type=kind)


BINDING: Any = import_module("explor.ground.accounts.migrations.0004_factors_bound_to_their_person")


def test_the_secret_of_an_authenticator_app_is_encrypted_and_its_codes_are_accepted(
    person: Person,
) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    assert factor("totp").data["secret"].startswith("e1.")
    assert secret not in str(factor("totp").data)
    assert factor("totp").wrap().validate_code(code_of(secret))


def test_recovery_codes_come_from_an_encrypted_seed_and_each_is_valid_once(person: Person) -> None:
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert factor("recovery_codes").data["seed"].startswith("e1.")
    assert factor("recovery_codes").wrap().get_unused_codes() == codes
    assert factor("recovery_codes").wrap().validate_code(codes[0])
    assert not factor("recovery_codes").wrap().validate_code(codes[0])


def test_a_factor_secret_changed_or_in_clear_is_refused_and_recovery_codes_still_work(
    person: Person,
) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    own = factor("totp").data["secret"]
    for forged in (secret, own[:-2], own.replace("e1.", "e2.")):
        Authenticator.objects.filter(type="totp").update(data={"secret": forged})
        assert not factor("totp").wrap().validate_code(code_of(secret))
    assert factor("recovery_codes").wrap().validate_code(codes[0])


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_swapping_the_factor_secrets_of_two_people_opens_neither_account(kind: str) -> None:
    one, other = PersonFactory.create_batch(2)
    known = {person.pk: totp.generate_totp_secret() for person in (one, other)}
    codes = {}
    for person in (one, other):
        totp.TOTP.activate(person, known[person.pk])
        codes[person.pk] = RecoveryCodes.activate(person).get_unused_codes()
    rows = {row.user_id: row.data for row in Authenticator.objects.filter(type=kind)}
    for person, data in ((one, rows[other.pk]), (other, rows[one.pk])):
        Authenticator.objects.filter(type=kind, user=person).update(data=data)
    for person in (one, other):
        row = Authenticator.objects.get(type=kind, user=person)
        for pk in known:
            code = code_of(known[pk]) if kind == "totp" else codes[pk][0]
            assert not row.wrap().validate_code(code)


def test_a_factor_row_moved_to_another_person_opens_no_account(person: Person) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    thief = PersonFactory()
    Authenticator.objects.update(user=thief)
    assert not factor("totp").wrap().validate_code(code_of(secret))


def test_a_factor_secret_encrypted_for_no_row_is_unreadable_and_opens_no_account(
    person: Person,
) -> None:
    data = {"secret": FACTOR_SECRETS.unsaved("SECRET")}
    Authenticator.objects.bulk_create([Authenticator(user=person, type="totp", data=data)])
    assert factor("totp").data == {"secret": "valeur sans ligne"}
    assert not factor("totp").wrap().validate_code(code_of("SECRETSECRETSECR"))


def test_the_migration_binds_existing_factor_secrets_to_their_rows_and_is_reversible(
    person: Person,
) -> None:
    secret, other = totp.generate_totp_secret(), PersonFactory()
    former = JsonStore("mfa_authenticator", "data", ("secret", "seed", "migrated_codes"))
    bound_to_column = former.seal(0, secret)
    for each, kept in ((person, bound_to_column), (other, "e1.00000000..perdu")):
        Authenticator.objects.create(user=each, type="totp", data={"secret": kept})
    own = Authenticator.objects.filter(user=person)
    assert not own.get().wrap().validate_code(code_of(secret)), "of before: bound to no person"
    BINDING.bind_to_people(None, None)
    assert own.get().wrap().validate_code(code_of(secret))
    once = own.get().data
    BINDING.bind_to_people(None, None)
    assert own.get().data == once, "twice changes nothing"
    assert Authenticator.objects.get(user=other).data == {"secret": "e1.00000000..perdu"}
    BINDING.bind_to_column(None, None)
    assert former.unseal(0, own.get().data["secret"]) == secret


def test_a_key_rotation_keeps_each_factor_secret_bound_to_its_person(
    person: Person, settings: Any
) -> None:
    secret = totp.generate_totp_secret()
    settings.ENCRYPTION_KEYS = former = ring.new_key()
    totp.TOTP.activate(person, secret)
    settings.ENCRYPTION_KEYS = f"{ring.new_key()},{former}"
    report = rotation.rotate()
    assert (report.renewed, report.unreadable) == (1, [])
    assert factor("totp").wrap().validate_code(code_of(secret))
    assert FACTOR_SECRETS.unseal(person.pk, factor("totp").data["secret"]) == secret
