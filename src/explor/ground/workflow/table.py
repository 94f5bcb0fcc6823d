"""A workflow is a table: states, and verbs that lead from one to another.

The table is data. It finds the target of a verb, lists what a role may do from a state, draws its
diagram, and feeds the test of every state x verb x role. It never touches the database:
`audit.transition()` does. A table is written with `T`, one line a transition:

    T("clear", State.PREPARING, State.CLEARED, "reseau", "Donner le feu vert"),
    T("cancel", BEFORE, State.CANCELLED, "reseau", "Annuler", REASON, DANGER),
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.db.models import TextChoices

from explor.ground.http.exceptions import ActionNotAllowed


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One verb: from which states, to which state, by which roles, with which button."""

    verb: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    label: str
    needs_reason: bool = False
    danger: bool = False


REASON, DANGER = "reason", "danger"


def T(  # noqa: N802 (one letter, so that a transition holds on one line)
    verb: str, sources: str | Sequence[str], target: str, by: str | Sequence[str], label: str,
    *flags: str,
) -> Transition:  # fmt: skip
    """Write a transition on one line.

    Args:
        verb: the name of the action, of the transition and of its line in the journal.
        sources: the state, or the states, from which the verb is possible.
        target: the state it leads to; the same as the source for a verb that changes no state.
        by: the role, or the roles, that may take it.
        label: the words of the button, in French.
        flags: `REASON` to refuse the verb without a written reason, `DANGER` to draw its button as
            one that cannot be undone easily.
    """
    return Transition(
        verb=verb,
        sources=_several(sources),
        target=target,
        by=_several(by),
        label=label,
        needs_reason=REASON in flags,
        danger=DANGER in flags,
    )


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    """Return one name or several as a tuple; a member of `TextChoices` is one name."""
    return (given,) if isinstance(given, str) else tuple(given)


class Workflow:
    """The table of one kind of file: its states and its transitions."""

    def __init__(self, name: str, states: type[TextChoices], *transitions: Transition) -> None:
        self.name, self.states, self.transitions = name, states, transitions
        self.roles = tuple(dict.fromkeys(role for t in transitions for role in t.by))

    def transition(self, state: str, verb: str) -> Transition:
        """Return the row for `verb` from `state`; raises `ActionNotAllowed` when there is none."""
        for row in self.transitions:
            if row.verb == verb and state in row.sources:
                return row
        label = next((row.label for row in self.transitions if row.verb == verb), verb)
        raise ActionNotAllowed(
            f"« {label} » n’est pas possible : {self.states(state).label.lower()}."
        )

    def allows(self, state: str, verb: str, role: str) -> bool:
        """Return True when the table lets `role` perform `verb` from `state`."""
        return any(
            row.verb == verb and state in row.sources and role in row.by for row in self.transitions
        )

    def verbs(self, state: str, role: str) -> list[Transition]:
        """Return the rows open to `role` from `state`, in the table's order: a page's buttons."""
        return [row for row in self.transitions if state in row.sources and role in row.by]

    def triples(self) -> list[tuple[str, str, str]]:
        """Return every state x verb x role, for the exhaustive test."""
        verbs = dict.fromkeys(row.verb for row in self.transitions)
        return list(product(self.states.values, verbs, self.roles))

    def diagram(self) -> str:
        """Return the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state.value} : {state.label}" for state in self.states]
        lines.append(f"    [*] --> {self.states.values[0]}")
        lines += [
            f"    {source} --> {row.target} : {row.label} ({', '.join(row.by)})"
            for row in self.transitions
            for source in row.sources
        ]
        return "\n".join(lines) + "\n"
