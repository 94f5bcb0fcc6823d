"""The states of an imported file, and the workflow that each import kind creates."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, T, Workflow

# The state values required of every import kind, which chooses their labels.
MAPPING, READING, READ, MAKING = "mapping", "reading", "read", "making"
MADE, UNDONE, REFUSED = "made", "undone", "refused"
STATES = (MAPPING, READING, READ, MAKING, MADE, UNDONE, REFUSED)
WORKING = (READING, MAKING)


def import_workflow(
    name: str, states: type[TextChoices], *, by: tuple[str, ...], make_label: str
) -> Workflow:
    """Return the workflow of one import kind.

    Args:
        name: the name of the workflow.
        states: the enumeration of the states with their labels; its values must be `STATES`.
        by: the roles that may import.
        make_label: the label of the button that creates a record from each line.

    Raises:
        ValueError: the values of `states` differ from `STATES`.
    """
    if tuple(states.values) != STATES:
        raise ValueError(f"{name}: the states of an import are {', '.join(STATES)}")
    job = ("systeme",)
    return Workflow(
        name,
        states,
        T("read", (MAPPING, READ), READING, by, "Lire le fichier"),
        T("show", (READING, MAKING), READ, job, "Présenter ce qui est compris"),
        T("refuse", READING, REFUSED, job, "Refuser un fichier illisible"),
        T("make", READ, MAKING, by, make_label),
        T("finish", MAKING, MADE, job, "Terminer"),
        T("undo", (READ, MADE), UNDONE, by, "Annuler tout l’import", DANGER),
    )
