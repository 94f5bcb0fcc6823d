"""A separate process that sanitizes one file, from standard input to standard output.

Run it as `python -m explor.ground.http._sanitize_process < file > rewritten`.

It limits its own memory and time, so that a decompression bomb only makes one upload fail. The
first line of the output is the type of the file, or "!" and a key of `sanitize.REASONS`; the
sanitized bytes follow.
"""

import resource
import sys
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, ImageOps

MEMORY = 1024 * 1024 * 1024  # bytes of address space; the libraries alone map about 300 MB
SECONDS = 10  # seconds of processor time
PIXELS = 40_000_000
PAGES = 500
# The PDF actions that are kept, since they stay inside the document; JavaScript, Launch, URI,
# SubmitForm and all others are removed.
INNER = ("/GoTo", "/Named")
ACTIVE = ("/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/XFA")
HEAVY = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")


def sanitize(content: bytes) -> tuple[str, bytes]:
    """Return the type of the file and its sanitized bytes.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    if content.startswith(b"%PDF-"):
        return "application/pdf", sanitize_pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png", sanitize_image(content, "PNG")
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", sanitize_image(content, "JPEG")
    raise ValueError("unknown")


def sanitize_image(content: bytes, kind: str) -> bytes:
    """Return the picture encoded again: upright, first frame only, without metadata.

    Args:
        content: the bytes of the picture.
        kind: "PNG" or "JPEG".

    Raises:
        ValueError: as `sanitize`.
    """
    try:
        with Image.open(BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > PIXELS:
                raise ValueError("pixels")
            ImageOps.exif_transpose(image, in_place=True)
            transparent = kind == "PNG" and image.has_transparency_data
            drawn = image.convert("RGBA" if transparent else "RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("damaged") from error
    drawn.info.clear()
    out = BytesIO()
    drawn.save(out, kind, quality=82)
    return out.getvalue()


def sanitize_pdf(content: bytes) -> bytes:
    """Return the same pages without scripts, attachments, external actions or media.

    Raises:
        ValueError: as `sanitize`.
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

    The objects that it only references are left to the caller. `depth` is the level of nesting.
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
    """Return whether a PDF object is an external action, or a list that contains one."""
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


def main() -> None:
    """Sanitize the standard input; a refused file is reported on the output, with exit status 0."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        mime, content = sanitize(sys.stdin.buffer.read())
    except ValueError as error:
        mime, content = f"!{error}", b""
    except MemoryError:
        mime, content = "!heavy", b""
    sys.stdout.buffer.write(mime.encode() + b"\n" + content)


if __name__ == "__main__":
    main()
