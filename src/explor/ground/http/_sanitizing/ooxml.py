"""Sanitizing of DOCX and XLSX files: rebuild them from the parts reached by allowed relations.

Each copied part has a new name, a content type from our own table, and relations to the other
copies only.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from .archive import read, zipped
from .inert import OFFICE_RELATIONS, disarm
from .markup import elements, local, parsed, written

OPEN = "application/vnd.openxmlformats-officedocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = f"{PACKAGE}/relationships"
TYPES = f"{PACKAGE}/content-types"
ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}")
# {last word of the type of each allowed relation: content type of its target part}.
DRAWN = {
    "theme": f"{OPEN}.theme+xml",
    "chart": f"{OPEN}.drawingml.chart+xml",
    "image": "",
}
TEXT = DRAWN | {
    name: f"{OPEN}.wordprocessingml.{name}+xml"
    for name in (
        *("styles", "numbering", "settings", "fontTable"),
        *("footnotes", "endnotes", "comments", "header", "footer"),
    )
}
TEXT |= {
    f"diagram{name}": f"{OPEN}.drawingml.diagram{'Style' if name == 'QuickStyle' else name}+xml"
    for name in ("Data", "Layout", "QuickStyle", "Colors")
}
WORKBOOK = DRAWN | {
    "drawing": f"{OPEN}.drawing+xml",
    "worksheet": f"{OPEN}.spreadsheetml.worksheet+xml",
    "sharedStrings": f"{OPEN}.spreadsheetml.sharedStrings+xml",
    "styles": f"{OPEN}.spreadsheetml.styles+xml",
}


@dataclass(frozen=True)
class Kind:
    """A type of file: its MIME type, allowed relations, and path, type and root of its main part.

    Programs expect the main part at its usual path, so the copy keeps this path.
    """

    mime: str
    path: str
    main: str
    root: str
    relations: dict[str, str]


KINDS = (
    Kind(
        f"{OPEN}.wordprocessingml.document",
        "word/document.xml",
        f"{OPEN}.wordprocessingml.document.main+xml",
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document",
        TEXT,
    ),
    Kind(
        f"{OPEN}.spreadsheetml.sheet",
        "xl/workbook.xml",
        f"{OPEN}.spreadsheetml.sheet.main+xml",
        "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}workbook",
        WORKBOOK,
    ),
)


def rebuilt(archive: ZipFile) -> tuple[str, bytes]:
    """Return the MIME type of a DOCX or XLSX file and the bytes of a copy without active content.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    main = next((path for key, path in _relations(archive, "") if key == "officeDocument"), "")
    declared = _declared_type(archive, main)
    if "macroenabled" in declared.lower():
        raise ValueError("macros")
    for kind in KINDS:
        if declared == kind.main:
            return kind.mime, Copy(archive, kind, main).archived()
    raise ValueError("zip")


class Copy:
    """The sanitized copy of a file, whose parts are found and renamed by following relations."""

    def __init__(self, archive: ZipFile, kind: Kind, main: str) -> None:
        self.archive, self.kind, self.main = archive, kind, main
        self.folder = posixpath.dirname(kind.path)
        self.names = {main: posixpath.basename(kind.path)}
        self.types = {self.names[main]: kind.main}
        self.parts: list[tuple[str, bytes]] = []
        self.waiting = [(main, "")]

    def archived(self) -> bytes:
        """Copy the main part and all parts reached from it; return the bytes of the archive."""
        root = [("rId1", "officeDocument", self.kind.path)]
        while self.waiting:
            self._copy(*self.waiting.pop())
        parts = [(f"{self.folder}/{name}", content) for name, content in self.parts]
        first = [("[Content_Types].xml", self._types()), ("_rels/.rels", _listing(root))]
        return zipped([*first, *parts])

    def _copy(self, source: str, key: str) -> None:
        root = parsed(read(self.archive, source))
        if source == self.main and root.tag != self.kind.root:
            raise ValueError("zip")
        kept = list(self._followed(source))
        disarm(root, key, {identifier for identifier, _, _ in kept})
        name = self.names[source]
        self.parts.append((name, written(root)))
        if kept:
            self.parts.append((f"_rels/{name}.rels", _listing(kept)))

    def _followed(self, source: str) -> Iterator[tuple[str, str, str]]:
        """Yield (identifier, type, new target) for each kept relation of a part."""
        for identifier, key, target in _identified(self.archive, source):
            if key in self.kind.relations and (name := self._name_of(target, key)):
                yield identifier, key, name

    def _name_of(self, source: str, key: str) -> str:
        """Return the new name of a part, to be copied later; "" for an unusable picture."""
        if source not in self.names:
            number = len(self.names)
            if key == "image":
                self.names[source] = self._picture(read(self.archive, source), number)
            else:
                name = f"{key}.xml"
                name = name if name not in self.types else f"{key}{number}.xml"
                self.names[source] = name
                self.types[name] = self.kind.relations[key]
                self.waiting.append((source, key))
        return self.names[source]

    def _picture(self, content: bytes, number: int) -> str:
        from .images import sanitize_image

        for magic, kind in ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg")):
            if content.startswith(magic):
                name = f"image{number}.{kind}"
                self.parts.append((name, sanitize_image(content, kind.upper())))
                return name
        return ""

    def _types(self) -> bytes:
        root = _root(TYPES, "Types")
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml"}
        for suffix, mime in (defaults | {"png": "image/png", "jpeg": "image/jpeg"}).items():
            etree.SubElement(root, f"{{{TYPES}}}Default", Extension=suffix, ContentType=mime)
        for name, mime in self.types.items():
            etree.SubElement(
                root, f"{{{TYPES}}}Override", PartName=f"/{self.folder}/{name}", ContentType=mime
            )
        return written(root)


def _relations(archive: ZipFile, source: str) -> Iterator[tuple[str, str]]:
    return ((key, target) for _, key, target in _identified(archive, source))


def _identified(archive: ZipFile, source: str) -> Iterator[tuple[str, str, str]]:
    """Yield (identifier, type, target) for each internal relation of a part.

    The type is the last word of a standard type. Other types, external relations and relations
    whose target is not in the archive are left out.
    """
    folder, name = posixpath.split(source)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in archive.NameToInfo:
        return
    for each in elements(parsed(read(archive, listing))):
        start, _, key = each.get("Type", "").rpartition("/")
        path = posixpath.join("/", folder, each.get("Target", ""))
        target = posixpath.normpath(path).lstrip("/")
        if (
            local(each.tag) == "Relationship"
            and start == OFFICE_RELATIONS
            and each.get("TargetMode", "Internal") == "Internal"
            and ID.fullmatch(each.get("Id", ""))
            and target in archive.NameToInfo
        ):
            yield each.get("Id", ""), key, target


def _declared_type(archive: ZipFile, name: str) -> str:
    for each in elements(parsed(read(archive, "[Content_Types].xml"))):
        if local(each.tag) == "Override" and each.get("PartName", "").lstrip("/") == name:
            return str(each.get("ContentType", ""))
    return ""


def _root(space: str, name: str) -> etree._Element:
    return etree.fromstring(f'<{name} xmlns="{space}"/>')


def _listing(relations: list[tuple[str, str, str]]) -> bytes:
    root = _root(RELATIONS, "Relationships")
    for identifier, key, target in relations:
        etree.SubElement(
            root,
            f"{{{RELATIONS}}}Relationship",
            Id=identifier,
            Type=f"{OFFICE_RELATIONS}/{key}",
            Target=target,
        )
    return written(root)
