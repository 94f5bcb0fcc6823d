"""Reading and writing of the ZIP archive of an office file, within limits."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

ENTRIES = 1_000
UNZIPPED = 50 * 1024 * 1024  # bytes
DIRECTORY = 512 * 1024  # maximum bytes of the central directory
END = struct.Struct("<4s4H2LH")  # the last record of a ZIP archive, without comment
NAME = re.compile(r"(?!.*(^|/)\.\.(/|$))[^/\\:\x00-\x1f][^\\:\x00-\x1f]{0,199}")
ENCRYPTED = 0x1  # the bit of the flags of an encrypted entry


def opened(content: bytes) -> ZipFile:
    """Open a ZIP archive after checking its size, its number of entries and their names.

    Bytes before or after the archive are refused: the file could be read as two types.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    _check_end(content)
    try:
        archive = ZipFile(BytesIO(content))
    except (BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise ValueError("damaged") from error
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNZIPPED:
        raise ValueError("unzipped")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise ValueError("old")
    if not entries or min(entry.header_offset for entry in entries):
        raise ValueError("mixed")
    names = {entry.filename.lower() for entry in entries}
    methods = {entry.compress_type for entry in entries}
    if (
        len(names) < len(entries)
        or methods - {ZIP_DEFLATED, ZIP_STORED}
        or not all(NAME.fullmatch(name) for name in names)
    ):
        raise ValueError("damaged")
    return archive


def _check_end(content: bytes) -> None:
    """Raise ValueError for an archive with too many entries or followed by other bytes."""
    tail = content[-END.size :]
    if len(tail) < END.size:
        raise ValueError("damaged")
    mark, _, _, _, count, size, start, comment = END.unpack(tail)
    if mark != b"PK\x05\x06" or comment:
        raise ValueError("mixed" if b"PK\x05\x06" in content else "damaged")
    if count > ENTRIES or size > DIRECTORY:
        raise ValueError("unzipped")
    if start + size != len(content) - END.size:
        raise ValueError("mixed")


def read(archive: ZipFile, name: str) -> bytes:
    """Return the content of a part of an archive, no longer than its entry declares.

    Raises:
        ValueError: the part is missing or damaged; the message is a key of `sanitize.REASONS`.
    """
    try:
        return archive.read(name)
    except (KeyError, BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
        raise ValueError("damaged") from error


def zipped(parts: list[tuple[str, bytes]]) -> bytes:
    """Return an archive of these (name, content) pairs; the first one is not compressed."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = ZipInfo(name)
            entry.compress_type = ZIP_STORED if name == parts[0][0] else ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
