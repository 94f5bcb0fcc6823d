"""Uploaded files: each is sanitized before it is stored, or refused."""

import subprocess
import sys
from dataclasses import dataclass

from explor.ground.http.exceptions import ActionNotAllowed

LIMIT = 10 * 1024 * 1024  # bytes
SECONDS = 30  # seconds of elapsed time
EXTENSIONS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
REASONS = {
    "unknown": "Ce fichier n’est ni un PDF, ni une image PNG ou JPEG. "
    "Enregistrez-le en PDF, puis déposez-le de nouveau.",
    "locked": "Ce PDF est protégé par un mot de passe. "
    "Enlevez la protection, puis déposez-le de nouveau.",
    "damaged": "Ce fichier est abîmé : il ne s’ouvre pas. "
    "Enregistrez-le de nouveau depuis le logiciel d’origine.",
    "pages": "Ce PDF dépasse 500 pages. Déposez-le en plusieurs fichiers.",
    "pixels": "Cette image dépasse 40 millions de points. Réduisez-la, puis déposez-la de nouveau.",
    "heavy": "Ce fichier est trop complexe pour être vérifié. Imprimez-le en PDF, "
    "puis déposez-le de nouveau.",
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
class ReceivedFile:
    """An uploaded file: its unchanged bytes, and its sanitized copy."""

    content: bytes
    clean: SanitizedFile


def sanitize(content: bytes) -> SanitizedFile:
    """Return a PDF, PNG or JPEG rewritten without active content or metadata.

    A PDF loses its scripts, attachments, media and external links; an image loses its metadata.

    Raises:
        ActionNotAllowed: the type is another one, or the file is empty, unreadable, too complex or
            over 10 MB; the French message tells what to do.
    """
    if not content:
        raise ActionNotAllowed("Ce fichier est vide.")
    if len(content) > LIMIT:
        size = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise ActionNotAllowed(f"Ce fichier pèse {size} Mo : la limite est de 10 Mo.")
    command = [sys.executable, "-m", "explor.ground.http._sanitize_process"]
    try:
        process = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise ActionNotAllowed(REASONS["heavy"]) from None
    mime, _, rewritten = process.stdout.partition(b"\n")
    if process.returncode:  # the process exceeded its limits, or a library crashed
        raise ActionNotAllowed(REASONS["heavy"])
    if mime.startswith(b"!"):
        raise ActionNotAllowed(REASONS[mime[1:].decode()])
    return SanitizedFile(content=rewritten, mime=mime.decode())
