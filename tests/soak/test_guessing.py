"""Guessing: only five of many concurrent passwords are checked; no delay reveals an account."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.db import connection, transaction
from django.test import Client

from explor.ground.accounts.actions import TRIES, open_account
from explor.ground.accounts.models import Person
from support.soak import SOAK, length

pytestmark = pytest.mark.soak
PASSWORD = "un-long-mot-de-passe"
GAP = 0.020  # seconds
FORMS = {
    "login/": {"login": "", "password": "faux-mot-de-passe-7"},
    "login/code/": {"email": ""},
    "password/reset/": {"email": ""},
    "signup/": {"email": "", "name": "Bo Exemple"},
}


def awa() -> Person:
    person = open_account(email="awa@exemple.test", name="Awa Exemple")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.django_db(transaction=True)
def test_only_five_of_many_passwords_tried_at_once_are_checked(
    monkeypatch: pytest.MonkeyPatch, unlogged: None, record_property: Callable[[str, object], None]
) -> None:
    awa()
    checked: list[str] = []
    verify = MD5PasswordHasher.verify

    def counted(self: MD5PasswordHasher, password: str, encoded: str) -> bool:
        checked.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(MD5PasswordHasher, "verify", counted)
    tries = length(40, 400)

    def send(number: int) -> bool:
        try:
            given = {"login": "awa@exemple.test", "password": f"faux-mot-de-passe-{number}"}
            answer = Client().post("/compte/login/", given)
            page = answer.content.decode()
            return "Recevez plutôt un code" in page or "Trop de demandes" in page
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        refused = sum(pool.map(send, range(tries)))
    assert (len(checked), refused) == (TRIES, tries - TRIES)
    record_property("figure", f"{tries} passwords tried at once: {len(checked)} checked")


def seconds(path: str, typed: dict[str, str], number: int) -> tuple[float, float]:
    """Return the processor and elapsed times of an answer to a new visitor, then undo it."""
    address = f"2001:db8:{number:x}::1"
    client = Client(raise_request_exception=False, REMOTE_ADDR=address)
    with transaction.atomic():
        work, started = time.process_time(), time.perf_counter()
        status = client.post(f"/compte/{path}", typed).status_code
        taken = time.process_time() - work, time.perf_counter() - started
        transaction.set_rollback(True)
    assert status in (200, 302)
    return taken


@pytest.mark.skipif(not SOAK, reason="longue preuve : make soak")
@pytest.mark.django_db
@pytest.mark.parametrize("path", FORMS)
def test_a_sign_in_answer_takes_as_long_for_a_known_address_as_for_an_unknown_one(
    settings: Any,
    unlogged: None,
    path: str,
    record_property: Callable[[str, object], None],
) -> None:
    hasher = f"{Argon2PasswordHasher.__module__}.{Argon2PasswordHasher.__name__}"
    settings.PASSWORD_HASHERS = [hasher]
    awa()
    name = "login" if path == "login/" else "email"
    times: dict[str, list[tuple[float, float]]] = {
        "awa@exemple.test": [],
        "personne@exemple.test": [],
    }
    rounds: int = length(20, 200)
    for number in range(rounds + 3):
        for email, taken in times.items():
            given: dict[str, Any] = FORMS[path] | {name: email}
            taken.append(seconds(path, given, 2 * number + len(email) % 2))
    pairs = list(zip(*(taken[3:] for taken in times.values()), strict=True))
    # Each pair is measured together. On a busy machine the elapsed time depends on other processes,
    # so only the processor time is checked; both are recorded.
    work, wait = (median(one[each] - other[each] for one, other in pairs) for each in (0, 1))
    assert abs(work) < GAP
    record_property(
        "figure",
        f"/compte/{path}: {rounds} answers to a known and to an unknown address, median gap"
        f" {work * 1000:+.1f} ms of work, {wait * 1000:+.1f} ms of wait",
    )
