"""The hook by which a capability declares a kind of import."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks

from .files import ImportedFile, ImportedLine


@dataclass(frozen=True, kw_only=True)
class LineFilter:
    """A link above the lines that shows some of them: its value in the URL, its text, which."""

    slug: str
    label: str
    lines: Q


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """All that differs between two kinds of import.

    Attributes:
        model: the table of the files.
        line_model: the table of their lines, which are `batch.lines`.
        namespace: the URL namespace of the capability.
        templates: the folder that extends the shared templates.
        can_import: whether an actor may act on a file (None: on a new one).
        fields_of: what a column of the file may hold, by the name of the field.
        missing_to_read: what must still be said before the file is read.
        read: every line of the file, in order, not saved; raises UnreadableSheet.
        mark_duplicates: from a file, the function that marks the duplicates among lines just
            read; it is made once a run, and may remember the lines before.
        make: makes what a line says; returns the fields of the line to change.
        erase: erases what a line made; returns the name of what stays, or "".
        facts_of: what was understood of a line, to be shown.
        with_related: the lines with what their page shows of them.
        filters: the links above the lines, the first of which shows the duplicates.
        counts: counts to add to those of `progress_of`.
        make_slug: the end of the URL of the verb "make".
        make_effect: what each line kept becomes, on the page that confirms the verb.
        make_done: the message after the verb.
        undo_effect: what an undo erases and what it leaves.
        undo_done: the message after an undo.
        nothing_read, nothing_to_make, too_long, kept_list, certain: texts for the user;
            `kept_list` is followed by the names of what an undo leaves.
        sort_label: the heading of the column of the list that shows `sort` of each file.
    """

    model: type[ImportedFile]
    line_model: type[ImportedLine]
    namespace: str
    templates: str
    can_import: Callable[[Actor, Any], bool]
    fields_of: Callable[[Any], Mapping[str, str]]
    missing_to_read: Callable[[Any], list[str]]
    read: Callable[[Any], Iterator[Any]]
    mark_duplicates: Callable[[Any], Callable[[Sequence[Any]], None]]
    make: Callable[[Any, Any], dict[str, Any]]
    erase: Callable[[Any, Any], str]
    facts_of: Callable[[Any, Any], Sequence[Sequence[str]]]
    filters: tuple[LineFilter, ...]
    make_slug: str
    make_effect: str
    make_done: str
    undo_effect: str
    undo_done: str
    nothing_read: str
    nothing_to_make: str
    too_long: str
    kept_list: str
    certain: str = ""
    sort_label: str = "Contenu"
    with_related: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the kind in jobs and URLs: that of its table of states."""
        return self.model.workflow.name


def kinds() -> list[ImportKind]:
    """Return the kinds of import that the capabilities declare."""
    return list(hooks.get("imports.kinds"))


def kind_named(name: str) -> ImportKind:
    """Return the kind of import with this name; KeyError when no capability declares it."""
    return {kind.name: kind for kind in kinds()}[name]


def kind_of(batch: ImportedFile) -> ImportKind:
    """Return the kind of a file."""
    return kind_named(batch.workflow.name)
