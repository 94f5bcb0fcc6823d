"""Harmless imitations of hostile files, with MARK in place of real active content.

No file exploits any software: the scripts contain a word, and the addresses do not exist.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_LZMA, ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from .office import (
    DOCX,
    NAMES,
    A,
    O,
    R,
    W,
    docx,
    docx_parts,
    odt,
    relations,
    unzipped,
    with_formula,
    xlsx,
    zipped,
)

MARK = "MARQUE-ACTIVE"
URL = f"https://{MARK}.invalid/x"
HTML = f"<html><script>alert('{MARK}')</script></html>".encode()
EXE = b"MZ\x90\x00" + MARK.encode()


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def field(*instructions: str) -> str:
    """Return a Word field whose instruction is split into parts, with its displayed text."""
    parts = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instructions)
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'{parts}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>vu</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def texts() -> Iterator[tuple[str, bytes]]:
    """Yield hostile DOCX files by name."""
    yield "docx macros", docx(word__vbaProject_dot_bin=MARK)
    yield "docm renamed", zipped(docx_parts(kind=f"{DOCX}.macroEnabled.main+xml"))
    yield (
        "docx macro by another relation",
        docx(
            links=(
                ("rId1", "http://schemas.microsoft.com/office/2006/relationships/vba", "m.bin"),
            ),
            word__m_dot_bin=MARK,
        ),
    )
    yield (
        "docx ole",
        docx(
            run('<w:object><o:OLEObject Type="Embed" r:id="rId1"/></w:object>'),
            links=(("rId1", "oleObject", "embeddings/o.bin"),),
            word__embeddings__o_dot_bin=MARK,
        ),
    )
    yield (
        "docx ole by address",
        docx(
            run('<w:object><o:OLEObject Type="Link" r:id="rId1"/></w:object>'),
            links=(("rId1", "oleObject", URL),),
        ),
    )
    yield (
        "docx embedded workbook",
        docx(links=(("rId1", "package", "embeddings/b.xlsx"),), word__embeddings__b_dot_xlsx=MARK),
    )
    yield (
        "docx control",
        docx(
            run('<w:control r:id="rId1"/>'),
            links=(("rId1", "control", "activeX/a.xml"),),
            word__activeX__a_dot_xml=f"<a>{MARK}</a>",
        ),
    )
    yield (
        "docx template by address",
        docx(
            links=(("rId1", "settings", "settings.xml"),),
            word__settings_dot_xml=f'<w:settings {NAMES}><w:attachedTemplate r:id="t"/>'
            "</w:settings>",
            word___rels__settings_dot_xml_dot_rels=relations(("t", "attachedTemplate", URL)),
        ),
    )
    yield (
        "docx mail merge",
        docx(
            links=(("rId1", "settings", "settings.xml"),),
            word__settings_dot_xml=f"<w:settings {NAMES}><w:mailMerge><w:connectString "
            f'w:val="{MARK}"/></w:mailMerge></w:settings>',
        ),
    )
    yield (
        "docx picture by address",
        docx(
            run('<w:drawing><a:blip r:link="rId1"/></w:drawing>'), links=(("rId1", "image", URL),)
        ),
    )
    yield (
        "docx picture on a share",
        docx(
            run('<w:drawing><a:blip r:link="rId1"/></w:drawing>'),
            links=(("rId1", "image", f"\\\\{MARK}\\x.png"),),
        ),
    )
    yield (
        "docx drawing by address",
        docx(run(f'<w:pict><v:shape href="{URL}"><v:imagedata src="{URL}"/></v:shape></w:pict>')),
    )
    yield (
        "docx link",
        docx(
            f'<w:p><w:hyperlink r:id="rId1"><w:r><w:t>ici</w:t></w:r></w:hyperlink></w:p>',  # noqa: F541
            links=(("rId1", "hyperlink", f"javascript:alert('{MARK}')"),),
        ),
    )
    yield (
        "docx link in a picture",
        docx(
            run('<w:drawing><a:hlinkClick r:id="rId1" action="ppaction://program"/></w:drawing>'),
            links=(("rId1", "hyperlink", URL),),
        ),
    )
    yield (
        "docx field",
        docx(
            f'<w:p><w:fldSimple w:instr="DDEAUTO c:\\\\x {MARK}"><w:r><w:t>vu</w:t></w:r>'
            "</w:fldSimple></w:p>"
        ),
    )
    yield "docx field in parts", docx(field("DDE", f"AUTO {MARK}"))
    yield "docx included picture", docx(field(f'INCLUDEPICTURE "{URL}" \\d'))
    yield "docx macro button", docx(field(f"MACROBUTTON {MARK} ici"))
    yield (
        "docx web page inside",
        docx(
            '<w:altChunk r:id="rId1"/>',
            links=(("rId1", "aFChunk", "page.html"),),
            word__page_dot_html=HTML.decode(),
        ),
    )
    yield (
        "docx other text inside",
        docx('<w:p><w:subDoc r:id="rId1"/></w:p>', links=(("rId1", "subDocument", URL),)),
    )
    yield (
        "docx frames",
        docx(
            links=(("rId1", "webSettings", "web.xml"),),
            word__web_dot_xml=f'<w:webSettings xmlns:w="{W}"><w:frameset><w:frame>{MARK}</w:frame>'
            "</w:frameset></w:webSettings>",
        ),
    )
    yield "docx video", docx(run(f'<w:drawing><webVideoPr embeddedHtml="{MARK}"/></w:drawing>'))
    yield "docx custom buttons", docx(customUI__customUI_dot_xml=f'<x onLoad="{MARK}"/>')
    for suffix, start in (("svg", "<svg onload="), ("emf", "\x01\x00"), ("gif", "GIF89a")):
        yield (
            f"docx {suffix}",
            docx(
                run('<w:drawing><a:blip r:embed="rId1"/></w:drawing>'),
                links=(("rId1", "image", f"media/i.{suffix}"),),
                **{f"word__media__i_dot_{suffix}": f"{start}{MARK}"},
            ),
        )
    yield (
        "docx png with a script",
        zipped(
            docx_parts(
                run('<w:drawing><a:blip r:embed="rId1"/></w:drawing>'),
                links=(("rId1", "image", "media/i.png"),),
            )
            | {"word/media/i.png": png() + HTML}
        ),
    )
    yield (
        "docx font",
        docx(
            links=(("rId1", "fontTable", "fonts.xml"),),
            word__fonts_dot_xml=f'<w:fonts {NAMES}><w:font><w:embedRegular r:id="f"/></w:font>'
            "</w:fonts>",
            word___rels__fonts_dot_xml_dot_rels=relations(("f", "font", "f.odttf")),
            word__f_dot_odttf=MARK,
        ),
    )


def entities() -> Iterator[tuple[str, bytes]]:
    """Yield office files whose XML declares entities, is too deep or is no XML."""
    text = "word/document.xml"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    bodies = {
        "docx external entity": f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///{MARK}">]><d>&e;</d>',
        "docx external type": f'<!DOCTYPE d SYSTEM "{URL}"><d/>',
        "docx many entities": f'<!DOCTYPE d [<!ENTITY l0 "{MARK}">{laughs}]><d>&l8;</d>',
        "docx too deep": "<d>" * 5000 + MARK + "</d>" * 5000,
        "docx web page": HTML.decode(),
        "docx of another root": f"<d>{MARK}</d>",
    }
    for name, body in bodies.items():
        yield name, zipped(docx_parts() | {text: body})
    yield (
        "odt entity",
        zipped(unzipped(odt()) | {"content.xml": bodies["docx external entity"].encode()}),
    )


def workbooks() -> Iterator[tuple[str, bytes]]:
    """Yield hostile XLSX files by name."""
    yield "xlsx dde", with_formula(f"cmd|'/c {MARK}'!A0")
    yield "xlsx web service", with_formula(f'WEBSERVICE("{URL}")')
    yield "xlsx link formula", with_formula(f'HYPERLINK("{URL}","ici")')
    yield "xlsx other workbook", with_formula(f"[1]{MARK}!A1")
    yield (
        "xlsx external link",
        xlsx(xl__externalLinks__externalLink1_dot_xml=f"<externalLink>{MARK}</externalLink>"),
    )
    yield "xlsx connection", xlsx(xl__connections_dot_xml=f"<connections>{MARK}</connections>")
    yield "xlsx macro sheet", xlsx(xl__macrosheets__sheet1_dot_xml=f"<x>{MARK}</x>")
    yield "xlsx macros", xlsx(xl__vbaProject_dot_bin=MARK)
    yield (
        "xlsx name run at opening",
        xlsx(
            book=f'<definedNames><definedName name="Auto_Open">{MARK}</definedName></definedNames>'
        ),
    )
    yield (
        "xlsx link",
        xlsx(
            '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>',
            links=(("rId1", "hyperlink", URL),),
        ),
    )
    yield (
        "xlsx ole",
        xlsx(
            '<oleObjects><oleObject progId="Package" r:id="rId1"/></oleObjects>',
            links=(("rId1", "oleObject", "../o.bin"),),
            xl__o_dot_bin=MARK,
        ),
    )
    yield (
        "xlsx validation",
        xlsx(
            f"<dataValidations><dataValidation><formula1>{MARK}</formula1></dataValidation>"
            "</dataValidations>"
        ),
    )
    yield (
        "xlsx background by address",
        xlsx('<picture r:id="rId1"/>', links=(("rId1", "image", URL),)),
    )


def opendocuments() -> Iterator[tuple[str, bytes]]:
    """Yield hostile ODT files by name."""
    yield "odt macros", odt(Basic__Standard__m_dot_xml=MARK)
    yield "odt script file", odt(Scripts__python__m_dot_py=MARK)
    yield (
        "odt script",
        odt(head=f"<office:scripts><office:script>{MARK}</office:script></office:scripts>"),
    )
    yield (
        "odt event",
        odt(
            f'<office:event-listeners><script:event-listener xlink:href="{URL}"/>'
            "</office:event-listeners>"
        ),
    )
    yield "odt script in the text", odt(f"<text:p><text:script>{MARK}</text:script></text:p>")
    yield "odt macro field", odt(f'<text:p><text:execute-macro text:name="{MARK}"/></text:p>')
    yield (
        "odt picture by address",
        odt(f'<text:p><draw:frame><draw:image xlink:href="{URL}"/></draw:frame></text:p>'),
    )
    for name in ("object", "object-ole", "plugin", "applet", "floating-frame"):
        inside = f'<draw:{name} xlink:href="{URL}"/>'
        yield f"odt {name}", odt(f"<text:p><draw:frame>{inside}</draw:frame></text:p>")
    yield "odt object inside", odt(Object_1__content_dot_xml=f"<x>{MARK}</x>")
    yield (
        "odt section by dde",
        odt(f'<text:section><office:dde-source office:dde-item="{MARK}"/></text:section>'),
    )
    yield (
        "odt section by address",
        odt(f'<text:section><text:section-source xlink:href="{URL}"/></text:section>'),
    )
    yield "odt form", odt(f'<office:forms><form:form xlink:href="{URL}"/></office:forms>')
    yield "odt link", odt(f'<text:p><text:a xlink:href="javascript:{MARK}">ici</text:a></text:p>')
    yield (
        "odt formula",
        odt(
            f'<table:table><table:table-row><table:table-cell table:formula="{MARK}"/>'
            "</table:table-row></table:table>"
        ),
    )
    yield (
        "odt font by address",
        odt(
            head="<office:font-face-decls><style:font-face><svg:font-face-src><svg:font-face-uri "
            f'xlink:href="{URL}"/></svg:font-face-src></style:font-face></office:font-face-decls>'
        ),
    )
    locked = f'<m:file-entry xmlns:m="{O}manifest:1.0"><m:encryption-data/></m:file-entry>'
    yield "odt encrypted", odt(manifest=locked)
    yield "odt thumbnail", odt(Thumbnails__thumbnail_dot_png=MARK)


def archives() -> Iterator[tuple[str, bytes]]:
    """Yield archives that are not documents, or that contain something else than a document."""
    good = docx()
    yield "zip of a program", zipped({"facture.exe": EXE})
    yield "zip of a script", zipped({"lisez.html": HTML})
    yield "java archive", zipped({"META-INF/MANIFEST.MF": MARK, "A.class": EXE})
    yield "ods named odt", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    yield "empty archive", zipped({})
    yield "program then docx", EXE + good
    yield "web page then docx", HTML + good
    yield "docx then web page", good + HTML
    yield "zip then docx", zipped({"a.html": HTML}) + good
    yield "docx with a comment", commented(good, HTML)
    yield "docx in docx", docx(word__autre_dot_docx=MARK)
    yield "docx with a path outside", zipped(docx_parts() | {"../../x.sh": MARK})
    yield "docx with an absolute path", zipped(docx_parts() | {"/etc/x.sh": MARK})
    yield "docx with a path on a drive", zipped(docx_parts() | {"c:\\x.bat": MARK})
    yield "docx with many parts", zipped(docx_parts() | {f"x/{n}": MARK for n in range(1001)})
    yield "docx of 51 MB", zipped(docx_parts() | {"x/0.xml": b"\0" * (51 * 2**20)})
    yield (
        "docx of 49 MB of xml",
        zipped(docx_parts() | {"word/document.xml": b"<a>" + b"<b/>" * (12 * 2**20) + b"</a>"}),
    )
    yield "docx encrypted", flagged(good)
    yield "docx by lzma", zipped(docx_parts() | {"x": MARK}, compress_type=ZIP_LZMA)
    yield "docx truncated", good[: len(good) // 2]
    yield "docx damaged", good.replace(zlib.crc32(b"").to_bytes(4, "little"), b"abcd")[:-30]
    yield "docx with the same part twice", twice()
    yield "word 97", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK.encode() * 100
    yield "rtf", b"{\\rtf1\\object " + MARK.encode() + b"}"
    yield "web page", HTML
    yield "svg", f'<svg xmlns="http://www.w3.org/2000/svg" onload="{MARK}"/>'.encode()
    yield "program", EXE
    yield "shortcut", b"[InternetShortcut]\nURL=" + URL.encode()


def commented(content: bytes, comment: bytes) -> bytes:
    out = BytesIO(content)
    with ZipFile(out, "a") as archive:
        archive.comment = comment
    return out.getvalue()


def flagged(content: bytes) -> bytes:
    """Return an archive whose entries are declared encrypted."""
    marked = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + place] |= 1
            at = marked.find(mark, at + 4)
    return bytes(marked)


def twice() -> bytes:
    """Return a DOCX that contains two parts under the same name."""
    parts = zipped(docx_parts() | {"word/documenX.xml": f"<d>{MARK}</d>"})
    return parts.replace(b"word/documenX.xml", b"word/document.xml")


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield hostile PDF files by name."""
    for name in ("JavaScript", "Launch", "URI"):
        yield f"pdf opening {name}", pdf(lambda each, kind=name: _open(each, kind))
    for name in ("SubmitForm", "GoToR", "URI"):
        yield f"pdf linking {name}", pdf(lambda each, kind=name: _link(each, kind))
    yield "pdf attachment", pdf(lambda each: each.attachments.__setitem__(f"{MARK}.exe", EXE))
    yield "pdf xfa", pdf(lambda each: _root(each, AcroForm=Dictionary(XFA=String(MARK))))
    yield "pdf then web page", pdf() + HTML
    yield "pdf then docx", pdf() + docx(word__x_dot_html=HTML.decode())
    yield "web page then pdf", HTML + pdf()
    yield "pdf encrypted", pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    yield "pdf truncated", b"%PDF-1.7\n" + MARK.encode()


