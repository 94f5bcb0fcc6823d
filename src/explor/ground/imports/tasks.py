"""Jobs that read a file, import its lines and undo an import; each resumes where it stopped."""

from procrastinate.contrib.django import app

from . import actions
from .models import kind_named


@app.task(name="imports.read", retry=3)
def read(kind: str, batch: int) -> None:
    """Read the imported file with the primary key `batch`, from the first line not saved yet.

    `kind` is the name of its import kind.
    """
    actions.read_lines(kind_named(kind).model._default_manager.get(pk=batch))


@app.task(name="imports.make", retry=3)
def make(kind: str, batch: int) -> None:
    """Create the records of the lines not imported yet of the file with the primary key `batch`.

    `kind` is the name of its import kind.
    """
    actions.make_lines(kind_named(kind).model._default_manager.get(pk=batch))


@app.task(name="imports.erase", retry=3)
def erase(kind: str, batch: int) -> None:
    """Erase the records created from the file with the primary key `batch`, then its lines.

    `kind` is the name of its import kind.
    """
    actions.erase_lines(kind_named(kind).model._default_manager.get(pk=batch))
