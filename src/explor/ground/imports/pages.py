"""URLs, buttons, labels, blockers and effects for the pages of an imported file."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.workflow.pages import Consequence, Effects, Undo, VerbPages

from . import rules, selectors, states
from .models import ImportedFile, ImportKind, kind_of


def url_of(kind: ImportKind, actor: Actor, page: str, *args: int | str) -> str:
    """Return the URL of a page shared by all import kinds, under the role of `actor`.

    Args:
        kind: the import kind.
        actor: the reader of the page.
        page: the end of the URL name, such as "import_columns".
        args: the URL arguments besides the role.
    """
    name = f"{kind.namespace}:{actor.role}_{page}"
    return reverse(name, args=[actor.key, *args] if actor.key else args)


def home_of(actor: Actor, batch: ImportedFile) -> str:
    """Return the URL of an imported file: its page, or the form that maps its columns."""
    page = "import_columns" if batch.state == states.MAPPING else "import_file"
    return url_of(kind_of(batch), actor, page, batch.pk)


def buttons_of(
    verb_pages: VerbPages, actor: Actor, batch: ImportedFile, progress: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the action buttons of an imported file, as `VerbPages.buttons` does.

    The button `read` appears only when the reading was stopped. The label of `make` has the number
    of lines to import; without any, the button is refused.

    Args:
        verb_pages: the pages of the verbs of its import kind.
        actor: the reader of the page.
        batch: the file.
        progress: the counts of its lines, from `selectors.progress_of`.
    """
    nothing = "" if progress["to_make"] else kind_of(batch).nothing_to_make
    without = [] if batch.stop_requested else ["read"]
    buttons = verb_pages.buttons(actor, batch, refused={"make": nothing}, without=without)
    for button in buttons:
        if button["url"] == verb_pages.url(actor, "make", batch) and not nothing:
            button["label"] += f" ({intcomma(progress['to_make'])})"
    return buttons


def urls_of(batch: ImportedFile, actor: Actor) -> dict[str, str]:
    """Return the URLs of the links on the page of a file: `columns`, `stop`, `list`, `upload`."""
    kind = kind_of(batch)
    own = {name: url_of(kind, actor, f"import_{name}", batch.pk) for name in ("columns", "stop")}
    return {**own, "list": url_of(kind, actor, "imports"), "upload": url_of(kind, actor, "import")}


def label_of_read(actor: Actor, batch: ImportedFile) -> str:
    """Return the label of the button that reads the file, or that resumes a stopped reading."""
    return "Lire le fichier" if batch.state == states.MAPPING else "Continuer la lecture"


def blockers_of_read(actor: Actor, batch: ImportedFile) -> list[str]:
    """Return the reasons why the file cannot be read yet, such as a column not chosen."""
    return rules.missing_to_read(batch)


def blockers_of_make(actor: Actor, batch: ImportedFile) -> list[str]:
    """Return a reason, in French, when the file has no line left to import; else []."""
    return rules.missing_to_make(batch)


def effects_of_read(actor: Actor, batch: ImportedFile) -> Effects:
    """Return the effects of the verb `read`: no record is created."""
    return Effects(
        happens=(
            Consequence("Le fichier est lu ligne après ligne."),
            Consequence("Rien n’est créé : vous relisez d’abord."),
        ),
        undo=(
            Undo("Pendant la lecture", "Vous pouvez l’arrêter, puis la reprendre."),
            Undo("Ensuite", "Vous pouvez annuler tout l’import."),
        ),
    )


def effects_of_make(actor: Actor, batch: ImportedFile) -> Effects:
    """Return the effects of the verb `make`: how many lines are imported, what each becomes."""
    count = selectors.count_to_make(batch)
    return Effects(
        happens=(
            Consequence(f"{count} ligne{'s' if count > 1 else ''} à faire."),
            Consequence(kind_of(batch).make_effect),
            Consequence("Le fichier envoyé est effacé.", "À la fin"),
        ),
        undo=(
            Undo("Pendant ce travail", "Vous pouvez l’arrêter, puis le reprendre."),
            Undo("Ensuite", "Vous pouvez annuler tout l’import."),
        ),
    )


def effects_of_undo(actor: Actor, batch: ImportedFile) -> Effects:
    """Return the effects of the verb `undo`: which records are erased, which are kept."""
    return Effects(
        happens=(
            Consequence(kind_of(batch).undo_effect),
            Consequence("Les lignes lues et le fichier envoyé sont effacés."),
        ),
        undo=(Undo("Ensuite", "Il faut envoyer le fichier de nouveau."),),
    )
