"""Files of one project sheet: PDF, PNG picture, Markdown, JSON or JSON-LD."""

from typing import Any

from django.conf import settings
from markdown_it import MarkdownIt

from explor.ground.reference.selectors import label
from explor.ground.ui import pdf
from explor.ground.ui.days import date_format
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet
from explor.journey.sheets.pages import facts_of, lead_organisation_facts_of, line_of, texts_of

MIMES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
}
_markdown = MarkdownIt("commonmark")


def download(row: ProjectSheet, form: str) -> tuple[str, bytes]:
    """Return the media type and content of a sheet in a format, one of the keys of `MIMES`."""
    sheet = engine.sheet_of(row.content)
    if form == "pdf":
        return MIMES[form], pdf.render(
            "document.typ", _document(row, sheet), title=row.title, at=row.state_since
        )
    if form == "png":
        return MIMES[form], pdf.picture("directory/preview.typ", _preview(row, sheet))
    return MIMES[form], engine.text_of(sheet, form).encode()


def _document(row: ProjectSheet, sheet: engine.Sheet) -> dict[str, Any]:
    """Return the data of a sheet for the PDF template: `issuer`, `kicker`, `facts`, `sections`...

    The data do not depend on the day, so that the same sheet gives the same file.
    """
    status = engine.status_of(sheet)
    confirmed = f"confirmée le {date_format(row.confirmed_on)}" if row.confirmed_on else ""
    return {
        "issuer": {
            "name": row.network.name if row.network else "Explor",
            "accent": row.network.accent if row.network else "",
        },
        "kicker": " · ".join(filter(None, ["Fiche projet", status, confirmed])),
        "facts": [(name, line_of(value)) for name, value in facts_of(sheet)],
        "sections": [
            {"title": "Porteur du projet", "facts": [
                (name, line_of(value)) for name, value in lead_organisation_facts_of(sheet)]},
            *({"title": title, **_blocks(text)} for title, text in texts_of(sheet) if text),
            *_blank([title for title, text in texts_of(sheet) if not text]),
            *_missions(row),
        ],
        "reference": f"{row.file_number} · {settings.EXPLOR_URL}/projets/{row.slug}/",
    }  # fmt: skip


def _blank(titles: list[str]) -> list[dict[str, Any]]:
    """Return a list of one section that names the blank texts; [] when there are none."""
    words = f"{', '.join(titles)} : --"
    return [{"title": "Pas encore renseigné", "paragraphs": [words]}] if titles else []


def _missions(row: ProjectSheet) -> list[dict[str, Any]]:
    if not row.missions:
        return []
    rows = [[m["title"], m["when"], m["state"], m.get("recommendations", "")] for m in row.missions]
    head = ["Mission", "Dates", "État", "Recommandations"]
    return [{"title": "Missions EXPLOR", "table": {"head": head, "rows": rows}}]


def _blocks(text: str) -> dict[str, Any]:
    """Return {paragraphs}: the list of the paragraphs of a Markdown text, as plain text."""
    tokens = _markdown.parse(text)
    lines = [
        "".join(
            part.content or "\n"
            for part in token.children or []
            if part.type in ("text", "code_inline", "softbreak", "hardbreak")
        )
        for token in tokens
        if token.type == "inline"
    ]
    return {"paragraphs": [" ".join(line.split()) for line in lines]}


def _preview(row: ProjectSheet, sheet: engine.Sheet) -> dict[str, Any]:
    """Return the data of the picture that other sites show next to a link to the sheet.

    Keys: `title`, `lead_organisation`, `where`, `status`, `accent` and `network`.
    """
    places = [label("countries", code) for code in row.countries] or [row.locality]
    return {
        "title": row.title,
        "lead_organisation": row.lead_organisation,
        "where": ", ".join(filter(None, places)),
        "status": engine.status_of(sheet),
        "accent": row.network.accent if row.network else "",
        "network": row.network.name if row.network else "",
    }
