"""Sanitizing of OpenDocument texts (ODT): keep text, styles and pictures, no active content."""

from zipfile import ZipFile

from lxml import etree

from .archive import read, zipped
from .images import sanitize_image
from .markup import elements, is_event, local, namespace, parsed, remove, unwrap, written

MIME = "application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
COMPATIBLE = "urn:oasis:names:tc:opendocument:xmlns:%s-compatible:1.0"
XLINK = "http://www.w3.org/1999/xlink"
MANIFEST = f"{ODF}manifest:1.0"
# The namespaces of the elements that are kept; those of forms, scripts or databases are not.
KEPT = {
    *(f"{ODF}{name}:1.0" for name in ("office", "text", "table", "drawing", "style", "meta")),
    *(f"{ODF}{name}:1.0" for name in ("datastyle", "dr3d")),
    *(COMPATIBLE % name for name in ("svg", "xsl-fo")),
    "http://purl.org/dc/elements/1.1/",
    "http://www.w3.org/1998/Math/MathML",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
ACTIVE = {
    *("scripts", "event-listeners", "forms", "binary-data", "dde-source", "settings"),
    *("object", "object-ole", "applet", "plugin", "floating-frame", "control", "param"),
    *("dde-connection", "dde-connection-decl", "dde-connection-decls", "execute-macro", "script"),
    *("section-source", "database-display", "database-next", "database-row-select"),
    *("database-row-number", "database-name", "table-source", "cell-range-source", "calculation"),
    *("font-face-src", "font-face-uri", "definition-src", "meta"),
}
FORMULAS = {"formula", "macro-name", "value-formula"}
MAGIC = {b"\x89PNG\r\n\x1a\n": ("PNG", "png"), b"\xff\xd8\xff": ("JPEG", "jpg")}


def rebuilt_text(archive: ZipFile) -> bytes:
    """Return the bytes of a copy of an OpenDocument text without active content.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    if "META-INF/manifest.xml" in archive.namelist():
        listed = parsed(read(archive, "META-INF/manifest.xml"))
        if any(local(each.tag) == "encryption-data" for each in elements(listed)):
            raise ValueError("old")
    pictures = _pictures(archive)
    names = [name for name in ("content.xml", "styles.xml") if name in archive.namelist()]
    if "content.xml" not in names:
        raise ValueError("damaged")
    texts = [(name, _inert(read(archive, name), pictures)) for name in names]
    images = list(pictures.values())
    listing = ("META-INF/manifest.xml", _manifest([name for name, _ in [*texts, *images]]))
    return zipped([("mimetype", MIME.encode()), listing, *texts, *images])


def _pictures(archive: ZipFile) -> dict[str, tuple[str, bytes]]:
    """Return {name in the text: (new name, bytes)} for the pictures of a text."""
    kept: dict[str, tuple[str, bytes]] = {}
    for name in archive.namelist():
        if name.startswith("Pictures/"):
            content = read(archive, name)
            for magic, (kind, suffix) in MAGIC.items():
                if content.startswith(magic):
                    new = f"Pictures/image{len(kept) + 1}.{suffix}"
                    kept[name] = (new, sanitize_image(content, kind))
    return kept


def _inert(content: bytes, pictures: dict[str, tuple[str, bytes]]) -> bytes:
    root = parsed(content)
    dropped = []
    for element in elements(root):
        if namespace(element.tag) not in KEPT or local(element.tag) in ACTIVE:
            dropped.append(element)
            continue
        pictured = _disarm(element, pictures)
        if local(element.tag) in ("image", "fill-image", "background-image") and not pictured:
            dropped.append(element)
    remove(root, dropped)
    unwrap(root, "a")
    return written(root)


def _disarm(element: etree._Element, pictures: dict[str, tuple[str, bytes]]) -> bool:
    """Remove links, events and formulas of an element; return whether it shows a kept picture."""
    pictured = False
    for name in map(str, element.attrib.keys()):
        if namespace(name) == XLINK:
            target = str(element.get(name)).removeprefix("./")
            if local(name) == "href" and target in pictures:
                element.set(name, pictures[target][0])
                pictured = True
            elif local(name) == "href":
                del element.attrib[name]
        elif local(name) in FORMULAS or is_event(name):
            del element.attrib[name]
    return pictured


def _manifest(names: list[str]) -> bytes:
    types = {"xml": "text/xml", "png": "image/png", "jpg": "image/jpeg"}
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={"manifest": MANIFEST})
    root.set(f"{{{MANIFEST}}}version", "1.2")
    listed = [("/", MIME), *((name, types[name.rpartition(".")[2]]) for name in names)]
    for path, mime in listed:
        entry = etree.SubElement(root, f"{{{MANIFEST}}}file-entry")
        entry.set(f"{{{MANIFEST}}}full-path", path)
        entry.set(f"{{{MANIFEST}}}media-type", mime)
    return written(root)
