"""Office files (DOCX, XLSX, ODT) written by hand, to which a test adds content."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPEN = "application/vnd.openxmlformats-officedocument"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
O = "urn:oasis:names:tc:opendocument:xmlns:"  # noqa: E741 - the namespaces of OpenDocument
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
ODT = "application/vnd.oasis.opendocument.text"
DOCX = f"{OPEN}.wordprocessingml.document"
XLSX = f"{OPEN}.spreadsheetml.sheet"
Parts = Mapping[str, bytes | str]


def zipped(parts: Parts, **how: object) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, **how)  # type: ignore[arg-type]
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(*rows: tuple[str, str, str]) -> str:
    """Return a relations part made from (identifier, type, target); a URL target is external."""
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{kind if ":" in kind else f"{R}/{kind}"}" '
        f'Target="{target}"{_mode(target)}/>'
        for identifier, kind, target in rows
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _mode(target: str) -> str:
    return ' TargetMode="External"' if ":" in target or target.startswith("\\\\") else ""


def types(**overrides: str) -> str:
    """Return the content types part for these part names; `word__document` stands for a path."""
    listed = "".join(
        f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{kind}"/>'
        for name, kind in overrides.items()
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{listed}</Types>'


def docx(body: str = "", *, links: tuple[tuple[str, str, str], ...] = (), **parts: str) -> bytes:
    """Return a DOCX with a paragraph, then `body`.

    Args:
        body: the content after the paragraph, in WordprocessingML.
        links: the relations of the text, as (identifier, type, target).
        parts: other parts by name, in which `__` is a slash and `_dot_` a dot.
    """
    return zipped(docx_parts(body, links=links) | named(parts))


def docx_parts(
    body: str = "", *, links: tuple[tuple[str, str, str], ...] = (), kind: str = ""
) -> dict[str, bytes | str]:
    text = f"<w:p><w:r><w:t>Budget du voyage</w:t></w:r></w:p>{body}"
    return {
        "[Content_Types].xml": types(word__document=kind or f"{DOCX}.main+xml"),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{text}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*links),
    }


def xlsx(
    sheet: str = "", *, links: tuple[tuple[str, str, str], ...] = (), book: str = "", **parts: str
) -> bytes:
    """Return a workbook of one sheet whose first cell is text; the arguments are as `docx`.

    `book` is added to the workbook, `sheet` to the sheet, whose relations are `links`.
    """
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Budget du voyage</t></is></c></row>'
    main = {
        "[Content_Types].xml": types(xl__workbook=f"{XLSX}.main+xml"),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{R}"><sheets><sheet name="A" '
        f'sheetId="1" r:id="rId1"/></sheets>{book}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId8", "externalLink", "externalLinks/externalLink1.xml"),
            ("rId9", "connections", "connections.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{X}" xmlns:r="{R}"><sheetData>{row}'
        f"</sheetData>{sheet}</worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": relations(*links),
    }
    return zipped(main | named(parts))


def cell(formula: str, value: str = "12") -> str:
    """Return the XML of a second row whose cell has a formula and its value."""
    return f'<row r="2"><c r="A2"><f>{formula}</f><v>{value}</v></c></row>'


def with_formula(formula: str) -> bytes:
    """Return a workbook whose second row has a formula and its value."""
    parts = unzipped(xlsx())
    name = "xl/worksheets/sheet1.xml"
    text = parts[name].decode().replace("</sheetData>", f"{cell(formula)}</sheetData>")
    return zipped(parts | {name: text})


def odt(body: str = "", *, head: str = "", manifest: str = "", **parts: str) -> bytes:
    """Return an OpenDocument text with a paragraph, then `body`; `head` precedes the body."""
    spaces = " ".join(
        f'xmlns:{name}="{O}{name}:1.0"'
        for name in ("office", "text", "table", "script", "form", "style")
    )
    spaces += f' xmlns:draw="{O}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    spaces += f' xmlns:svg="{O}svg-compatible:1.0"'
    main = {
        "mimetype": ODT,
        "content.xml": f"<office:document-content {spaces}>{head}<office:body><office:text>"
        f"<text:p>Budget du voyage</text:p>{body}</office:text></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{O}manifest:1.0">{manifest}</m:manifest>',
    }
    return zipped(main | named(parts))


def named(parts: Mapping[str, str]) -> dict[str, str]:
    """Return the parts under their real names, decoded from names valid in Python."""
    return {
        name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()
    }
