"""Contexts of the pages about a person's own data: what is stored, the copy, the erasure."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.privacy.kinds import erasures
from explor.ground.privacy.pages import in_words
from explor.ground.privacy.terms import days, duration
from explor.ground.ui.amounts import file_size

from . import rules
from .actions import blockers_of_erasure
from .models import Copy, Status
from .selectors import MOST, held

JOURNAL = (
    "Le journal garde qui a fait quoi, sans votre nom : il écrit « personne effacée ». "
    "Il prouve ce que d’autres ont décidé."
)
WORDS = "Ce que d’autres ont écrit librement de vous reste à eux : demandez-leur de le corriger."


DIGESTS = (
    "Une empreinte de vos adresses, que personne ne lit, reste un an : grâce à elle, un fichier de "
    "membres ne vous fait pas inviter de nouveau."
)


def kept_of_journal(person: Person) -> list[str]:
    """Return French sentences on what every erasure keeps; `person` is unused."""
    return [JOURNAL, WORDS, DIGESTS]


def my_data(person: Person) -> dict[str, Any]:
    """Return the context of the page about a person's data: what is stored, and the copy.

    Keys: `columns` and `held` (the table of what is stored), `copy` (the row, or None), `kept` (how
    long a copy is kept, in French), `working` and `failed` (its progress). When the copy can be
    downloaded, `url`, `size` and `until` (its last day) are set; else they are "", "" and None.
    """
    copy = Copy.objects.filter(person=person).first()
    ready = rules.can_download(rules.actor_of(person), copy)
    rows = [
        {
            "label": label[:1].upper() + label[1:],
            "rows": _shown(rows),
            "files": (files and _shown(files)) or "",
        }
        for label, rows, files in held(person)
    ]
    return {
        "columns": ["Ce qui est gardé", "Lignes", "Fichiers"],
        "held": rows,
        "copy": copy,
        "kept": in_words(days("copies")),
        "working": copy is not None and copy.status in (Status.QUEUED, Status.RUNNING),
        "failed": copy is not None and copy.status == Status.FAILED,
        "url": reverse("rights:download") if ready else "",
        "size": file_size(copy.size) if ready and copy else "",
        "until": timezone.localdate(copy.ready_at + duration("copies"))
        if ready and copy and copy.ready_at
        else None,
    }


def _shown(count: int) -> str:
    return str(count) if count <= MOST else f"plus de {MOST}"


def erasure(person: Person) -> dict[str, Any]:
    """Return the context of the erasure page: what is erased, what is kept and why, blockers.

    Keys: `goes` and `stays` ((label, texts) pairs), `blockers` (what to end first), `word` (the
    word to type).
    """
    return {
        "goes": [(each.label, each.gone) for each in erasures() if each.gone],
        "stays": [(each.label, reasons) for each in erasures() if (reasons := each.kept(person))],
        "blockers": blockers_of_erasure(person),
        "word": rules.WORD,
    }
