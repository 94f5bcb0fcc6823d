"""Script that reads a resume and writes it as JSON.

Run it as `python -m explor.engines.formats.resumes._process`: the standard input is the file. The
process limits its own memory and time.
"""

import json
import sys
from dataclasses import asdict
from io import BytesIO
from typing import Any

import pikepdf

from explor.engines.limits import limit_process

from ._json import read_json
from ._resume import LARGEST, Resume, UnreadableResume
from ._xml import read_xml

MEMORY = 200_000_000  # bytes of memory
SECONDS = 5  # seconds of processor time
ATTACHMENTS = 10
BARE_PDF = (
    "Ce PDF ne contient pas de CV Europass. Sur europass.europa.eu, ouvrez votre CV et "
    "téléchargez-le de nouveau, en XML ou en PDF Europass ; un PDF fait ailleurs ne se reprend pas."
)


def parse(data: bytes) -> Resume:
    """Return the contents of a resume in any known format; raise UnreadableResume otherwise."""
    if b"%PDF-" in data[:1024]:
        return _in_pdf(data)
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return read_xml(data)
    if start.startswith((b"{", b"[")):
        return read_json(data)
    raise UnreadableResume(
        "Ce fichier n’est ni un CV Europass (XML ou PDF), ni un CV au format JSON Resume."
    )


def _in_pdf(data: bytes) -> Resume:
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            for name in list(pdf.attachments)[:ATTACHMENTS]:
                content = pdf.attachments[name].get_file().read_bytes()
                if content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                    _refuse_large(content)
                    return read_xml(content)
    except pikepdf.PasswordError as fault:
        raise UnreadableResume(
            "Ce PDF est protégé par un mot de passe : enregistrez-le sans mot de passe."
        ) from fault
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError) as fault:
        raise UnreadableResume("Ce PDF est abîmé : téléchargez-le de nouveau.") from fault
    raise UnreadableResume(BARE_PDF)


def _refuse_large(data: bytes) -> None:
    if len(data) > LARGEST:
        raise UnreadableResume(f"Ce CV dépasse {LARGEST // 1_000_000} Mo une fois ouvert : refusé.")


def answer_to(data: bytes) -> dict[str, Any]:
    """Return {"resume": its contents}, or {"unreadable": reason} in French."""
    try:
        return {"resume": asdict(parse(data))}
    except UnreadableResume as fault:
        return {"unreadable": str(fault)}


def main() -> None:
    """Write to standard output the answer for the file on standard input, within limits."""
    limit_process(memory=MEMORY, seconds=SECONDS)
    json.dump(answer_to(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
