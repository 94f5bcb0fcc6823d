"""Production refuses weak settings, with a sentence for each."""

import os
import subprocess
import sys

import pytest

from explor.site.config.strength import exposed, guessable, weaknesses

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"
GOOD = {
    "EXPLOR_PRODUCTION": "1",
    "SECRET_KEY": KEY,
    "JOURNAL_KEY": KEY[::-1],
    "ALLOWED_HOSTS": "explor.example",
    "EXPLOR_URL": "https://explor.example",
    "DATABASE_URL": "postgresql:///absent",
    "EXPLOR_ENCRYPTION_KEYS": "e" * 43,
}


@pytest.mark.parametrize(
    ("keys", "hosts", "url", "said"),
    [
        ({"SECRET_KEY": KEY}, ["explor.example"], "https://explor.example", ""),
        ({"SECRET_KEY": KEY[1:]}, ["a.example"], "https://a.example", "SECRET_KEY a moins de 50"),
        ({"SECRET_KEY": "k" * 50}, ["a.example"], "https://a.example", "SECRET_KEY se répète"),
        (
            {"SECRET_KEY": KEY, "JOURNAL_KEY": KEY},
            ["a.example"],
            "https://a.example",
            "JOURNAL_KEY et SECRET_KEY sont la même clé",
        ),
        ({"JOURNAL_KEY": ""}, ["a.example"], "https://a.example", "JOURNAL_KEY a moins de 50"),
        ({}, ["a.example", "*"], "https://a.example", "ALLOWED_HOSTS laisse passer"),
        ({}, [""], "https://a.example", "ALLOWED_HOSTS laisse passer"),
        ({}, ["a.example"], "http://a.example", "EXPLOR_URL ne commence pas par https://"),
    ],
)
def test_each_weak_production_setting_is_reported(
    keys: dict[str, str], hosts: list[str], url: str, said: str
) -> None:
    found = list(weaknesses(keys, hosts, url))
    assert [each.startswith(said) for each in found] == [True] * bool(said)


@pytest.mark.parametrize(
    ("database", "mail", "said"),
    [
        ("", "", []),
        ("postgresql:///explor", "", []),
        ("postgresql://explor@base/explor", "q8Zr-77", []),
        ("postgresql://explor:q8Zr-77@base/explor", "", []),
        ("postgresql://explor:Postgres@base/explor", "", ["DATABASE_URL"]),
        ("postgresql://association:association@base/explor", "", ["DATABASE_URL"]),
        ("postgresql://explor:change%6de@base/explor", "", ["DATABASE_URL"]),
        ("", "Password", ["EMAIL_HOST_PASSWORD"]),
    ],
)
def test_a_database_or_mail_password_that_is_easy_to_guess_is_reported(
    database: str, mail: str, said: list[str]
) -> None:
    found = list(guessable(database, mail))
    assert [name for each, name in zip(found, said, strict=True) if name in each] == said


@pytest.mark.parametrize(
    ("host", "password", "tls", "count"),
    [
        ("mail.example", "", None, 0),
        ("localhost", "q8Zr-77", None, 0),
        ("mail.example", "q8Zr-77", "1", 0),
        ("mail.example", "q8Zr-77", None, 1),
    ],
)
def test_a_password_sent_in_clear_to_a_remote_mail_server_is_reported(
    host: str, password: str, tls: str | None, count: int
) -> None:
    assert len(list(exposed(host, password, tls))) == count


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EXPLOR_URL", "https://explor.example", ""),
        (
            "EXPLOR_DEBUG",
            "1",
            "En production : donnez SECRET_KEY et JOURNAL_KEY, sans EXPLOR_DEBUG",
        ),
        ("EXPLOR_DEMO", "1", "En production : donnez SECRET_KEY et JOURNAL_KEY, sans EXPLOR_DEBUG"),
        ("JOURNAL_KEY", KEY, "JOURNAL_KEY et SECRET_KEY sont la même clé"),
        ("DATABASE_URL", "postgresql://u:postgres@b/x", "DATABASE_URL se devine"),
        ("SECRET_KEY", "courte", "En production : SECRET_KEY a moins de 50 caractères"),
        ("ALLOWED_HOSTS", "*", "En production : ALLOWED_HOSTS laisse passer tous les noms"),
        ("EXPLOR_URL", "http://explor.example", "En production : EXPLOR_URL ne commence pas"),
        ("EXPLOR_ENCRYPTION_KEYS", "", "En production : donnez EXPLOR_ENCRYPTION_KEYS"),
        ("EXPLOR_ENCRYPTION_KEYS", "courte", "En production : EXPLOR_ENCRYPTION_KEYS contient"),
    ],
)
def test_production_starts_only_with_strong_settings(name: str, value: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import explor.site.config.settings"],
        env={**os.environ, **GOOD, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0, said in done.stderr) == (not said, True)
