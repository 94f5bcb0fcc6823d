"""Uploaded files: sanitized of active content and metadata, or refused with a reason."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import LIMIT, REASONS, sanitize


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def saved(pdf: pikepdf.Pdf, **how) -> bytes:
    out = BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def page() -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    return pdf


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **more) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1).save(out, kind, **more)
    return out.getvalue()


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def refusal(content: bytes) -> str:
    with pytest.raises(ActionNotAllowed) as refused:
        sanitize(content)
    return str(refused.value)


def on_opening(pdf):
    pdf.Root.OpenAction = script()


def on_events(pdf):
    pdf.Root.AA = Dictionary(WC=script())
    pdf.pages[0].obj.AA = Dictionary(O=script())


def by_name(pdf):
    names = Dictionary(Names=Array([String("a"), pdf.make_indirect(script())]))
    pdf.Root.Names = Dictionary(JavaScript=names)


def attached(pdf):
    pdf.attachments["app.alert.exe"] = b"MZ"


def linked(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=script())
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def linked_in_the_page(pdf):
    inward = Dictionary(S=Name.GoTo, D=String("a"), Next=Array([script()]))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=inward)
    pdf.pages[0].obj.Annots = Array([note])


def in_a_form(pdf):
    field = Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(K=script()))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), XFA=String("<xdp/>"))


def launched(pdf):
    action = Dictionary(S=Name.Launch, F=String("app.alert(1)"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].obj.Annots = Array([note])


@pytest.mark.parametrize(
    "arm",
    [
        on_opening,
        on_events,
        by_name,
        attached,
        linked,
        linked_in_the_page,
        in_a_form,
        launched,
    ],
)
def test_sanitizing_removes_the_active_content_of_a_pdf(arm):
    pdf = page()
    arm(pdf)
    armed = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    assert b"app.alert" in armed
    sanitized = sanitize(armed)
    flat = saved(
        opened(sanitized.content), object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True
    )
    assert (sanitized.mime, sanitized.extension) == ("application/pdf", "pdf")
    assert b"app.alert" not in flat
    assert b"/Launch" not in flat
    assert len(opened(sanitized.content).pages) == 1


def test_sanitizing_removes_the_media_annotations_of_a_pdf_and_keeps_its_highlights():
    pdf = page()
    notes = [
        Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[0, 0, 9, 9])
        for kind in ("/RichMedia", "/Highlight", "/FileAttachment", "/Movie")
    ]
    pdf.pages[0].obj.Annots = Array(notes)
    kept = opened(sanitize(saved(pdf)).content)
    assert [str(note.Subtype) for note in kept.pages[0].obj.Annots] == ["/Highlight"]


def test_sanitizing_keeps_the_links_between_pages_of_a_pdf():
    pdf = page()
    inward = Dictionary(S=Name.GoTo, D=String("chapitre"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=inward)
    pdf.pages[0].obj.Annots = Array([note])
    kept = opened(sanitize(saved(pdf)).content)
    assert str(kept.pages[0].obj.Annots[0].A.D) == "chapitre"


def test_sanitizing_removes_the_bytes_after_a_pdf():
    sanitized = sanitize(saved(page()) + b"<script>alert(1)</script>")
    assert b"<script>" not in sanitized.content


def test_sanitizing_removes_the_restrictions_of_a_pdf_that_opens_without_password():
    locks = pikepdf.Encryption(owner="secret", user="")
    assert opened(sanitize(saved(page(), encryption=locks)).content).is_encrypted is False


def test_a_pdf_protected_by_a_password_is_refused():
    locks = pikepdf.Encryption(owner="secret", user="secret")
    assert refusal(saved(page(), encryption=locks)) == REASONS["locked"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Ce fichier est vide."),
        (b"x" * (LIMIT + 1), "Ce fichier pèse 10,0 Mo : la limite est de 10 Mo."),
        (b"PK\x03\x04 un document de bureau", REASONS["unknown"]),
        (b"<html><script>alert(1)</script></html>", REASONS["unknown"]),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", REASONS["unknown"]),
        (b"GIF89a", REASONS["unknown"]),
        (b"%PDF-1.7 rien de plus", REASONS["damaged"]),
        (b"\x89PNG\r\n\x1a\n rien de plus", REASONS["damaged"]),
        (b"\xff\xd8\xff rien de plus", REASONS["damaged"]),
    ],
)
def test_a_file_that_cannot_be_sanitized_is_refused(content, reason):
    assert refusal(content) == reason


def test_a_pdf_with_too_many_pages_is_refused():
    pdf = page()
    for _ in range(500):
        pdf.add_blank_page(page_size=(200, 200))
    assert refusal(saved(pdf)) == REASONS["pages"]


def test_uploading_a_picture_of_too_many_pixels_is_refused():
    assert refusal(picture("PNG", mode="1", size=(9000, 9000))) == REASONS["pixels"]


def test_uploading_a_truncated_picture_is_refused():
    content = picture("JPEG", size=(400, 400))
    assert refusal(content[: len(content) // 2]) == REASONS["damaged"]


def test_sanitizing_removes_the_metadata_of_a_photograph_and_rotates_it_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    exif[0x010F] = "Appareil d'exemple"
    sent = picture("JPEG", exif=exif, comment=b"un secret")
    assert b"Appareil" in sent
    assert b"un secret" in sent
    sanitized = sanitize(sent)
    assert (sanitized.mime, sanitized.extension) == ("image/jpeg", "jpg")
    with Image.open(BytesIO(sanitized.content)) as image:
        assert image.size == (20, 40)
        assert dict(image.getexif()) == {}
        assert "comment" not in image.info


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_sanitizing_removes_the_text_metadata_of_a_png_in_every_colour_mode(mode):
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Auteur", "un secret")
    sanitized = sanitize(picture("PNG", mode=mode, pnginfo=texts))
    with Image.open(BytesIO(sanitized.content)) as image:
        image.load()
        assert image.size == (40, 20)
        assert image.info == {}
        assert image.mode == ("RGBA" if mode in ("RGBA", "LA") else "RGB")
