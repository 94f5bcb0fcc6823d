"""The ring of keys: from the setting or from a private file, the newest key first."""

from pathlib import Path
from typing import Any

import pytest

from explor.ground.encryption import cipher, ring

PLACE = "accounts_person.phone:1"


@pytest.fixture
def path(settings: Any, tmp_path: Path) -> Path:
    """Name a ring in a data folder of its own, which does not exist yet."""
    settings.VAR, settings.ENCRYPTION_KEYS = tmp_path, ""
    settings.ENCRYPTION_RING = tmp_path / "encryption" / "keys"
    return tmp_path / "encryption" / "keys"


def test_outside_production_a_first_key_ring_is_created_for_this_system_account_alone(
    path: Path,
) -> None:
    first = ring.ring()
    assert len(first) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["keys"]
    assert ring.ring() == first


def test_in_production_a_missing_key_ring_is_never_created(path: Path, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(ring.RingError, match="ne se lit pas"):
        ring.ring()
    assert not path.exists()


def test_a_new_encryption_key_comes_first_in_its_ring_and_former_keys_still_decrypt(
    path: Path,
) -> None:
    (former,) = ring.ring()
    value = cipher.seal("06 00 00 00 01", PLACE)
    ring.put_first(ring.new_key())
    newest, kept = ring.ring()
    assert kept.id == former.id != newest.id
    assert path.stat().st_mode & 0o777 == 0o600
    assert cipher.unseal(value, PLACE) == "06 00 00 00 01"
    assert cipher.key_of(cipher.seal("x", PLACE)) == newest.id


def test_the_key_ring_of_the_setting_takes_priority_over_that_of_the_file(
    path: Path, settings: Any
) -> None:
    settings.ENCRYPTION_KEYS = f"{ring.new_key()}, {ring.new_key()}"
    assert len(ring.ring()) == 2
    assert not path.exists()
    assert ring.text_of_ring() == settings.ENCRYPTION_KEYS


def test_a_key_ring_has_the_same_text_in_a_file_and_in_the_setting(
    path: Path, settings: Any
) -> None:
    ring.put_first(ring.new_key())
    ring.put_first(ring.new_key())
    path.write_text(f"# les clés\n{path.read_text()}\n")
    known = ring.ring()
    settings.ENCRYPTION_KEYS = ring.text_of_ring()
    assert [key.id for key in ring.ring()] == [key.id for key in known]


@pytest.mark.parametrize("text", ["courte", "é" * 43, "a" * 44, " , "])
def test_a_malformed_key_ring_is_refused_without_showing_its_keys(settings: Any, text: str) -> None:
    settings.ENCRYPTION_KEYS = text
    with pytest.raises(ring.RingError, match="EXPLOR_ENCRYPTION_KEYS") as refused:
        ring.ring()
    assert text.strip(" ,") == "" or text not in str(refused.value)


def test_the_first_encryption_key_is_written_in_a_file_that_is_still_empty(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("# à remplir\n")
    ring.put_first(ring.new_key())
    assert len(ring.ring()) == 1


def test_an_encryption_key_is_not_added_to_a_file_that_is_not_a_key_ring(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("autre chose\n")
    with pytest.raises(ring.RingError):
        ring.put_first(ring.new_key())
    assert path.read_text() == "autre chose\n"
