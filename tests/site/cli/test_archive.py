"""Backup archives: digests are checked, and forged archives are refused."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from explor.site.cli import archive
from explor.site.cli.failure import Failure


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    files = tmp_path / "files"
    (files / "2027").mkdir(parents=True)
    (files / "2027" / "convention é.pdf").write_bytes(b"%PDF" * 1000)
    (tmp_path / "dump").write_bytes(b"PGDMP" * 1000)
    target = tmp_path / "backup.tar"
    assert archive.pack(target, dump=tmp_path / "dump", files=files, about={"made_at": "now"}) == 1
    return target


def forged(path: Path, *entries: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def test_unpacking_a_backup_restores_its_files(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    manifest = archive.unpack(backup, folder)
    assert (folder / "database.dump").read_bytes() == b"PGDMP" * 1000
    assert (folder / "files" / "2027" / "convention é.pdf").read_bytes() == b"%PDF" * 1000
    assert sorted(manifest["files"]) == ["database.dump", "files/2027/convention é.pdf"]
    assert manifest["made_at"] == "now"


def test_a_backup_file_is_readable_by_its_owner_only(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in backup.parent.iterdir()) == ["backup.tar", "dump", "files"]


def test_a_file_deleted_while_a_backup_is_written_does_not_stop_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The night purges and replaces files while the site is backed up."""
    files = tmp_path / "files"
    files.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (files / name).write_bytes(b"%PDF")
    (tmp_path / "dump").write_bytes(b"PGDMP")
    add = archive._add

    def purged(tar: tarfile.TarFile, name: str, path: Path) -> Any:
        (files / "b.pdf").unlink(missing_ok=True)
        return add(tar, name, path)

    monkeypatch.setattr(archive, "_add", purged)
    target = tmp_path / "backup.tar"
    assert archive.pack(target, dump=tmp_path / "dump", files=files, about={"made_at": "now"}) == 2
    assert sorted(archive.unpack(target, tmp_path / "back")["files"]) == [
        "database.dump",
        "files/a.pdf",
        "files/c.pdf",
    ]


def test_a_backup_without_its_database_is_never_written(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    with pytest.raises(FileNotFoundError):
        archive.pack(tmp_path / "b.tar", dump=tmp_path / "no", files=tmp_path / "files", about={})
    assert not list(tmp_path.glob("b.tar*"))


@pytest.mark.parametrize("place", [1_100, 5_800, 8_000])
def test_a_backup_with_one_changed_byte_is_refused(
    backup: Path, tmp_path: Path, place: int
) -> None:
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(Failure, match=r"abîmé|lisible|inattendue"):
        archive.unpack(backup, tmp_path / "back")


def test_a_truncated_backup_archive_is_refused(backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:6_000])
    with pytest.raises(Failure, match="n’est pas une sauvegarde lisible"):
        archive.unpack(backup, tmp_path / "back")


def test_restoring_a_backup_file_that_is_not_an_archive_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.tar"
    other.write_text("bonjour")
    with pytest.raises(Failure, match="n’est pas une sauvegarde lisible"):
        archive.unpack(other, tmp_path / "back")


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "files/../../escaped"])
def test_a_backup_archive_with_a_path_outside_the_target_folder_is_refused(
    tmp_path: Path, name: str
) -> None:
    trap = forged(tmp_path / "trap.tar", (tarfile.TarInfo(name), b"x"))
    with pytest.raises(Failure, match="entrée inattendue"):
        archive.unpack(trap, tmp_path / "a" / "back")
    assert [path.name for path in tmp_path.iterdir()] == ["trap.tar"]


def test_a_backup_archive_that_contains_a_link_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with pytest.raises(Failure, match="entrée inattendue"):
        archive.unpack(forged(tmp_path / "trap.tar", (link, b"")), tmp_path / "back")


def test_a_backup_archive_with_a_later_format_version_is_refused(tmp_path: Path) -> None:
    text = json.dumps({"format": 2, "files": {}}).encode()
    later = forged(tmp_path / "later.tar", (tarfile.TarInfo("manifest.json"), text))
    with pytest.raises(Failure, match="plus récent"):
        archive.unpack(later, tmp_path / "back")


def test_packing_a_backup_into_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"")
    with pytest.raises(Failure, match="ne peut être écrit"):
        archive.pack(
            tmp_path / "absent" / "b.tar", dump=tmp_path / "dump", files=tmp_path / "f", about={}
        )
