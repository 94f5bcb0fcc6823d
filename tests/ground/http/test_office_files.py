"""Office files: rebuilt as an inert copy that keeps the visible content, or refused."""

from io import BytesIO

import pytest
import xlsxwriter
from lxml import etree
from PIL import Image
from python_calamine import CalamineWorkbook

from explor.ground.http import turns
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import (
    PAPERS,
    REASONS,
    SCANS,
    UNKNOWN,
    sanitize,
    sanitize_photo,
)
from explor.ground.ui.docx import document
from support.office import (
    DOCX,
    ODT,
    XLSX,
    A,
    R,
    W,
    docx,
    docx_parts,
    odt,
    relations,
    unzipped,
    with_formula,
    zipped,
)


def words_of(part: bytes) -> str:
    return "".join(etree.fromstring(part).itertext())


def png(size: tuple[int, int] = (30, 20)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return out.getvalue()


def refusal(content: bytes, accepts: tuple[str, ...] = PAPERS) -> str:
    with pytest.raises(ActionNotAllowed) as refused:
        sanitize(content, accepts)
    return str(refused.value)


def test_the_copy_of_a_word_document_keeps_its_words_styles_and_parts():
    sent = document(title="Budget", lead="Vu", parts=[("Trajet", [("Bus", "12 €")])])
    safe = sanitize(sent, PAPERS)
    assert (safe.mime, safe.extension) == (DOCX, "docx")
    parts = unzipped(safe.content)
    assert sorted(parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/styles.xml",
    ]
    assert words_of(parts["word/document.xml"]) == words_of(unzipped(sent)["word/document.xml"])
    assert parts["word/styles.xml"].count(b"styleId") == unzipped(sent)["word/styles.xml"].count(
        b"styleId"
    )


def test_sanitizing_the_copy_of_an_office_file_gives_an_identical_copy():
    once = sanitize(docx(), PAPERS).content
    assert sanitize(once, PAPERS).content == once


def test_a_picture_in_a_word_document_is_encoded_again_and_still_shown():
    body = '<w:p><w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r></w:p>'
    sent = docx_parts(body, links=(("rId7", "image", "media/vue.png"),))
    parts = unzipped(sanitize(zipped(sent | {"word/media/vue.png": png()}), PAPERS).content)
    (blip,) = etree.fromstring(parts["word/document.xml"]).iter(f"{{{A}}}blip")
    assert blip.get(f"{{{R}}}embed") == "rId7"
    assert b'Id="rId7"' in parts["word/_rels/document.xml.rels"]
    with Image.open(BytesIO(parts["word/image1.png"])) as image:
        assert image.size == (30, 20)


def test_fields_and_links_of_a_word_document_become_plain_text():
    sent = docx(
        '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>'
        '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>ici</w:t></w:r></w:hyperlink></w:p>',
        links=(("rId1", "hyperlink", "https://exemple.test/"),),
    )
    main = unzipped(sanitize(sent, PAPERS).content)["word/document.xml"]
    assert words_of(main) == "Budget du voyage3ici"
    assert b"fldSimple" not in main
    (link,) = etree.fromstring(main).iter(f"{{{W}}}hyperlink")
    assert link.attrib == {}


def test_the_copy_of_a_workbook_keeps_its_cells_and_the_values_of_its_formulas():
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Dépenses")
        sheet.write_row(0, 0, ["Bus", 12.5])
        sheet.write_formula(1, 1, "=SUM(B1:B1)", None, 12.5)
        sheet.write_url(2, 0, "https://exemple.test/", string="devis")
        book.add_worksheet("Vide")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Dépenses!$B$1:$B$2"})
        sheet.insert_chart("D2", chart)
        sheet.insert_image("D20", "vue.png", {"image_data": BytesIO(png())})
    safe = sanitize(out.getvalue(), PAPERS)
    assert (safe.mime, safe.extension) == (XLSX, "xlsx")
    copy = CalamineWorkbook.from_filelike(BytesIO(safe.content))
    assert copy.sheet_names == ["Dépenses", "Vide"]
    assert copy.get_sheet_by_index(0).to_python()[:3] == [["Bus", 12.5], ["", 12.5], ["devis", ""]]
    parts = unzipped(safe.content)
    assert sum(name.startswith("xl/chart") for name in parts) == 1
    assert sum(name.endswith(".png") for name in parts) == 1
    assert b"<f>" not in b"".join(parts[name] for name in parts if name.startswith("xl/worksheet"))


def test_a_formula_of_a_workbook_is_replaced_with_its_value():
    content = sanitize(with_formula("SUM(A1:A3)"), PAPERS).content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows == [["Budget du voyage"], [12]]


def test_the_copy_of_an_opendocument_text_keeps_its_words_and_its_pictures():
    frame = '<draw:frame><draw:image xlink:href="Pictures/vue.png"/></draw:frame>'
    link = '<text:a xlink:href="https://exemple.test/">ici</text:a>, merci'
    sent = unzipped(odt(f"<text:p>{frame}{link}</text:p>")) | {"Pictures/vue.png": png()}
    safe = sanitize(zipped(sent), PAPERS)
    assert (safe.mime, safe.extension) == (ODT, "odt")
    parts = unzipped(safe.content)
    assert list(parts) == [
        "mimetype",
        "META-INF/manifest.xml",
        "content.xml",
        "Pictures/image1.png",
    ]
    assert words_of(parts["content.xml"]) == "Budget du voyageici, merci"
    assert b'xlink:href="Pictures/image1.png"' in parts["content.xml"]
    assert safe.content[38:].startswith(ODT.encode())  # where readers look for the type


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (docx(word__vbaProject_dot_bin="x"), "macros"),
        (zipped({"facture.exe": "MZ"}), "zip"),
        (docx() + b"<html>", "mixed"),
        (b"\xd0\xcf\x11\xe0", "old"),
        (zipped(docx_parts() | {f"x/{n}": "" for n in range(1001)}), "unzipped"),
        (zipped(docx_parts() | {"x": b"\0" * (50 * 2**20)}), "unzipped"),
        (zipped(docx_parts() | {"../x": ""}), "damaged"),
        (docx()[:200], "damaged"),
        (zipped(docx_parts() | {"word/document.xml": b"<a>" + b"<b/>" * 2**23 + b"</a>"}), "heavy"),
    ],
)
def test_an_office_file_that_cannot_be_rebuilt_is_refused_with_a_solution(content, reason):
    assert refusal(content) == REASONS[reason]


