"""Workflows: tables of the states of a model, with the verbs that lead from one state to another.

A workflow is data: it returns the target of a verb, the verbs of a role in a state, a Mermaid
diagram, and all combinations of state, verb and role for tests. It never accesses the database:
`audit.transition()` does. It is declared with `T`, one line per transition:

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
    """A transition: its verb, source states, target state, roles and the label of its button."""

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
    """Return a transition, declared on one line.

    Args:
        verb: the name of the action, of the transition and of its entries in the journal.
        sources: the state, or the states, from which the verb is possible.
        target: the state after the verb; the source again for a verb that changes no state.
        by: the role, or the roles, that may take the verb.
        label: the label of the button, in French.
        flags: `REASON` if the verb requires a written reason, `DANGER` if its button must warn that
            it is hard to undo.
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
    """Return one or several names as a tuple; a member of `TextChoices` is a single name."""
    return (given,) if isinstance(given, str) else tuple(given)


class Workflow:
    """The states and the transitions of one model, such as the need or the mission."""

    def __init__(self, name: str, states: type[TextChoices], *transitions: Transition) -> None:
        self.name, self.states, self.transitions = name, states, transitions
        self.roles = tuple(dict.fromkeys(role for t in transitions for role in t.by))

    def transition(self, state: str, verb: str, state_label: str = "") -> Transition:
        """Return the transition of `verb` from `state`; raise `ActionNotAllowed` if there is none.

        The refusal names the state: by `state_label` if it is given, else by its own label.
        """
        for row in self.transitions:
            if row.verb == verb and state in row.sources:
                return row
        label = next((row.label for row in self.transitions if row.verb == verb), verb)
        state_label = state_label or str(self.states(state).label)
        raise ActionNotAllowed(f"« {label} » n’est pas possible : {state_label.lower()}.")

    def allows(self, state: str, verb: str, role: str) -> bool:
        """Return whether `role` may take `verb` from `state`."""
        return any(
            row.verb == verb and state in row.sources and role in row.by for row in self.transitions
        )

    def verbs(self, state: str, role: str) -> list[Transition]:
        """Return the transitions open to `role` from `state`, in the order of declaration."""
        return [row for row in self.transitions if state in row.sources and role in row.by]

    def triples(self) -> list[tuple[str, str, str]]:
        """Return all (state, verb, role) combinations, even impossible, for exhaustive tests."""
        verbs = dict.fromkeys(row.verb for row in self.transitions)
        return list(product(self.states.values, verbs, self.roles))

    def diagram(self) -> str:
        """Return the workflow as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state.value} : {state.label}" for state in self.states]
        lines.append(f"    [*] --> {self.states.values[0]}")
        lines += [
            f"    {source} --> {row.target} : {row.label} ({', '.join(row.by)})"
            for row in self.transitions
            for source in row.sources
        ]
        return "\n".join(lines) + "\n"
