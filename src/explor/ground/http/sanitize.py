"""Uploaded files, each of which is sanitized before it is stored, or refused."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.turns import turn

LIMIT = 10 * 1024 * 1024  # bytes
SECONDS = 30  # elapsed seconds
OPEN = "application/vnd.openxmlformats-officedocument"
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    f"{OPEN}.wordprocessingml.document": "docx",
    f"{OPEN}.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
}
# The families of files that a field accepts: supporting documents, or scans of a signed document.
PAPERS = ("pdf", "image", "office")
SCANS = ("pdf", "image")
PHOTO = ("photo",)
UNKNOWN = {
    PAPERS: "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG, ni un document DOCX, ODT ou "
    "XLSX. Enregistrez-le en PDF, puis déposez-le de nouveau.",
    SCANS: "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG. "
    "Enregistrez-le en PDF, puis déposez-le de nouveau.",
    PHOTO: "Ce fichier n’est pas une image PNG ou JPEG.",
}
REASONS = {
    "unknown": UNKNOWN[SCANS],
    "locked": "Ce PDF est protégé par un mot de passe. "
    "Enlevez la protection, puis déposez-le de nouveau.",
    "damaged": "Ce fichier est abîmé : il ne s’ouvre pas. "
    "Enregistrez-le de nouveau depuis le logiciel d’origine.",
    "pages": "Ce PDF dépasse 500 pages. Déposez-le en plusieurs fichiers.",
    "pixels": "Cette image dépasse 40 millions de points. Réduisez-la, puis déposez-la de nouveau.",
    "heavy": "Ce fichier est trop complexe pour être vérifié. Imprimez-le en PDF, "
    "puis déposez-le de nouveau.",
    "old": "Ce fichier est protégé par un mot de passe, ou d’un ancien format (DOC, XLS). "
    "Enregistrez-le sans mot de passe en DOCX, ODT, XLSX ou PDF, puis déposez-le de nouveau.",
    "macros": "Ce fichier contient des macros. Enregistrez-le sans macros, en DOCX, ODT ou XLSX, "
    "ou imprimez-le en PDF, puis déposez-le de nouveau.",
    "zip": "Ce fichier est une archive, ou un document d’un autre format. "
    "Déposez un par un les fichiers qu’elle contient, en PDF, DOCX, ODT ou XLSX.",
    "unzipped": "Ce fichier dépasse 50 Mo ou 1 000 éléments une fois ouvert. "
    "Imprimez-le en PDF, puis déposez-le de nouveau.",
    "mixed": "Ce fichier contient autre chose qu’un document. "
    "Enregistrez-le de nouveau depuis le logiciel d’origine.",
}


@dataclass(frozen=True, kw_only=True)
class SanitizedFile:
    """The result of sanitizing an uploaded file: its bytes and its MIME type."""

    content: bytes
    mime: str

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.mime]


@dataclass(frozen=True, kw_only=True)
class SanitizedPhoto(SanitizedFile):
    """A picture made for the web, with its size in pixels."""

    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """An uploaded file: its unchanged bytes, and its sanitized copy."""

    content: bytes
    clean: SanitizedFile


def sanitize(content: bytes, accepts: Sequence[str] = SCANS) -> SanitizedFile:
    """Return a file rewritten without active content.

    A PDF loses its scripts, attachments, media and external links; an image loses its metadata. An
    office file is rebuilt: fields are replaced by their text and formulas by their values.

    Args:
        content: the bytes of the file.
        accepts: the families of files accepted: `PAPERS` or `SCANS`.

    Raises:
        ActionNotAllowed: the file is refused (type, size, password, macros, damage...), or too many
            files are being opened; the French message says what to do.
    """
    mime, rewritten = _sanitized(content, tuple(accepts))
    return SanitizedFile(content=rewritten, mime=mime)


def sanitize_photo(content: bytes) -> SanitizedPhoto:
    """Return a picture as a JPEG of at most 1600 pixels a side, without metadata.

    Raises:
        ActionNotAllowed: as for `sanitize`.
    """
    first, small = _sanitized(content, PHOTO)
    mime, width, height = first.split()
    return SanitizedPhoto(content=small, mime=mime, width=int(width), height=int(height))


def _sanitized(content: bytes, families: tuple[str, ...]) -> tuple[str, bytes]:
    """Sanitize a file in the separate process; return its first output line and the bytes.

    Raises:
        ActionNotAllowed: as for `sanitize`.
    """
    if not content:
        raise ActionNotAllowed("Ce fichier est vide.")
    if len(content) > LIMIT:
        size = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise ActionNotAllowed(f"Ce fichier pèse {size} Mo : la limite est de 10 Mo.")
    command = [sys.executable, "-m", "explor.ground.http._sanitizing", *families]
    try:
        with turn():
            process = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ActionNotAllowed(REASONS["heavy"]) from None
    first, _, rewritten = process.stdout.partition(b"\n")
    if process.returncode:  # the process exceeded its limits, or a library crashed
        raise ActionNotAllowed(REASONS["heavy"])
    if first == b"!unknown":
        raise ActionNotAllowed(UNKNOWN[families])
    if first.startswith(b"!"):
        raise ActionNotAllowed(REASONS[first[1:].decode()])
    return first.decode(), rewritten
