"""PDF rendered by typst: accessible (PDF/UA-1), archivable (PDF/A-2a) and reproducible.

A package keeps its own typst files in `templates/<package>/` and imports the common layout
with `#import "/ground/ui/typst/layout.typ": *`; most need none and use `document.typ`.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
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
# Matches typst's error about a character that no embedded font contains.
UNDRAWN = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
REPLACEMENT = "□"
REMOVED = ("Cc", "Cf", "Co", "Cs")  # forbidden Unicode categories
JOINERS = "\u200c\u200d"  # allowed although in these categories, since they shape adjacent letters
KEPT = f"\n{JOINERS}"


def render(
    template: str, data: Mapping[str, Any], *, title: str, at: datetime | None = None
) -> bytes:
    """Render `template` with `data` and return the PDF.

    `at` dates the file, now by default; the same data and `at` give the same bytes. `document.typ`
    reads, all optional: `issuer` (name, lines, accent), `kicker`, `lead`, `reference`, `facts`
    ([label, value] pairs; "" and None show as --), `sections` (title, paragraphs, list, facts,
    table with head, rows and the right-aligned columns `numbers`), `signatures` (party, name, role,
    signed, small `lines`), `signatures_apart` (on a page of their own), `verification` (see
    `proof`). Dates are written in French. A character that no font contains becomes □, and a line
    at the end says so. Raises FileNotFoundError for an unknown template.
    """
    moment = (at or timezone.now()).astimezone(UTC).replace(microsecond=0)
    options = {"format": "pdf", "pdf_standards": ["a-2a", "ua-1"], "timestamp": moment}
    return _drawn(template, {**data, "title": title}, options)


def as_printed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data as JSON values, as `render` prints them: dates are formatted in French."""
    printed: dict[str, Any] = json.loads(json.dumps(data, cls=French))
    return printed


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Render the single page of `template` as a PNG image with two pixels per point."""
    return _drawn(template, data, {"format": "png", "ppi": 144})


def _drawn(template: str, data: Mapping[str, Any], options: dict[str, Any]) -> bytes:
    values = _printable(as_printed(data))
    source = _find(template)
    while True:
        try:
            return _compile(source, json.dumps(values, ensure_ascii=False), options)
        except typst.TypstError as error:
            drawable = _drawable(values, _undrawn(error))
            if drawable == values:
                raise
            replaced = REPLACEMENT in json.dumps(drawable, ensure_ascii=False)
            values = drawable | {"replaced": replaced}


def proof(code: str, url: str) -> dict[str, str]:
    """Return the `verification` value for `render`, given a seal code and the URL that checks it.

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
            return date_format(o, r"j F Y, H \h i")
        if isinstance(o, date):
            return date_format(o, "j F Y")
        return super().default(o)


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
    """Return the JSON data `value` without the characters that a PDF cannot contain.

    Control characters other than line breaks, lone surrogates, invisible marks and private
    characters are removed from every text. Invisible characters that join letters stay.
    """
    return _changed(value, _visible)


def _visible(text: str) -> str:
    return "".join(c for c in text if c in KEPT or unicodedata.category(c) not in REMOVED)


def _undrawn(error: typst.TypstError) -> set[str]:
    """Return the characters that `error` reports as missing from all fonts.

    A letter is also reported when its combining mark is missing.
    """
    texts = UNDRAWN.findall(error.diagnostic)
    return set(
        "".join(ESCAPE.sub(lambda e: chr(int(e[1], 16)) if e[1] else e[2], each) for each in texts)
    )


def _drawable(values: Any, undrawn: set[str]) -> Any:
    """Return the JSON data `values` without the combining marks in `undrawn`; their letters stay.

    If there is no such mark, each undrawn character becomes □.
    """
    if (bare := _changed(values, lambda text: _without_marks(text, undrawn))) != values:
        return bare
    missing = {each for each in undrawn if not each.isascii()} or undrawn
    table = str.maketrans(dict.fromkeys(missing, REPLACEMENT))
    return _changed(values, lambda text: text.translate(table))


def _without_marks(text: str, undrawn: set[str]) -> str:
    kept = ""
    for each in text:
        marks = each in JOINERS or unicodedata.category(each).startswith("M")
        if not (marks and each in undrawn and kept[-1:] in undrawn | {"", "\n"}):
            kept += each
    return kept


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """Return the JSON data `value` with `change` applied to each text, but not to keys."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(each, change) for key, each in value.items()}
    return [_changed(each, change) for each in value] if isinstance(value, list) else value
