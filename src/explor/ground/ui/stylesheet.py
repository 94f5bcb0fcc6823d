"""The style sheet of all pages, concatenated from the source files of `styles/`.

A page loads a single file, while each source stays short. The result is an ordinary static file,
found by the development server and by `collectstatic`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).parent / "styles"
NAME = "explor/explor.css"
# Each source belongs to the cascade layer of its folder; a later layer overrides an earlier one.
LAYERS: dict[str, tuple[str, ...]] = {
    "tokens": ("tokens.css",),
    "base": ("base.css",),
    "frame": ("frame.css",),
    "parts": ("parts/*.css",),
    "pages": ("pages/*.css",),
    "print": ("print.css",),
}
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def joined() -> str:
    """Return the concatenated style sheet, without comments or indentation."""
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer, patterns in LAYERS.items():
        sources = [path for pattern in patterns for path in sorted(SOURCES.glob(pattern))]
        text = COMMENT.sub("", "".join(path.read_text(encoding="utf-8") for path in sources))
        lines = (line.strip() for line in text.splitlines())
        parts.append(f"@layer {layer} {{\n{chr(10).join(filter(None, lines))}\n}}")
    return "\n".join(parts) + "\n"


class StyleFinder(BaseFinder):
    """A Django static files finder that serves the concatenated style sheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=Path(settings.VAR) / "styles")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path of the style sheet if `path` is its name, else an empty list.

        With `find_all`, the path is in a list.
        """
        if path != NAME:
            return []
        written = str(self._written())
        return [written] if find_all or kwargs.get("all") else written

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Yield the (name, storage) of the style sheet, the only file of this finder."""
        self._written()
        yield NAME, self.storage

    def _written(self) -> Path:
        """Return the path of the style sheet, written again only if a source changed."""
        place, text = Path(self.storage.path(NAME)), joined()
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            # Concurrent processes may write: an atomic replacement exposes no partial sheet.
            draft = place.with_suffix(f".{os.getpid()}")
            draft.write_text(text, encoding="utf-8")
            draft.replace(place)
        return place
