"""The key of the journal: created once, for one account; a former one still verifies."""

import threading
from pathlib import Path
from typing import Any

import pytest

from explor.ground.audit.engine import keys


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.JOURNAL_SEAL_KEY = tmp_path / "seal" / "key.pem"
    settings.JOURNAL_PUBLIC_KEYS = tmp_path / "journal" / "public.txt"
    return tmp_path


def test_the_first_signature_creates_a_journal_key_that_only_this_system_account_reads() -> None:
    seal = keys.sign("texte")
    assert keys.key_path().stat().st_mode & 0o777 == 0o600
    assert keys.key_path().parent.stat().st_mode & 0o077 == 0
    assert keys.is_signed("texte", seal)
    assert not keys.is_signed("Texte", seal)


def test_signatures_of_the_journal_are_verified_with_the_public_key_file_alone() -> None:
    seal = keys.sign("texte")
    keys.key_path().unlink()
    assert keys.is_signed("texte", seal)


def test_a_seal_made_with_a_former_journal_key_is_still_verified() -> None:
    old = keys.sign("texte")
    former = keys.set_aside()
    assert former is not None
    new = keys.sign("texte")
    assert old != new
    assert keys.is_signed("texte", old)
    assert keys.is_signed("texte", new)
    assert len(keys.public_keys()) == 2


def test_an_existing_journal_key_is_never_overwritten() -> None:
    keys.create_key()
    with pytest.raises(FileExistsError):
        keys.create_key()
    assert len(keys.public_keys()) == 1


def test_concurrent_first_signatures_create_a_single_journal_key() -> None:
    seals: list[str] = []
    threads = [threading.Thread(target=lambda: seals.append(keys.sign("a"))) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(seals)) == 1
    assert keys.is_signed("a", seals[0])


def test_in_production_a_missing_journal_key_is_not_created_automatically(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(keys.JournalKeyError, match="ne se lit pas"):
        keys.sign("texte")
    assert not keys.key_path().exists()


@pytest.mark.parametrize("content", [b"", b"rien", b"-----BEGIN PRIVATE KEY-----\nAA==\n"])
def test_a_file_without_an_ed25519_key_raises_an_error_that_names_the_file(content: bytes) -> None:
    keys.write_private(keys.key_path(), content)
    with pytest.raises(keys.JournalKeyError, match="ne contient pas une clé Ed25519"):
        keys.load_key()


@pytest.mark.parametrize("seal", ["", "zz", "00" * 64])
def test_a_malformed_or_wrong_journal_signature_is_rejected(seal: str) -> None:
    keys.sign("texte")
    assert not keys.is_signed("texte", seal)
