"""A migration is safe while the former release still runs, or says why that release must stop.

The former release inserts rows without the new columns, reads and writes those that it knows,
and knows none of the new rules. The check reads the operations of a migration; it runs none.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

# Migrations before which the site is stopped, one a line: its name, and why. Add a line only with
# the same words in the changelog: whoever upgrades has to know.
STOPPED = {
    name: reason.strip()
    for line in Path(__file__).with_name("migrations_stopped.txt").read_text().splitlines()
    for name, _, reason in [line.partition(" ")]
}
SAFE = (
    migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RenameIndex,
    migrations.RemoveConstraint, migrations.AlterModelOptions, migrations.AlterModelManagers,
)  # fmt: skip


def filled_by_the_former_release(field: models.Field) -> bool:
    """Return whether a row inserted without this column is accepted."""
    return field.many_to_many or field.null or field.db_default is not NOT_PROVIDED


def widens(before: models.Field, after: models.Field) -> bool:
    """Return whether a changed column accepts and returns every value of the former one."""
    if before.null and not after.null:
        return False
    kinds = [each.db_type(connection) for each in (before, after)]
    if kinds[0] == kinds[1]:
        return True
    text = isinstance(before, models.CharField | models.TextField)
    longest = getattr(after, "max_length", None) or 10**9
    return text and kinds[1].startswith(("varchar", "text")) and before.max_length <= longest


def fault_of(operation: Operation, app: str, state: ProjectState, new: set[str]) -> str:
    """Return what the former release would do wrong after an operation, "" for nothing."""
    name = type(operation).__name__
    about = (getattr(operation, "model_name", "") or "").lower()
    if isinstance(operation, SAFE) or about in new:
        return ""
    if isinstance(operation, migrations.AddField):
        filled = filled_by_the_former_release(operation.field)
        return "" if filled else f"{name} {about}.{operation.name}"
    if isinstance(operation, migrations.AlterField):
        before = state.models[app, about].fields[operation.name]
        return "" if widens(before, operation.field) else f"{name} {about}.{operation.name}"
    return f"{name} {about}".strip()


def faults() -> Iterator[tuple[str, str]]:
    """Yield each migration of Explor that follows another, with each of its faults."""
    graph = MigrationLoader(None).graph
    state, seen = ProjectState(), set()
    for leaf in sorted(graph.leaf_nodes()):
        for key in graph.forwards_plan(leaf):
            if key in seen:
                continue
            seen.add(key)
            migration, new = graph.nodes[key], set()
            ours = type(migration).__module__.startswith("explor.")
            for operation in migration.operations:
                if isinstance(operation, migrations.CreateModel):
                    new.add(operation.name_lower)
                fault = fault_of(operation, key[0], state, new) if ours else ""
                if fault and not migration.initial:
                    yield ".".join(key), fault
                operation.state_forwards(key[0], state)


def test_a_migration_is_safe_while_the_former_release_runs_or_gives_a_reason_to_stop_it() -> None:
    found: dict[str, list[str]] = {}
    for name, fault in faults():
        found.setdefault(name, []).append(fault)
    assert {name: found[name] for name in found if name not in STOPPED} == {}
    assert sorted(STOPPED.keys() - found) == []
    assert [name for name, reason in STOPPED.items() if not reason] == []


def test_the_check_of_migrations_detects_operations_that_break_the_former_release() -> None:
    state = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=9)),
    ]
    migrations.CreateModel("Thing", fields).state_forwards("x", state)
    add, alter = migrations.AddField, migrations.AlterField

    def seen(operation: Operation) -> str:
        return fault_of(operation, "x", state, set())

    assert seen(add("thing", "size", models.IntegerField(default=0))) == "AddField thing.size"
    assert seen(add("thing", "size", models.IntegerField(null=True))) == ""
    assert seen(add("thing", "size", models.IntegerField(db_default=0))) == ""
    assert seen(alter("thing", "name", models.CharField(max_length=8))) == "AlterField thing.name"
    assert seen(alter("thing", "name", models.CharField(max_length=10))) == ""
    assert seen(alter("thing", "name", models.TextField())) == ""
    assert seen(alter("thing", "name", models.IntegerField())) == "AlterField thing.name"
    assert seen(migrations.RemoveField("thing", "name")) == "RemoveField thing"
    assert seen(migrations.RunSQL("SELECT 1")) == "RunSQL"
    assert seen(migrations.DeleteModel("Thing")) == "DeleteModel"
