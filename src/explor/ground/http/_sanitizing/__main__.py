"""Entry point of the process that sanitizes a file from standard input to standard output.

Run it as `python -m explor.ground.http._sanitizing FAMILY... < file > sanitized`, where FAMILY is
an accepted family of files: pdf, image, office; or photo alone, for a web picture.

It limits its own memory and time, so that a decompression bomb only makes one upload fail. The
first line of the output is the type of the file, with the width and height of a photo, or "!" and a
key of `sanitize.REASONS`; the sanitized bytes follow.
"""

import resource
import sys

MEGABYTE = 1024 * 1024
# A picture of 40 million pixels needs more memory than any other file.
PICTURE = {resource.RLIMIT_AS: 1024 * MEGABYTE, resource.RLIMIT_CPU: 10}
OTHER = {resource.RLIMIT_DATA: 200 * MEGABYTE, resource.RLIMIT_CPU: 5}  # in bytes, in seconds
ALWAYS = {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}  # bytes
PICTURES = ("PNG", "JPEG")
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "old"),  # Word or Excel before 2007, or any file with a password
)


def sanitize(content: bytes, families: list[str]) -> tuple[str, bytes]:
    """Return the first line of the output (see the module) and the sanitized bytes.

    Raises:
        ValueError: the file is refused; the message is a key of `sanitize.REASONS`.
    """
    kind = next((name for start, name in MAGIC if content.startswith(start)), "unknown")
    _limit(ALWAYS | (PICTURE if kind in PICTURES else OTHER))
    if kind in PICTURES:
        return _picture(content, kind, families)
    if kind == "pdf" and "pdf" in families:
        from .pdf import sanitize_pdf

        return "application/pdf", sanitize_pdf(content)
    if kind == "zip" and "office" in families:
        from .office import sanitize_office

        return sanitize_office(content)
    raise ValueError(kind if kind == "old" and "office" in families else "unknown")


def _picture(content: bytes, kind: str, families: list[str]) -> tuple[str, bytes]:
    from .images import photo, sanitize_image

    if "photo" in families:
        small, width, height = photo(content, kind)
        return f"image/jpeg {width} {height}", small
    if "image" in families:
        return f"image/{kind.lower()}", sanitize_image(content, kind)
    raise ValueError("unknown")


def _limit(limits: dict[int, int]) -> None:
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Sanitize the standard input; a refused file is reported on the output, with exit status 0."""
    try:
        first, content = sanitize(sys.stdin.buffer.read(), sys.argv[1:])
    except ValueError as error:
        first, content = f"!{error}", b""
    except (MemoryError, RecursionError):
        first, content = "!heavy", b""
    sys.stdout.buffer.write(first.encode() + b"\n" + content)


if __name__ == "__main__":
    main()
