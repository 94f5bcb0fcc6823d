"""The secrets of second factors are encrypted; one that cannot be read lets nobody in."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp

from explor.ground.accounts.models import Person
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


def test_the_secret_of_an_application_is_encrypted_and_its_codes_are_right(person: Person) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    assert factor("totp").data["secret"].startswith("e1.")
    assert secret not in str(factor("totp").data)
    assert factor("totp").wrap().validate_code(code_of(secret))


def test_recovery_codes_are_drawn_from_an_encrypted_seed_and_serve_once(person: Person) -> None:
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert factor("recovery_codes").data["seed"].startswith("e1.")
    assert factor("recovery_codes").wrap().get_unused_codes() == codes
    assert factor("recovery_codes").wrap().validate_code(codes[0])
    assert not factor("recovery_codes").wrap().validate_code(codes[0])


def test_a_secret_in_clear_or_changed_is_refused_and_the_recovery_codes_still_serve(
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
