"""PDF rendered by typst: accessible (PDF/UA-1), archivable (PDF/A-2a) and reproducible.

A package keeps its own typst files in `templates/<package>/` and imports the common layout
with `#import "/ground/ui/typst/layout.typ": *`; most need none and use `document.typ`.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.core.serializers.json import DjangoJSONEncoder
from django.template.utils import get_app_template_dirs
from django.utils import timezone

from explor.ground.ui.days import date_format

ROOT = Path(__file__).parents[2]
HOUSE = Path(__file__).parent / "typst"
# The typst error about a character that is missing from all embedded fonts.
UNDRAWN = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
REPLACEMENT = "□"
REMOVED = ("Cc", "Cf", "Co", "Cs")  # Unicode categories
KEPT = "\n\u200c\u200d"  # of these categories; the last two shape the letters beside them


def render(
    template: str, data: Mapping[str, Any], *, title: str, at: datetime | None = None
) -> bytes:
    """Render `template` with `data` and return the PDF.

    `at` dates the file, now by default; the same data and `at` give the same bytes. `document.typ`
    reads, all optional: `issuer` (name, lines, accent), `kicker`, `lead`, `reference`, `facts`
    ([label, value] pairs; "" and None show as --), `sections` (title, paragraphs, list, facts,
    table with head, rows and the right-aligned columns `numbers`), `signatures` (party, name,
    role, signed, small `lines`), `signatures_apart` (on a page of their own), `verification` (see
    `proof`). Dates are written in French. A character that no font has becomes □. Raises
    FileNotFoundError for an unknown template.
    """
    moment = (at or timezone.now()).astimezone(UTC).replace(microsecond=0)
    options = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"], "timestamp": moment}
    return _drawn(template, {**data, "title": title}, options)


def as_printed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data as `render` prints them, in JSON: dates are already written in French."""
    printed: dict[str, Any] = json.loads(json.dumps(data, cls=French))
    return printed


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Render the single page of `template` as a PNG, with two pixels per point."""
    return _drawn(template, data, {"format": "png", "ppi": 144})


def _drawn(template: str, data: Mapping[str, Any], options: dict[str, Any]) -> bytes:
    text = json.dumps(_printable(as_printed(data)), ensure_ascii=False)
    source = _find(template)
    while True:
        try:
            return _compile(source, text, options)
        except typst.TypstError as error:
            drawable = _without(text, error)
            if drawable == text:
                raise
            text = drawable


def proof(code: str, url: str) -> dict[str, str]:
    """Return the `verification` value of a document, given the code of its seal and its URL.

    Its keys are `code`, `url`, `shown` (the URL without https://) and `qr` (the URL as an SVG).
    """
    qr = BytesIO()
    segno.make(url, error="m", micro=False).save(qr, kind="svg", xmldecl=False, border=2)
    shown = url.removeprefix("https://").removeprefix("http://")
    return {"code": code, "url": url, "shown": shown, "qr": qr.getvalue().decode()}


class French(DjangoJSONEncoder):
    """A JSON encoder that formats dates and times in French."""

    def default(self, o: Any) -> Any:
        if isinstance(o, datetime):
            return f"{_day(timezone.localtime(o).date())}{timezone.localtime(o):, %H h %M}"
        if isinstance(o, date):
            return _day(o)
        return super().default(o)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _find(template: str) -> Path:
    for folder in (HOUSE, *map(Path, get_app_template_dirs("templates"))):
        path = folder / template
        if path.is_file() and path.is_relative_to(ROOT):
            return path
    raise FileNotFoundError(template)


def _compile(source: Path, text: str, options: dict[str, Any]) -> bytes:
    compiler = typst.Compiler(
        source, root=ROOT, ignore_system_fonts=True, sys_inputs={"data": text}
    )
    drawn = compiler.compile(**options)
    if not isinstance(drawn, bytes):
        raise TypeError("typst gave no single file")
    return drawn


def _printable(value: Any) -> Any:
    """Return the JSON data `value` with texts that a PDF can hold.

    Control characters, except line breaks, lone surrogates and what PDF/A refuses (invisible marks,
    private characters) are removed from every text. Those that join letters stay.
    """
    if isinstance(value, str):
        return "".join(c for c in value if c in KEPT or unicodedata.category(c) not in REMOVED)
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list) else value


def _without(text: str, error: typst.TypstError) -> str:
    """Return `text` with □ for each character that `error` reports as missing from all fonts."""
    for escaped in UNDRAWN.findall(error.diagnostic):
        undrawn = ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), escaped)
        text = text.replace(undrawn, REPLACEMENT * len(undrawn))
    return text
