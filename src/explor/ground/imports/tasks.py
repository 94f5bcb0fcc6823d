"""Jobs that read, make and erase the lines of a file; each resumes where it was stopped."""

from procrastinate.contrib.django import app

from . import actions
from .models import kind_named


@app.task(name="imports.read", retry=3)
def read(kind: str, batch: int) -> None:
    """Read the file from the last chunk kept."""
    actions.read_lines(kind_named(kind).model._default_manager.get(pk=batch))


@app.task(name="imports.make", retry=3)
def make(kind: str, batch: int) -> None:
    """Make the lines not made yet."""
    actions.make_lines(kind_named(kind).model._default_manager.get(pk=batch))


@app.task(name="imports.erase", retry=3)
def erase(kind: str, batch: int) -> None:
    """Erase what the lines made."""
    actions.erase_lines(kind_named(kind).model._default_manager.get(pk=batch))
