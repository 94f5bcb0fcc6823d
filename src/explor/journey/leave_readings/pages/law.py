"""The tables of the law and their changes, on the pages of the coordination and the networks."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.ui.parts import Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from .. import rules, selectors
from ..engine import Cell, cell_of, cells_of_scheme, software_value
from ..models import LawAmendment
from ..states import State

TONES: dict[str, str] = {
    State.PROPOSED: "warn",
    State.APPROVED: "good",
    State.DECLINED: "bad",
    State.WITHDRAWN: "neutral",
    State.REPLACED: "neutral",
}
SILENCE = {"yes": "vaut accord", "no": "ne vaut pas accord", "": "rien n’est dit"}
SECTIONS = {
    "schemes": "Dates et délais",
    "urgent": "Demande urgente",
    "facts": "Ce que lit l’employeur",
    "laws": "Articles cités",
    "papers": "Papiers",
    "clauses": "Clauses des papiers (exemples)",
}
COLUMNS = ["Valeur", "En vigueur", "Source", "Lu le", "Changer"]


def shown(cell: Cell, text: str | None) -> str:
    """Return the text of a cell in French: a number with its unit, a date, or yes or no."""
    if text is None:
        return "Explor n’a plus ce texte"
    if cell.kind == "silence":
        return SILENCE.get(text, text)
    if not text:
        return "aucun"
    if cell.kind == "date":
        return f"{stored_day(text):%d/%m/%Y}"
    if cell.kind in ("text", "id"):
        return text
    return f"{text} {_unit(cell, text)}".strip()


def _unit(cell: Cell, text: str) -> str:
    """Return the unit of a number, in the singular for the number one."""
    return cell.unit.removesuffix("s") if text == "1" and cell.unit != "mois" else cell.unit


def name_of(change: LawAmendment) -> str:
    """Return the French name of the cell of a change: its row, then its value."""
    cell = cell_of(*change.place)
    return f"{cell.about} : {cell.label}" if cell else str(change)


def url_of(actor: Actor, change: LawAmendment) -> str:
    """Return the URL of the coordination's page of a change; `actor` is unused."""
    return reverse("leave_readings:coordination_change", args=[change.pk])


def law_url(actor: Actor, page: str = "schemes", *args: str) -> str:
    """Return the URL of a page of the tables of the law, in the role of `actor`.

    `page` is the name of the page without `leave_readings:` and the role; `args` are its arguments.
    """
    key = [actor.key] if actor.key else []
    return reverse(f"leave_readings:{actor.role}_{page}", args=[*key, *args])


