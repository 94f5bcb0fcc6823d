"""Sanitizing of office files (DOCX, XLSX, ODT): rebuild a copy with allowed parts only."""

from zipfile import ZipFile

from .archive import opened, read

MACROS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
MACRO_FOLDERS = ("basic/", "scripts/", "xl/macrosheets/")


def sanitize_office(content: bytes) -> tuple[str, bytes]:
    """Return the MIME type of an office file and the bytes of a copy without active content.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    with opened(content) as archive:
        _refuse_macros(archive)
        if "[Content_Types].xml" in archive.namelist():
            from .ooxml import rebuilt

            return rebuilt(archive)
        if "mimetype" in archive.namelist():
            from .odt import MIME, rebuilt_text

            if read(archive, "mimetype").strip() == MIME.encode():
                return MIME, rebuilt_text(archive)
    raise ValueError("zip")


def _refuse_macros(archive: ZipFile) -> None:
    for name in map(str.lower, archive.namelist()):
        if name.endswith(MACROS) or name.startswith(MACRO_FOLDERS):
            raise ValueError("macros")
