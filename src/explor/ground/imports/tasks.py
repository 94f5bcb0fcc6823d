"""Jobs that read a file, import its lines and undo an import; each resumes where it stopped."""

from procrastinate.contrib.django import app

from . import actions
from .models import kind_named


@app.task(name="imports.read", retry=3)
def read(kind: str, batch: int) -> None:
    """Read the imported file `batch` of the import kind `kind`, after the last chunk saved."""
    actions.read_lines(kind_named(kind).model._default_manager.get(pk=batch))


@app.task(name="imports.make", retry=3)
def make(kind: str, batch: int) -> None:
    """Create the records of the lines of the file `batch` that are not imported yet."""
    actions.make_lines(kind_named(kind).model._default_manager.get(pk=batch))


@app.task(name="imports.erase", retry=3)
def erase(kind: str, batch: int) -> None:
    """Erase the records created from the lines of the file `batch`."""
    actions.erase_lines(kind_named(kind).model._default_manager.get(pk=batch))
