"""Sanitizing of PDF files: rewrite them without active content."""

from io import BytesIO
from typing import Any

import pikepdf

PAGES = 500
# The PDF actions that are kept, since they stay inside the document. JavaScript, Launch, URI,
# SubmitForm and all other actions are removed.
INNER = ("/GoTo", "/Named")
ACTIVE = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA")
HEAVY = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")


def sanitize_pdf(content: bytes) -> bytes:
    """Return the same pages without scripts, attachments, external actions or media.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if len(pdf.pages) > PAGES:
                raise ValueError("pages")
            for item in pdf.objects:
                _remove_active(item)
            for page in pdf.pages:
                _drop_media(page)
            out = BytesIO()
            # Streams are copied without being decompressed, which prevents decompression bombs.
            pdf.save(
                out,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise ValueError("locked") from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise ValueError("damaged") from error


def _remove_active(item: Any, depth: int = 0) -> None:
    """Remove scripts, attachments and external actions from a PDF object and the objects inside it.

    Indirect objects that it references are not visited; the caller visits each of them. `depth` is
    the level of nesting.

    Raises:
        ValueError: "damaged", above 50 levels.
    """
    if depth > 50:
        raise ValueError("damaged")
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key in ACTIVE:
            if key in item:
                del item[key]
        for key in ("/A", "/Next", "/PA"):
            if key in item and _acts(item[key]):
                del item[key]
        inside = [item.get(key) for key in list(item.keys())]
    elif isinstance(item, pikepdf.Array):
        inside = list(item)
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _remove_active(value, depth + 1)


def _acts(value: Any) -> bool:
    """Return whether a PDF object is a removed action, or a list that contains one."""
    if isinstance(value, pikepdf.Array):
        return any(_acts(each) for each in value)
    if not isinstance(value, pikepdf.Dictionary) or "/S" not in value:
        return False
    return str(value["/S"]) not in INNER


def _drop_media(page: pikepdf.Page) -> None:
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    for place in reversed(range(len(notes))):
        note = notes[place]
        if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) in HEAVY:
            del notes[place]
