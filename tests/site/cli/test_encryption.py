"""`explor encryption`, the findings of doctor on keys, and backups encrypted with age."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from explor.ground.encryption import ring
from explor.site.administration.selectors import encryption
from explor.site.cli import age, archive, backup, main, restore
from explor.site.cli.failure import Failure
from factories import PersonFactory


@pytest.fixture(autouse=True)
def path(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.VAR, settings.ENCRYPTION_KEYS = tmp_path, ""
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "files", tmp_path / "static"
    settings.ENCRYPTION_RING = tmp_path / "encryption" / "keys"
    monkeypatch.setattr("explor.site.cli.framework.database", nullcontext)
    return tmp_path / "encryption" / "keys"


def said(capsys: pytest.CaptureFixture[str], *words: object, code: int = 0) -> list[str]:
    assert main([*map(str, words)]) == code
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([*map(str, words)]) == 1
    return capsys.readouterr().err.strip()


def test_the_encryption_commands_add_a_newest_key_and_encrypt_the_values_with_that_key(
    db: None, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    PersonFactory(phone="06 00 00 00 01")
    (former,) = ring.ring()
    assert said(capsys, "encryption", "new")[0].endswith(f"mise en tête de {path}.")
    newest = ring.ring()[0]
    assert said(capsys, "encryption", "show") == [
        f"Trousseau    {path}",
        f"Clé {newest.id} 0 valeurs, en tête",
        f"Clé {former.id} 1 valeurs",
    ]
    finding = encryption.encrypted_values()
    assert (finding.fine, finding.observed) == (False, "1 encore sous une ancienne clé")
    lines = said(capsys, "encryption", "rotate")
    assert lines[0] == f"1 lignes chiffrées de nouveau avec la clé {newest.id}."
    assert encryption.encrypted_values().fine


def test_the_encryption_command_prints_a_key_for_the_setting_and_leaves_the_file_unchanged(
    settings: Any, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (key,) = said(capsys, "encryption", "new", "--print")
    settings.ENCRYPTION_KEYS = key
    assert len(ring.ring()) == 1
    assert "EXPLOR_ENCRYPTION_KEYS" in refused(capsys, "encryption", "new")
    assert not path.exists()


def test_values_in_clear_or_of_a_lost_key_are_reported_by_show_rotate_doctor_and_restore(
    db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ENCRYPTION_KEYS = ring.new_key()
    person = PersonFactory(phone="06 00 00 00 01")
    lost = ring.ring()[0].id
    settings.ENCRYPTION_KEYS = ring.new_key()
    assert said(capsys, "encryption", "show", code=1)[-1] == (
        f"Clé {lost} 1 valeurs qui ne se lisent pas"
    )
    assert said(capsys, "encryption", "rotate", code=1)[0] == (
        f"Illisible : accounts_person.phone:{person.pk} : la clé {lost} manque au trousseau"
    )
    finding = encryption.encrypted_values()
    assert (finding.fine, finding.matters) == (False, True)
    assert restore._unreadable() == [
        f"1 valeurs chiffrées ne se lisent pas : la clé {lost} manque au trousseau."
    ]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET phone = '06' WHERE id = %s", [person.pk])
    assert not encryption.encrypted_values().fine


def test_doctor_reports_encryption_keys_stored_beside_the_data_or_readable_by_others(
    settings: Any, path: Path, tmp_path: Path
) -> None:
    assert encryption.ring_of_keys().observed == "sera créé à la première valeur chiffrée"
    ring.ring()
    settings.EMBEDDED = True
    finding = encryption.ring_of_keys()
    assert (finding.fine, finding.matters) == (False, False)
    assert "à côté des données" in finding.observed
    settings.PRODUCTION = True
    assert encryption.ring_of_keys().matters
    apart = tmp_path.with_name(f"{tmp_path.name}-apart")
    apart.mkdir()
    settings.ENCRYPTION_RING = path.rename(apart / "keys")
    assert encryption.ring_of_keys().fine
    settings.ENCRYPTION_RING.chmod(0o640)
    assert "s’ouvre à d’autres comptes" in encryption.ring_of_keys().observed
    settings.ENCRYPTION_RING.chmod(0o600)
    settings.MEDIA_ROOT = apart
    assert "avec ce qu’il protège" in encryption.ring_of_keys().observed
    settings.ENCRYPTION_RING.unlink()
    assert not encryption.ring_of_keys().fine


def test_doctor_remarks_on_backups_in_clear_and_refuses_a_malformed_recipient(
    settings: Any,
) -> None:
    finding = encryption.secret_backups()
    assert (finding.fine, finding.matters, finding.observed) == (False, False, "en clair")
    settings.BACKUP_RECIPIENTS = [age.new_identity()[1]]
    assert encryption.secret_backups().fine
    settings.BACKUP_RECIPIENTS.append("age1faux")
    assert encryption.secret_backups().matters


def test_a_backup_says_where_to_keep_the_key_ring_that_it_does_not_contain(
    settings: Any, path: Path, tmp_path: Path
) -> None:
    assert backup.about_the_ring(tmp_path / "b.tar").endswith("n’y est pas : gardez-le à part.")
    assert "à côté de la sauvegarde" in backup.about_the_ring(path.parent / "b.tar")
    settings.ENCRYPTION_RING = tmp_path / "files" / "keys"
    assert "sortez-le" in backup.about_the_ring(tmp_path / "b.tar")
    settings.ENCRYPTION_KEYS = ring.new_key()
    assert "EXPLOR_ENCRYPTION_KEYS" in backup.about_the_ring(tmp_path / "b.tar")


@pytest.fixture
def identity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """Return the file of a private key, and its public key."""
    made = tmp_path / "identity.txt"
    line = said(capsys, "encryption", "identity", made)[-1]
    assert made.stat().st_mode & 0o777 == 0o600
    return made, line.partition("=")[2]


@pytest.fixture
def encrypted(tmp_path: Path, identity: tuple[Path, str]) -> Path:
    """Return a backup of 2 MB encrypted for the identity."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "note.txt").write_text("bonjour")
    (tmp_path / "dump").write_bytes(b"PGDMP" * 400_000)
    archive.pack(
        tmp_path / "backup.age",
        dump=tmp_path / "dump",
        files=files,
        about={"made_at": "now"},
        recipients=age.recipients_of([identity[1]]),
    )
    return tmp_path / "backup.age"


