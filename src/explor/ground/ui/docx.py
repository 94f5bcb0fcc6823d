"""A simple Word document (ECMA-376) with headings and facts, written without any library."""

import re
from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Facts = Iterable[tuple[str, object]]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MIME = f"{KIND}.document"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# The characters that XML 1.0 forbids.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/></Types>'
)
LINKS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARTS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'
)


def document(*, title: str, lead: str, parts: Iterable[tuple[str, Facts]]) -> bytes:
    """Return a document with a title, a subtitle, then titled sections of (name, value) pairs.

    A value is a text, whose line breaks are kept, or a list; None and "" are shown as --. A value
    whose name is "" has no heading. The same data always gives the same bytes.
    """
    body = [_paragraph(title, "Title"), _paragraph(lead, "Normal")]
    for name, facts in parts:
        body.append(_paragraph(name, "Heading1"))
        for label, value in facts:
            body += [_paragraph(label, "Heading2")] if label else []
            body += [_paragraph(line, "Normal") for line in _lines(value)]
    body_xml = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>'
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": LINKS,
        "word/document.xml": body_xml,
        "word/_rels/document.xml.rels": PARTS,
        "word/styles.xml": _styles(),
    }
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
    return output.getvalue()


def _lines(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(each) for each in value] or ["--"]
    return ["--"] if value in (None, "") else str(value).splitlines()


def _paragraph(text: str, style: str) -> str:
    kept = escape(ILLEGAL.sub("", text))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{kept}</w:t></w:r></w:p>'
    )


def _styles() -> str:
    """Return the XML of the styles; sizes are in half points, spaces in twentieths of a point."""
    styles = [
        _style("Normal", "Normal", 22, 80, bold=False, level=None),
        _style("Title", "Title", 40, 120, bold=True, level=None),
        _style("Heading1", "heading 1", 28, 240, bold=True, level=0),
        _style("Heading2", "heading 2", 22, 120, bold=True, level=1),
    ]
    return (
        f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f"{''.join(styles)}</w:styles>"
    )


def _style(code: str, name: str, size: int, space: int, *, bold: bool, level: int | None) -> str:
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    default = ' w:default="1"' if code == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:pPr><w:spacing w:before="{space}" w:after="60"/>{outline}</w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )
