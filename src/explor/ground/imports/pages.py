"""Addresses, filters and buttons shown on the pages of a file brought in."""

from typing import Any

from django.urls import reverse

from explor.ground.http.actor import Actor

from . import states
from .models import ImportedFile, ImportKind, kind_of


def url_of(kind: ImportKind, actor: Actor, page: str, *args: int | str) -> str:
    """Return the address of one of the shared pages of a kind, under the role of `actor`.

    Args:
        kind: the kind of import.
        actor: who reads.
        page: the end of the name of the URL, as "import_columns".
        args: what the address holds besides the role.
    """
    name = f"{kind.namespace}:{actor.role}_{page}"
    return reverse(name, args=[actor.key, *args] if actor.key else args)


def home_of(batch: ImportedFile, actor: Actor) -> str:
    """Return the page of a file: that of its columns until they are chosen."""
    page = "import_columns" if batch.state == states.MAPPING else "import_file"
    return url_of(kind_of(batch), actor, page, batch.pk)


def verbs_of(batch: ImportedFile, actor: Actor) -> list[dict[str, Any]]:
    """Return the verbs that `actor` may take, each with its label and its address."""
    kind = kind_of(batch)
    slugs = {"read": "lire", "make": kind.make_slug, "undo": "annuler"}
    return [
        {
            "verb": row.verb,
            "label": row.label,
            "danger": row.danger,
            "url": url_of(kind, actor, "import_act", batch.pk, slugs[row.verb]),
        }
        for row in batch.workflow.verbs(batch.state, actor.role)
    ]


def urls_of(batch: ImportedFile, actor: Actor) -> dict[str, str]:
    """Return the addresses that the page of a file links to."""
    kind = kind_of(batch)
    own = {name: url_of(kind, actor, f"import_{name}", batch.pk) for name in ("columns", "stop")}
    return {**own, "list": url_of(kind, actor, "imports"), "upload": url_of(kind, actor, "import")}
