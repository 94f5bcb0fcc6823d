"""The states of an imported file, and the table that each kind of import instantiates."""

from django.db.models import TextChoices

from explor.ground.workflow.table import DANGER, T, Workflow

# The values that the states of every kind must have; each kind gives them its own labels.
MAPPING, READING, READ, MAKING = "mapping", "reading", "read", "making"
MADE, UNDONE, REFUSED = "made", "undone", "refused"
STATES = (MAPPING, READING, READ, MAKING, MADE, UNDONE, REFUSED)
WORKING = (READING, MAKING)


def import_workflow(
    name: str, states: type[TextChoices], *, by: tuple[str, ...], make_label: str
) -> Workflow:
    """Return the table of one kind of import.

    Args:
        name: the name of the table.
        states: the labels of the states; its values are `STATES`.
        by: the roles that import.
        make_label: the button that makes a row of each line.

    Raises:
        ValueError: the values of `states` are not `STATES`.
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