def rows_of_cells(
    actor: Actor, cells: Iterable[Cell], pending: set[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    """Return the cells as rows of a table.

    Keys: `cell`, `shown` (its text in force), `name`, `own` (whether this text differs from the
    shipped one), `waits` (whether a change is proposed) and `url` to propose one ("" if `actor` may
    not).

    Args:
        actor: the reader.
        cells: the cells to show.
        pending: the identifiers of the cells that have a proposed change; their rows mention it.
    """
    return [
        {
            "cell": cell,
            "shown": shown(cell, cell.value),
            "name": cell.label if cell.table == "schemes" else f"{cell.about} : {cell.label}",
            "own": cell.is_own,
            "waits": cell.args in pending,
            "url": _change_url(cell) if rules.can_change_law(actor, cell) else "",
        }
        for cell in cells
    ]


def _change_url(cell: Cell) -> str:
    return reverse("leave_readings:coordination_propose_change", args=cell.args)


def sections_of(actor: Actor, code: str) -> list[dict[str, Any]]:
    """Return the sections of the page of a scheme that are not empty.

    Keys: `title`, and `rows` as in `rows_of_cells`. Raise `KeyError` if no scheme has this code.
    """
    pending = {change.place for change in selectors.changes_proposed()}
    tables = cells_of_scheme(code)
    return [
        {"title": title, "rows": rows_of_cells(actor, tables[table], pending)}
        for table, title in SECTIONS.items()
        if tables[table]
    ]


def line_of(actor: Actor, change: LawAmendment) -> dict[str, Any]:
    """Return a change as a row of a list.

    Keys: `change`, `name`, the texts `former` and `value` in French, `tone` of its state, and `url`
    ("" except for the coordination).
    """
    cell = cell_of(*change.place)
    former, value = (shown(cell, text) if cell else text for text in (change.former, change.value))
    return {
        "change": change,
        "name": name_of(change),
        "former": former,
        "value": value,
        "tone": TONES[change.state],
        "url": url_of(actor, change) if actor.role == "coordination" else "",
    }


def outdated(changes: Iterable[LawAmendment]) -> list[LawAmendment]:
    """Return the changes in force for which this version of Explor ships a newer text."""
    return [each for each in changes if rules.is_outdated(each, software_value(*each.place))]


def facts_of_change(change: LawAmendment) -> list[tuple[str, object]]:
    """Return the facts on a change, as (label, value) pairs."""
    cell, newer = cell_of(*change.place), software_value(*change.place)

    def text_of(text: str | None) -> str:
        return shown(cell, text) if cell else (text or "")

    back = "Rend le texte d’Explor" if change.gives_back else ""
    decided = (
        f"{change.decider}, le {localtime(change.decided_at):%d/%m/%Y}" if change.decided_at else ""
    )
    return [
        ("Ce qui change", name_of(change)),
        ("Avant", text_of(change.former)),
        ("Après", text_of(change.value)),
        ("Sorte", back),
        ("Texte d’Explor aujourd’hui", text_of(newer)),
        ("Source", change.source),
        ("Lue le", f"{change.read_on:%d/%m/%Y}"),
        ("Proposé par", f"{change.proposer}, le {localtime(change.created_at):%d/%m/%Y}"),
        ("Décision", decided),
    ]


def tasks_on_law(actor: Actor) -> list[Task]:
    """Return a task for each change that `actor` must decide, and for each newer shipped text."""
    tasks = [
        Task(
            title=f"Relire un texte de loi : {name_of(change)}",
            url=url_of(actor, change),
            why=f"{change.proposer} propose un changement ; une autre personne décide.",
        )
        for change in selectors.changes_proposed()
        if not rules.blockers_of_decision(actor, change)
    ]
    newer = outdated(selectors.changes_in_force())
    return tasks + [
        Task(
            title=f"Explor propose un texte plus récent : {name_of(change)}",
            url=url_of(actor, change),
            why="Votre texte reste en vigueur tant que vous n’avez pas choisi.",
        )
        for change in newer
    ]


# Texts of the confirmation page of each verb.


def blockers_of_approval(actor: Actor, change: LawAmendment) -> list[str]:
    return rules.blockers_of_approval(actor, change, cell_of(*change.place))


def blockers_of_keep(actor: Actor, change: LawAmendment) -> list[str]:
    if rules.is_outdated(change, software_value(*change.place)):
        return []
    return ["Explor ne propose pas de texte plus récent."]


def blockers_of_giving_back(actor: Actor, change: LawAmendment) -> list[str]:
    return ["Le texte d’Explor est déjà en vigueur."] if change.gives_back else []


def effects_of_proposal(actor: Actor, cell: Cell) -> Effects:
    return Effects(
        happens=(
            Consequence("Le changement attend une autre personne de la coordination."),
            Consequence("Rien ne change avant sa décision."),
        ),
        notified=(
            Notified("Les autres personnes de la coordination", "les deux textes, la source"),
        ),
        undo=(Undo("Avant la décision", "Vous retirez votre proposition."),),
    )


def effects_of_approval(actor: Actor, change: LawAmendment) -> Effects:
    return Effects(
        happens=(
            Consequence("Les cadres se lisent aussitôt avec ce texte, partout."),
            Consequence("Les lectures déjà gardées et les conventions signées ne changent pas."),
        ),
        notified=(Notified("Chaque réseau, l’auteur", "les deux textes et la source"),),
        undo=(Undo("Ensuite", "Proposez un autre changement, ou de rendre le texte d’Explor."),),
    )


def effects_of_decline(actor: Actor, change: LawAmendment) -> Effects:
    return Effects(
        happens=(Consequence("Le texte en vigueur reste. Le refus est gardé avec son motif."),),
        notified=(Notified("L’auteur", "le refus et son motif"),),
        undo=(Undo("Ensuite", "Le changement se propose de nouveau."),),
    )


def effects_of_withdrawal(actor: Actor, change: LawAmendment) -> Effects:
    return Effects(
        happens=(Consequence("Votre proposition est retirée ; elle reste dans l’historique."),),
        undo=(Undo("Ensuite", "Le changement se propose de nouveau."),),
    )


def effects_of_keep(actor: Actor, change: LawAmendment) -> Effects:
    return Effects(
        happens=(
            Consequence("Votre texte reste en vigueur."),
            Consequence("Explor ne repose la question que si son texte change encore."),
        ),
        undo=(Undo("Ensuite", "Vous pouvez toujours rendre le texte d’Explor."),),
    )


def effects_of_giving_back(actor: Actor, change: LawAmendment) -> Effects:
    return Effects(
        happens=(
            Consequence("Une autre personne de la coordination décide."),
            Consequence("Ensuite, le texte d’Explor s’applique, et suit ses versions."),
        ),
        notified=(Notified("Les autres personnes de la coordination", "les deux textes"),),
        undo=(Undo("Avant la décision", "Vous retirez votre proposition."),),
    )
