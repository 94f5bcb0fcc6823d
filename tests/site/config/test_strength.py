"""Production refuses weak settings, with a sentence for each."""

import os
import subprocess
import sys

import pytest

from explor.site.config.strength import weaknesses

KEY = "k" * 50
GOOD = {
    "EXPLOR_PRODUCTION": "1",
    "SECRET_KEY": KEY,
    "JOURNAL_KEY": "j" * 50,
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
        ({"JOURNAL_KEY": ""}, ["a.example"], "https://a.example", "JOURNAL_KEY a moins de 50"),
        ({}, ["a.example", "*"], "https://a.example", "ALLOWED_HOSTS laisse passer"),
        ({}, [""], "https://a.example", "ALLOWED_HOSTS laisse passer"),
        ({}, ["a.example"], "http://a.example", "EXPLOR_URL ne commence pas par https://"),
    ],
)
def test_each_weak_setting_is_said(
    keys: dict[str, str], hosts: list[str], url: str, said: str
) -> None:
    found = list(weaknesses(keys, hosts, url))
    assert [each.startswith(said) for each in found] == [True] * bool(said)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EXPLOR_URL", "https://explor.example", ""),
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