@pytest.mark.parametrize("content", [docx(), odt(), b"\xd0\xcf\x11\xe0"])
def test_an_office_file_is_refused_by_a_field_that_accepts_scans_only(content):
    assert refusal(content, SCANS) == UNKNOWN[SCANS]


def test_a_relation_of_a_word_document_is_followed_to_another_part_but_not_to_a_url():
    sent = docx_parts(links=(("rId1", "header", "en-tete.xml"),))
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Secret</w:t></w:r></w:p></w:hdr>'
    links = relations(("rId1", "image", "https://exemple.test/pixel.png"))
    sent |= {"word/en-tete.xml": header, "word/_rels/en-tete.xml.rels": links}
    parts = unzipped(sanitize(zipped(sent), PAPERS).content)
    assert words_of(parts["word/header.xml"]) == "Secret"
    assert "word/_rels/header.xml.rels" not in parts


def test_a_photograph_becomes_a_jpeg_of_1600_pixels_and_another_file_is_refused():
    photo = sanitize_photo(png((3200, 1600)))
    assert (photo.mime, photo.width, photo.height) == ("image/jpeg", 1600, 800)
    with pytest.raises(ActionNotAllowed, match="n’est pas une image PNG ou JPEG"):
        sanitize_photo(docx())


def test_files_uploaded_while_too_many_others_are_read_are_refused_with_a_request_to_wait(
    monkeypatch,
):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with turns.turn(), turns.turn():
        assert refusal(docx()).startswith("Beaucoup de fichiers arrivent")
    assert sanitize(docx(), PAPERS).mime == DOCX
