"""The hook by which other capabilities declare an import kind (of sheets, of members)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks

from .files import ImportedFile, ImportedLine


@dataclass(frozen=True, kw_only=True)
class LineFilter:
    """A link that filters the list of lines: its value in the URL, its text and its condition."""

    slug: str
    label: str
    lines: Q


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """The declaration of an import kind: its models, its functions and its texts.

    Attributes:
        model: the model of the imported files.
        line_model: the model of their lines, reached by `batch.lines`.
        namespace: the URL namespace of the package.
        templates: the folder of the templates that extend the shared ones.
        can_import: whether an actor may act on a file; None stands for a new file.
        fields_of: the labels of the fields that a column may hold, by field name.
        missing_to_read: the reasons why a file cannot be read yet, such as a column not chosen.
        read: yields every line of the file, in order, unsaved; raises UnreadableSheet.
        mark_duplicates: given a file, returns the function that marks duplicates among the
            lines of a chunk; created once per run, so it may remember the previous chunks.
        make: creates the records of a line; returns the fields of the line to update.
        make_many: creates those of several lines, all or none, in far fewer queries; returns the
            fields of each. Whatever it raises, each line is then made alone.
        erase: erases the records of a line; returns the name of a record that stays, or "".
        erase_rest: erases, after every line of an undo, what several lines created together.
        facts_of: the content of a line, as (label, text) pairs to display.
        with_related: the relations of a line that its page displays, to fetch them at once.
        filters: the links that filter the lines, the first of which shows the duplicates.
        counts: aggregates to add to those of `progress_of`.
        make_slug: the end of the URL of the verb "make".
        make_effect: what each line becomes, for the page that confirms the verb.
        make_done: the message after the verb.
        undo_effect: what an undo erases and what it keeps.
        undo_done: the message after an undo.
        nothing_read, nothing_to_make, too_long, kept_list, certain: texts for the user;
            `kept_list` is followed by the names of the records that an undo keeps.
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
    make_many: Callable[[Any, Sequence[Any]], list[dict[str, Any]]] | None = None
    erase_rest: Callable[[Any], None] | None = None
    sort_label: str = "Contenu"
    with_related: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the kind in jobs and URLs, which is the name of its workflow."""
        return self.model.workflow.name


def kinds() -> list[ImportKind]:
    """Return the import kinds (of sheets, of members...) that packages declared."""
    return list(hooks.get("imports.kinds"))


def kind_named(name: str) -> ImportKind:
    """Return the import kind with this name; raise KeyError when it is not declared."""
    return {kind.name: kind for kind in kinds()}[name]


def kind_of(batch: ImportedFile) -> ImportKind:
    """Return the import kind of an imported file."""
    return kind_named(batch.workflow.name)