def test_an_encrypted_backup_is_unpacked_only_with_the_private_key_of_its_recipient(
    encrypted: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    content = encrypted.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert b"bonjour" not in content and b"PGDMP" not in content
    assert encrypted.stat().st_mode & 0o777 == 0o600
    manifest = archive.unpack(encrypted, tmp_path / "back", identity[0])
    assert (manifest["made_at"], len(manifest["files"])) == ("now", 2)
    assert (tmp_path / "back" / "files" / "note.txt").read_text() == "bonjour"
    assert (tmp_path / "back" / "database.dump").read_bytes() == b"PGDMP" * 400_000


def test_an_encrypted_backup_without_the_right_private_key_is_refused(
    encrypted: Path, tmp_path: Path
) -> None:
    with pytest.raises(Failure, match="est chiffré : donnez la clé privée"):
        archive.unpack(encrypted, tmp_path / "back")
    other = tmp_path / "other.txt"
    other.write_text(age.new_identity()[0])
    with pytest.raises(Failure, match="n’est pas chiffré pour cette clé privée"):
        archive.unpack(encrypted, tmp_path / "back", other)
    other.write_text("autre chose")
    with pytest.raises(Failure, match="n’est pas une clé privée age"):
        archive.unpack(encrypted, tmp_path / "back", other)
    other.write_text("# rien\n")
    with pytest.raises(Failure, match="aucune clé privée"):
        archive.unpack(encrypted, tmp_path / "back", other)
    with pytest.raises(Failure, match="ne se lit pas"):
        archive.unpack(encrypted, tmp_path / "back", tmp_path / "absent")


@pytest.mark.parametrize("cut", [1, 2000, 1_000_000, 2_000_100])
def test_a_truncated_encrypted_backup_is_refused(
    encrypted: Path, identity: tuple[Path, str], tmp_path: Path, cut: int
) -> None:
    encrypted.write_bytes(encrypted.read_bytes()[:-cut])
    with pytest.raises(Failure, match=r"abîmé ou incomplet|n’est pas une sauvegarde lisible"):
        archive.unpack(encrypted, tmp_path / "back", identity[0])


@pytest.mark.parametrize("place", [40, 160, 300, 1_000_000, -1])
def test_an_encrypted_backup_with_one_changed_byte_is_refused(
    encrypted: Path, identity: tuple[Path, str], tmp_path: Path, place: int
) -> None:
    content = bytearray(encrypted.read_bytes())
    content[place] ^= 1
    encrypted.write_bytes(content)
    with pytest.raises(Failure, match="rien n’est restauré"):
        archive.unpack(encrypted, tmp_path / "back", identity[0])


def test_a_backup_that_cannot_be_encrypted_leaves_no_file(
    tmp_path: Path, identity: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Any, out: Any, recipients: Any) -> None:
        source.read(10)
        raise OSError("plus de place")

    (tmp_path / "dump").write_bytes(b"PGDMP" * 400_000)
    monkeypatch.setattr(age, "encrypt_io", full)
    with pytest.raises(Failure, match="ne peut être chiffrée : plus de place"):
        archive.pack(
            tmp_path / "b.age",
            dump=tmp_path / "dump",
            files=tmp_path / "files",
            about={},
            recipients=age.recipients_of([identity[1]]),
        )
    assert [each.name for each in tmp_path.glob("b.age*")] == []


def test_the_encryption_commands_refuse_a_malformed_key_and_keep_an_existing_identity_file(
    identity: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Failure, match="« age1faux » n’est pas une clé publique age"):
        age.recipients_of(["age1faux"])
    before = identity[0].read_text()
    assert "ne s’écrit pas" in refused(capsys, "encryption", "identity", identity[0])
    assert identity[0].read_text() == before


def test_a_backup_in_clear_is_unpacked_without_a_private_key(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"PGDMP")
    archive.pack(
        tmp_path / "b.tar", dump=tmp_path / "dump", files=tmp_path / "files", about={"n": 1}
    )
    assert archive.unpack(tmp_path / "b.tar", tmp_path / "back")["n"] == 1
