"""Creation and update of draft sheets from imported sheets."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.slugs import choose_alone, free_slug, free_slugs

from .. import engine, rules, selectors
from ..models import FormerSlug, ProjectSheet
from ..states import State

SLUG: dict[str, Any] = {"length": 100, "default": "projet"}


@transaction.atomic
def import_sheet(
    sheet: engine.Sheet,
    *,
    by: Actor,
    network: Network | None,
    source: str = "fichier importé",
    source_id: str = "",
) -> tuple[ProjectSheet, str]:
    """Create a draft from an imported sheet, or update the draft that its network imported before.

    See `selectors.imported_before`, to which `source_id` is given. Fields absent from the file keep
    their value.

    Returns:
        The project sheet, and its outcome: « créée », « mise à jour » or « inchangée ».

    Raises:
        ActionNotAllowed: the sheet is published; a published sheet only changes on its page.
    """
    choose_alone()  # the same file imported twice at once creates one sheet
    existing = selectors.imported_before(sheet, network, source_id)
    if existing is None:
        made = draft(sheet, by=by, network=network, source=source, source_id=source_id)
        return made, "créée"
    merged = engine.completed(sheet, engine.sheet_of(existing.content))
    content = engine.content_of(merged)
    if existing.content == content:
        return existing, "inchangée"
    if existing.state == State.PUBLISHED:
        raise ActionNotAllowed(rules.ALREADY_PUBLISHED)
    changes: dict[str, Any] = {
        **engine.columns_of(merged),
        "sources": existing.sources | rules.sources_of(engine.content_of(sheet), source),
        "content": content,
        "source_id": source_id or existing.source_id,
    }
    return audit.update(existing, "import_sheet", by=by, changes=changes), "mise à jour"


@transaction.atomic
def draft(
    sheet: engine.Sheet, *, by: Actor, network: Network | None, source: str, source_id: str = ""
) -> ProjectSheet:
    """Create a draft from `sheet`, even when a sheet with the same title exists.

    Args:
        source: the origin recorded for each field, such as a file name.
        source_id: the identifier that the source gives to the project, "" when it gives none.
    """
    return draft_many([(sheet, source_id)], by=by, network=network, source=source)[0]


@transaction.atomic
def draft_many(
    sheets: Sequence[tuple[engine.Sheet, str]], *, by: Actor, network: Network | None, source: str
) -> list[ProjectSheet]:
    """Create drafts as `draft` does, from (sheet, identifier at its source) pairs, at once."""
    columns = [engine.columns_of(sheet) for sheet, _ in sheets]
    slugs = free_slugs([each["title"] for each in columns], ProjectSheet, FormerSlug, **SLUG)
    rows = []
    for (sheet, source_id), own, slug in zip(sheets, columns, slugs, strict=True):
        content = engine.content_of(sheet)
        row = ProjectSheet(
            network=network,
            slug=slug,
            content=content,
            source_id=source_id,
            sources=rules.sources_of(content, source),
            **own,
        )
        rows.append(row)
    insert_many(rows)
    audit.log_created(rows, "import_sheet", by=by)
    return rows


def slug_for(title: str) -> str:
    """Return a free slug for a sheet with this title."""
    return free_slug(title, ProjectSheet, FormerSlug, **SLUG)
