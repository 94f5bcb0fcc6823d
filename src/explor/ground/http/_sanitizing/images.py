"""Sanitizing of pictures: encode them again without metadata."""

from io import BytesIO

from PIL import Image, ImageOps

PIXELS = 40_000_000
WIDEST_PHOTO = 1600  # maximum number of pixels
JPEG_QUALITY = 82


def sanitize_image(content: bytes, kind: str) -> bytes:
    """Return the picture encoded again: upright, first frame only, without metadata.

    Args:
        content: the bytes of the picture.
        kind: "PNG" or "JPEG".

    Raises:
        ValueError: the picture is refused; the message is a key of `sanitize.REASONS`.
    """
    drawn, out = _drawn(content, kind), BytesIO()
    drawn.save(out, kind, quality=JPEG_QUALITY)
    return out.getvalue()


def photo(content: bytes, kind: str) -> tuple[bytes, int, int]:
    """Return the picture as a JPEG of at most 1600 pixels a side, with its width and height.

    The arguments and errors are those of `sanitize_image`.
    """
    drawn, out = _drawn(content, kind), BytesIO()
    drawn.thumbnail((WIDEST_PHOTO, WIDEST_PHOTO))
    drawn.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue(), drawn.width, drawn.height


def _drawn(content: bytes, kind: str) -> Image.Image:
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
    return drawn
