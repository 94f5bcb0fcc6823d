"""Data and texts for the pages of imports of members."""

from collections.abc import Iterable
from typing import Any

from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.reference.selectors import label
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from . import engine, rules, selectors
from .models import MemberImport, MemberLine, What

DEADLINE = "Sous quatorze jours"
FAULTS = ("Ligne", "Nom", "Champ", "Valeur", "Ce qui ne va pas")


def fault_rows(lines: Iterable[MemberLine]) -> list[list[object]]:
    """Return one table row per error in the lines: number, name, field, text and reason.

    The headings of the table are in `FAULTS`.
    """
    return [[line.number, line.title, *fault] for line in lines for fault in line.faults]


def facts_of(batch: MemberImport, line: MemberLine) -> list[tuple[str, str]]:
    """Return the values read from a line, as (label, text) pairs."""
    content = line.content or {}
    fields = engine.fields_of(batch.what).items()
    return [(heading, _text(name, content[name])) for name, heading in fields if name in content]


def title_of_invite(actor: Actor, batch: MemberImport) -> str:
    """Return the heading with the number of people to invite."""
    count = selectors.count_to_invite(batch)
    return f"Inviter {count} personne{'s' if count > 1 else ''}"


def blockers_of_invite(actor: Actor, batch: MemberImport) -> list[str]:
    """Return the reasons why nobody can be invited; empty when somebody can."""
    return rules.missing_to_invite(batch)


def effects_of_invite(actor: Actor, batch: MemberImport) -> Effects:
    """Return who receives an invitation and what they can do, for the confirmation page."""
    count, total = selectors.count_to_invite(batch), batch.lines.to_invite().count()
    happens = [
        Consequence("Chaque personne ouvre elle-même son compte, ou ne répond pas.", DEADLINE)
    ]
    if batch.what == What.EXPERTS:
        draft = "Son profil naît en brouillon : aucun réseau ne le voit sans son accord."
        happens.append(Consequence(draft))
    if total > count:
        rest = f"Restent à inviter, par un nouvel envoi : {total - count}."
        happens.append(Consequence(rest))
    reads = "un lien personnel, valable quatorze jours"
    return Effects(
        happens=happens,
        notified=(Notified("Les personnes de ce fichier", reads, count),),
        undo=(Undo("Avant leur réponse", "Annuler tout l’import ferme les liens sans réponse."),),
    )


def _text(name: str, value: Any) -> str:
    if name in engine.LISTS:
        return ", ".join(label(engine.LISTS[name], code) for code in value)
    if name == "languages":
        return ", ".join(f"{label('languages', each['code'])} {each['level']}" for each in value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if name in engine.DAYS:
        return f"{stored_day(value):%d/%m/%Y}"
    return ", ".join(value) if isinstance(value, list) else str(value)
