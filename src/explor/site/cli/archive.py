"""Backup files: one tar archive with the digests of all its content.

It contains `database.dump`, then `files/...`, then `manifest.json`, whose digests are computed
while the content is written.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from . import age
from .failure import Failure

DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
FORMAT = 1
CHUNK = 1 << 20


class Counted:
    """Wrapper of a file that computes the size and digest of the bytes read from it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.sha256, self.size = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.source.read(size)
        self.sha256.update(chunk)
        self.size += len(chunk)
        return chunk

    def seal(self) -> dict[str, Any]:
        """Return {"size": bytes read, "sha256": their digest}, for the manifest."""
        return {"size": self.size, "sha256": self.sha256.hexdigest()}


def pack(
    target: Path,
    *,
    dump: Path,
    files: Path,
    about: Mapping[str, Any],
    recipients: Sequence[age.Recipient] = (),
) -> int:
    """Write a backup; return how many documents it contains.

    The file is written under a temporary name, then renamed: a backup is complete or absent. A
    document that the site deletes meanwhile is left out.

    Args:
        target: the path of the backup.
        dump: the dump of the database.
        files: the folder of the documents.
        about: further properties written in the manifest.
        recipients: the public keys for which the archive is encrypted; none to leave it in clear.
    """
    sources = {
        f"{FILES}/{path.relative_to(files).as_posix()}": path
        for path in sorted(files.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    draft = target.with_name(target.name + ".part")
    seals: dict[str, dict[str, Any]] = {}
    with _private(draft) as out:
        with _written(out, recipients) as tar:
            seals[DUMP] = _add(tar, DUMP, dump)
            for name, path in sources.items():
                with suppress(FileNotFoundError):  # deleted or replaced since the list was made
                    seals[name] = _add(tar, name, path)
            _add_manifest(tar, {"format": FORMAT, **about, "files": seals})
        out.flush()
        os.fsync(out.fileno())
    draft.replace(target)
    return len(seals) - 1


@contextmanager
def _written(out: IO[bytes], recipients: Sequence[age.Recipient]) -> Iterator[tarfile.TarFile]:
    if not recipients:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            yield tar
        return
    with (
        age.encrypting(out, recipients) as sink,
        tarfile.open(fileobj=sink, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield tar


@contextmanager
def _read(source: Path, identity: Path | None) -> Iterator[tarfile.TarFile]:
    if not age.is_encrypted(source):
        with tarfile.open(source, "r:") as tar:
            yield tar
        return
    with (
        age.decrypting(source, identity) as content,
        tarfile.open(fileobj=content, mode="r|") as tar,
    ):
        yield tar


def unpack(source: Path, folder: Path, identity: Path | None = None) -> dict[str, Any]:
    """Extract a backup into `folder` and return its manifest.

    For security only regular files with the expected names are extracted: a forged archive
    cannot write outside `folder`.

    Args:
        identity: the file of the private key of a recipient, for an encrypted backup.

    Raises:
        Failure: the backup is unreadable, incomplete, damaged, or of another format.
    """
    digests: dict[str, dict[str, Any]] = {}
    text = b""
    try:
        with _read(source, identity) as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isreg() else None
                if content is None or not _is_ours(entry.name):
                    raise Failure(f"{source} contient une entrée inattendue : {entry.name}")
                if entry.name == MANIFEST:
                    text = content.read()
                else:
                    digests[entry.name] = _lay_out(content, folder / entry.name)
    except (OSError, EOFError, tarfile.TarError) as fault:
        raise Failure(f"{source} n’est pas une sauvegarde lisible : {fault}") from fault
    return _checked(source, text, digests)


def _checked(source: Path, text: bytes, digests: Mapping[str, Any]) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(text)
        listed, known = manifest["files"], manifest["format"]
    except (ValueError, KeyError, TypeError) as fault:
        raise Failure(f"{source} est incomplet : son manifeste manque.") from fault
    if known != FORMAT:
        raise Failure(
            f"{source} est d’un format inconnu ({known}) : il faut un Explor plus récent."
        )
    if wrong := sorted(name for name in listed | digests if listed.get(name) != digests.get(name)):
        names = ", ".join(wrong[:5])
        raise Failure(f"{source} est abîmé, rien n’est restauré : {names} ({len(wrong)} en tout).")
    if DUMP not in listed:
        raise Failure(f"{source} ne contient pas de base de données.")
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as fault:
        raise Failure(f"{path} ne peut être écrit : {fault.strerror}.") from fault
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    entry = tarfile.TarInfo(name)
    with path.open("rb") as content:
        status = os.fstat(content.fileno())
        entry.size, entry.mtime, entry.mode = status.st_size, status.st_mtime, 0o600
        counted = Counted(content)
        tar.addfile(entry, counted)
    return counted.seal()


def _add_manifest(tar: tarfile.TarFile, manifest: Mapping[str, Any]) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(text)
    tar.addfile(entry, io.BytesIO(text))


def _lay_out(content: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    counted = Counted(content)
    with target.open("wb") as out:
        while chunk := counted.read(CHUNK):
            out.write(chunk)
    return counted.seal()


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name in {DUMP, MANIFEST} or (parts[:1] == (FILES,) and ".." not in parts)