def pdf(change=lambda each: None, **how: object) -> bytes:
    out = BytesIO()
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 200))
    change(made)
    made.save(out, **how)
    return out.getvalue()


def _root(each: pikepdf.Pdf, **values: object) -> None:
    for name, value in values.items():
        each.Root[f"/{name}"] = each.make_indirect(value)


def _action(kind: str) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), JS=String(MARK), F=String(URL), URI=String(URL))


def _open(each: pikepdf.Pdf, kind: str) -> None:
    each.Root.OpenAction = each.make_indirect(_action(kind))


def _link(each: pikepdf.Pdf, kind: str) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=_action(kind))
    each.pages[0].obj.Annots = Array([note])


def png(**more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG", **more)
    return out.getvalue()


def pictures() -> Iterator[tuple[str, bytes]]:
    """Yield hostile pictures by name."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", HTML.decode())
    yield "png with a script", png(pnginfo=texts)
    yield "png then web page", png() + HTML
    yield "png then zip", png() + zipped({"a.html": HTML})
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", comment=HTML)
    yield "jpeg with a script", out.getvalue()
    yield "jpeg then program", out.getvalue() + EXE
    huge = struct.pack(">2I5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    head = struct.pack(">I", 13) + b"IHDR" + huge + struct.pack(">I", zlib.crc32(b"IHDR" + huge))
    yield "png of 3,600 million points", png()[:8] + head + png()[33:]
    yield "png truncated", png()[:40] + MARK.encode()
    yield "gif and script", b"GIF89a/*" + MARK.encode() + b"*/=1;"


def hostile() -> dict[str, bytes]:
    """Return every hostile file by name."""
    kinds = (texts, entities, workbooks, opendocuments, archives, pdfs, pictures)
    return {name: content for kind in kinds for name, content in kind()}


__all__ = ["MARK", "A", "R", "hostile"]
